import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { Decision } from './core/decision.ts';
import { selectDecisions } from './reading-store.ts';

/** Which decisions are looked for; `text` is words in them, days are of the zone of who asks. */
export type Sought = {
  text: string | null;
  rockId: number | null;
  from: Temporal.Instant | null;
  until: Temporal.Instant | null;
};

const at = sql`coalesce(d.decided_at, d.created_at)`;
/** So many of the latest that match are ranked: the best of them, and not of a company's whole past. */
const ranked = 300;

/** Decisions that match, the best first where words are looked for, else the latest first. */
export async function findDecisions(
  db: Database,
  workspaceId: string,
  viewerId: number,
  { text, rockId, from, until }: Sought,
  page: { limit: number; offset: number },
): Promise<Decision[]> {
  const conditions: RawBuilder<unknown>[] = [
    ...(rockId === null ? [] : [sql`d.rock_id = ${rockId}`]),
    ...(from === null ? [] : [sql`${at} >= ${from.toString()}::timestamptz`]),
    ...(until === null ? [] : [sql`${at} < ${until.toString()}::timestamptz`]),
  ];
  const all = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  if (text === null)
    return await selectDecisions(db, workspaceId, viewerId, {
      where: all,
      order: sql`${at} desc, d.id desc`,
      ...page,
    });
  const query = sql`websearch_to_tsquery('cairn', ${text})`;
  const latest = sql`d.id in (
    select d.id from decisions d where d.workspace_id = ${workspaceId} and d.search @@ ${query} and ${all}
    order by ${at} desc limit ${ranked})`;
  return await selectDecisions(db, workspaceId, viewerId, {
    where: latest,
    order: sql`ts_rank(d.search, ${query}) desc, ${at} desc, d.id desc`,
    ...page,
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
