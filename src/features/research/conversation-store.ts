import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import { who } from './account-store.ts';
import type { Talk } from './core/account.ts';
import type { Own } from './core/lists.ts';

/** A conversation as it is written down. */
export type Told = {
  contact: string | null;
  heldOn: Temporal.PlainDate;
  topic: string;
  notes: string;
  recordingUrl: string | null;
};

export async function insertConversation(
  tx: Tx,
  workspaceId: string,
  { accountId, byId, at, ...told }: Told & { accountId: number; byId: number; at: Temporal.Instant },
): Promise<number> {
  const { id } = await tx
    .insertInto('conversations')
    .values({
      workspace_id: workspaceId,
      account_id: accountId,
      by_id: byId,
      contact: told.contact,
      held_on: told.heldOn.toString(),
      topic: told.topic,
      notes: told.notes,
      recording_url: told.recordingUrl,
      created_at: at.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The latest conversation with an account, whoever had it. */
export async function findLastTalk(
  db: Database,
  workspaceId: string,
  accountId: number,
): Promise<Talk | null> {
  const row = await db
    .selectFrom('conversations as c')
    .innerJoin('people as p', 'p.id', 'c.by_id')
    .select(['c.held_on as on', 'c.topic', who('p').as('by')])
    .where('c.workspace_id', '=', workspaceId)
    .where('c.account_id', '=', accountId)
    .orderBy('c.held_on', 'desc')
    .orderBy('c.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Somebody's latest conversations. */
export async function listOwnTalks(
  db: Database,
  workspaceId: string,
  personId: number,
  most: number,
): Promise<Own[]> {
  return await db
    .selectFrom('conversations as c')
    .innerJoin('accounts as a', 'a.id', 'c.account_id')
    .select(['a.name as account', 'c.held_on as on', 'c.topic', 'c.contact'])
    .select('c.recording_url as recordingUrl')
    .where('c.workspace_id', '=', workspaceId)
    .where('c.by_id', '=', personId)
    .orderBy('c.held_on', 'desc')
    .orderBy('c.id', 'desc')
    .limit(most)
    .execute();
}
