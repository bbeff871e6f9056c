import { checkInRows } from '../../features/check-ins/csv.ts';
import { checkInColumns } from '../../features/check-ins/csv-row.ts';
import { keyResultColumns, keyResultRows } from '../../features/okrs/csv.ts';
import { readNaming } from '../../features/people/export.ts';
import type { Database } from '../../platform/db/database.ts';
import { writeCsv } from '../../platform/file/csv.ts';
import type { CsvKind } from '../arguments.ts';
import { writeWhole } from '../cairn-file/whole-file.ts';
import { done, refusedStatus, type Terminal } from '../terminal.ts';

/** Writes a table into a file, or to stdout and nothing else with it. */
export async function exportCsv(
  db: Database,
  workspace: { id: string; name: string },
  kind: CsvKind,
  file: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const text = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => await csvOf(tx, workspace.id, kind));
  if (file === undefined) {
    terminal.out(text.trimEnd());
    return done;
  }
  const written = await writeWhole(file, [text]);
  if (!written.ok) {
    terminal.err(written.words);
    return refusedStatus;
  }
  const what = kind === 'key-results' ? 'key results' : 'check-ins';
  terminal.err(`The ${what} of ${workspace.name} (${workspace.id}) are exported to ${file}.`);
  return done;
}

async function csvOf(db: Database, workspaceId: string, kind: CsvKind): Promise<string> {
  const naming = await readNaming(db, workspaceId);
  return kind === 'key-results'
    ? writeCsv(keyResultColumns, await keyResultRows(db, workspaceId, naming))
    : writeCsv(checkInColumns, await checkInRows(db, workspaceId, naming));
}
