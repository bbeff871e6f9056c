import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import { isMigrated } from '../../platform/db/migrate.ts';
import type { DatabaseChoice } from '../../platform/db/open.ts';
import { type Finding, mend, note, well } from './finding.ts';

/** The oldest that the SQL of Cairn is written for. */
const oldest = 15;

/** An embedded database that no start has made yet: looking at it would make it. */
export function isUnmade(choice: DatabaseChoice): boolean {
  return choice.kind === 'embedded' && !existsSync(join(choice.dataDir, 'postgres', 'PG_VERSION'));
}

export const unmade = (dataDir: string): Finding =>
  note('Database', `there is none yet in ${dataDir}: npm start makes it`);

/** Its version and its schema. Nothing is migrated. */
export async function checkDatabase(db: Database): Promise<Finding> {
  const about = 'Database';
  const { rows } = await sql<{
    version: string;
  }>`select current_setting('server_version') as version`.execute(db);
  const version = rows[0]?.version.split(' ')[0] ?? '';
  if (Number.parseInt(version, 10) < oldest)
    return mend(about, `PostgreSQL ${version} is too old; Cairn needs ${oldest} or later.`);
  return (await isMigrated(db))
    ? well(about, `PostgreSQL ${version}, at the newest migration`)
    : mend(
        about,
        `PostgreSQL ${version}, and its schema is older than this Cairn. Run cairn migrate, or npm start.`,
      );
}

/** The database's clock less this machine's, in seconds: due times are the database's. */
export async function readClockOf(db: Database): Promise<number> {
  const before = Date.now();
  const { rows } = await sql<{
    ms: number;
  }>`select extract(epoch from clock_timestamp()) * 1000 as ms`.execute(db);
  const middle = (before + Date.now()) / 2;
  return (Number(rows[0]?.ms ?? middle) - middle) / 1_000;
}
