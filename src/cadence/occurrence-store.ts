import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../platform/db/database.ts';
import type { Choice } from './batches.ts';
import type { Covers } from './core/period.ts';
import { nowOf } from './store.ts';
import { tzVersion } from './tz-version.ts';

export type NewOccurrence = {
  cadenceId: number;
  name: string;
  covers: Covers;
  dueAt: Temporal.Instant;
  state: 'open' | 'missed' | 'skipped';
  reason: string | null;
  closeAt: Temporal.Instant | null;
};

/** An occurrence that was written now. */
export type Written = { id: number; cadenceId: number; state: NewOccurrence['state']; name: string };

/**
 * Writes occurrences, as many as there are, in one statement. One whose period has an occurrence already, whatever
 * made it, is not written; of a span that was missed, what is not covered yet is.
 */
export async function insertOccurrences(
  tx: Tx,
  workspaceId: string,
  plannedAt: Temporal.Instant,
  occurrences: readonly NewOccurrence[],
): Promise<Written[]> {
  if (occurrences.length === 0) return [];
  const given = occurrences.map((it) => ({
    cadence: it.cadenceId,
    name: it.name,
    since: it.covers.from.toString(),
    until: it.covers.to.toString(),
    due: it.dueAt.toString(),
    state: it.state,
    reason: it.reason,
    close: it.closeAt?.toString(),
  }));
  // A missed span may begin in a period, or go past one, that had its occurrence by another rule.
  const { rows } = await sql<Written>`
    insert into occurrences (workspace_id, cadence_id, name, covers, due_at, state, reason, tz_version,
      planned_at, close_at)
    select ${workspaceId}, g.cadence,
      case when lower(part) = g.since then g.name else to_char(lower(part), 'YYYY-MM-DD') end,
      part, g.due, g.state, g.reason, ${tzVersion}, ${plannedAt.toString()}, g.close
    from json_to_recordset(${JSON.stringify(given)}::json) as g (cadence bigint, name text, since timestamp,
      until timestamp, due timestamptz, state text, reason text, close timestamptz)
    cross join lateral unnest(tsmultirange(tsrange(g.since, g.until)) - case when g.state = 'missed' then coalesce((
      select range_agg(o.covers) from occurrences o
      where o.cadence_id = g.cadence and o.covers && tsrange(g.since, g.until)), '{}') else '{}' end) as part
    on conflict do nothing
    returning id, cadence_id as "cadenceId", state, name`.execute(tx);
  return rows;
}

/** Writes one that somebody runs by hand, which covers nothing. Undefined when that minute has one already. */
export async function insertByHand(
  tx: Tx,
  occurrence: {
    workspaceId: string;
    cadenceId: number;
    name: string;
    at: Temporal.Instant;
    closeAt: Temporal.Instant | null;
    personId: number;
  },
): Promise<number | undefined> {
  const row = await tx
    .insertInto('occurrences')
    .values({
      workspace_id: occurrence.workspaceId,
      cadence_id: occurrence.cadenceId,
      name: occurrence.name,
      covers: null,
      due_at: occurrence.at.toString(),
      planned_at: occurrence.at.toString(),
      close_at: occurrence.closeAt?.toString() ?? null,
      by_person_id: occurrence.personId,
      state: 'open',
      reason: null,
      tz_version: tzVersion,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** The one that was run by hand in a minute. */
export async function getByHand(
  tx: Tx,
  cadenceId: number,
  name: string,
): Promise<{ id: number; reason: string | null }> {
  return await tx
    .selectFrom('occurrences')
    .select(['id', 'reason'])
    .where('cadence_id', '=', cadenceId)
    .where('name', '=', name)
    .where('covers', 'is', null)
    .executeTakeFirstOrThrow();
}

/** Their rituals had nothing to hold. */
export async function markSkipped(tx: Tx, skipped: readonly { id: number; reason: string }[]): Promise<void> {
  if (skipped.length === 0) return;
  await sql`
    update occurrences o set state = 'skipped', reason = g.reason, close_at = null
    from json_to_recordset(${JSON.stringify(skipped)}::json) as g (id bigint, reason text)
    where o.id = g.id`.execute(tx);
}

/**
 * Locks the occurrences of these cadences that are open, before anything else of them is touched: whoever answers one
 * holds it as it is first, too, so that neither waits for the other.
 */
export async function lockOpen(
  tx: Tx,
  cadenceIds: readonly number[],
): Promise<{ id: number; cadenceId: number }[]> {
  const { rows } = await sql<{ id: number; cadenceId: number }>`
    select id, cadence_id as "cadenceId" from occurrences
    where cadence_id = any(${cadenceIds}::bigint[]) and state = 'open'
    order by id for no key update`.execute(tx);
  return rows;
}

/** Locks one, as the planner does; false when it is not open any more. */
export async function lockOpenOne(tx: Tx, workspaceId: string, id: number): Promise<boolean> {
  const { rows } = await sql`
    select from occurrences where workspace_id = ${workspaceId} and id = ${id} and state = 'open' for no key update`.execute(
    tx,
  );
  return rows.length > 0;
}

/** They were held, however many answered. */
export async function markHeld(tx: Tx, ids: readonly number[], at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('occurrences')
    .set({ state: 'held', closed_at: at.toString() })
    .where('id', 'in', ids)
    .execute();
}

/** An occurrence whose time is over. */
export type OverOccurrence = {
  id: number;
  cadence: string;
  ritual: string;
  name: string;
  closeAt: Temporal.Instant;
  now: Temporal.Instant;
};

/** Locks occurrences whose time is over, the earliest first; whoever answers one at this moment is waited for later. */
export async function lockOver(
  tx: Tx,
  workspaceId: string,
  { limit, after, id }: Choice<OverOccurrence>,
): Promise<OverOccurrence[]> {
  const { rows } = await sql<OverOccurrence>`
    select o.id, c.key as cadence, c.ritual, o.name, o.close_at as "closeAt", company_now(w) as now
    from occurrences o
    join cadences c on c.id = o.cadence_id
    join workspaces w on w.id = o.workspace_id
    where o.workspace_id = ${workspaceId} and o.state = 'open'
      and o.close_at <= ${nowOf(workspaceId)}
      and (o.close_at, o.id) > (${after?.closeAt.toString() ?? '-infinity'}::timestamptz, ${after?.id ?? 0}::bigint)
      and (${id ?? null}::bigint is null or o.id = ${id ?? null}::bigint)
    order by o.close_at, o.id
    limit ${limit}
    for no key update of o skip locked`.execute(tx);
  return rows;
}
