import { type Config, plainTimezone } from '../config.ts';
import { namesNotInSlack } from '../features/people/operations.ts';
import type { Database } from '../platform/db/database.ts';
import type { ImportArguments } from './arguments.ts';
import { runCsvImport } from './csv/command.ts';
import { importFile } from './import.ts';
import { refuse, tallyLines } from './import-words.ts';
import { openSource } from './sources/open.ts';
import { done, refusedStatus, type Terminal } from './terminal.ts';
import { chooseWorkspace } from './workspace.ts';

/** `cairn import`: reads the file before it asks for the database, so that a bad file needs none. */
export async function runImport(
  args: ImportArguments,
  config: Config,
  withDatabase: (work: (db: Database) => Promise<number>) => Promise<number>,
  terminal: Terminal,
): Promise<number> {
  if (/\.csv$/i.test(args.file)) return await runCsvImport(args, config, withDatabase, terminal);
  const opened = await openSource(args);
  if (!opened.ok) {
    terminal.err(opened.words);
    return refusedStatus;
  }
  if (opened.value.kind === 'problems') return refuse(args.file, opened.value.problems, terminal);
  const { parsed, isPartial, problemsOf } = opened.value.source;

  return await withDatabase(async (db) => {
    const workspace = await chooseWorkspace(db, config, args.workspace);
    if (!workspace.ok) {
      terminal.err(workspace.words);
      return refusedStatus;
    }
    const { dryRun, overwrite } = args;
    const outcome = await importFile(db, parsed, {
      workspace: workspace.value,
      timezone: config.timezone ?? plainTimezone,
      dryRun,
      overwrite,
      isPartial,
    });
    if (outcome.kind === 'refused') return refuse(args.file, problemsOf(outcome.findings), terminal);

    for (const line of outcome.difference) terminal.out(line);
    for (const line of tallyLines(outcome.tallies, dryRun)) terminal.out(line);
    for (const note of outcome.notes) terminal.out(note);
    const { id, name } = workspace.value;
    const strangers = dryRun ? [] : await namesNotInSlack(db, id);
    if (strangers.length > 0) terminal.out(strangersLine(strangers));
    const last = dryRun
      ? `Nothing was written: a dry run of ${args.file} into `
      : `${args.file} is imported into `;
    terminal.out(`${last}${name} (${id}).`);
    return done;
  });
}

const mostStrangers = 10;

function strangersLine(names: string[]): string {
  const more = names.length - mostStrangers;
  const listed = names.slice(0, mostStrangers).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `Not found in Slack so far: ${listed}. Check the spelling; who appears later is matched then.`;
}
