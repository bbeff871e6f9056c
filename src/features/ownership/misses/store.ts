import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { PersonRef } from '../core/rock.ts';
import { personRef } from '../lookup-sql.ts';
import type { OpenMiss, Settling } from './core/miss.ts';

/** A question that found nothing, as it is kept. */
export type KeptMiss = {
  id: number;
  query: string;
  normal: string;
  settled: Settling | null;
  askerId: number | null;
};

/** Keeps a question, without the asker, unless its name was settled as not ours. Returns the row's id. */
export async function insertMiss(
  tx: Tx,
  workspaceId: string,
  query: string,
  normal: string,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into misses (workspace_id, query, normal, asked_at)
    select w.id, ${query}, ${normal}, company_now(w) from workspaces w
    where w.id = ${workspaceId} and not exists (select from misses m
      where m.workspace_id = w.id and m.normal = ${normal} and m.settled = 'not-ours')
    returning id`.execute(tx);
  return rows[0]?.id;
}

/** One question, locked until the transaction ends. */
export async function lockMiss(tx: Tx, workspaceId: string, id: number): Promise<KeptMiss | undefined> {
  return await tx
    .selectFrom('misses')
    .select(['id', 'query', 'normal', 'settled', 'asker_id as askerId'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** The same, only read. */
export async function findMiss(db: Database, workspaceId: string, id: number): Promise<KeptMiss | undefined> {
  return await db
    .selectFrom('misses')
    .select(['id', 'query', 'normal', 'settled', 'asker_id as askerId'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Keeps who wants to be told. */
export async function saveAsker(tx: Tx, missId: number, askerId: number): Promise<void> {
  await tx.updateTable('misses').set({ asker_id: askerId }).where('id', '=', missId).execute();
}

/** Whether somebody waits already to be told of this name. */
export async function isWaiting(
  db: Database,
  workspaceId: string,
  normal: string,
  askerId: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('misses')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('normal', '=', normal)
    .where('asker_id', '=', askerId)
    .where('settled', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Names that nobody settled, most asked first, then the latest: `limit` of them after `offset`. */
export async function listOpenMisses(
  db: Database,
  workspaceId: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ misses: OpenMiss[]; total: number }> {
  const { rows } = await sql<
    Omit<OpenMiss, 'askers' | 'suggested'> & {
      askers: PersonRef[] | null;
      suggested: PersonRef[] | null;
      total: number;
    }
  >`
    with open as (
      select normal, max(id) as id, count(*) as count, max(asked_at) as last_asked_at, count(*) over () as total
      from misses where workspace_id = ${workspaceId} and settled is null
      group by normal
      order by count(*) desc, max(asked_at) desc, normal
      offset ${offset} limit ${limit}
    )
    select o.id, m.query, o.count, o.last_asked_at as "lastAskedAt", o.total,
      (select json_agg(distinct ${person}::jsonb) from misses a join people p on p.id = a.asker_id
        where a.workspace_id = ${workspaceId} and a.normal = o.normal and a.settled is null) as askers,
      (select json_agg(${person} order by g.suggested_at, p.id)
        from miss_suggestions g join people p on p.id = g.person_id
        where g.workspace_id = ${workspaceId} and g.normal = o.normal) as suggested
    from open o join misses m on m.id = o.id
    order by o.count desc, o.last_asked_at desc, o.normal`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    misses: rows.map(({ total: _total, askers, suggested, ...row }) => ({
      ...row,
      askers: askers ?? [],
      suggested: suggested ?? [],
    })),
  };
}

const person = sql`json_build_object(${sql.raw(personRef)})`;

/** Settles all open questions of these names. Returns those whose askers wait to be told, oldest first. */
export async function settleNamed(
  tx: Tx,
  settling: {
    workspaceId: string;
    normals: readonly string[];
    settled: Settling;
    rockId: number | null;
    at: Temporal.Instant;
    byId: number | null;
  },
): Promise<{ settled: number[]; waiting: { id: number; query: string; askerId: number }[] }> {
  const { workspaceId, normals, settled, rockId, at, byId } = settling;
  const { rows } = await sql<{ id: number; query: string; askerId: number | null }>`
    update misses set settled = ${settled}, settled_at = ${at.toString()}::timestamptz, settled_by = ${byId},
      rock_id = ${rockId}
    where id in (select id from misses
      where workspace_id = ${workspaceId} and normal = any(${normals}::text[]) and settled is null
      order by id for update)
    returning id, query, asker_id as "askerId"`.execute(tx);
  await sql`delete from miss_suggestions
    where workspace_id = ${workspaceId} and normal = any(${normals}::text[])`.execute(tx);
  const waiting = rows
    .flatMap(({ id, query, askerId }) => (askerId === null ? [] : [{ id, query, askerId }]))
    .sort((one, other) => one.id - other.id);
  return { settled: rows.map(({ id }) => id), waiting };
}

/** Keeps whom somebody suggests. False when they are suggested already. */
export async function insertSuggestion(
  tx: Tx,
  workspaceId: string,
  normal: string,
  personId: number,
  at: Temporal.Instant,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('miss_suggestions')
    .values({ workspace_id: workspaceId, normal, person_id: personId, suggested_at: at.toString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** The channel in which product operations hears of things; undefined where none is set. */
export async function findProductOperationsChannel(
  db: Database,
  workspaceId: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('workspaces')
    .select('product_operations_channel_id as id')
    .where('id', '=', workspaceId)
    .executeTakeFirst();
  return row?.id ?? undefined;
}
