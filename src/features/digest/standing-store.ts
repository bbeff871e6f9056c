import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { type Coverage, confirmedWithinDays } from './core/digest.ts';
import type { Gap, Overdue } from './core/standing-lines.ts';
import { isActionForAll, isDecisionForAll } from './seen-sql.ts';

/** How the rocks that everybody may see are carried. */
export async function countCoverage(
  db: Database,
  workspaceId: string,
  now: Temporal.Instant,
): Promise<Coverage> {
  const confirmedSince = now.subtract({ hours: 24 * confirmedWithinDays }).toString();
  const { rows } = await sql<Coverage>`
    select count(s.id) as carried,
      count(*) filter (where s.confirmed_at >= ${confirmedSince}::timestamptz) as confirmed,
      count(*) filter (where r.state = 'active' and s.id is null) as unowned,
      count(*) filter (where r.state = 'active' and s.id is null and r.importance = 'critical') as critical,
      count(*) filter (where r.state = 'set-down') as "setDown"
    from rocks r left join stints s on s.rock_id = r.id and s.ended_at is null
    where r.workspace_id = ${workspaceId} and r.visibility = 'workspace' and r.state <> 'retired'`.execute(
    db,
  );
  return rows[0] ?? { carried: 0, confirmed: 0, unowned: 0, critical: 0, setDown: 0 };
}

/** Critical rocks that nobody carries, with the company's day since when. */
export async function listCriticalGaps(db: Database, workspaceId: string): Promise<Gap[]> {
  const { rows } = await sql<Gap>`
    select r.id, r.name, (e.ended_at at time zone w.timezone)::date as since
    from rocks r
    join workspaces w on w.id = r.workspace_id
    left join (select s.rock_id, max(s.ended_at) as ended_at from stints s
      where s.workspace_id = ${workspaceId} and s.ended_at is not null group by s.rock_id) e on e.rock_id = r.id
    where r.workspace_id = ${workspaceId} and r.visibility = 'workspace' and r.state = 'active'
      and r.importance = 'critical'
      and not exists (select from stints s where s.rock_id = r.id and s.ended_at is null)
    order by r.name, r.id`.execute(db);
  return rows;
}

/** Who is there, and the teams of at least so many of them. */
export async function listPeople(
  db: Database,
  workspaceId: string,
  leastTeam: number,
): Promise<{
  people: { id: number; name: string }[];
  teams: { id: number; name: string; members: number[] }[];
}> {
  const people = await db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'member')
    .where('deactivated_at', 'is', null)
    .orderBy('id')
    .execute();
  const { rows } = await sql<{ id: number; name: string; members: number[] }>`
    select t.id, t.name, array_agg(p.id) as members
    from teams t
    join team_members m on m.team_id = t.id
    join people p on p.id = m.person_id and p.deactivated_at is null
    where t.workspace_id = ${workspaceId}
    group by t.id having count(*) >= ${leastTeam} order by t.name, t.id`.execute(db);
  return { people, teams: rows };
}

/** Decisions that are open past their day, and actions that are, the oldest first. */
export async function listOverdue(
  db: Database,
  workspaceId: string,
  today: Temporal.PlainDate,
): Promise<Overdue[]> {
  const day = sql`${today.toString()}::date`;
  const { rows } = await sql<Overdue>`
    select 'decision' as what, d.id, d.question as title, d.number, d.due_on as "dueOn", p.name as who
    from decisions d join people p on p.id = d.driver_id
    where d.workspace_id = ${workspaceId} and d.state = 'open' and d.due_on < ${day} and ${isDecisionForAll('d')}
    union all
    select 'action', a.id, a.title, null, a.due_on, p.name
    from actions a join people p on p.id = a.owner_id
    where a.workspace_id = ${workspaceId} and a.state = 'open' and a.due_on < ${day} and ${isActionForAll('a')}
    order by "dueOn", what, id`.execute(db);
  return rows;
}
