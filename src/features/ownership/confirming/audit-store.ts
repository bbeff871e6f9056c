import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { AuditTally } from './core/audit.ts';

/** Who owns rocks that an occurrence asks about, and how many: of the cadence's teams, or of all where it names none. */
export type Owner = { occurrenceId: number; personId: number; count: number };

const asked = (cadenceId: unknown) => sql`r.state = 'active' and (
  not exists (select from cadence_teams t where t.cadence_id = ${cadenceId})
  or r.team_id in (select team_id from cadence_teams t where t.cadence_id = ${cadenceId}))`;

export async function listOwners(
  db: Database,
  workspaceId: string,
  occurrences: readonly { occurrenceId: number; cadenceId: number }[],
): Promise<Owner[]> {
  const { rows } = await sql<Owner>`
    select o."occurrenceId", s.person_id as "personId", count(*) as count
    from jsonb_to_recordset(${JSON.stringify(occurrences)}::jsonb) as o ("occurrenceId" bigint, "cadenceId" bigint)
    join rocks r on r.workspace_id = ${workspaceId} and ${asked(sql`o."cadenceId"`)}
    join stints s on s.rock_id = r.id and s.ended_at is null
    join people p on p.id = s.person_id
    where p.slack_id is not null and p.deactivated_at is null and p.kind = 'member'
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

export type AuditPrompt = {
  workspaceId: string;
  occurrenceId: number;
  personId: number;
  messageId: number;
  nudgeMessageId: number | null;
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
        message_id: prompt.messageId,
        nudge_message_id: prompt.nudgeMessageId,
      })),
    )
    .execute();
}

/** An audit as its messages tell of it. */
export type AuditRow = {
  occurrenceId: number;
  channelId: number;
  name: string;
  messageId: number;
  isOpen: boolean;
  tally: AuditTally;
};

/** Audits with how many of the rocks that they ask about are confirmed since they were planned. */
export async function listAudits(
  db: Database,
  workspaceId: string,
  which: { occurrenceIds: readonly number[] } | { openFor: number },
): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select a.occurrence_id as "occurrenceId", c.channel_id as "channelId", o.name, a.message_id as "messageId",
      o.state = 'open' as "isOpen", (
        select json_build_object(
          'owned', count(*) filter (where s.id is not null),
          'confirmed', count(*) filter (where s.confirmed_at >= coalesce(o.planned_at, o.due_at)),
          'unowned', count(*) filter (where s.id is null),
          'lookAgain', (select count(*) from rocks d join workspaces w on w.id = d.workspace_id
            where d.workspace_id = a.workspace_id and d.state = 'set-down'
              and d.look_again_on <= (company_now(w) at time zone w.timezone)::date))
        from rocks r left join stints s on s.rock_id = r.id and s.ended_at is null
        where r.workspace_id = a.workspace_id and ${asked(sql`o.cadence_id`)}) as tally
    from audits a
    join occurrences o on o.id = a.occurrence_id
    join cadences c on c.id = o.cadence_id
    where a.workspace_id = ${workspaceId} and ${
      'openFor' in which
        ? sql`o.state = 'open' and exists (select from audit_prompts p
            where p.occurrence_id = a.occurrence_id and p.person_id = ${which.openFor})`
        : sql`a.occurrence_id = any(${[...which.occurrenceIds]}::bigint[])`
    }
    order by a.occurrence_id`.execute(db);
  return rows;
}

/** The messages to people of these audits: of everybody, or of one person. */
export async function listAuditMessages(
  db: Database,
  occurrenceIds: readonly number[],
  personId: number | null,
): Promise<{ messageId: number; nudgeMessageId: number | null }[]> {
  if (occurrenceIds.length === 0) return [];
  return await db
    .selectFrom('audit_prompts')
    .select(['message_id as messageId', 'nudge_message_id as nudgeMessageId'])
    .where('occurrence_id', 'in', occurrenceIds)
    .$if(personId !== null, (query) => query.where('person_id', '=', personId ?? 0))
    .execute();
}

/** Of one person: how many rocks they own, and how many of them were not confirmed since a moment. */
export async function countUnconfirmed(
  db: Database,
  workspaceId: string,
  personId: number,
  since: Temporal.Instant,
): Promise<{ owned: number; left: number }> {
  const { rows } = await sql<{ owned: number; left: number }>`
    select count(*) as owned,
      count(*) filter (where confirmed_at is null or confirmed_at < ${since.toString()}::timestamptz) as "left"
    from stints where workspace_id = ${workspaceId} and person_id = ${personId} and ended_at is null`.execute(
    db,
  );
  return rows[0] ?? { owned: 0, left: 0 };
}
