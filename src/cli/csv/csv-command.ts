import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Config } from '../../config.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Importing, Tally } from '../../platform/db/importing.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { writeWhole } from '../cairn-file/whole-file.ts';
import { done, refusedStatus, type Terminal } from '../terminal.ts';
import { chooseWorkspace } from '../workspace.ts';
import { checkInColumns, exportCheckIns, importCheckInRows, neededCheckInColumns } from './check-ins.ts';
import { type ReadRow, type Row, readCsv, writeCsv } from './format.ts';
import {
  type CsvProblem,
  exportKeyResults,
  importKeyResultRows,
  keyResultColumns,
  neededKeyResultColumns,
} from './key-results.ts';
import { type PeopleNames, readPeopleNames } from './people.ts';

export const csvKinds = ['key-results', 'check-ins'] as const;
export type CsvKind = (typeof csvKinds)[number];

type Table = {
  columns: readonly string[];
  needed: readonly string[];
  read(db: Database, workspaceId: string, people: PeopleNames): Promise<Row[]>;
  take(
    importing: Importing,
    rows: readonly ReadRow[],
    people: PeopleNames,
  ): Promise<{ tally: Tally; problems: CsvProblem[] }>;
};

const tables: Record<CsvKind, Table> = {
  'key-results': {
    columns: keyResultColumns,
    needed: neededKeyResultColumns,
    read: exportKeyResults,
    take: importKeyResultRows,
  },
  'check-ins': {
    columns: checkInColumns,
    needed: neededCheckInColumns,
    read: exportCheckIns,
    take: importCheckInRows,
  },
};

type WithDatabase = (work: (db: Database) => Promise<number>) => Promise<number>;

/** `cairn export --csv KIND`: a table of the present state, into a file or to stdout. */
export async function runCsvExport(
  args: { file: string | undefined; workspace: string | undefined; csv: CsvKind },
  config: Config,
  withDatabase: WithDatabase,
  terminal: Terminal,
): Promise<number> {
  return await withDatabase(async (db) => {
    const workspace = await chooseWorkspace(db, config, args.workspace);
    if (!workspace.ok) return refuse(terminal, workspace.words);
    const { id, name } = workspace.value;
    const table = tables[args.csv];
    const rows = await table.read(db, id, await readPeopleNames(db, id));
    const text = writeCsv(table.columns, rows);
    if (args.file === undefined) {
      terminal.out(text.trimEnd());
      return done;
    }
    const written = await writeWhole(args.file, [text]);
    if (!written.ok) return refuse(terminal, written.words);
    terminal.err(`${rows.length} ${args.csv} of ${name} (${id}) are exported to ${args.file}.`);
    return done;
  });
}

/** Carries what is known at the end of a transaction that must leave nothing behind. */
class TakenBack extends Error {
  readonly outcome: { tally: Tally; problems: CsvProblem[] };
  constructor(outcome: { tally: Tally; problems: CsvProblem[] }) {
    super('taken back on purpose');
    this.outcome = outcome;
  }
}

/** `cairn import --csv KIND`: all of a table, or, when anything is wrong with it, nothing. */
export async function runCsvImport(
  args: { file: string; workspace: string | undefined; dryRun: boolean; overwrite: boolean; csv: CsvKind },
  config: Config,
  withDatabase: WithDatabase,
  terminal: Terminal,
): Promise<number> {
  const table = tables[args.csv];
  const text = await read(args.file);
  if (!text.ok) return refuse(terminal, text.words);
  const rows = readCsv(text.value, { needed: table.needed, known: table.columns });
  if (!rows.ok) return refuse(terminal, `${args.file}: ${rows.words}`, 'Nothing was written.');
  return await withDatabase(async (db) => {
    const workspace = await chooseWorkspace(db, config, args.workspace);
    if (!workspace.ok) return refuse(terminal, workspace.words);
    const { id, name } = workspace.value;
    const { tally, problems } = await takeAll(db, id, table, rows.value, args);
    if (problems.length > 0) {
      const lines = problems.map(({ line, words }) => `${args.file}:${line}: ${words}`);
      const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
      return refuse(terminal, ...lines, `Nothing was written: ${count} in ${args.file}.`);
    }
    const would = args.dryRun ? 'would be ' : '';
    terminal.out(
      `${args.csv}: ${tally.added} ${would}added, ${tally.changed} ${would}changed, ${tally.unchanged} unchanged`,
    );
    const last = args.dryRun
      ? `Nothing was written: a dry run of ${args.file} into `
      : `${args.file} is imported into `;
    terminal.out(`${last}${name} (${id}).`);
    return done;
  });
}

async function takeAll(
  db: Database,
  workspaceId: string,
  table: Table,
  rows: readonly ReadRow[],
  { dryRun, overwrite }: { dryRun: boolean; overwrite: boolean },
): Promise<{ tally: Tally; problems: CsvProblem[] }> {
  try {
    return await inTransaction(db, async (tx) => {
      const outcome = await table.take(
        await importingOf(tx, workspaceId, overwrite),
        rows,
        await readPeopleNames(tx, workspaceId),
      );
      if (outcome.problems.length > 0 || dryRun) throw new TakenBack(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.outcome;
    throw error;
  }
}

async function importingOf(tx: Tx, workspaceId: string, overwrite: boolean): Promise<Importing> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cairn import ${workspaceId}`}, 0))`.execute(tx);
  const { now: at, zone: timezone } = await readCompanyClock(tx, workspaceId);
  return { tx, workspaceId, at, timezone, overwrite, isPartial: true, kept: [] };
}

async function read(file: string): Promise<Result<string>> {
  try {
    return accepted(await readFile(file, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return refused('unreadable', `${file} cannot be read (${code}).`);
  }
}

function refuse(terminal: Terminal, ...lines: string[]): number {
  for (const line of lines) terminal.err(line);
  return refusedStatus;
}
