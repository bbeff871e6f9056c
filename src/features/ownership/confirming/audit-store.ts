import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { hasLeft } from '../../check-ins/leaving/left-sql.ts';
import type { AuditTally } from './core/audit.ts';

/** Who owns rocks that an occurrence asks about, and how many: of the cadence's teams, or of all where it names none. */
export type Owner = { occurrenceId: number; personId: number; count: number };

/** Whether the rock `r` is of the cadence's teams; of any, where it names none. */
export const isOf = (cadenceId: unknown) => sql`(
  not exists (select from cadence_teams t where t.cadence_id = ${cadenceId})
  or r.team_id in (select team_id from cadence_teams t where t.cadence_id = ${cadenceId}))`;
/** Whether somebody, `p`, can be asked in Slack. */
const isAsked = sql`(p.slack_id is not null and p.deactivated_at is null and p.kind = 'member')`;
/** An audit, `o`, counts what is said from here on. */
export const beganAt = sql`coalesce(o.planned_at, o.due_at)`;

const isConfirmed = sql`coalesce(s.confirmed_at >= ${beganAt}, false)`;
/** Whether somebody, `p`, left the ritual before this audit ended, and has not confirmed what is asked all the same. */
const isLeft = sql`(not ${isConfirmed} and ${hasLeft(sql`o.cadence_id`, sql`p.id`, beganAt)})`;
/** Whether somebody, `p`, is away today where they live. */
const isAway = sql`exists (select from absences ab where ab.person_id = p.id
  and (company_now(w) at time zone coalesce(p.timezone, w.timezone))::date between ab.starts_on and ab.ends_on)`;

/** Whoever has left the cadence is not among them. */
export async function listOwners(
  db: Database,
  workspaceId: string,
  occurrences: readonly { occurrenceId: number; cadenceId: number }[],
): Promise<Owner[]> {
  const { rows } = await sql<Owner>`
    select o."occurrenceId", s.person_id as "personId", count(*) as count
    from jsonb_to_recordset(${JSON.stringify(occurrences)}::jsonb) as o ("occurrenceId" bigint, "cadenceId" bigint)
    join rocks r on r.workspace_id = ${workspaceId} and r.state = 'active' and ${isOf(sql`o."cadenceId"`)}
    join stints s on s.rock_id = r.id and s.ended_at is null
    join people p on p.id = s.person_id
    where ${isAsked} and not ${hasLeft(sql`o."cadenceId"`, sql`p.id`)}
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}

export async function insertAudits(
  tx: Tx,
  audits: readonly { workspaceId: string; occurrenceId: number; messageId: number }[],
): Promise<void> {
  if (audits.length === 0) return;
  await tx
    .insertInto('audits')
    .values(
      audits.map(({ workspaceId, occurrenceId, messageId }) => ({
        workspace_id: workspaceId,
        occurrence_id: occurrenceId,
        message_id: messageId,
      })),
    )
    .execute();
}

/**
 * Locks the open audits that ask somebody, or ask about what they own, so that answers that come at once are counted one after the other, and holds
 * their occurrences as they are: whoever would end one waits for the answer, and none is counted after the end. The
 * rocks of the answer must be locked before. `cadenceId`: those of one cadence alone.
 */
export async function lockOpenAudits(
  tx: Tx,
  workspaceId: string,
  personId: number,
  cadenceId: number | null = null,
): Promise<number[]> {
  const rows = await tx
    .selectFrom('audits as a')
    .innerJoin('occurrences as o', 'o.id', 'a.occurrence_id')
    .select('a.occurrence_id as id')
    .where('a.workspace_id', '=', workspaceId)
    .where('o.state', '=', 'open')
    .where(sql<boolean>`(${cadenceId}::bigint is null or o.cadence_id = ${cadenceId}::bigint)`)
    .where(
      sql<boolean>`(
        exists (select from audit_prompts q where q.occurrence_id = a.occurrence_id and q.person_id = ${personId})
        or exists (select from stints s join rocks r on r.id = s.rock_id
          where s.workspace_id = ${workspaceId} and s.person_id = ${personId} and s.ended_at is null
            and ${isOf(sql`o.cadence_id`)}))`,
    )
    .orderBy('a.occurrence_id')
    .forUpdate('a')
    .forShare('o')
    .execute();
  return rows.map(({ id }) => id);
}

/** When the newest open audit began that asks somebody; null: none does. */
export async function findAskedSince(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select max(${beganAt}) as at from audit_prompts q join occurrences o on o.id = q.occurrence_id
    where q.workspace_id = ${workspaceId} and q.person_id = ${personId} and o.state = 'open'`.execute(db);
  return rows[0]?.at ?? null;
}

/** Whether somebody is asked in this audit, and whether it is still open; undefined: they are not. */
export async function findAuditOf(
  db: Database,
  workspaceId: string,
  occurrenceId: number,
  personId: number,
): Promise<{ isOpen: boolean; cadenceId: number } | undefined> {
  return await db
    .selectFrom('audit_prompts as q')
    .innerJoin('occurrences as o', 'o.id', 'q.occurrence_id')
    .select([sql<boolean>`o.state = 'open'`.as('isOpen'), 'o.cadence_id as cadenceId'])
    .where('q.workspace_id', '=', workspaceId)
    .where('q.occurrence_id', '=', occurrenceId)
    .where('q.person_id', '=', personId)
    .executeTakeFirst();
}

/** An audit as its messages tell of it. */
export type AuditRow = {
  occurrenceId: number;
  channelId: number;
  messageId: number;
  timezone: string;
  dueAt: Temporal.Instant;
  plannedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  isOpen: boolean;
  tally: AuditTally;
};

/** Audits with how many of the rocks that they ask about are confirmed since they began. */
export async function listAudits(db: Database, occurrenceIds: readonly number[]): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select a.occurrence_id as "occurrenceId", c.channel_id as "channelId", a.message_id as "messageId", c.timezone,
      o.due_at as "dueAt", o.planned_at as "plannedAt", o.closed_at as "closedAt", o.state = 'open' as "isOpen", (
        select json_build_object(
          'owned', count(*) filter (where ${isAsked} and not ${isLeft} and (${isConfirmed} or not ${isAway})),
          'confirmed', count(*) filter (where ${isAsked} and ${isConfirmed}),
          'away', count(*) filter (where ${isAsked} and not ${isLeft} and not ${isConfirmed} and ${isAway}),
          'unasked', count(*) filter (where s.id is not null and (not ${isAsked} or ${isLeft})),
          'left', count(*) filter (where ${isAsked} and ${isLeft}),
          'unowned', count(*) filter (where r.state = 'active' and s.id is null),
          'lookAgain', count(*) filter (where r.state = 'set-down'
            and r.look_again_on <= (company_now(w) at time zone w.timezone)::date))
        from rocks r
        join workspaces w on w.id = r.workspace_id
        left join stints s on s.rock_id = r.id and s.ended_at is null
        left join people p on p.id = s.person_id
        where r.workspace_id = a.workspace_id and r.state <> 'retired' and ${isOf(sql`o.cadence_id`)}) as tally
    from audits a
    join occurrences o on o.id = a.occurrence_id
    join cadences c on c.id = o.cadence_id
    where a.occurrence_id = any(${[...occurrenceIds]}::bigint[])
    order by a.occurrence_id`.execute(db);
  return rows;
}
