import type { Tx } from '../../../platform/db/database.ts';
import type { NewCycle, NewKeyResult, SheetOkrs } from '../../okrs/core/sheet.ts';
import { importSheet } from '../../okrs/import-sheet.ts';
import { importing } from '../importing.ts';
import type { Importer } from '../kind.ts';
import type { OkrRow, RowObjective } from './core/known.ts';

/** Writes what the rows of a plan bring in. */
export async function applyOkrs(tx: Tx, importer: Importer, rows: readonly OkrRow[]): Promise<void> {
  await importSheet(await importing(tx, importer), sheetOf(rows));
}

/** What the rows come to, each objective once, wherever its rows stand. */
export function sheetOf(rows: readonly OkrRow[]): SheetOkrs {
  const objectives = new Map<string, { objective: RowObjective; added: NewKeyResult[] }>();
  for (const { outcome, objective, added } of rows) {
    if (objective === null || (outcome !== 'added' && outcome !== 'changed')) continue;
    const own = objectives.get(objective.ref) ?? { objective, added: [] };
    objectives.set(objective.ref, own);
    if (added !== null) own.added.push(added);
  }
  const all = [...objectives.values()];
  const cycles = new Map<string, NewCycle>();
  for (const { objective } of all)
    if (objective.newCycle !== null) cycles.set(objective.newCycle.key, objective.newCycle);
  return {
    cycles: [...cycles.values()],
    objectives: all.map(({ objective, added }) => {
      const { id, title, cycle, ownerId, teamId } = objective;
      return { objective: id ?? { title, cycle, ownerId, teamId }, added };
    }),
    filled: all.flatMap(({ objective }) => objective.patch ?? []),
    changed: rows.flatMap(({ outcome, changed }) => (outcome === 'changed' ? (changed ?? []) : [])),
  };
}
