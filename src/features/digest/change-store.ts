import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type {
  AcceptedHandoff,
  ChangedItem,
  ChangedTarget,
  Changes,
  MadeDecision,
} from './core/change-lines.ts';
import { isDecisionForAll, isItemForAll } from './seen-sql.ts';

/** What has changed since a moment, as far as everybody may see it; six statements. */
export async function listChanges(
  db: Database,
  workspaceId: string,
  since: Temporal.Instant,
): Promise<Changes> {
  const from = sql`${since.toString()}::timestamptz`;
  const strategies = await sql<Changes['strategies'][number]>`
    select id, number from strategy_versions
    where workspace_id = ${workspaceId} and published_at >= ${from} order by number`.execute(db);
  const cycles = await sql<Changes['cycles'][number]>`
    select id, key, state from cycles
    where workspace_id = ${workspaceId} and changed_at >= ${from} and state <> 'draft' order by starts_on, id`.execute(
    db,
  );
  const handoffs = await sql<AcceptedHandoff>`
    select h.id, r.id as "rockId", r.name as rock, coalesce(r.importance = 'critical', false) as "isCritical",
      f.name as "from", t.name as "to", h.kind = 'lend' as "isLoan"
    from handoffs h
    join rocks r on r.id = h.rock_id and r.visibility = 'workspace'
    join people t on t.id = h.to_id
    left join people f on f.id = h.from_id
    where h.workspace_id = ${workspaceId} and h.accepted_at >= ${from} order by h.id`.execute(db);
  const decisions = await sql<MadeDecision>`
    select d.id, d.number, d.question, d.outcome, p.name as by
    from decisions d join people p on p.id = coalesce(d.decided_by, d.approver_id)
    where d.workspace_id = ${workspaceId} and d.state = 'decided' and d.decided_at >= ${from}
      and ${isDecisionForAll('d')} order by d.number`.execute(db);
  const targets = await sql<ChangedTarget>`
    select k.id as "keyResultId", k.title, k.type, k.unit, k.commitment, p.name as by,
      (array_agg(c.old_target order by c.changed_at, c.id))[1] as "from", k.target_value as "to"
    from target_changes c
    join key_results k on k.id = c.key_result_id
    join objectives o on o.id = k.objective_id and o.visibility = 'workspace'
    left join people p on p.id = k.owner_id
    where c.workspace_id = ${workspaceId} and c.changed_at >= ${from} and k.state = 'active'
    group by k.id, p.name
    having (array_agg(c.old_target order by c.changed_at, c.id))[1] <> k.target_value
    order by k.id`.execute(db);
  return {
    strategies: strategies.rows,
    cycles: cycles.rows,
    handoffs: handoffs.rows,
    decisions: decisions.rows,
    items: await listItems(db, workspaceId, since),
    targets: targets.rows,
  };
}

/** What moved, began, ended or slipped on the roadmap; one that slipped and moved comes for each. */
async function listItems(db: Database, workspaceId: string, since: Temporal.Instant): Promise<ChangedItem[]> {
  const from = sql`${since.toString()}::timestamptz`;
  const { rows } = await sql<Omit<ChangedItem, 'slip'>>`
    select i.id, i.title, i.horizon, p.name as owner, i.why_stopped as "whyStopped",
      case when i.horizon in ('shipped', 'stopped') then i.horizon
        when i.created_at >= ${from} then 'new' else 'moved' end as change
    from roadmap_items i left join people p on p.id = i.owner_id
    where i.workspace_id = ${workspaceId} and i.moved_at >= ${from} and ${isItemForAll('i')} order by i.id`.execute(
    db,
  );
  const slips = await sql<Omit<ChangedItem, 'slip'> & NonNullable<ChangedItem['slip']>>`
    select i.id, i.title, i.horizon, p.name as owner, null as "whyStopped", 'slipped' as change,
      (array_agg(s.from_on order by s.at, s.id))[1] as "from",
      (array_agg(s.to_on order by s.at desc, s.id desc))[1] as "to", count(*) as times
    from roadmap_slips s
    join roadmap_items i on i.id = s.item_id
    left join people p on p.id = i.owner_id
    where s.workspace_id = ${workspaceId} and s.at >= ${from} and i.horizon = 'now' and ${isItemForAll('i')}
    group by i.id, p.name order by i.id`.execute(db);
  return [
    ...rows.map((row) => ({ ...row, slip: null })),
    ...slips.rows.map(({ from, to, times, ...row }) => ({ ...row, slip: { from, to, times } })),
  ];
}
