import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { CycleState } from '../okrs/core/cycle.ts';
import type { Commitment, SaidHealth } from '../okrs/core/health.ts';
import type { Measured } from '../okrs/core/key-result.ts';
import {
  every,
  type Named,
  namedOf,
  type PersonAnswer,
  personOf,
  type Supported,
  supportedOf,
} from './parts-sql.ts';

type OkrState = 'active' | 'done' | 'carried' | 'dropped';

export type ObjectiveRow = {
  id: number;
  key: string;
  title: string;
  state: OkrState;
  cycleKey: string;
  cycleState: CycleState;
  startsOn: Temporal.PlainDate;
  endsOn: Temporal.PlainDate;
  owner: PersonAnswer | null;
  team: Named | null;
  supports: Supported | null;
  needs: Named[];
};

export type KeyResultRow = Measured & {
  objectiveId: number;
  key: string;
  title: string;
  state: OkrState;
  owner: PersonAnswer | null;
  unit: string | null;
  commitment: Commitment;
  confidence: number | null;
  healthOverruled: SaidHealth | null;
  isOutdated: boolean;
  dueOn: Temporal.PlainDate | null;
  firstDueOn: Temporal.PlainDate | null;
  slips: number;
  score: number | null;
};

/** Which objectives: one by a key, or those of a cycle, or of the cycles that a day lies in. */
export type ObjectiveFilter =
  | { key: string }
  | {
      cycleId?: number | undefined;
      on: Temporal.PlainDate;
      teamId?: number | undefined;
      ownerId?: number | undefined;
      after?: string | undefined;
    };

/** Objectives that everybody may see, by key; of two that a key may mean, the objective before the one of a key result. */
export async function listObjectives(
  db: Database,
  workspaceId: string,
  filter: ObjectiveFilter,
  limit: number,
): Promise<ObjectiveRow[]> {
  const { rows } = await sql<ObjectiveRow>`
    select o.id, o.key, o.title, o.state, y.key as "cycleKey", y.state as "cycleState", y.starts_on as "startsOn",
      y.ends_on as "endsOn", ${personOf('p')} as owner, ${namedOf('t')} as team, ${supportedOf('a', 'l')} as supports,
      coalesce((select json_agg(json_build_object('key', n.key, 'name', n.name) order by n.key)
        from objective_needs x join teams n on n.id = x.team_id where x.objective_id = o.id), '[]') as needs
    from objectives o
    join cycles y on y.id = o.cycle_id
    left join teams t on t.id = o.team_id
    left join people p on p.id = o.owner_id
    left join objectives a on a.id = o.supports_id and a.visibility = 'workspace'
    left join strategy_in_force l on l.workspace_id = o.workspace_id and l.id = o.line_id
    where o.workspace_id = ${workspaceId} and o.visibility = 'workspace' and ${condition(filter)}
    order by ${'key' in filter ? sql`o.key <> ${filter.key}, o.key` : sql`o.key`} limit ${limit}`.execute(db);
  return rows;
}

/** The key results of objectives, in the order in which people keep them; what was dropped is left out. */
export async function listKeyResults(
  db: Database,
  workspaceId: string,
  objectiveIds: readonly number[],
): Promise<KeyResultRow[]> {
  if (objectiveIds.length === 0) return [];
  const { rows } = await sql<KeyResultRow>`
    select k.objective_id as "objectiveId", k.key, k.title, k.state, ${personOf('p')} as owner, k.type, k.unit,
      k.direction, k.commitment, k.start_value as start, k.target_value as target, k.current_value as current,
      k.confidence, k.health_overruled as "healthOverruled", k.outdated_since is not null as "isOutdated",
      k.due_on as "dueOn", k.first_due_on as "firstDueOn", k.slips, k.score
    from key_results k
    left join people p on p.id = k.owner_id
    where k.workspace_id = ${workspaceId} and k.objective_id = any(${[...objectiveIds]}::bigint[])
      and k.state <> 'dropped'
    order by k.position, k.id`.execute(db);
  return rows;
}

function condition(filter: ObjectiveFilter): RawBuilder<boolean> {
  if ('key' in filter) {
    return sql`(o.key = ${filter.key}
      or exists (select from key_results k where k.objective_id = o.id and k.key = ${filter.key}))`;
  }
  const { cycleId, on, teamId, ownerId, after } = filter;
  return every([
    sql`o.state <> 'dropped'`,
    cycleId === undefined
      ? sql`${on.toString()}::date between y.starts_on and y.ends_on and y.state <> 'draft'`
      : sql`y.id = ${cycleId}`,
    teamId === undefined ? null : sql`o.team_id = ${teamId}`,
    ownerId === undefined
      ? null
      : sql`(o.owner_id = ${ownerId} or exists (select from key_results k
          where k.objective_id = o.id and k.owner_id = ${ownerId} and k.state <> 'dropped'))`,
    after === undefined ? null : sql`o.key > ${after}`,
  ]);
}
