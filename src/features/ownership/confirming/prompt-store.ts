import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { beganAt, isOf } from './audit-store.ts';
import type { Standing } from './core/audit.ts';

export type AuditPrompt = {
  workspaceId: string;
  occurrenceId: number;
  personId: number;
};

export async function insertAuditPrompts(tx: Tx, prompts: readonly AuditPrompt[]): Promise<void> {
  if (prompts.length === 0) return;
  await tx
    .insertInto('audit_prompts')
    .values(
      prompts.map((prompt) => ({
        workspace_id: prompt.workspaceId,
        occurrence_id: prompt.occurrenceId,
        person_id: prompt.personId,
      })),
    )
    .execute();
}

export type PromptRow = {
  occurrenceId: number;
  standing: Standing;
};

/** What these audits ask one person, and how that stands. */
export async function listPromptsOf(
  db: Database,
  occurrenceIds: readonly number[],
  personId: number,
): Promise<PromptRow[]> {
  if (occurrenceIds.length === 0) return [];
  const { rows } = await sql<PromptRow>`
    select q.occurrence_id as "occurrenceId", (
        select json_build_object('owned', count(*),
          'left', count(*) filter (where s.confirmed_at is null or s.confirmed_at < ${beganAt}))
        from stints s join rocks r on r.id = s.rock_id
        where s.workspace_id = q.workspace_id and s.person_id = q.person_id and s.ended_at is null
          and ${isOf(sql`o.cadence_id`)}) as standing
    from audit_prompts q join occurrences o on o.id = q.occurrence_id
    where q.occurrence_id = any(${[...occurrenceIds]}::bigint[]) and q.person_id = ${personId}
    order by q.occurrence_id`.execute(db);
  return rows;
}

/** What an open audit will ask somebody, of which nothing was sent yet. */
export type UntoldAudit = {
  occurrenceId: number;
  /** The day of the rule. */
  on: Temporal.PlainDate;
  dueAt: Temporal.Instant;
  /** From when on a reminder is counted. */
  beginsAt: Temporal.Instant;
  closeAt: Temporal.Instant | null;
  nudgeAfter: string | null;
  askedAt: Temporal.Instant;
  standing: Standing;
};

/** Locks the questions of these audits to a person that wait for their time: while they are held nobody says them. */
export async function lockUntoldAudits(
  tx: Tx,
  occurrenceIds: readonly number[],
  personId: number,
): Promise<UntoldAudit[]> {
  const prompts = await listPromptsOf(tx, occurrenceIds, personId);
  if (prompts.length === 0) return [];
  const { rows } = await sql<Omit<UntoldAudit, 'standing'>>`
    select o.id as "occurrenceId", (o.due_at at time zone c.timezone)::date as "on", o.due_at as "dueAt",
      greatest(o.due_at, o.planned_at) as "beginsAt", o.close_at as "closeAt", c.nudge_after as "nudgeAfter",
      d.at as "askedAt"
    from audit_prompts q
    join occurrences o on o.id = q.occurrence_id
    join cadences c on c.id = o.cadence_id
    join daily_parts d on d.workspace_id = q.workspace_id and d.state = 'waiting'
      and d.key = 'audit:' || q.occurrence_id || ':' || q.person_id
    where q.occurrence_id = any(${[...occurrenceIds]}::bigint[]) and q.person_id = ${personId}
    order by o.id for update of d`.execute(tx);
  return rows.flatMap((row) => {
    const prompt = prompts.find(({ occurrenceId }) => occurrenceId === row.occurrenceId);
    return prompt === undefined ? [] : [{ ...prompt, ...row }];
  });
}

/** They are not asked. */
export async function deleteAuditPrompt(tx: Tx, occurrenceId: number, personId: number): Promise<void> {
  await tx
    .deleteFrom('audit_prompts')
    .where('occurrence_id', '=', occurrenceId)
    .where('person_id', '=', personId)
    .execute();
}

/** The teams of what somebody owns, as far as a cadence asks about it. */
export async function listTeamsLeft(
  db: Database,
  workspaceId: string,
  personId: number,
  cadenceId: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct r.team_id as id from stints s join rocks r on r.id = s.rock_id
    where s.workspace_id = ${workspaceId} and s.person_id = ${personId} and s.ended_at is null
      and r.state = 'active' and r.team_id is not null and ${isOf(sql`${cadenceId}::bigint`)}
    order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

/** Whom these audits ask. */
export async function listAuditsAsked(
  db: Database,
  occurrenceIds: readonly number[],
): Promise<{ workspaceId: string; occurrenceId: number; personId: number }[]> {
  if (occurrenceIds.length === 0) return [];
  return await db
    .selectFrom('audit_prompts')
    .select(['workspace_id as workspaceId', 'occurrence_id as occurrenceId', 'person_id as personId'])
    .where('occurrence_id', 'in', occurrenceIds)
    .execute();
}
