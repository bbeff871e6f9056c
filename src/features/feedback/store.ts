import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Verdict } from './core/round.ts';

/** A ritual on the calendar, as far as it is asked about. */
export type AskableCadence = {
  id: number;
  key: string;
  ritual: string;
  timezone: string;
  channel: { slackId: string | null; name: string; isPrivate: boolean };
  /** Who set it up. */
  createdBy: number | null;
  /** The quarter in which it was asked about last. */
  lastQuarter: string | null;
};

/** Those that are held; a paused one is asked about when it goes on. */
export async function listAskable(db: Database, workspaceId: string): Promise<AskableCadence[]> {
  const { rows } = await sql<AskableCadence>`
    select c.id, c.key, c.ritual, c.timezone, c.created_by as "createdBy",
      json_build_object('slackId', ch.slack_id, 'name', ch.name, 'isPrivate', ch.is_private) as channel,
      (select max(r.quarter) from ritual_rounds r where r.cadence_id = c.id) as "lastQuarter"
    from cadences c join channels ch on ch.id = c.channel_id
    where c.workspace_id = ${workspaceId} and c.state = 'active' order by c.id`.execute(db);
  return rows;
}

/** Begins a round; null when somebody else has. */
export async function insertRound(
  tx: Tx,
  workspaceId: string,
  round: { cadenceId: number; quarter: string; askedAt: Temporal.Instant; closeAt: Temporal.Instant },
): Promise<number | null> {
  const row = await tx
    .insertInto('ritual_rounds')
    .values({
      workspace_id: workspaceId,
      cadence_id: round.cadenceId,
      quarter: round.quarter,
      asked_at: round.askedAt.toString(),
      close_at: round.closeAt.toString(),
    })
    .onConflict((conflict) => conflict.columns(['cadence_id', 'quarter']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Asks those of `personIds` who are there and can be told; gives whom. */
export async function insertOpinions(
  tx: Tx,
  workspaceId: string,
  roundId: number,
  personIds: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ personId: number }>`
    insert into ritual_opinions (workspace_id, round_id, person_id)
    select workspace_id, ${roundId}, id from people
    where workspace_id = ${workspaceId} and id = any(${[...personIds]}::bigint[]) and kind = 'member'
      and slack_id is not null and deactivated_at is null
    order by id returning person_id as "personId"`.execute(tx);
  return rows.map(({ personId }) => personId);
}

export type Round = {
  id: number;
  cadenceId: number;
  key: string;
  ritual: string;
  timezone: string;
  channel: AskableCadence['channel'];
  createdBy: number | null;
  quarter: string;
  askedAt: Temporal.Instant;
  closeAt: Temporal.Instant;
  closedAt: Temporal.Instant | null;
};

function rounds(db: Database, workspaceId: string) {
  return db
    .selectFrom('ritual_rounds as r')
    .innerJoin('cadences as c', 'c.id', 'r.cadence_id')
    .innerJoin('channels as ch', 'ch.id', 'c.channel_id')
    .where('r.workspace_id', '=', workspaceId)
    .select([
      'r.id',
      'r.cadence_id as cadenceId',
      'c.key',
      'c.ritual',
      'c.timezone',
      'c.created_by as createdBy',
      'r.quarter',
      'r.asked_at as askedAt',
      'r.close_at as closeAt',
      'r.closed_at as closedAt',
      sql<
        AskableCadence['channel']
      >`json_build_object('slackId', ch.slack_id, 'name', ch.name, 'isPrivate', ch.is_private)`.as('channel'),
    ]);
}

/** A round, held as it is: of who closes it and who still says something, the second waits. */
export async function lockRound(tx: Tx, workspaceId: string, roundId: number): Promise<Round | undefined> {
  return await rounds(tx, workspaceId).where('r.id', '=', roundId).forUpdate('r').executeTakeFirst();
}

export async function findRound(
  db: Database,
  workspaceId: string,
  roundId: number,
): Promise<Round | undefined> {
  return await rounds(db, workspaceId).where('r.id', '=', roundId).executeTakeFirst();
}

/** Rounds whose time is over, locked; those that another process closes are left to it. */
export async function lockOver(tx: Tx, workspaceId: string, now: Temporal.Instant): Promise<Round[]> {
  return await rounds(tx, workspaceId)
    .where('r.closed_at', 'is', null)
    .where('r.close_at', '<=', sql<Temporal.Instant>`${now.toString()}::timestamptz`)
    .orderBy('r.id')
    .forUpdate('r')
    .skipLocked()
    .execute();
}

/** When the next open round is over; undefined: none is open. */
export async function findNextClose(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('ritual_rounds')
    .select('close_at as at')
    .where('workspace_id', '=', workspaceId)
    .where('closed_at', 'is', null)
    .where('close_at', '>', sql<Temporal.Instant>`${after.toString()}::timestamptz`)
    .orderBy('close_at')
    .limit(1)
    .executeTakeFirst();
  return row?.at;
}

export async function saveClosed(
  tx: Tx,
  roundId: number,
  { at, messageId }: { at: Temporal.Instant; messageId: number | null },
): Promise<void> {
  await tx
    .updateTable('ritual_rounds')
    .set({ closed_at: at.toString(), message_id: messageId })
    .where('id', '=', roundId)
    .execute();
}

export type Opinion = { personId: number; verdict: Verdict | null; words: string | null };

/** Everybody who was asked, with what they said; in the order in which it was said, so that no name can be told from it. */
export async function listOpinions(db: Database, roundId: number): Promise<Opinion[]> {
  return await db
    .selectFrom('ritual_opinions')
    .select(['person_id as personId', 'verdict', 'words'])
    .where('round_id', '=', roundId)
    .orderBy('said_at')
    .orderBy('person_id')
    .execute();
}

export async function saveOpinion(
  tx: Tx,
  roundId: number,
  personId: number,
  { verdict, words, at }: { verdict: Verdict; words: string | null; at: Temporal.Instant },
): Promise<void> {
  await tx
    .updateTable('ritual_opinions')
    .set({ verdict, words, said_at: at.toString() })
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .execute();
}

/** Where results go. */
export async function findProductOperations(db: Database, workspaceId: string): Promise<number | null> {
  const row = await db
    .selectFrom('workspaces')
    .select('product_operations_channel_id as id')
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return row.id;
}
