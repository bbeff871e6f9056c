import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import { hasLeft } from '../check-ins/leaving/left-sql.ts';
import type { Answered } from './core/review.ts';

/** How many were asked the questions of a ritual, and how many answered; null: it asks none. */
export async function countAnswers(db: Database, occurrenceId: number): Promise<Answered> {
  const { rows } = await sql<{ asked: number; in: number }>`
    select count(*)::int as asked, count(answered_at)::int as "in" from ritual_answers
    where occurrence_id = ${occurrenceId}`.execute(db);
  const [row] = rows;
  return row === undefined || row.asked === 0 ? null : row;
}

/** Members of these teams and their leads who are in Slack and have not left the cadence; of no teams named, of those whose home is the cadence's channel. */
export async function listMembers(
  db: Database,
  workspaceId: string,
  cadenceId: number,
): Promise<{ id: number; slackId: string; name: string; timezone: string }[]> {
  const { rows } = await sql<{ id: number; slackId: string; name: string; timezone: string }>`
    with chosen as (select team_id as id from cadence_teams where cadence_id = ${cadenceId}), asked as (
      select id from chosen
      union all
      select t.id from teams t join cadences c on c.channel_id = t.channel_id
      where c.id = ${cadenceId} and not exists (select from chosen)
    )
    select distinct p.id, p.slack_id as "slackId", p.name, coalesce(p.timezone, w.timezone) as timezone
    from asked join teams t on t.id = asked.id
    cross join lateral (select m.person_id from team_members m where m.team_id = t.id
      union select t.lead_id where t.lead_id is not null) who
    join people p on p.id = who.person_id and p.kind = 'member' and p.slack_id is not null and p.deactivated_at is null
    join workspaces w on w.id = p.workspace_id
    where t.workspace_id = ${workspaceId} and not ${hasLeft(sql`${cadenceId}::bigint`, sql`p.id`)}
    order by p.name, p.id`.execute(db);
  return rows;
}

export async function insertAsked(
  tx: Tx,
  workspaceId: string,
  occurrenceId: number,
  personIds: readonly number[],
  at: Temporal.Instant,
): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .insertInto('ritual_answers')
    .values(
      personIds.map((person_id) => ({
        workspace_id: workspaceId,
        occurrence_id: occurrenceId,
        person_id,
        asked_at: at.toString(),
      })),
    )
    .execute();
}

export type Asked = { answers: string[] | null; messageId: number | null };

/** What somebody was asked in an occurrence, and has said; undefined: they were not asked. */
export async function findAsked(
  db: Database,
  workspaceId: string,
  occurrenceId: number,
  personId: number,
): Promise<Asked | undefined> {
  const { rows } = await sql<Asked>`
    select a.answers, a.message_id as "messageId" from ritual_answers a
    where a.workspace_id = ${workspaceId} and a.occurrence_id = ${occurrenceId} and a.person_id = ${personId}`.execute(
    db,
  );
  return rows[0];
}

export async function saveAnswers(
  tx: Tx,
  occurrenceId: number,
  personId: number,
  said: { answers: readonly string[]; at: Temporal.Instant; messageId: number },
): Promise<void> {
  await sql`
    update ritual_answers set answers = ${JSON.stringify(said.answers)}::jsonb, message_id = ${said.messageId},
      answered_at = coalesce(answered_at, ${said.at.toString()}::timestamptz)
    where occurrence_id = ${occurrenceId} and person_id = ${personId}`.execute(tx);
}

/** Who was asked in occurrences and has not answered. */
export async function listUnanswered(
  db: Database,
  occurrenceIds: readonly number[],
): Promise<{ occurrenceId: number; personId: number }[]> {
  return await db
    .selectFrom('ritual_answers')
    .select(['occurrence_id as occurrenceId', 'person_id as personId'])
    .where('occurrence_id', 'in', occurrenceIds)
    .where('answered_at', 'is', null)
    .execute();
}

/** They are not asked, unless they have answered. Says whether they were, and had not. */
export async function deleteUnanswered(tx: Tx, occurrenceId: number, personId: number): Promise<boolean> {
  const result = await tx
    .deleteFrom('ritual_answers')
    .where('occurrence_id', '=', occurrenceId)
    .where('person_id', '=', personId)
    .where('answered_at', 'is', null)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Reviews that go on and wait for somebody's answers, the oldest first. */
export async function listOwedQuestions(
  db: Database,
  workspaceId: string,
  personId: number,
  limit: number,
): Promise<{ occurrenceId: number; name: string }[]> {
  return await db
    .selectFrom('ritual_answers as a')
    .innerJoin('reviews as v', 'v.occurrence_id', 'a.occurrence_id')
    .select(['a.occurrence_id as occurrenceId', 'v.name'])
    .where('a.workspace_id', '=', workspaceId)
    .where('a.person_id', '=', personId)
    .where('a.answered_at', 'is', null)
    .where('v.ended_at', 'is', null)
    .orderBy('a.occurrence_id')
    .limit(limit)
    .execute();
}
