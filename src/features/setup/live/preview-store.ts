import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';

/** Somebody of a team, or who carries something of it, as far as it decides whether they are asked. */
export type Candidate = {
  id: number;
  slackId: string | null;
  name: string;
  timezone: string;
  kind: 'member' | 'guest' | 'bot' | 'outsider';
  isDeactivated: boolean;
  /** Whether they are in the team or lead it. */
  isOfTeam: boolean;
  /** Whether they are messaged once the team is live: others not until everybody is. */
  isTold: boolean;
  absences: { from: Temporal.PlainDate; to: Temporal.PlainDate }[];
};

/** Members and leads of a team, and the owners of its rocks and of its key results that go on, by name. */
export async function listCandidates(
  db: Database,
  workspaceId: string,
  teamId: number,
): Promise<Candidate[]> {
  const { rows } = await sql<Omit<Candidate, 'absences'> & { absences: { from: string; to: string }[] }>`
    with own as (
      select person_id as id from team_members where team_id = ${teamId}
      union select lead_id from teams where id = ${teamId}
    ), carrying as (
      select s.person_id as id from rocks r join stints s on s.rock_id = r.id and s.ended_at is null
      where r.team_id = ${teamId} and r.state = 'active'
      union select k.owner_id from key_results k join objectives o on o.id = k.objective_id
        join cycles c on c.id = o.cycle_id
      where o.team_id = ${teamId} and k.state = 'active' and o.state = 'active' and c.state <> 'closed'
    )
    select p.id, p.slack_id as "slackId", p.name, coalesce(p.timezone, w.timezone) as timezone, p.kind,
      p.deactivated_at is not null as "isDeactivated",
      p.id in (select id from own where id is not null) as "isOfTeam",
      p.id in (select id from own where id is not null) or may_be_told(p.workspace_id, p.id, null) as "isTold",
      coalesce((select json_agg(json_build_object('from', a.starts_on, 'to', a.ends_on)) from absences a
        where a.person_id = p.id and a.ends_on >= company_now(w)::date - 1), '[]') as absences
    from people p join workspaces w on w.id = p.workspace_id
    where p.workspace_id = ${workspaceId}
      and p.id in (select id from own union select id from carrying)
    order by lower(p.name), p.id`.execute(db);
  return rows.map((row) => ({
    ...row,
    absences: row.absences.map(({ from, to }) => ({
      from: Temporal.PlainDate.from(from),
      to: Temporal.PlainDate.from(to),
    })),
  }));
}
