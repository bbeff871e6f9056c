import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { failureOf, type Kind, type Source } from './core/source.ts';
import { listSources } from './reading-store.ts';

/** A value from elsewhere: a suggestion, until a person says it. */
export type LatestNumber = {
  value: number;
  /** Company time: of when the value is. */
  at: Temporal.Instant;
  from: Kind;
  /** Whether newer ones do not come, and why, in words. */
  isFailing: boolean;
  failure: string | null;
};

/** The latest value of each of these key results that has a source and a value; one statement. */
export async function latestNumbers(
  db: Database,
  workspaceId: string,
  keyResultIds: readonly number[],
): Promise<Map<number, LatestNumber>> {
  const numbers = new Map<number, LatestNumber>();
  if (keyResultIds.length === 0) return numbers;
  for (const source of await listSources(db, workspaceId, keyResultIds)) {
    const { keyResultId, last, kind: from } = source;
    if (last === null) continue;
    const failure = failureOf(source, source.now);
    numbers.set(keyResultId, { ...last, from, isFailing: failure !== null, failure });
  }
  return numbers;
}

/** How the sources of these key results stand, for `sourceLine`; those that have none are left out. One statement. */
export async function sourcesOf(
  db: Database,
  workspaceId: string,
  keyResultIds: readonly number[],
): Promise<Map<number, Source>> {
  if (keyResultIds.length === 0) return new Map();
  const rows = await listSources(db, workspaceId, keyResultIds);
  return new Map(rows.map((row) => [row.keyResultId, row]));
}
