import type { Config } from '../../config.ts';
import type { Database } from '../../platform/db/database.ts';
import { readCsv } from '../../platform/file/csv.ts';
import type { ImportArguments } from '../arguments.ts';
import { readSheetText } from '../cairn-file/text.ts';
import { refuse, tallyLines } from '../import-words.ts';
import { done, refusedStatus, type Terminal } from '../terminal.ts';
import { chooseWorkspace } from '../workspace.ts';
import { importTable } from './import.ts';

/** `cairn import FILE.csv`: reads the table before it asks for the database, so that a bad one needs none. */
export async function runCsvImport(
  { file, workspace: named, dryRun, overwrite }: ImportArguments,
  config: Config,
  withDatabase: (work: (db: Database) => Promise<number>) => Promise<number>,
  terminal: Terminal,
): Promise<number> {
  const say = (words: string): number => {
    terminal.err(words);
    return refusedStatus;
  };
  const text = await readSheetText(file);
  if (!text.ok) return say(text.words);
  const table = readCsv(text.value);
  if ('words' in table) return refuse(file, [{ file, ...table }], terminal);
  return await withDatabase(async (db) => {
    const workspace = await chooseWorkspace(db, config, named);
    if (!workspace.ok) return say(workspace.words);
    const { id, name, isNew } = workspace.value;
    if (isNew) return say(`${name} (${id}) has no objectives yet; import a cairn.yaml first.`);
    const outcome = await importTable(db, id, table, { dryRun, overwrite });
    if (outcome.kind === 'refused') {
      const problems = outcome.findings.map(({ path: [row, field], words }) => ({
        file,
        line: typeof row === 'number' ? (table.rows[row]?.line ?? 1) : 1,
        words: field === undefined ? words : `${field}: ${words}`,
      }));
      return refuse(
        file,
        problems.sort((one, other) => one.line - other.line),
        terminal,
      );
    }
    for (const line of outcome.difference) terminal.out(line);
    for (const line of tallyLines([{ kind: outcome.of, tally: outcome.tally }], dryRun)) terminal.out(line);
    const last = dryRun ? `Nothing was written: a dry run of ${file} into ` : `${file} is imported into `;
    terminal.out(`${last}${name} (${id}).`);
    return done;
  });
}
