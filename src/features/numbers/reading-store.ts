import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Kind, Source } from './core/source.ts';

/** Keeps a value that came, and that the source works. `at`: of when the value is; `now`: when it came. Company time. */
export async function insertReading(
  tx: Tx,
  reading: {
    workspaceId: string;
    sourceId: number;
    keyResultId: number;
    from: Kind;
    value: number;
    at: Temporal.Instant;
    now: Temporal.Instant;
  },
): Promise<void> {
  await tx
    .insertInto('number_readings')
    .values({
      workspace_id: reading.workspaceId,
      key_result_id: reading.keyResultId,
      came_from: reading.from,
      value: reading.value,
      at: reading.at.toString(),
    })
    .execute();
  await tx
    .updateTable('number_sources')
    .set({
      last_success_at: reading.now.toString(),
      failure: null,
      failures: 0,
      failing_since: null,
      told_at: null,
    })
    .where('id', '=', reading.sourceId)
    .execute();
}

/** Keeps that a source gave no value, and why, in words. Company time. */
export async function saveFailure(
  tx: Tx,
  sourceId: number,
  words: string,
  now: Temporal.Instant,
  { isTold = false }: { isTold?: boolean } = {},
): Promise<void> {
  const at = now.toString();
  await tx
    .updateTable('number_sources')
    .set((eb) => ({
      failure: words,
      failures: eb('failures', '+', 1),
      failing_since: sql<string>`coalesce(failing_since, ${at}::timestamptz)`,
      last_failure_at: at,
      ...(isTold ? { told_at: at } : {}),
    }))
    .where('id', '=', sourceId)
    .execute();
}

export type SourceRow = Source & { keyResultId: number; now: Temporal.Instant };

/** The sources of key results, each with its latest value and the company's time, in one statement. */
export async function listSources(
  db: Database,
  workspaceId: string,
  keyResultIds: readonly number[],
): Promise<SourceRow[]> {
  const rows = await db
    .selectFrom('number_sources as s')
    .innerJoin('workspaces', 'workspaces.id', 's.workspace_id')
    .innerJoin('key_results as k', 'k.id', 's.key_result_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('number_readings as r')
          .select(['r.value', 'r.at'])
          .whereRef('r.key_result_id', '=', 's.key_result_id')
          // What another source gave before is not what this one says.
          .whereRef('r.came_from', '=', 's.kind')
          .orderBy('r.at', 'desc')
          .orderBy('r.id', 'desc')
          .limit(1)
          .as('r'),
      (join) => join.onTrue(),
    )
    .select([
      's.key_result_id as keyResultId',
      's.kind',
      's.connection',
      's.created_at as createdAt',
      's.last_success_at as lastSuccessAt',
      's.failure',
      'k.type',
      'k.unit',
      'r.value',
      'r.at',
      sql<Temporal.Instant>`company_now(workspaces)`.as('now'),
    ])
    .where('s.workspace_id', '=', workspaceId)
    .where('s.key_result_id', 'in', [...keyResultIds])
    .execute();
  return rows.map(({ type, unit, value, at, ...row }) => ({
    ...row,
    measure: { type, unit },
    last: value === null || at === null ? null : { value, at },
  }));
}
