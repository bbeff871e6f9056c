import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Every, Place } from './core/source.ts';

/** A source whose turn it is. */
export type Due = {
  id: number;
  keyResultId: number;
  place: Place;
  /** Company time: when it was taken to be read, and so of when its value is. */
  takenAt: Temporal.Instant;
  /** Nobody else reads it while this is kept with it. */
  lease: string;
};

type DueRow = {
  id: number;
  keyResultId: number;
  kind: 'sql' | 'json';
  connection: string;
  query: string;
  url: string;
  pointer: string;
  takenAt: Temporal.Instant;
  lease: string;
};

/** Of key results that still count; a source of one that is over rests. */
const counts = sql`join key_results k on k.id = s.key_result_id and k.state = 'active'
  join objectives o on o.id = k.objective_id
  join cycles y on y.id = o.cycle_id and y.state <> 'closed'`;

/**
 * Takes up to `limit` sources that are due by company time and that nobody reads, the longest due first, and keeps them for
 * `leaseSeconds` of machine time.
 */
export async function takeDue(
  tx: Tx,
  workspaceId: string,
  { limit, leaseSeconds }: { limit: number; leaseSeconds: number },
): Promise<Due[]> {
  const { rows } = await sql<DueRow>`
    with due as (
      select s.id, company_now(w) as now from number_sources s
      join workspaces w on w.id = s.workspace_id
      ${counts}
      where s.workspace_id = ${workspaceId} and s.next_due_at <= company_now(w)
        and (s.leased_until is null or s.leased_until < clock_timestamp())
      order by s.next_due_at, s.id limit ${limit}
      for update of s skip locked)
    update number_sources s
    set lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from due where s.id = due.id
    returning s.id, s.key_result_id as "keyResultId", s.kind, s.connection, s.query, s.url, s.pointer,
      due.now as "takenAt", s.lease`.execute(tx);
  return rows.map(({ id, keyResultId, takenAt, lease, kind, connection, query, url, pointer }) => ({
    id,
    keyResultId,
    takenAt,
    lease,
    place: kind === 'sql' ? { kind, connection, query } : { kind, url, pointer },
  }));
}

/** A source that is being read, as it is at this moment, with whom its key result's owner is. */
export type Taken = {
  every: Every;
  zone: string;
  failures: number;
  /** When the owner was told of these failures; null: not yet. */
  toldAt: Temporal.Instant | null;
  ownerId: number | null;
  key: string;
  title: string;
};

/** Locks a source that was taken; undefined when it was changed, removed or taken again meanwhile. */
export async function lockTaken(
  tx: Tx,
  { id, lease }: Pick<Due, 'id' | 'lease'>,
): Promise<Taken | undefined> {
  return await tx
    .selectFrom('number_sources as s')
    .innerJoin('workspaces as w', 'w.id', 's.workspace_id')
    .innerJoin('key_results as k', 'k.id', 's.key_result_id')
    .select([
      's.every',
      'w.timezone as zone',
      's.failures',
      's.told_at as toldAt',
      'k.owner_id as ownerId',
      'k.key',
      'k.title',
    ])
    .where('s.id', '=', id)
    .where('s.lease', '=', lease)
    .$narrowType<{ every: Every }>()
    .forUpdate('s')
    .executeTakeFirst();
}

/** Gives a source back, to be read again at `nextDueAt`. */
export async function giveBack(tx: Tx, id: number, nextDueAt: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('number_sources')
    .set({ lease: null, leased_until: null, next_due_at: nextDueAt.toString() })
    .where('id', '=', id)
    .execute();
}

/** The soonest source whose turn comes after `after`, with the title of its key result. */
export async function findNextPull(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ dueAt: Temporal.Instant; title: string } | undefined> {
  const { rows } = await sql<{ dueAt: Temporal.Instant; title: string }>`
    select s.next_due_at as "dueAt", k.title from number_sources s
    ${counts}
    where s.workspace_id = ${workspaceId} and s.next_due_at > ${after.toString()}::timestamptz
    order by s.next_due_at, s.id limit 1`.execute(db);
  return rows[0];
}
