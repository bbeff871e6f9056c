import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import type { Figures } from './core/live.ts';

/**
 * How the ritual of a team goes since it went live: counted from what check-ins, reviews and audits have asked by its
 * cadence, and from the reminders that its people were sent.
 */
export async function readFigures(
  db: Database,
  workspaceId: string,
  { teamId, cadenceId, since }: { teamId: number; cadenceId: number; since: Temporal.Instant },
): Promise<Omit<Figures, 'proposals'>> {
  const from = sql`${since.toString()}::timestamptz`;
  const { rows } = await sql<Omit<Figures, 'proposals'>>`
    with runs as (
      select o.id, o.state, coalesce(o.planned_at, o.due_at) as began from occurrences o
      where o.workspace_id = ${workspaceId} and o.cadence_id = ${cadenceId} and o.state in ('open', 'held')
        and coalesce(o.planned_at, o.due_at) >= ${from}
    ), moment as (select company_now(w) as now from workspaces w where w.id = ${workspaceId}
    ), questions as (
      select q.asked_at, q.snoozes, (select min(a.answered_at) from check_ins a
        where a.occurrence_id = q.occurrence_id and a.person_id = q.person_id) as answered_at
      from runs r join prompts q on q.occurrence_id = r.id
      where q.asked_at <= (select now from moment) and q.away_at is null
      union all
      select q.asked_at, 0, q.answered_at from runs r join ritual_answers q on q.occurrence_id = r.id
      where q.asked_at <= (select now from moment)
      union all
      select r.began, 0, (select max(s.confirmed_at) from stints s
        where s.person_id = q.person_id and s.confirmed_at >= r.began)
      from runs r join audit_prompts q on q.occurrence_id = r.id
    )
    select (select count(*)::int from runs) as held, count(*)::int as asked, count(answered_at)::int as answered,
      (percentile_cont(0.5) within group (order by extract(epoch from answered_at - asked_at) / 60)
        filter (where answered_at is not null))::float8 as "medianMinutes",
      coalesce(sum(snoozes), 0)::int as snoozes,
      (select count(*)::int from daily_parts p
        where p.workspace_id = ${workspaceId} and p.is_nudge and p.daily_message_id is not null and p.at >= ${from}
          and (p.person_id = (select lead_id from teams where id = ${teamId})
            or p.person_id in (select person_id from team_members where team_id = ${teamId}))) as nudges
    from questions`.execute(db);
  const [figures] = rows;
  if (figures === undefined) throw new Error('the figures of a team came to nothing');
  return figures;
}
