import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { mostRanked } from '../../platform/db/search.ts';
import type { Decision } from './core/decision.ts';
import { selectDecisions } from './reading-store.ts';

/** Which decisions are looked for; moments bound when they were made, or written down while they are open. */
export type Sought = {
  rockId: number | null;
  from: Temporal.Instant | null;
  until: Temporal.Instant | null;
};

const at = sql`coalesce(d.decided_at, d.created_at)`;

function within({ rockId, from, until }: Sought): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [
    ...(rockId === null ? [] : [sql`d.rock_id = ${rockId}`]),
    ...(from === null ? [] : [sql`${at} >= ${from.toString()}::timestamptz`]),
    ...(until === null ? [] : [sql`${at} < ${until.toString()}::timestamptz`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/** Decisions, the latest first. */
export async function listLatest(
  db: Database,
  workspaceId: string,
  viewerId: number,
  sought: Sought,
  page: { limit: number; offset: number },
): Promise<Decision[]> {
  const order = sql`${at} desc, d.id desc`;
  return await selectDecisions(db, workspaceId, viewerId, { where: within(sought), order, ...page });
}

/**
 * Decisions in which a query is found: of the latest matches that the viewer sees the best first. What everybody may see is
 * told without asking who the viewer is.
 */
export async function findByWords(
  db: Database,
  workspaceId: string,
  viewerId: number,
  query: RawBuilder<string>,
  sought: Sought,
  { limit, offset }: { limit: number; offset: number },
): Promise<Decision[]> {
  const { rows } = await sql<{ id: number }>`
    select id from (
      select d.id, ${at} as at, d.search from decisions d
      where d.workspace_id = ${workspaceId} and d.search @@ ${query} and ${within(sought)}
        and ((d.visibility = 'workspace' and d.rock_id is null and d.objective_id is null)
          or sees_decision(d, ${viewerId}))
      order by ${at} desc limit ${mostRanked}) latest
    order by ts_rank(search, ${query}, 1) desc, at desc, id desc limit ${limit} offset ${offset}`.execute(db);
  const ids = rows.map(({ id }) => id);
  const where = sql`d.id = any(${ids}::bigint[])`;
  return await selectDecisions(db, workspaceId, viewerId, {
    where,
    order: sql`array_position(${ids}::bigint[], d.id)`,
  });
}

/** Open decisions, the most pressing first; of one person those that they drive or approve. */
export async function listOpen(
  db: Database,
  workspaceId: string,
  viewerId: number,
  of: { personId: number } | 'all',
  page: { limit: number; offset: number },
): Promise<Decision[]> {
  const own =
    of === 'all' ? sql`true` : sql`(d.driver_id = ${of.personId} or d.approver_id = ${of.personId})`;
  return await selectDecisions(db, workspaceId, viewerId, {
    where: sql`d.state = 'open' and ${own}`,
    order: sql`d.due_on nulls last, d.number`,
    ...page,
  });
}

/** What was decided about a rock since a moment and everybody may read, the latest first. */
export async function listOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
  since: Temporal.Instant,
  limit: number,
): Promise<{ question: string; outcome: string; at: Temporal.Instant }[]> {
  const { rows } = await sql<{ question: string; outcome: string; at: Temporal.Instant }>`
    select d.question, d.outcome, d.decided_at as at from decisions d
    where d.workspace_id = ${workspaceId} and d.rock_id = ${rockId} and d.state = 'decided'
      and d.visibility = 'workspace' and (d.objective_id is null
        or exists (select from objectives o where o.id = d.objective_id and o.visibility = 'workspace'))
      and d.decided_at >= ${since.toString()}::timestamptz
    order by d.decided_at desc, d.id desc limit ${limit}`.execute(db);
  return rows;
}
