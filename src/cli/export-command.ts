import type { Config } from '../config.ts';
import type { Database } from '../platform/db/database.ts';
import type { ExportArguments } from './arguments.ts';
import { nothingPresent, readCairnFile } from './cairn-file/read.ts';
import { writeWhole } from './cairn-file/whole-file.ts';
import { writeYaml } from './cairn-file/write.ts';
import { readYaml } from './cairn-file/yaml.ts';
import { exportCsv } from './csv/export.ts';
import { exportCompany } from './export.ts';
import { historyLines } from './history.ts';
import { done, refusedStatus, type Terminal } from './terminal.ts';
import { chooseWorkspace } from './workspace.ts';

/**
 * `cairn export`: the present state as a cairn.yaml, into a file or to stdout; with `--history` the events too, beside
 * the file, or alone where there is none, since two formats in one stream are of no use to whoever reads it. What is
 * told besides goes to stderr, so that a pipe gets nothing else.
 */
export async function runExport(
  args: ExportArguments,
  config: Config,
  withDatabase: (work: (db: Database) => Promise<number>) => Promise<number>,
  terminal: Terminal,
): Promise<number> {
  return await withDatabase(async (db) => {
    const workspace = await chooseWorkspace(db, config, args.workspace);
    if (!workspace.ok) return refuse(terminal, workspace.words);
    const { id, name, isNew } = workspace.value;
    if (isNew)
      return refuse(terminal, `There is nothing to export: ${name} (${id}) is not in this database yet.`);

    const { file, history } = args;
    if (file === undefined && history) {
      for await (const lines of historyLines(db, id)) for (const line of lines) terminal.out(line);
      return done;
    }
    if (args.csv !== undefined) return await exportCsv(db, { id, name }, args.csv, file, terminal);
    // One look at everything: what changes meanwhile is in the next export.
    const { company, over, today } = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => await exportCompany(tx, id));
    const text = writeYaml(company);
    for (const note of [...overNotes(over), ...doubts(text, today)]) terminal.err(note);
    if (file === undefined) {
      terminal.out(text.trimEnd());
      return done;
    }
    const written = await writeWhole(file, [text]);
    if (!written.ok) return refuse(terminal, written.words);
    terminal.err(`${name} (${id}) is exported to ${file}.`);
    if (!history) return done;
    const beside = historyFile(file);
    const told = await writeWhole(beside, historyLines(db, id));
    if (!told.ok) return refuse(terminal, told.words);
    terminal.err(`Its history is in ${beside}.`);
    return done;
  });
}

/** `company.history.jsonl` beside `company.yaml`. */
export function historyFile(file: string): string {
  return `${file.replace(/\.ya?ml$/i, '')}.history.jsonl`;
}

function refuse(terminal: Terminal, words: string): number {
  terminal.err(words);
  return refusedStatus;
}

function overNotes(over: readonly string[]): string[] {
  if (over.length === 0) return [];
  return [`Left out, since they come no more: ${over.join(', ')}.`];
}

/** What an import of the text would refuse. Nothing, unless something came into the database by another way. */
function doubts(text: string, today: string): string[] {
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml.problems.map(({ words }) => `An import would refuse this: ${words}`);
  const { file } = yaml;
  const findings = [...file.findings];
  readCairnFile(file.value, nothingPresent(today), true, findings);
  return findings.map(
    (finding) => `An import would refuse line ${file.lineAt(file.offsetOf(finding))}: ${finding.words}`,
  );
}
