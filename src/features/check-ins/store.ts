import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { CheckIn, OwedCheckIn } from './core/check-in.ts';

export type PromptRow = {
  occurrenceId: number;
  occurrenceName: string;
  isOpen: boolean;
  channelId: number;
  messageId: number;
  nudgeMessageId: number | null;
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
      'q.nudge_message_id as nudgeMessageId',
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
