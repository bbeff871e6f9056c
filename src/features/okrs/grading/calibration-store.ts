import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import type { Commitment } from '../core/health.ts';

/** A graded key result of a closed cycle. */
export type Final = {
  id: number;
  score: number;
  commitment: Commitment;
  startsOn: Temporal.PlainDate;
  endsOn: Temporal.PlainDate;
};

/** Graded key results of closed cycles: those that somebody answered for, or a team's that everybody may see. */
export async function listFinals(
  db: Database,
  workspaceId: string,
  of: { answeredById: number } | { teamId: number },
): Promise<Final[]> {
  const which =
    'teamId' in of
      ? sql`o.team_id = ${of.teamId} and o.visibility = 'workspace'`
      : sql`exists (select from check_ins a where a.key_result_id = k.id and a.person_id = ${of.answeredById})`;
  const { rows } = await sql<Final>`
    select k.id, k.score, k.commitment, c.starts_on as "startsOn", c.ends_on as "endsOn"
    from key_results k
    join objectives o on o.id = k.objective_id
    join cycles c on c.id = o.cycle_id
    where k.workspace_id = ${workspaceId} and k.score is not null and c.state = 'closed' and ${which}
    order by k.id`.execute(db);
  return rows;
}

/** How many people are in a team, its lead included. */
export async function countMembers(db: Database, workspaceId: string, teamId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from people p
    where p.workspace_id = ${workspaceId} and p.deactivated_at is null and (
      exists (select from team_members m where m.team_id = ${teamId} and m.person_id = p.id)
      or exists (select from teams t where t.id = ${teamId} and t.lead_id = p.id))`.execute(db);
  return rows[0]?.count ?? 0;
}
