import type { Database } from '../../platform/db/database.ts';
import type { Owed } from './core/owed.ts';
import { type CycleChoice, getKeyResults, listKeyResultsOfCadences, listKeyResultsOfOwner } from './store.ts';

export type { CycleChoice, Owed };

/** What the check-ins of cadences ask about, in the order of the objectives; each names the cadence that asks. */
export async function keyResultsOfCadences(
  db: Database,
  workspaceId: string,
  choices: readonly (CycleChoice & { cadenceId: number })[],
): Promise<(Owed & { cadenceId: number })[]> {
  return await listKeyResultsOfCadences(db, workspaceId, choices);
}

/** What one person owns in a cycle. */
export async function keyResultsOfOwner(
  db: Database,
  workspaceId: string,
  ownerId: number,
  choice: CycleChoice,
): Promise<Owed[]> {
  return await listKeyResultsOfOwner(db, workspaceId, ownerId, choice);
}

/** Key results that were shown or asked about before. */
export async function keyResultsById(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<Owed[]> {
  return await getKeyResults(db, workspaceId, ids);
}
