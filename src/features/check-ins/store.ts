import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { CheckIn, OwedCheckIn, Tally } from './core/check-in.ts';

/** Who may be asked in Slack, and in which zone they live. */
export async function listReachable(
  db: Database,
  workspaceId: string,
  ids: number[],
): Promise<{ id: number; slackId: string; name: string; timezone: string }[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom('people as p')
    .innerJoin('workspaces as w', 'w.id', 'p.workspace_id')
    .where('p.workspace_id', '=', workspaceId)
    .where('p.id', 'in', ids)
    .where('p.slack_id', 'is not', null)
    .where('p.deactivated_at', 'is', null)
    .where('p.kind', '=', 'member')
    .select((eb) => [
      'p.id',
      'p.slack_id as slackId',
      'p.name',
      eb.fn.coalesce('p.timezone', 'w.timezone').as('timezone'),
    ])
    .$narrowType<{ slackId: string }>()
    .execute();
}

/** The run of an occurrence: its message in the channel, and how many key results nobody is asked about. */
export async function insertRun(
  tx: Tx,
  run: { workspaceId: string; occurrenceId: number; messageId: number; unasked: number },
): Promise<void> {
  await tx
    .insertInto('check_in_runs')
    .values({
      workspace_id: run.workspaceId,
      occurrence_id: run.occurrenceId,
      message_id: run.messageId,
      unasked: run.unasked,
    })
    .execute();
}

/** What one person is asked in an occurrence. */
export async function insertPrompt(
  tx: Tx,
  prompt: {
    workspaceId: string;
    occurrenceId: number;
    personId: number;
    messageId: number;
    keyResultIds: number[];
  },
): Promise<void> {
  const { id } = await tx
    .insertInto('prompts')
    .values({
      workspace_id: prompt.workspaceId,
      occurrence_id: prompt.occurrenceId,
      person_id: prompt.personId,
      message_id: prompt.messageId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('prompt_items')
    .values(
      prompt.keyResultIds.map((keyResultId) => ({
        workspace_id: prompt.workspaceId,
        prompt_id: id,
        occurrence_id: prompt.occurrenceId,
        key_result_id: keyResultId,
      })),
    )
    .execute();
}

/** The messages that asked people in these occurrences, and whom. */
export async function listPromptMessages(
  db: Database,
  workspaceId: string,
  occurrenceIds: number[],
): Promise<{ messageId: number; personId: number }[]> {
  return await db
    .selectFrom('prompts')
    .select(['message_id as messageId', 'person_id as personId'])
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', 'in', occurrenceIds)
    .orderBy('message_id')
    .execute();
}

export type PromptRow = {
  occurrenceId: number;
  occurrenceName: string;
  isOpen: boolean;
  channelId: number;
  messageId: number;
  keyResultIds: number[];
  person: { id: number; slackId: string | null; name: string };
};

function prompts(db: Database, workspaceId: string) {
  return db
    .selectFrom('prompts as q')
    .innerJoin('occurrences as o', 'o.id', 'q.occurrence_id')
    .innerJoin('cadences as c', 'c.id', 'o.cadence_id')
    .innerJoin('people as p', 'p.id', 'q.person_id')
    .where('q.workspace_id', '=', workspaceId)
    .select([
      'q.occurrence_id as occurrenceId',
      'o.name as occurrenceName',
      sql<boolean>`o.state = 'open'`.as('isOpen'),
      'c.channel_id as channelId',
      'q.message_id as messageId',
      sql<number[]>`array(select key_result_id from prompt_items where prompt_id = q.id)`.as('keyResultIds'),
      sql<PromptRow['person']>`json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name)`.as(
        'person',
      ),
    ]);
}

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

/** The newest open prompt of a person, one that still owes answers first. */
export async function findOpenPrompt(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<PromptRow | undefined> {
  return await prompts(db, workspaceId)
    .where('q.person_id', '=', personId)
    .where('o.state', '=', 'open')
    .orderBy(
      sql`exists (select 1 from prompt_items i where i.prompt_id = q.id and not exists (
        select 1 from check_ins a where a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id))`,
      'desc',
    )
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
    join prompt_items i on i.prompt_id = q.id
    left join check_ins a on a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id
    where q.workspace_id = ${workspaceId} and q.person_id = ${personId} and o.state = 'open'
    group by o.id
    having count(*) filter (where a.id is null) > 0
    order by o.id desc`.execute(db);
  return rows;
}

export type AnswerRow = { keyResultId: number; answer: CheckIn | null; previous: CheckIn | null };

/** Answers of an occurrence for these key results, and the latest ones of earlier occurrences. */
export async function listAnswers(
  db: Database,
  occurrenceId: number,
  keyResultIds: number[],
): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select k.id as "keyResultId",
      (select json_build_object('value', a.value, 'confidence', a.confidence, 'words', a.words)
        from check_ins a
        where a.occurrence_id = ${occurrenceId} and a.key_result_id = k.id) as answer,
      (select json_build_object('value', a.value, 'confidence', a.confidence, 'words', a.words)
        from check_ins a
        where a.key_result_id = k.id and a.occurrence_id <> ${occurrenceId}
        order by a.answered_at desc limit 1) as previous
    from unnest(${keyResultIds}::bigint[]) as k (id)`.execute(db);
  return rows;
}

/**
 * Locks the run, so that answers that come at once are counted one after the other, and holds its occurrence as
 * it is: whoever would end it now waits for the answer, and an answer that waited for the end comes too late.
 */
export async function lockRun(
  tx: Tx,
  occurrenceId: number,
): Promise<{ messageId: number; unasked: number; isOpen: boolean }> {
  return await tx
    .selectFrom('check_in_runs as r')
    .innerJoin('occurrences as o', 'o.id', 'r.occurrence_id')
    .select(['r.message_id as messageId', 'r.unasked', sql<boolean>`o.state = 'open'`.as('isOpen')])
    .where('r.occurrence_id', '=', occurrenceId)
    .forUpdate('r')
    .forShare('o')
    .executeTakeFirstOrThrow();
}

/** Keeps an answer; a second one in the same occurrence replaces it. */
export async function saveCheckIn(
  tx: Tx,
  answer: CheckIn & {
    workspaceId: string;
    occurrenceId: number;
    keyResultId: number;
    personId: number;
    at: Temporal.Instant;
  },
): Promise<void> {
  const values = {
    value: answer.value,
    confidence: answer.confidence,
    words: answer.words,
    person_id: answer.personId,
    answered_at: answer.at.toString(),
  };
  await tx
    .insertInto('check_ins')
    .values({
      ...values,
      workspace_id: answer.workspaceId,
      occurrence_id: answer.occurrenceId,
      key_result_id: answer.keyResultId,
    })
    .onConflict((conflict) => conflict.columns(['occurrence_id', 'key_result_id']).doUpdateSet(values))
    .execute();
}

/** How many people were asked in an occurrence, and how many of them answered everything. */
export async function countRun(db: Database, occurrenceId: number): Promise<Tally> {
  const { rows } = await sql<Tally>`
    select count(*) as asked, count(*) filter (where not owes) as "in"
    from (
      select exists (select 1 from prompt_items i where i.prompt_id = q.id and not exists (
        select 1 from check_ins a where a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id
      )) as owes
      from prompts q where q.occurrence_id = ${occurrenceId}
    ) each_prompt`.execute(db);
  return rows[0] ?? { asked: 0, in: 0 };
}
