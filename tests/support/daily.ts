import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../src/platform/db/database.ts';
import { listMessages } from './builders.ts';

/** What people are told unasked, in order: each part with how far it has come. */
export async function listParts(db: Database, workspaceId: string) {
  return await db
    .selectFrom('daily_parts')
    .select([
      'id',
      'key',
      'person_id as personId',
      'at',
      'expires_at as expiresAt',
      'text',
      'blocks',
      'is_nudge as isNudge',
      'state',
      'reason',
      'daily_message_id as dailyMessageId',
    ])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/** Lets all that is written count as sent and read. */
export async function sendAll(db: Database, workspaceId: string): Promise<void> {
  const at = '2026-10-05T13:00:00Z';
  await db
    .updateTable('deliveries')
    .set({ state: 'sent', slack_ts: '1.1', sent_at: at, ended_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'pending')
    .execute();
}

/** All that people and channels are told, whether by messages of their own or by parts of people's messages of the day. */
export async function listTold(db: Database, workspaceId: string) {
  const messages = (await listMessages(db, workspaceId)).filter(
    ({ dedupeKey }) => !dedupeKey.startsWith('daily:'),
  );
  const parts = (await listParts(db, workspaceId)).map(({ id, key, personId, at, text, blocks, state }) => ({
    id,
    dedupeKey: key,
    personId,
    channelId: null,
    threadOf: null,
    text,
    blocks,
    revision: 1,
    state: state === 'over' ? ('cancelled' as const) : ('pending' as const),
    dueAt: at,
  }));
  return [...messages, ...parts.sort((one, other) => Temporal.Instant.compare(one.dueAt, other.dueAt))];
}
