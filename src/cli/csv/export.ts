import { type CsvTableName, csvTables } from '../../features/csv-out/core/tables.ts';
import { csvOf } from '../../features/csv-out/writing.ts';
import type { Database } from '../../platform/db/database.ts';
import { writeWhole } from '../cairn-file/whole-file.ts';
import { done, refusedStatus, type Terminal } from '../terminal.ts';

/** Writes a table into a file, or to stdout and nothing else with it. */
export async function exportCsv(
  db: Database,
  workspace: { id: string; name: string },
  kind: CsvTableName,
  file: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const { text } = await csvOf(db, workspace.id, kind, null);
  if (file === undefined) {
    terminal.out(text.trimEnd());
    return done;
  }
  const written = await writeWhole(file, [text]);
  if (!written.ok) {
    terminal.err(written.words);
    return refusedStatus;
  }
  terminal.err(`${csvTables[kind]} of ${workspace.name} (${workspace.id}) exported to ${file}.`);
  return done;
}
