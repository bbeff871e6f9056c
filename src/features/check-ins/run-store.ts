import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Askable } from '../../cadence/core/asking.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { CheckIn, Tally } from './core/check-in.ts';

/** Who of these may be asked in Slack, where they live, when they work, and when they are away from `since` on. */
export async function listReachable(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
  since: Temporal.PlainDate,
): Promise<Askable[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Omit<Askable, 'absences'> & { absences: { from: string; to: string }[] }>`
    select p.id, coalesce(p.timezone, w.timezone) as timezone, p.working_days as "workingDays",
      coalesce((select json_agg(json_build_object('from', a.starts_on, 'to', a.ends_on)) from absences a
        where a.person_id = p.id and a.ends_on >= ${since.toString()}::date), '[]') as absences
    from people p join workspaces w on w.id = p.workspace_id
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::bigint[])
      and p.slack_id is not null and p.deactivated_at is null and p.kind = 'member'`.execute(db);
  return rows.map((row) => ({
    ...row,
    absences: row.absences.map(({ from, to }) => ({
      from: Temporal.PlainDate.from(from),
      to: Temporal.PlainDate.from(to),
    })),
  }));
}

/** The latest answers for key results, whichever check-in they were given in. */
export async function listLatestAnswers(
  db: Database,
  keyResultIds: readonly number[],
): Promise<Map<number, CheckIn>> {
  const { rows } = await sql<{ id: number; answer: CheckIn }>`
    select k.id, json_build_object('value', a.value, 'confidence', a.confidence, 'words', a.words) as answer
    from unnest(${keyResultIds}::bigint[]) as k (id)
    cross join lateral (
      select value, confidence, words from check_ins
      where key_result_id = k.id order by answered_at desc limit 1) a`.execute(db);
  return new Map(rows.map(({ id, answer }) => [id, answer]));
}

/** The run of an occurrence: its message in the channel, who is away, and how many key results nobody is asked about. */
export type NewRun = {
  workspaceId: string;
  occurrenceId: number;
  messageId: number;
  unasked: number;
  away: number;
};

export async function insertRuns(tx: Tx, runs: readonly NewRun[]): Promise<void> {
  if (runs.length === 0) return;
  await sql`
    insert into check_in_runs (workspace_id, occurrence_id, message_id, unasked, away)
    select "workspaceId", "occurrenceId", "messageId", unasked, away
    from json_to_recordset(${JSON.stringify(runs)}::json) as g ("workspaceId" text, "occurrenceId" bigint,
      "messageId" bigint, unasked integer, away integer)`.execute(tx);
}

/** What one person is asked in an occurrence. */
export type NewPrompt = {
  workspaceId: string;
  occurrenceId: number;
  personId: number;
  messageId: number;
  nudgeMessageId: number | null;
  keyResultIds: number[];
};

export async function insertPrompts(tx: Tx, prompts: readonly NewPrompt[]): Promise<void> {
  if (prompts.length === 0) return;
  await sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(prompts)}::json) as g ("workspaceId" text,
        "occurrenceId" bigint, "personId" bigint, "messageId" bigint, "nudgeMessageId" bigint, "keyResultIds" json)
    ), inserted as (
      insert into prompts (workspace_id, occurrence_id, person_id, message_id, nudge_message_id)
      select "workspaceId", "occurrenceId", "personId", "messageId", "nudgeMessageId" from given
      returning id, workspace_id, occurrence_id, message_id
    )
    insert into prompt_items (workspace_id, prompt_id, occurrence_id, key_result_id)
    select i.workspace_id, i.id, i.occurrence_id, k.id::bigint
    from inserted i join given g on g."messageId" = i.message_id
    cross join lateral json_array_elements_text(g."keyResultIds") as k (id)`.execute(tx);
}

/** The messages that asked people in these occurrences and were to remind them, and whom. */
export async function listPromptMessages(
  db: Database,
  workspaceId: string,
  occurrenceIds: readonly number[],
): Promise<{ messageIds: number[]; personIds: number[] }> {
  const rows = await db
    .selectFrom('prompts')
    .select(['message_id as messageId', 'nudge_message_id as nudgeMessageId', 'person_id as personId'])
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', 'in', occurrenceIds)
    .execute();
  return {
    messageIds: rows.flatMap(({ messageId, nudgeMessageId }) => [messageId, nudgeMessageId ?? []].flat()),
    personIds: rows.map(({ personId }) => personId),
  };
}

/** A run as its message in the channel tells of it. */
export type RunRow = {
  occurrenceId: number;
  occurrenceName: string;
  channelId: number;
  messageId: number;
  timezone: string;
  dueAt: Temporal.Instant;
  plannedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  isOpen: boolean;
  unasked: number;
  tally: Tally;
};

/** Runs with how many people were asked in each, are away, and have answered everything. */
export async function listRuns(db: Database, occurrenceIds: readonly number[]): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select r.occurrence_id as "occurrenceId", o.name as "occurrenceName", c.channel_id as "channelId",
      r.message_id as "messageId", c.timezone, o.due_at as "dueAt", o.planned_at as "plannedAt",
      o.closed_at as "closedAt", o.state = 'open' as "isOpen", r.unasked,
      json_build_object('asked', t.asked, 'in', t.answered, 'away', r.away) as tally
    from check_in_runs r
    join occurrences o on o.id = r.occurrence_id
    join cadences c on c.id = o.cadence_id
    cross join lateral (
      select count(*) as asked, count(*) filter (where not exists (
        select 1 from prompt_items i where i.prompt_id = q.id and not exists (
          select 1 from check_ins a where a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id
        ))) as answered
      from prompts q where q.occurrence_id = r.occurrence_id) t
    where r.occurrence_id = any(${occurrenceIds}::bigint[])
    order by r.occurrence_id`.execute(db);
  return rows;
}

/** What came in for an occurrence, each with the latest answer of an earlier one. */
export async function listRunAnswers(
  db: Database,
  occurrenceIds: readonly number[],
): Promise<{ occurrenceId: number; keyResultId: number; answer: CheckIn; previous: CheckIn | null }[]> {
  const { rows } = await sql<{
    occurrenceId: number;
    keyResultId: number;
    answer: CheckIn;
    previous: CheckIn | null;
  }>`
    select a.occurrence_id as "occurrenceId", a.key_result_id as "keyResultId",
      json_build_object('value', a.value, 'confidence', a.confidence, 'words', a.words) as answer,
      (select json_build_object('value', b.value, 'confidence', b.confidence, 'words', b.words)
        from check_ins b
        where b.key_result_id = a.key_result_id and b.occurrence_id <> a.occurrence_id
          and b.answered_at < a.answered_at
        order by b.answered_at desc limit 1) as previous
    from check_ins a where a.occurrence_id = any(${occurrenceIds}::bigint[])`.execute(db);
  return rows;
}

/**
 * Locks the run, so that answers that come at once are counted one after the other, and holds its occurrence as
 * it is: whoever would end it now waits for the answer, and an answer that waited for the end comes too late.
 */
export async function lockRun(tx: Tx, occurrenceId: number): Promise<{ messageId: number; isOpen: boolean }> {
  return await tx
    .selectFrom('check_in_runs as r')
    .innerJoin('occurrences as o', 'o.id', 'r.occurrence_id')
    .select(['r.message_id as messageId', sql<boolean>`o.state = 'open'`.as('isOpen')])
    .where('r.occurrence_id', '=', occurrenceId)
    .forUpdate('r')
    .forShare('o')
    .executeTakeFirstOrThrow();
}
