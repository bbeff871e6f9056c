import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Askable } from '../../cadence/core/asking.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Answerable, CheckIn, Tally } from './core/check-in.ts';

/** Somebody who may be asked in Slack. */
export type Reachable = Askable & { slackId: string; name: string };

/** Who of these may be asked in Slack, where they live, when they work, and when they are away from `since` on. */
export async function listReachable(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
  since: Temporal.PlainDate,
): Promise<Reachable[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Omit<Reachable, 'absences'> & { absences: { from: string; to: string }[] }>`
    select p.id, p.slack_id as "slackId", p.name, coalesce(p.timezone, w.timezone) as timezone, p.working_days as "workingDays",
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

/** What one person is asked in an occurrence, and when. */
export type NewPrompt = {
  workspaceId: string;
  occurrenceId: number;
  personId: number;
  askedAt: Temporal.Instant;
  keyResultIds: readonly number[];
};

export async function insertPrompts(tx: Tx, prompts: readonly NewPrompt[]): Promise<void> {
  if (prompts.length === 0) return;
  await sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(prompts)}::json) as g ("workspaceId" text,
        "occurrenceId" bigint, "personId" bigint, "askedAt" timestamptz, "keyResultIds" json)
    ), inserted as (
      insert into prompts (workspace_id, occurrence_id, person_id, asked_at)
      select "workspaceId", "occurrenceId", "personId", "askedAt" from given
      returning id, workspace_id, occurrence_id, person_id
    )
    insert into prompt_items (workspace_id, prompt_id, occurrence_id, key_result_id)
    select i.workspace_id, i.id, i.occurrence_id, k.id::bigint
    from inserted i join given g on g."occurrenceId" = i.occurrence_id and g."personId" = i.person_id
    cross join lateral json_array_elements_text(g."keyResultIds") as k (id)`.execute(tx);
}

/** Whom these occurrences ask. */
export async function listAsked(
  db: Database,
  workspaceId: string,
  occurrenceIds: readonly number[],
): Promise<{ occurrenceId: number; personId: number }[]> {
  return await db
    .selectFrom('prompts')
    .select(['occurrence_id as occurrenceId', 'person_id as personId'])
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', 'in', occurrenceIds)
    .execute();
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

/**
 * Runs with how many people were asked in each, are away, have answered everything, and did so late. Who is away and
 * answers all the same is in; who has nothing left to answer, because it was not theirs or has ended, is not counted.
 */
export async function listRuns(db: Database, occurrenceIds: readonly number[]): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select r.occurrence_id as "occurrenceId", o.name as "occurrenceName", c.channel_id as "channelId",
      r.message_id as "messageId", c.timezone, o.due_at as "dueAt", o.planned_at as "plannedAt",
      o.closed_at as "closedAt", o.state = 'open' as "isOpen", r.unasked,
      json_build_object('asked', t.asked, 'in', t.answered, 'away', r.away + t.away, 'late', t.late) as tally
    from check_in_runs r
    join occurrences o on o.id = r.occurrence_id
    join cadences c on c.id = o.cadence_id
    cross join lateral (
      select count(*) filter (where items > 0 and (not is_away or answered = items)) as asked,
        count(*) filter (where items > 0 and answered = items) as answered,
        count(*) filter (where is_away and (items = 0 or answered < items)) as away,
        count(*) filter (where items > 0 and answered = items and is_late) as late
      from (
        select q.away_at is not null as is_away, count(i.key_result_id) as items, count(a.id) as answered,
          coalesce(bool_or(a.is_late), false) as is_late
        from prompts q
        left join prompt_items i on i.prompt_id = q.id and i.disowned_at is null
        left join check_ins a on a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id
        where q.occurrence_id = r.occurrence_id
        group by q.id) each) t
    where r.occurrence_id = any(${occurrenceIds}::bigint[])
    order by r.occurrence_id`.execute(db);
  return rows;
}

/** What came in for occurrences, each with the latest answer of an earlier one. */
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
      json_build_object('value', a.value, 'confidence', a.confidence, 'words', a.words, 'health', a.health) as answer,
      (select json_build_object('value', b.value, 'confidence', b.confidence, 'words', b.words, 'health', b.health)
        from check_ins b
        where b.key_result_id = a.key_result_id and b.occurrence_id is distinct from a.occurrence_id
          and b.answered_at < a.answered_at
        order by b.answered_at desc limit 1) as previous
    from check_ins a where a.occurrence_id = any(${occurrenceIds}::bigint[])`.execute(db);
  return rows;
}

/** A run whose occurrence stays as it is until the transaction ends. */
export type HeldRun = { messageId: number; standing: Answerable };

function runs(tx: Tx, occurrenceId: number) {
  return tx
    .selectFrom('check_in_runs as r')
    .innerJoin('occurrences as o', 'o.id', 'r.occurrence_id')
    .select([
      'r.message_id as messageId',
      sql<Answerable>`case when o.state = 'open' then 'open'
        when o.state = 'held' and not exists (select from occurrences n where n.cadence_id = o.cadence_id
          and n.due_at > o.due_at and n.state in ('open', 'held')) then 'late' else 'closed' end`.as(
        'standing',
      ),
    ])
    .where('r.occurrence_id', '=', occurrenceId);
}

/**
 * Holds the occurrence of a run as it is: whoever would end it now waits, and an answer that waited for the end counts as
 * late. Many may hold it at once.
 */
export async function holdRun(tx: Tx, occurrenceId: number): Promise<HeldRun | undefined> {
  return await runs(tx, occurrenceId).forShare('o').executeTakeFirst();
}

/** The same, and locks the run besides: what is counted in it is counted one after the other. */
export async function lockRun(tx: Tx, occurrenceId: number): Promise<HeldRun | undefined> {
  return await runs(tx, occurrenceId).forUpdate('r').forShare('o').executeTakeFirst();
}
