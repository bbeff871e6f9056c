import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Past } from './core/past.ts';

export type HistoryRow = Past & { keyResultId: number };

/** The answers for these key results, the earliest first. */
export async function listHistory(
  db: Database,
  workspaceId: string,
  keyResultIds: readonly number[],
): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select a.key_result_id as "keyResultId", (a.answered_at at time zone 'UTC')::date as "on", a.value,
      a.confidence, a.health, a.words, a.is_late as "isLate",
      json_build_object('slackId', p.slack_id, 'name', p.name) as person
    from check_ins a join people p on p.id = a.person_id
    where a.workspace_id = ${workspaceId} and a.key_result_id = any(${keyResultIds}::bigint[])
    order by a.key_result_id, a.answered_at, a.id`.execute(db);
  return rows;
}

/** An answer as a table has it. */
export type PastRow = Pick<Past, 'value' | 'confidence' | 'health' | 'words' | 'isLate'> & {
  /** The key of the key result. */
  keyResult: string;
  answeredAt: Temporal.Instant;
  personId: number;
};

export async function listAllHistory(db: Database, workspaceId: string): Promise<PastRow[]> {
  return await db
    .selectFrom('check_ins as a')
    .innerJoin('key_results as k', 'k.id', 'a.key_result_id')
    .select([
      'k.key as keyResult',
      'a.answered_at as answeredAt',
      'a.person_id as personId',
      'a.value',
      'a.confidence',
      'a.health',
      'a.words',
      'a.is_late as isLate',
    ])
    .where('a.workspace_id', '=', workspaceId)
    .orderBy('a.answered_at')
    .orderBy('k.key')
    .execute();
}

/** `answeredAt` as ISO 8601. */
export type NewPast = Pick<Past, 'value' | 'confidence' | 'health' | 'words' | 'isLate'> & {
  keyResultId: number;
  personId: number;
  answeredAt: string;
};

/** Keeps answers of the past that are not there yet. Gives how many these were. */
export async function insertHistory(
  tx: Tx,
  workspaceId: string,
  answers: readonly NewPast[],
): Promise<number> {
  const { rows } = await sql`
    insert into check_ins (workspace_id, key_result_id, person_id, answered_at, value, confidence, health,
      health_words, words, is_late)
    select distinct on (g."keyResultId", g."answeredAt") ${workspaceId}, g."keyResultId", g."personId",
      g."answeredAt", g.value, g.confidence, g.health, case when g.health is not null then g.words end, g.words,
      g."isLate"
    from json_to_recordset(${JSON.stringify(answers)}::json) as g ("keyResultId" bigint, "personId" bigint,
      "answeredAt" timestamptz, value numeric, confidence smallint, health text, words text, "isLate" boolean)
    where not exists (select from check_ins c where c.key_result_id = g."keyResultId"
      and date_trunc('milliseconds', c.answered_at) = date_trunc('milliseconds', g."answeredAt"))
    order by g."keyResultId", g."answeredAt"
    returning id`.execute(tx);
  return rows.length;
}

/** Lets these key results say what their latest answer says, where that is later than what they know. */
export async function saveLatest(
  tx: Tx,
  workspaceId: string,
  keyResultIds: readonly number[],
): Promise<void> {
  await sql`
    update key_results k set current_value = a.value, confidence = a.confidence, answered_at = a.answered_at,
      health_overruled = a.health, health_words = a.health_words
    from (select distinct on (key_result_id) * from check_ins
      where workspace_id = ${workspaceId} and key_result_id = any(${keyResultIds}::bigint[])
      order by key_result_id, answered_at desc) a
    where k.id = a.key_result_id and (k.answered_at is null or k.answered_at < a.answered_at)`.execute(tx);
}
