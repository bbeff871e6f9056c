import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { OkrState } from '../../../platform/db/tables.ts';
import type { Grade } from './core/grade.ts';
import type { GradeRow } from './core/grade-row.ts';

const reachable = (id: string) => sql<boolean>`exists (select from people q
  where q.id = ${sql.ref(id)} and q.slack_id is not null and q.deactivated_at is null and q.kind = 'member')`;

/** What a cycle is graded by: all its key results that were not dropped on the way, in the order of the objectives. */
export async function listGrades(db: Database, workspaceId: string, cycleId: number): Promise<GradeRow[]> {
  const { rows } = await sql<GradeRow>`
    select g.*, q.slack_id as "askedSlackId" from (select k.id, k.key, k.title, k.type, k.unit, k.direction, k.start_value as start, k.target_value as target,
      k.current_value as current, k.commitment, k.state, o.id as "objectiveId", o.key as "objectiveKey", o.title as objective, o.visibility,
      o.team_id as "teamId", t.name as team, t.channel_id as "channelId", k.owner_id as "ownerId",
      k.backup_id as "backupId", o.reviewer_id as "reviewerId", t.lead_id as "leadId",
      case when ${reachable('k.owner_id')} then k.owner_id when ${reachable('k.backup_id')} then k.backup_id end as "askedId",
      k.score, k.grade_words as words, k.fate, k.graded_by as "gradedById",
      row_number() over (order by o.position, o.id, k.position, k.id) as nth
    from key_results k
    join objectives o on o.id = k.objective_id
    left join teams t on t.id = o.team_id
    where k.workspace_id = ${workspaceId} and o.cycle_id = ${cycleId}
      and (k.state <> 'dropped' or k.fate = 'drop') and (o.state <> 'dropped' or k.fate is not null)
    ) g left join people q on q.id = g."askedId"
    order by g.nth`.execute(db);
  return rows;
}

export async function saveGrades(
  tx: Tx,
  grades: readonly Grade[],
  { at, byId }: { at: Temporal.Instant; byId: number },
): Promise<void> {
  await sql`
    update key_results k set score = g.score, grade_words = g.words, fate = g.fate, graded_by = ${byId},
      graded_at = ${at.toString()}::timestamptz
    from json_to_recordset(${JSON.stringify(grades)}::json) as g ("keyResultId" bigint, score numeric, words text, fate text)
    where k.id = g."keyResultId"`.execute(tx);
}

/** Whether somebody leads a team that has objectives in a cycle. */
export async function leadsInCycle(db: Database, cycleId: number, personId: number): Promise<boolean> {
  const row = await db
    .selectFrom('objectives as o')
    .innerJoin('teams as t', 't.id', 'o.team_id')
    .select('o.id')
    .where('o.cycle_id', '=', cycleId)
    .where('t.lead_id', '=', personId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export type GradingMessage = { channelId: number; messageId: number; isWhole: boolean };

export async function listMessages(db: Database, cycleId: number): Promise<GradingMessage[]> {
  return await db
    .selectFrom('grading_messages')
    .select(['channel_id as channelId', 'message_id as messageId', 'is_whole as isWhole'])
    .where('cycle_id', '=', cycleId)
    .orderBy('channel_id')
    .execute();
}

export async function insertMessagesOf(
  tx: Tx,
  workspaceId: string,
  cycleId: number,
  messages: readonly GradingMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await tx
    .insertInto('grading_messages')
    .values(
      messages.map(({ channelId, messageId, isWhole }) => ({
        workspace_id: workspaceId,
        cycle_id: cycleId,
        channel_id: channelId,
        message_id: messageId,
        is_whole: isWhole,
      })),
    )
    .execute();
}

export async function insertAsked(
  tx: Tx,
  workspaceId: string,
  cycleId: number,
  personIds: readonly number[],
): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .insertInto('grading_prompts')
    .values(personIds.map((id) => ({ workspace_id: workspaceId, cycle_id: cycleId, person_id: id })))
    .execute();
}

/** Who was asked to grade in a cycle. */
export async function listAsked(db: Database, cycleId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('grading_prompts')
    .select('person_id as id')
    .where('cycle_id', '=', cycleId)
    .orderBy('person_id')
    .execute();
  return rows.map(({ id }) => id);
}

/** These people as they are called, by name; those whom Slack knows. */
export async function listNames(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<{ id: number; slackId: string; name: string }[]> {
  const { rows } = await sql<{ id: number; slackId: string; name: string }>`
    select id, slack_id as "slackId", name from people
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::bigint[]) and slack_id is not null
    order by name, id`.execute(db);
  return rows;
}

/** What became of the objectives of a cycle. */
export async function saveObjectiveEnds(
  tx: Tx,
  ends: readonly { id: number; state: OkrState }[],
): Promise<void> {
  await sql`
    update objectives o set state = g.state
    from json_to_recordset(${JSON.stringify(ends)}::json) as g (id bigint, state text)
    where o.id = g.id and o.state = 'active'`.execute(tx);
}
