import type { Database } from '../../platform/db/database.ts';
import { writeCsv } from '../../platform/file/csv.ts';
import type { CsvTableName } from './core/tables.ts';
import { checkInsTable, keyResultsTable, objectivesTable } from './okrs.ts';
import { roadmapTable, strategyTable } from './plans.ts';
import { accountsTable, decisionsTable, peopleTable, teamsTable } from './register.ts';
import { rocksTable } from './rocks.ts';
import { readNames, readSeen } from './store.ts';
import type { Reading, Table } from './table.ts';

const tables: Record<CsvTableName, (reading: Reading) => Promise<Table>> = {
  rocks: rocksTable,
  objectives: objectivesTable,
  'key-results': keyResultsTable,
  'check-ins': checkInsTable,
  roadmap: roadmapTable,
  decisions: decisionsTable,
  strategy: strategyTable,
  people: peopleTable,
  teams: teamsTable,
  accounts: accountsTable,
};

/**
 * A table as CSV, all from one moment, with how many rows it has; no cell of it is a formula to a spreadsheet. It has
 * what the reader sees; `readerId` null is an operator, who sees all.
 */
export async function csvOf(
  db: Database,
  workspaceId: string,
  name: CsvTableName,
  readerId: number | null,
): Promise<{ text: string; rows: number }> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const naming = await readNames(tx, workspaceId);
      const seen = await readSeen(tx, workspaceId, readerId);
      const { columns, rows } = await tables[name]({ db: tx, workspaceId, readerId, naming, seen });
      return { text: writeCsv(columns, rows), rows: rows.length };
    });
}
