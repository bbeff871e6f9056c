import { sql } from 'kysely';
import { markAllHomes } from '../../delivery/homes.ts';
import { importCheckIns, readCheckInTable } from '../../features/check-ins/csv.ts';
import { importKeyResultTable, readKeyResultTable } from '../../features/okrs/csv.ts';
import { readNaming } from '../../features/people/export.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Importing, Tally } from '../../platform/db/importing.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { CsvTable } from '../../platform/file/csv.ts';
import type { Finding } from '../../platform/file/finding.ts';
import { Names } from '../../platform/file/names.ts';
import { differenceLines } from '../difference.ts';
import { exportCompany } from '../export.ts';

export type CsvOutcome =
  | { kind: 'done'; of: string; tally: Tally; difference: string[] }
  | { kind: 'refused'; findings: Finding[] };
type Options = { dryRun: boolean; overwrite: boolean };

/** Carries what is known at the end of a transaction that must leave nothing behind. */
class RollBack extends Error {
  readonly outcome: CsvOutcome;
  constructor(outcome: CsvOutcome) {
    super('rolled back on purpose');
    this.outcome = outcome;
  }
}

/** Imports a table in one transaction: all of it, or nothing. A dry run does the same and takes it back. */
export async function importTable(
  db: Database,
  workspaceId: string,
  table: CsvTable,
  options: Options,
): Promise<CsvOutcome> {
  try {
    return await inTransaction(db, async (tx) => {
      const outcome = await importInto(tx, workspaceId, table, options);
      if (outcome.kind === 'refused' || options.dryRun) throw new RollBack(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof RollBack) return error.outcome;
    throw error;
  }
}

async function importInto(
  tx: Tx,
  workspaceId: string,
  table: CsvTable,
  { dryRun, overwrite }: Options,
): Promise<CsvOutcome> {
  // Imports of one workspace wait for each other, those of a cairn.yaml too.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cairn import ${workspaceId}`}, 0))`.execute(tx);
  await sql`select set_config('cairn.operator', 'on', true)`.execute(tx);
  const at = await companyNow(tx, workspaceId);
  const { timezone } = await tx
    .selectFrom('workspaces')
    .select('timezone')
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const importing: Importing = { tx, workspaceId, at, timezone, overwrite, isPartial: true, kept: [] };
  const findings: Finding[] = [];
  const isCheckIns = table.columns.includes('key_result');
  const work = isCheckIns
    ? await checkInsOf(importing, table, findings)
    : await keyResultsOf(importing, table, findings);
  if (findings.length > 0) return { kind: 'refused', findings };
  const look = async () => (dryRun ? (await exportCompany(tx, workspaceId)).company : null);
  const before = await look();
  const { tally, lines } = await work();
  await markAllHomes(tx, workspaceId);
  const after = await look();
  const difference = before === null || after === null ? [] : [...differenceLines(before, after), ...lines];
  return { kind: 'done', of: isCheckIns ? 'check-ins' : 'key results', tally, difference };
}

type Work = () => Promise<{ tally: Tally; lines: string[] }>;

async function keyResultsOf(importing: Importing, table: CsvTable, findings: Finding[]): Promise<Work> {
  const { tx, workspaceId } = importing;
  const naming = await readNaming(tx, workspaceId);
  const people = await peopleByName(importing);
  const objectives = await idsByKey(tx, workspaceId, 'objectives');
  const none = new Names([]);
  const known = {
    people: new Names(people.keys()),
    teams: none,
    rocks: none,
    cycles: none,
    objectives: new Names(objectives.keys()),
    lines: none,
    supports: none,
    playbook: none,
  };
  const read = await readKeyResultTable(tx, workspaceId, table, { known, naming }, findings);
  return async () => ({
    tally: await importKeyResultTable(importing, read, { people, objectives }),
    lines: [],
  });
}

async function checkInsOf(importing: Importing, table: CsvTable, findings: Finding[]): Promise<Work> {
  const people = await peopleByName(importing);
  const keyResults = await idsByKey(importing.tx, importing.workspaceId, 'key_results');
  const read = await readCheckInTable(importing, table, { people, keyResults }, findings);
  return async () => await importCheckIns(importing, read);
}

/** Everybody by the short name that an export gives them. */
async function peopleByName({ tx, workspaceId }: Importing): Promise<Map<string, number>> {
  const naming = await readNaming(tx, workspaceId);
  const rows = await tx.selectFrom('people').select('id').where('workspace_id', '=', workspaceId).execute();
  return new Map(rows.map(({ id }) => [naming.person(id), id]));
}

async function idsByKey(
  tx: Tx,
  workspaceId: string,
  table: 'objectives' | 'key_results',
): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom(table)
    .select(['id', 'key'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new Map(rows.map(({ id, key }) => [key, id]));
}
