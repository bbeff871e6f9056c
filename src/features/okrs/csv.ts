import type { Database } from '../../platform/db/database.ts';
import type { Importing, Tally } from '../../platform/db/importing.ts';
import { type Cells, type CsvRow, type CsvTable, cellNumber } from '../../platform/file/csv.ts';
import { unknownKey } from '../../platform/file/entries.ts';
import { type Finding, shown } from '../../platform/file/finding.ts';
import type { Known } from '../../platform/file/names.ts';
import type { Fields, Naming } from '../../platform/file/writing.ts';
import { exportObjectives } from './export.ts';
import { type KeyResultEntry, readKeyResults } from './file-key-results.ts';
import { importKeyResults } from './import-key-results.ts';

/** The columns of a table of key results: the objective's key, and the fields of cairn.yaml. */
export const keyResultColumns = [
  'objective',
  'key',
  'title',
  'owner',
  'backup',
  'type',
  'unit',
  'direction',
  'start',
  'target',
  'current',
  'commitment',
  'due',
  'state',
] as const;
const needed = ['objective', 'key'] as const;
const numbers: readonly string[] = ['start', 'target', 'current'];

/** Every key result, a row each, as an export has them. */
export async function keyResultRows(db: Database, workspaceId: string, naming: Naming): Promise<Cells[]> {
  return [...(await presentFields(db, workspaceId, naming)).values()].map((fields) =>
    Object.fromEntries(keyResultColumns.map((column) => [column, cellOf(fields[column])])),
  );
}

function cellOf(value: unknown): string | number | null {
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}

async function presentFields(
  db: Database,
  workspaceId: string,
  naming: Naming,
): Promise<Map<string, Fields>> {
  const objectives = await exportObjectives(db, workspaceId, naming);
  return new Map(
    objectives.flatMap(({ key, key_results }) =>
      (Array.isArray(key_results) ? key_results : []).map((fields: Fields) => [
        String(fields['key']),
        { objective: key, ...fields },
      ]),
    ),
  );
}

export type KeyResultTable = { objective: string; keyResults: KeyResultEntry[] }[];

/**
 * Reads a table of key results. A column that is not there leaves what is there as it is; an empty cell takes it away. The
 * path of a finding begins with the number of the row, from 0.
 */
export async function readKeyResultTable(
  db: Database,
  workspaceId: string,
  table: CsvTable,
  given: { known: Known; naming: Naming },
  findings: Finding[],
): Promise<KeyResultTable> {
  for (const column of table.columns) {
    if (!(keyResultColumns as readonly string[]).includes(column))
      findings.push({ path: [], words: `column ${shown(column)} ${unknownKey(column, keyResultColumns)}` });
  }
  for (const column of needed) {
    if (!table.columns.includes(column))
      findings.push({ path: [], words: `column ${shown(column)} is missing; add it to the first line` });
  }
  if (findings.length > 0) return [];
  const present = await presentFields(db, workspaceId, given.naming);
  const raws = table.rows.map((row) => rawOf(row, table.columns, present));
  const objectives = raws.map(({ objective }, index) => {
    const name = String(objective ?? '');
    if (given.known.objectives.has(name)) return name;
    const words =
      name === ''
        ? 'is missing; write the key of its objective'
        : `there is no objective ${shown(name)}; ${given.known.objectives.mend(name, 'add it first')}`;
    findings.push({ path: [index, 'objective'], words });
    return name;
  });
  const fields = raws.map(({ objective: _objective, ...rest }) => rest);
  const read = readKeyResults(fields, [], given.known, findings);
  const keys = new Set<string>();
  for (const { path, key } of read) {
    if (key === undefined) continue;
    if (keys.has(key))
      findings.push({ path: [...path, 'key'], words: `${shown(key)} is there twice; take one out` });
    keys.add(key);
  }
  const rows = read.flatMap(({ whole }, index) =>
    whole === null ? [] : [{ objective: objectives[index] ?? '', whole }],
  );
  return [...Map.groupBy(rows, ({ objective }) => objective)].map(([objective, own]) => ({
    objective,
    keyResults: own.map(({ whole }) => whole),
  }));
}

function rawOf({ cells }: CsvRow, columns: readonly string[], present: ReadonlyMap<string, Fields>): Fields {
  const stays = Object.entries(present.get(cells.get('key') ?? '') ?? {}).filter(
    ([field]) => !columns.includes(field),
  );
  const said = [...cells].map(([column, cell]): [string, unknown] => [
    column,
    numbers.includes(column) ? (cellNumber(cell) ?? cell) : cell.trim(),
  ]);
  return Object.fromEntries([...stays, ...said]);
}

/** Adds and changes the key results of a table that nothing is wrong with. */
export async function importKeyResultTable(
  importing: Importing,
  table: KeyResultTable,
  refer: { people: ReadonlyMap<string, number>; objectives: ReadonlyMap<string, number> },
): Promise<Tally> {
  const objectives = table.map(({ objective, keyResults }) => ({ key: objective, keyResults }));
  return (await importKeyResults(importing, objectives, refer)).tally;
}
