import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import type { Progress } from './core/proposal.ts';
import { isRefused, mayBeAsked, standingOf } from './store.ts';

type Row = Omit<Progress, 'isReminded' | 'listed' | 'mine' | 'notMine' | 'left'> & {
  standings: { listed: number; mine: number; notMine: number; left: number }[];
  nudgeAt: Temporal.Instant | null;
};

/** How far everybody is whom an import names as an owner, by name: all their questions together. */
export async function listProgress(
  db: Database,
  workspaceId: string,
  now: Temporal.Instant,
): Promise<Progress[]> {
  const { rows } = await sql<Row>`
    select json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name,
        'isDeactivated', p.deactivated_at is not null, 'kind', p.kind) as person,
      json_agg(${standingOf} order by q.id) as standings,
      min(q.asked_at) filter (where q.ended_at is null) as "askedAt",
      min(q.nudge_at) filter (where q.ended_at is null) as "nudgeAt",
      ${mayBeAsked} as "mayBeAsked",
      coalesce((select json_agg(json_build_object('name', r.name, 'reason', coalesce(s.end_reason, ''),
            'suggested', case when who.id is not null
              then json_build_object('slackId', who.slack_id, 'name', who.name) end) order by lower(r.name), r.id)
          from proposals o join proposal_rocks l on l.proposal_id = o.id
          join stints s on s.id = l.stint_id join rocks r on r.id = s.rock_id
          left join people who on who.id = l.suggested_id
          where o.workspace_id = p.workspace_id and o.person_id = p.id and ${isRefused}), '[]') as refusals
    from proposals q join people p on p.id = q.person_id
    where q.workspace_id = ${workspaceId}
    group by p.id order by lower(p.name), p.id`.execute(db);
  return rows.map(({ standings, nudgeAt, ...row }) => {
    const sum = (of: 'listed' | 'mine' | 'notMine' | 'left') =>
      standings.reduce((total, each) => total + each[of], 0);
    return {
      ...row,
      ...{ listed: sum('listed'), mine: sum('mine'), notMine: sum('notMine'), left: sum('left') },
      isReminded: nudgeAt !== null && nudgeAt.epochMilliseconds <= now.epochMilliseconds,
    };
  });
}

/** Of a team, how many were asked whether what an import lists as theirs is right, and how many left nothing unanswered. */
export async function countAnsweredOfTeam(
  db: Database,
  workspaceId: string,
  teamId: number,
): Promise<{ asked: number; answered: number }> {
  const { rows } = await sql<{ asked: number; answered: number }>`
    select count(*)::int as asked, count(*) filter (where "left" = 0)::int as answered from (
      select q.person_id, sum((${standingOf} ->> 'left')::int) as "left"
      from proposals q join workspaces w on w.id = q.workspace_id
      where q.workspace_id = ${workspaceId} and q.asked_at <= company_now(w)
        and (q.person_id = (select lead_id from teams where id = ${teamId})
          or q.person_id in (select person_id from team_members where team_id = ${teamId}))
      group by q.person_id having sum((${standingOf} ->> 'listed')::int) > 0
    ) asked`.execute(db);
  return rows[0] ?? { asked: 0, answered: 0 };
}
