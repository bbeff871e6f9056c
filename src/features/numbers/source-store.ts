import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { NumberKind } from '../../platform/db/tables.ts';
import type { Every } from './core/source.ts';

/** A key result whose number may come from elsewhere, with who may say so, and the source that it has. */
export type Sourced = {
  id: number;
  key: string;
  title: string;
  isActive: boolean;
  ownerId: number | null;
  backupId: number | null;
  /** Of the objective's team. */
  leadId: number | null;
  source: SavedSource | null;
};

/** What is kept of a source; its secret is never read with it. */
export type SavedSource = {
  id: number;
  kind: NumberKind;
  token: string | null;
  connection: string | null;
  query: string | null;
  url: string | null;
  pointer: string | null;
  every: Every | null;
};

/** When the owner was told that a source fails; null: not, or it works again. */
export async function findToldAt(db: Database, sourceId: number): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('number_sources')
    .select('told_at')
    .where('id', '=', sourceId)
    .executeTakeFirst();
  return row?.told_at ?? null;
}

/** A key result by its key, whoever may see it. */
export async function findSourced(
  db: Database,
  workspaceId: string,
  key: string,
): Promise<Sourced | undefined> {
  return await db
    .selectFrom('key_results as k')
    .innerJoin('objectives as o', 'o.id', 'k.objective_id')
    .leftJoin('teams as t', 't.id', 'o.team_id')
    .leftJoin('number_sources as s', 's.key_result_id', 'k.id')
    .where('k.workspace_id', '=', workspaceId)
    .where('k.key', '=', key)
    .select([
      'k.id',
      'k.key',
      'k.title',
      sql<boolean>`k.state = 'active'`.as('isActive'),
      'k.owner_id as ownerId',
      'k.backup_id as backupId',
      't.lead_id as leadId',
      sql<Sourced['source']>`case when s.id is not null then json_build_object('id', s.id, 'kind', s.kind,
        'token', s.token, 'connection', s.connection, 'query', s.query, 'url', s.url, 'pointer', s.pointer,
        'every', s.every) end`.as('source'),
    ])
    .executeTakeFirst();
}

/** Lets nobody else choose a source of this key result until the transaction is over. */
export async function lockKeyResult(tx: Tx, workspaceId: string, key: string): Promise<void> {
  await tx
    .selectFrom('key_results')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('key', '=', key)
    .forNoKeyUpdate()
    .execute();
}

export type NewSource = { workspaceId: string; keyResultId: number; by: number; at: Temporal.Instant } & (
  | { kind: 'webhook'; token: string; secret: string }
  | { kind: 'sql'; connection: string; query: string; every: Every; nextDueAt: Temporal.Instant }
  | { kind: 'json'; url: string; pointer: string; every: Every; nextDueAt: Temporal.Instant }
);

/** Keeps where a key result's number comes from, in place of what was kept; what is being read for that comes to nothing. */
export async function saveSource(tx: Tx, source: NewSource): Promise<number> {
  const isPulled = source.kind !== 'webhook';
  const columns = {
    kind: source.kind,
    token: isPulled ? null : source.token,
    secret: isPulled ? null : source.secret,
    connection: source.kind === 'sql' ? source.connection : null,
    query: source.kind === 'sql' ? source.query : null,
    url: source.kind === 'json' ? source.url : null,
    pointer: source.kind === 'json' ? source.pointer : null,
    every: isPulled ? source.every : null,
    next_due_at: isPulled ? source.nextDueAt.toString() : null,
    lease: null,
    leased_until: null,
    last_success_at: null,
    last_failure_at: null,
    failure: null,
    failures: 0,
    failing_since: null,
    told_at: null,
    created_at: source.at.toString(),
    created_by: source.by,
  };
  const { id } = await tx
    .insertInto('number_sources')
    .values({ workspace_id: source.workspaceId, key_result_id: source.keyResultId, ...columns })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key_result_id']).doUpdateSet(columns))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Gives a webhook another secret; what is signed with the old one is refused from now on. */
export async function saveSecret(tx: Tx, sourceId: number, secret: string): Promise<void> {
  await tx.updateTable('number_sources').set({ secret }).where('id', '=', sourceId).execute();
}

/** Forgets a source; the values that it gave stay. */
export async function deleteSource(tx: Tx, sourceId: number): Promise<void> {
  await tx.deleteFrom('number_sources').where('id', '=', sourceId).execute();
}
