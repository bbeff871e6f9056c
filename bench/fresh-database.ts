import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../src/platform/db/database.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { openEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';

/** Runs `work` with a migrated database of its own: the embedded PostgreSQL with its ordinary settings. */
export async function withFreshDatabase<T>(work: (db: Database, url: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cairn-bench-'));
  const postgres = await openEmbeddedPostgres({ dataDir, role: 'command' });
  try {
    const db = openDatabase(postgres.connectionString);
    try {
      await migrate(db);
      return await work(db, postgres.connectionString);
    } finally {
      await db.destroy();
    }
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
