import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { isOf } from './audit-store.ts';
import type { Asked } from './core/audit.ts';

/**
 * What somebody owns, by name, or only what an audit asks them: `limit` of them after `offset`, and how many in all.
 */
export async function listOwned(
  db: Database,
  workspaceId: string,
  personId: number,
  { occurrenceId, offset, limit }: { occurrenceId: number | null; offset: number; limit: number | null },
): Promise<{ rocks: Asked[]; total: number }> {
  const isOfAudit = isOf(sql`(select cadence_id from occurrences where id = ${occurrenceId}::bigint)`);
  const { rows } = await sql<Asked & { total: number }>`
    select r.id, r.key, r.name, s.confirmed_at as "confirmedAt", count(*) over () as total
    from stints s join rocks r on r.id = s.rock_id
    where s.workspace_id = ${workspaceId} and s.person_id = ${personId} and s.ended_at is null
      and (${occurrenceId}::bigint is null or ${isOfAudit})
    order by lower(r.name), r.id offset ${offset} limit ${limit}`.execute(db);
  return { rocks: rows.map(({ total: _, ...rock }) => rock), total: rows[0]?.total ?? 0 };
}

/**
 * Confirms the rocks of `ids` that somebody owns; what was confirmed after `before` stays. Rocks are
 * locked in order, as every change of an owner locks its rock. Gives those that were confirmed by this.
 */
export async function saveConfirmed(
  tx: Tx,
  workspaceId: string,
  {
    personId,
    ids,
    at,
    before,
  }: { personId: number; ids: readonly number[]; at: Temporal.Instant; before: Temporal.Instant },
): Promise<{ rockId: number; name: string; confirmedAt: Temporal.Instant | null }[]> {
  const mine = sql`s.workspace_id = ${workspaceId} and s.person_id = ${personId} and s.ended_at is null
    and s.rock_id = any(${[...ids]}::bigint[])`;
  await sql`select r.id from rocks r join stints s on s.rock_id = r.id where ${mine} order by r.id for update of r`.execute(
    tx,
  );
  const { rows } = await sql<{ rockId: number; name: string; confirmedAt: Temporal.Instant | null }>`
    with old as (
      select s.id, s.rock_id, s.confirmed_at, r.name from stints s join rocks r on r.id = s.rock_id
      where ${mine} and (s.confirmed_at is null or s.confirmed_at < ${before.toString()}::timestamptz))
    update stints s set confirmed_at = ${at.toString()}::timestamptz from old where s.id = old.id
    returning old.rock_id as "rockId", old.name, old.confirmed_at as "confirmedAt"`.execute(tx);
  return rows;
}
