import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import type { Commitment, SaidHealth } from '../../okrs/core/health.ts';
import { mostOfSource, ofTeams, type Ref, ref, type Scope } from './scope.ts';

export type StaleKeyResult = {
  id: number;
  title: string;
  objective: string;
  owner: Ref | null;
  outdatedSince: Temporal.Instant;
};

/** Key results that everybody may see and nobody answered for although they were asked, the longest first. */
export async function listStale(db: Database, scope: Scope): Promise<StaleKeyResult[]> {
  const { rows } = await sql<StaleKeyResult>`
    select k.id, k.title, o.title as objective, ${ref('p')} as owner, k.outdated_since as "outdatedSince"
    from key_results k join objectives o on o.id = k.objective_id join cycles y on y.id = o.cycle_id
    left join people p on p.id = k.owner_id
    where k.workspace_id = ${scope.workspaceId} and k.state = 'active' and k.outdated_since is not null
      and o.state = 'active' and y.state = 'active' and o.visibility = 'workspace' and ${ofTeams(scope, 'o.team_id')}
    order by k.outdated_since, k.id limit ${mostOfSource}`.execute(db);
  return rows;
}

export type Drop = {
  id: number;
  title: string;
  objective: string;
  owner: Ref | null;
  commitment: Commitment;
  from: number;
  to: number;
  overruled: SaidHealth | null;
  words: string | null;
};

/** By so much has confidence to fall, of ten, before anybody talks about it. */
const leastDrop = 2;

/** Key results of which people are less sure than before the scope began, or than at their first answer: the deepest falls first. */
export async function listDrops(db: Database, scope: Scope): Promise<Drop[]> {
  const since = sql`${scope.since.toString()}::timestamptz`;
  const { rows } = await sql<Drop>`
    select k.id, k.title, o.title as objective, ${ref('p')} as owner, k.commitment, before.confidence as "from",
      now_said.confidence as "to", k.health_overruled as overruled, now_said.words
    from key_results k join objectives o on o.id = k.objective_id join cycles y on y.id = o.cycle_id
    left join people p on p.id = k.owner_id
    join lateral (select c.confidence, c.words from check_ins c where c.key_result_id = k.id and c.answered_at >= ${since}
      order by c.answered_at desc, c.id desc limit 1) now_said on true
    join lateral (select coalesce(
      (select c.confidence from check_ins c where c.key_result_id = k.id and c.answered_at < ${since}
        order by c.answered_at desc, c.id desc limit 1),
      (select c.confidence from check_ins c where c.key_result_id = k.id
        order by c.answered_at, c.id limit 1)) as confidence) before on true
    where k.workspace_id = ${scope.workspaceId} and k.state = 'active' and o.state = 'active' and y.state = 'active'
      and o.visibility = 'workspace' and ${ofTeams(scope, 'o.team_id')}
      and before.confidence - now_said.confidence >= ${leastDrop}
    order by before.confidence - now_said.confidence desc, k.id limit ${mostOfSource}`.execute(db);
  return rows;
}

export type SlippedKeyResult = {
  id: number;
  title: string;
  objective: string;
  owner: Ref | null;
  dueOn: string;
  firstDueOn: string;
  slips: number;
  words: string | null;
};

/** Key results whose date moved to a later one since the scope began. */
export async function listSlippedKeyResults(db: Database, scope: Scope): Promise<SlippedKeyResult[]> {
  const { rows } = await sql<SlippedKeyResult>`
    select k.id, k.title, o.title as objective, ${ref('p')} as owner, k.due_on::text as "dueOn",
      k.first_due_on::text as "firstDueOn", k.slips, slipped.slip_words as words
    from key_results k join objectives o on o.id = k.objective_id join cycles y on y.id = o.cycle_id
    left join people p on p.id = k.owner_id
    join lateral (select c.slip_words from check_ins c where c.key_result_id = k.id and c.slip_words is not null
      and c.answered_at >= ${scope.since.toString()}::timestamptz order by c.answered_at desc limit 1) slipped on true
    where k.workspace_id = ${scope.workspaceId} and k.state = 'active' and o.state = 'active' and y.state = 'active'
      and k.due_on > k.first_due_on and o.visibility = 'workspace' and ${ofTeams(scope, 'o.team_id')}
    order by k.slips desc, k.id limit ${mostOfSource}`.execute(db);
  return rows;
}

export type Need = {
  kind: 'objective' | 'item';
  id: number;
  title: string;
  team: string | null;
  needs: string[];
  owner: Ref | null;
  leadIds: number[];
};

/** What is needed of other teams, by objectives and by roadmap items of now and next: those of both teams' concern. */
export async function listNeeds(db: Database, scope: Scope): Promise<Need[]> {
  const all = scope.teamIds.length === 0;
  const teams = [...scope.teamIds];
  const { rows } = await sql<Need>`
    select * from (
      select 'item' as kind, i.id, i.title, t.name as team, ${ref('p')} as owner,
        array(select n.name from roadmap_needs x join teams n on n.id = x.team_id where x.item_id = i.id order by n.name) as needs,
        array(select n.lead_id from roadmap_needs x join teams n on n.id = x.team_id
          where x.item_id = i.id and n.lead_id is not null) as "leadIds"
      from roadmap_items i left join teams t on t.id = i.team_id left join people p on p.id = i.owner_id
      where i.workspace_id = ${scope.workspaceId} and i.horizon in ('now', 'next')
        and exists (select from roadmap_needs x where x.item_id = i.id)
        and (${all} or i.team_id = any(${teams}::bigint[])
          or exists (select from roadmap_needs x where x.item_id = i.id and x.team_id = any(${teams}::bigint[])))
      union all
      select 'objective', o.id, o.title, t.name, ${ref('p')},
        array(select n.name from objective_needs x join teams n on n.id = x.team_id where x.objective_id = o.id order by n.name),
        array(select n.lead_id from objective_needs x join teams n on n.id = x.team_id
          where x.objective_id = o.id and n.lead_id is not null)
      from objectives o join cycles y on y.id = o.cycle_id left join teams t on t.id = o.team_id
      left join people p on p.id = o.owner_id
      where o.workspace_id = ${scope.workspaceId} and o.state = 'active' and y.state = 'active' and o.visibility = 'workspace'
        and exists (select from objective_needs x where x.objective_id = o.id)
        and (${all} or o.team_id = any(${teams}::bigint[])
          or exists (select from objective_needs x where x.objective_id = o.id and x.team_id = any(${teams}::bigint[])))) n
    order by n.kind, n.title, n.id limit ${mostOfSource}`.execute(db);
  return rows;
}
