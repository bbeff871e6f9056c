import type { Cells } from '../../platform/file/csv.ts';
import type { Fields } from '../../platform/file/writing.ts';
import { checkInRows } from '../check-ins/csv.ts';
import { checkInColumns } from '../check-ins/csv-row.ts';
import { keyResultColumns, keyResultRows } from '../okrs/csv.ts';
import { exportObjectives } from '../okrs/export.ts';
import { readNaming } from '../people/export.ts';
import { cellOf, visibilityCell } from './core/cells.ts';
import { listKeyResultKeys } from './store.ts';
import type { Reading, Table } from './table.ts';

const columns = [
  ...['Objective', 'Key result', 'Key', 'Owner', 'Owner of the objective', 'Backup', 'Team', 'Cycle'],
  ...['Type', 'Unit', 'Direction', 'Start', 'Target', 'Current', 'Due', 'Commitment', 'State'],
  ...['Key of the objective', 'Reviewer', 'Supports', 'Needs', 'Visible to'],
];

/** A row for each key result, and one for an objective that has none. */
export async function objectivesTable({ db, workspaceId, naming, seen }: Reading): Promise<Table> {
  const objectives = await exportObjectives(db, workspaceId, naming);
  const keys = new Set(objectives.map(({ key }) => String(key)));
  const rows = objectives
    .filter(({ key }) => seen.objectives.has(String(key)))
    .flatMap((objective) => {
      const results: Fields[] = Array.isArray(objective['key_results']) ? objective['key_results'] : [];
      const supports = String(objective['supports'] ?? '');
      const isHidden = keys.has(supports) && !seen.objectives.has(supports);
      const shown = isHidden ? { ...objective, supports: undefined } : objective;
      return results.length === 0 ? [rowOf(shown, {})] : results.map((result) => rowOf(shown, result));
    });
  return { columns, rows };
}

function rowOf(objective: Fields, result: Fields): Cells {
  const has = result['key'] !== undefined;
  return {
    Objective: cellOf(objective['title']),
    'Key result': cellOf(result['title']),
    Key: cellOf(result['key']),
    Owner: cellOf(result['owner']),
    'Owner of the objective': cellOf(objective['owner']),
    Backup: cellOf(result['backup']),
    Team: cellOf(objective['team']),
    Cycle: cellOf(objective['cycle']),
    Type: has ? cellOf(result['type'] ?? 'number') : null,
    Unit: cellOf(result['unit']),
    Direction: cellOf(result['direction']),
    Start: cellOf(result['start']),
    Target: cellOf(result['target']),
    Current: cellOf(result['current']),
    Due: cellOf(result['due']),
    Commitment: has ? cellOf(result['commitment'] ?? 'committed') : null,
    State: cellOf((has ? result['state'] : objective['state']) ?? 'active'),
    'Key of the objective': cellOf(objective['key']),
    Reviewer: cellOf(objective['reviewer']),
    Supports: cellOf(objective['supports']),
    Needs: cellOf(objective['needs']),
    'Visible to': visibilityCell(objective['visibility']),
  };
}

/** The key results as `cairn import` reads them again: people by their short names, the fields of cairn.yaml. */
export async function keyResultsTable({ db, workspaceId, seen }: Reading): Promise<Table> {
  const rows = await keyResultRows(db, workspaceId, await readNaming(db, workspaceId));
  return {
    columns: keyResultColumns,
    rows: rows.filter(({ objective }) => seen.objectives.has(String(objective))),
  };
}

/** Every answer that was ever given, as `cairn import` reads them again. */
export async function checkInsTable({ db, workspaceId, seen }: Reading): Promise<Table> {
  const rows = await checkInRows(db, workspaceId, await readNaming(db, workspaceId));
  const keyResults = await listKeyResultKeys(db, workspaceId);
  const shown = new Set(
    keyResults.filter(({ objective }) => seen.objectives.has(objective)).map(({ key }) => key),
  );
  return { columns: checkInColumns, rows: rows.filter((row) => shown.has(String(row['key_result']))) };
}
