import { readKeyResults } from '../../features/okrs/file-key-results.ts';
import { importKeyResults } from '../../features/okrs/import-key-results.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Importing, Tally } from '../../platform/db/importing.ts';
import { type Finding, shown } from '../../platform/file/finding.ts';
import { Names } from '../../platform/file/names.ts';
import type { ReadRow, Row } from './format.ts';
import type { PeopleNames } from './people.ts';

export type CsvProblem = { line: number; words: string };

export const keyResultColumns = [
  'cycle',
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
] as const;
export const neededKeyResultColumns = ['objective', 'key', 'title', 'target'];

/** Every key result of a workspace, in the order in which people keep them. */
export async function exportKeyResults(
  db: Database,
  workspaceId: string,
  people: PeopleNames,
): Promise<Row[]> {
  const rows = await db
    .selectFrom('key_results as k')
    .innerJoin('objectives as o', 'o.id', 'k.objective_id')
    .innerJoin('cycles as y', 'y.id', 'o.cycle_id')
    .select([
      'y.key as cycle',
      'o.key as objective',
      'k.key',
      'k.title',
      'k.owner_id as owner',
      'k.backup_id as backup',
      'k.type',
      'k.unit',
      'k.direction',
      'k.start_value as start',
      'k.target_value as target',
      'k.current_value as current',
      'k.commitment',
    ])
    .where('k.workspace_id', '=', workspaceId)
    .orderBy('y.starts_on')
    .orderBy('y.key')
    .orderBy('o.position')
    .orderBy('o.key')
    .orderBy('k.position')
    .orderBy('k.key')
    .execute();
  return rows.map(({ owner, backup, unit, start, target, current, ...row }) => ({
    ...row,
    owner: people.nameOf(owner),
    backup: people.nameOf(backup),
    unit: unit ?? '',
    start: start === null ? 'baseline' : String(start),
    target: String(target),
    current: current === null ? '' : String(current),
  }));
}

/** Adds and changes the key results of a table, as a cairn.yaml would; those that it does not name stay. */
export async function importKeyResultRows(
  importing: Importing,
  rows: readonly ReadRow[],
  people: PeopleNames,
): Promise<{ tally: Tally; problems: CsvProblem[] }> {
  const { tx, workspaceId } = importing;
  const present = await tx
    .selectFrom('objectives as o')
    .innerJoin('cycles as y', 'y.id', 'o.cycle_id')
    .select(['o.id', 'o.key', 'y.key as cycle', 'y.state'])
    .where('o.workspace_id', '=', workspaceId)
    .execute();
  const objectives = new Map(present.map((row) => [row.key, row]));
  const problems: CsvProblem[] = [];
  const ids = new Map<string, number>();
  const seen = new Map<string, number>();
  const raw = rows.map(({ line, row }) => {
    const objective = objectives.get(row['objective'] ?? '');
    if (objective === undefined)
      problems.push({
        line,
        words: `objective: there is no objective ${shown(row['objective'])}; add it first`,
      });
    else if (row['cycle'] && row['cycle'] !== objective.cycle)
      problems.push({
        line,
        words: `cycle: ${shown(objective.key)} is in ${objective.cycle}; mend one of them`,
      });
    else if (objective.state === 'closed')
      problems.push({ line, words: `cycle: ${objective.cycle} is closed. Nothing in it changes any more.` });
    const key = row['key'] ?? '';
    const before = seen.get(key);
    if (before !== undefined)
      problems.push({ line, words: `key: ${shown(key)} is on line ${before} already` });
    seen.set(key, line);
    for (const field of ['owner', 'backup']) {
      const name = row[field] ?? '';
      const id = name === '' ? undefined : people.find(name);
      if (id !== undefined) ids.set(name, id);
      else if (name !== '')
        problems.push({
          line,
          words: `${field}: I know nobody called ${shown(name)}; write an e-mail address`,
        });
    }
    return rawOf(row);
  });
  const findings: Finding[] = [];
  const none = new Names([]);
  const known = {
    people: new Names(ids.keys()),
    teams: none,
    rocks: none,
    cycles: none,
    objectives: none,
    lines: none,
    supports: none,
  };
  const entries = readKeyResults(raw, [], known, findings);
  for (const { path, words } of findings) {
    const [index, ...field] = path;
    const line = rows[Number(index)]?.line ?? 1;
    // Who is not known has a line of their own.
    if (!['owner', 'backup'].includes(String(field[0])))
      problems.push({ line, words: `${field.join('.')}: ${words}` });
  }
  if (problems.length > 0) return { tally: { added: 0, changed: 0, unchanged: 0 }, problems };
  const byObjective = Map.groupBy(
    entries.flatMap(({ whole }, index) =>
      whole === null ? [] : [{ whole, objective: rows[index]?.row['objective'] ?? '' }],
    ),
    ({ objective }) => objective,
  );
  const { tally } = await importKeyResults(
    importing,
    [...byObjective].map(([key, own]) => ({ key, keyResults: own.map(({ whole }) => whole) })),
    { people: ids, objectives: new Map(present.map(({ key, id }) => [key, id])) },
  );
  return { tally, problems: [] };
}

/** A row as a cairn.yaml would have it: numbers are numbers, and what is empty is absent. */
function rawOf(row: Row): Record<string, unknown> {
  const fields = Object.entries(row).filter(
    ([name, cell]) => cell !== '' && name !== 'objective' && name !== 'cycle',
  );
  return Object.fromEntries(fields.map(([name, cell]) => [name, numbers.has(name) ? numberOf(cell) : cell]));
}

const numbers = new Set(['start', 'target', 'current']);

function numberOf(cell: string): number | string {
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(cell) ? Number(cell) : cell;
}
