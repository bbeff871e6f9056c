import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';

export type TeamChoice = { id: number; name: string; isMine: boolean };

/** The workspace's teams by name, and whether the person is in them or leads them. */
export async function listTeams(db: Database, workspaceId: string, personId: number): Promise<TeamChoice[]> {
  const { rows } = await sql<TeamChoice>`
    select t.id, t.name, coalesce(t.lead_id = ${personId}, false)
      or exists (select from team_members m where m.team_id = t.id and m.person_id = ${personId}) as "isMine"
    from teams t where t.workspace_id = ${workspaceId} order by t.name, t.id`.execute(db);
  return rows;
}

/** Objectives of open cycles that somebody sees, and the one that is linked already. */
export async function listLinkable(
  db: Database,
  workspaceId: string,
  viewerId: number,
  linkedId: number | null,
): Promise<{ id: number; title: string; cycle: string }[]> {
  const { rows } = await sql<{ id: number; title: string; cycle: string }>`
    select o.id, o.title, c.key as cycle from objectives o join cycles c on c.id = o.cycle_id
    where o.workspace_id = ${workspaceId} and sees_objective(o, ${viewerId})
      and ((o.state = 'active' and c.state in ('draft', 'active')) or o.id = ${linkedId}::bigint)
    order by c.starts_on, c.ends_on desc, o.position, o.id limit 5000`.execute(db);
  return rows;
}

/** An objective that somebody sees, and whether work can still be for it. */
export async function findLinkable(
  db: Database,
  workspaceId: string,
  viewerId: number,
  id: number,
): Promise<{ key: string; title: string; cycle: string; isClosed: boolean; isActive: boolean } | undefined> {
  const { rows } = await sql<{
    key: string;
    title: string;
    cycle: string;
    isClosed: boolean;
    isActive: boolean;
  }>`
    select o.key, o.title, c.key as cycle, c.state = 'closed' as "isClosed", o.state = 'active' as "isActive"
    from objectives o join cycles c on c.id = o.cycle_id
    where o.workspace_id = ${workspaceId} and o.id = ${id} and sees_objective(o, ${viewerId})`.execute(db);
  return rows[0];
}
