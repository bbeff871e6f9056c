import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { Answerable, CheckIn, KeptCheckIn, OwedCheckIn } from './core/check-in.ts';

/** A prompt as it is kept, with what its cadence says of reminders and its end. */
export type PromptRow = {
  id: number;
  occurrenceId: number;
  occurrenceName: string;
  cadenceId: number;
  standing: Answerable;
  channelId: number;
  keyResultIds: number[];
  person: { id: number; slackId: string | null; name: string };
  snoozedUntil: Temporal.Instant | null;
  isAway: boolean;
  /** When they are asked, snoozed or not. */
  askedAt: Temporal.Instant | null;
  dueAt: Temporal.Instant;
  /** From when on a reminder is counted. */
  beginsAt: Temporal.Instant;
  closeAt: Temporal.Instant | null;
  nudgeAfter: string | null;
};

/** Open; or over, and answered late until the next one of its cadence begins. */
const standing = sql<Answerable>`case when o.state = 'open' then 'open'
  when o.state = 'held' and not exists (select from occurrences n where n.cadence_id = o.cadence_id
    and n.due_at > o.due_at and n.state in ('open', 'held')) then 'late'
  else 'closed' end`;

function prompts(db: Database, workspaceId: string) {
  return db
    .selectFrom('prompts as q')
    .innerJoin('occurrences as o', 'o.id', 'q.occurrence_id')
    .innerJoin('cadences as c', 'c.id', 'o.cadence_id')
    .innerJoin('people as p', 'p.id', 'q.person_id')
    .where('q.workspace_id', '=', workspaceId)
    .select([
      'q.id',
      'q.occurrence_id as occurrenceId',
      'o.name as occurrenceName',
      'o.cadence_id as cadenceId',
      standing.as('standing'),
      'c.channel_id as channelId',
      sql<number[]>`array(select key_result_id from prompt_items i where i.prompt_id = q.id
        and i.disowned_at is null order by key_result_id)`.as('keyResultIds'),
      sql<PromptRow['person']>`json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name)`.as(
        'person',
      ),
      'q.snoozed_until as snoozedUntil',
      sql<boolean>`q.away_at is not null`.as('isAway'),
      'q.asked_at as askedAt',
      'o.due_at as dueAt',
      sql<Temporal.Instant>`greatest(o.due_at, o.planned_at)`.as('beginsAt'),
      'o.close_at as closeAt',
      'c.nudge_after as nudgeAfter',
    ]);
}

/** Whether something that is asked is not answered yet. */
const owes = sql<boolean>`exists (select 1 from prompt_items i where i.prompt_id = q.id and i.disowned_at is null
  and not exists (select 1 from check_ins a
    where a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id))`;

/** What a person is asked in an occurrence; undefined for somebody who is not asked in it. */
export async function findPrompt(
  db: Database,
  workspaceId: string,
  occurrenceId: number,
  personId: number,
): Promise<PromptRow | undefined> {
  return await prompts(db, workspaceId)
    .where('q.occurrence_id', '=', occurrenceId)
    .where('q.person_id', '=', personId)
    .executeTakeFirst();
}

/** The prompts in open check-ins that ask a person, or ask about these key results, those asked first first. */
export async function listOpenPrompts(
  db: Database,
  workspaceId: string,
  of: { personId: number } | { keyResultIds: readonly number[] },
): Promise<PromptRow[]> {
  const open = prompts(db, workspaceId).where('o.state', '=', 'open').orderBy('o.id').orderBy('q.id');
  if ('personId' in of) return await open.where('q.person_id', '=', of.personId).execute();
  return await open
    .where(
      sql<boolean>`exists (select from prompt_items i where i.prompt_id = q.id
        and i.key_result_id = any(${of.keyResultIds}::bigint[]))`,
    )
    .execute();
}

/**
 * The prompt that a person answers now: one that is open and owes answers, else one that is late and owes them, else the
 * newest open one, for a change.
 */
export async function findWaitingPrompt(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<PromptRow | undefined> {
  return await prompts(db, workspaceId)
    .where('q.person_id', '=', personId)
    .where(sql<boolean>`(o.state = 'open' or (${standing} = 'late' and ${owes} and q.away_at is null))`)
    .orderBy(owes, 'desc')
    .orderBy(sql`o.state = 'open'`, 'desc')
    .orderBy('q.id', 'desc')
    .executeTakeFirst();
}

/** The open check-ins in which a person still has something to answer, the newest first. */
export async function listOwed(db: Database, workspaceId: string, personId: number): Promise<OwedCheckIn[]> {
  const { rows } = await sql<OwedCheckIn>`
    select o.id as "occurrenceId", o.name as "occurrenceName",
      count(*) as asked, count(*) filter (where a.id is null) as left
    from prompts q
    join occurrences o on o.id = q.occurrence_id
    join prompt_items i on i.prompt_id = q.id and i.disowned_at is null
    left join check_ins a on a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id
    where q.workspace_id = ${workspaceId} and q.person_id = ${personId} and o.state = 'open'
    group by o.id
    having count(*) filter (where a.id is null) > 0
    order by o.id desc`.execute(db);
  return rows;
}

export type AnswerRow = { answer: CheckIn | null; earlier: KeptCheckIn[] };

/**
 * For each key result its answer in an occurrence (null: the one given early), and the latest two from before it; in the
 * order of what is asked for.
 */
export async function listAnswers(
  db: Database,
  asked: readonly { occurrenceId: number | null; keyResultId: number }[],
): Promise<AnswerRow[]> {
  const { rows } = await sql<{ answer: CheckIn | null; earlier: (CheckIn & { on: string })[] }>`
    select case when a.id is not null then json_build_object('value', a.value, 'confidence', a.confidence,
        'words', a.words, 'health', a.health) end as answer,
      coalesce((select json_agg(b order by b.answered_at desc) from (
        select value, confidence, words, health, answered_at, (answered_at at time zone 'UTC')::date as "on"
        from check_ins b
        where b.key_result_id = g.kr and b.id is distinct from a.id
          and (a.id is null or b.answered_at < a.answered_at)
        order by b.answered_at desc limit 2) b), '[]') as earlier
    from rows from (json_to_recordset(${JSON.stringify(asked)}::json)
      as ("occurrenceId" bigint, "keyResultId" bigint)) with ordinality as g (occ, kr, nth)
    left join check_ins a on a.key_result_id = g.kr and (a.occurrence_id = g.occ or (g.occ is null and a.is_early))
    order by g.nth`.execute(db);
  return rows.map(({ answer, earlier }) => ({
    answer,
    earlier: earlier.map(({ on, value, confidence, words, health }) => ({
      value,
      confidence,
      words,
      health,
      on: Temporal.PlainDate.from(on),
    })),
  }));
}

/** Which cadence asks, for which teams, and who set it up. */
export async function readOrigin(
  db: Database,
  cadenceId: number,
): Promise<{ key: string; teams: string[]; setUpBy: { slackId: string | null; name: string } | null }> {
  return await db
    .selectFrom('cadences as c')
    .leftJoin('people as p', 'p.id', 'c.created_by')
    .where('c.id', '=', cadenceId)
    .select([
      'c.key',
      sql<string[]>`array(select t.name from teams t where t.workspace_id = c.workspace_id and (
        t.id in (select team_id from cadence_teams where cadence_id = c.id)
        or (t.channel_id = c.channel_id and not exists (select from cadence_teams where cadence_id = c.id)))
        order by t.name)`.as('teams'),
      sql<{ slackId: string | null; name: string } | null>`case when p.id is not null
        then json_build_object('slackId', p.slack_id, 'name', p.name) end`.as('setUpBy'),
    ])
    .executeTakeFirstOrThrow();
}

/** The teams whose key results a cadence asks about: those that it names, else those whose home is its channel. */
export async function teamsOfCadence(db: Database, cadenceId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select t.id from cadences c join teams t on t.workspace_id = c.workspace_id
    where c.id = ${cadenceId} and (
      t.id in (select team_id from cadence_teams where cadence_id = c.id)
      or (t.channel_id = c.channel_id and not exists (select from cadence_teams where cadence_id = c.id)))
    order by t.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Who has left Slack and is still asked something in an open check-in. */
export async function listAskedLeavers(db: Database, workspaceId: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select p.id from people p
    where p.workspace_id = ${workspaceId} and p.deactivated_at is not null and exists (
      select from prompts q join occurrences o on o.id = q.occurrence_id
      where q.workspace_id = p.workspace_id and q.person_id = p.id and q.away_at is null and o.state = 'open'
        and ${owes})`.execute(db);
  return rows.map(({ id }) => id);
}
