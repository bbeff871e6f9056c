import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { Horizon, ItemOutcome } from '../../platform/db/tables.ts';
import type { Scores } from '../roadmap/core/priority.ts';
import {
  every,
  type Named,
  namedOf,
  type PersonAnswer,
  personOf,
  type Supported,
  supportedOf,
} from './parts-sql.ts';

export type ItemRow = Scores & {
  rank: number;
  position: number;
  key: string;
  title: string;
  summary: string | null;
  horizon: Horizon;
  owner: PersonAnswer | null;
  team: Named | null;
  rock: Named | null;
  supports: Supported | null;
  needs: Named[];
  dueOn: Temporal.PlainDate | null;
  firstDueOn: Temporal.PlainDate | null;
  slips: number;
  movedAt: Temporal.Instant;
  outcome: ItemOutcome | null;
  whyStopped: string | null;
};

/** Where a page of the roadmap ended: the place of the horizon, the position in it, and the key. */
export type ItemPlace = readonly [rank: number, position: number, key: string];

export type ItemFilter = {
  horizons: readonly Horizon[];
  teamId?: number | undefined;
  ownerId?: number | undefined;
  after?: ItemPlace | undefined;
};

const rank = sql`array_position(array['now', 'next', 'later', 'shipped', 'stopped'], i.horizon)`;

/** Items of the roadmap in its order, without the names of rocks and objectives that not everybody may see. */
export async function listItems(
  db: Database,
  workspaceId: string,
  { horizons, teamId, ownerId, after }: ItemFilter,
  limit: number,
): Promise<ItemRow[]> {
  const conditions = every([
    sql`i.horizon = any(${[...horizons]}::text[])`,
    teamId === undefined ? null : sql`i.team_id = ${teamId}`,
    ownerId === undefined ? null : sql`i.owner_id = ${ownerId}`,
    after === undefined
      ? null
      : sql`(${rank}, i.position, i.key) > (${after[0]}::int, ${after[1]}::int, ${after[2]}::text)`,
  ]);
  const { rows } = await sql<ItemRow>`
    select ${rank} as rank, i.position, i.key, i.title, i.summary, i.horizon, ${personOf('p')} as owner,
      ${namedOf('t')} as team, ${namedOf('r')} as rock, ${supportedOf('o', 'l')} as supports,
      coalesce((select json_agg(json_build_object('key', n.key, 'name', n.name) order by n.key)
        from roadmap_needs x join teams n on n.id = x.team_id where x.item_id = i.id), '[]') as needs,
      i.impact, i.effort, i.alignment, i.due_on as "dueOn", i.first_due_on as "firstDueOn", i.slips,
      i.moved_at as "movedAt", i.outcome, i.why_stopped as "whyStopped"
    from roadmap_items i
    left join people p on p.id = i.owner_id
    left join teams t on t.id = i.team_id
    left join rocks r on r.id = i.rock_id and r.visibility = 'workspace'
    left join objectives o on o.id = i.objective_id and o.visibility = 'workspace'
    left join strategy_in_force l on l.workspace_id = i.workspace_id and l.id = i.line_id
    where i.workspace_id = ${workspaceId} and ${conditions}
    order by rank, i.position, i.key limit ${limit}`.execute(db);
  return rows;
}
