import { sql } from 'kysely';
import { StartRefusal } from '../start-refusal.ts';
import type { Database, Tx } from './database.ts';
import { playgroundWorkspace } from './playground-workspace.ts';
import { inTransaction } from './transaction.ts';

/**
 * Takes away everything that is in the database, and all or nothing: whoever is killed in the middle has changed
 * nothing. Not by dropping the database, which would drop the lock that keeps a second bot out as well. Throws
 * StartRefusal where somebody's real workspace lives, and while a command is at work for longer than the patience.
 */
export async function emptyDatabase(db: Database, { patienceMs = 10_000 } = {}): Promise<void> {
  try {
    await inTransaction(db, async (tx) => {
      const mend = 'Start without --fresh, or with another CAIRN_DATA_DIR.';
      await mustBePlayground(tx, patienceMs, `it is not emptied. ${mend}`);
      for (const name of await schemas(tx)) await sql`drop schema ${sql.id(name)} cascade`.execute(tx);
      await sql`create schema public`.execute(tx);
    });
  } catch (error) {
    throw isLockTimeout(error)
      ? new StartRefusal('A cairn command is at work on this database: start again when it is done.')
      : error;
  }
}

/**
 * Takes away every row, and leaves the schema as it is, for a process that goes on with it. All or nothing, and in
 * words as above where it may not be.
 */
export async function emptyTables(db: Database, { patienceMs = 10_000 } = {}): Promise<void> {
  try {
    await inTransaction(db, async (tx) => {
      await mustBePlayground(tx, patienceMs, 'it is not emptied.');
      const { rows } = await sql<{ name: string }>`
        select tablename as name from pg_tables
        where schemaname = 'public' and tablename not like 'kysely_%'`.execute(tx);
      const tables = sql.join(rows.map(({ name }) => sql.table(name)));
      await sql`truncate ${tables} restart identity cascade`.execute(tx);
    });
  } catch (error) {
    throw isLockTimeout(error)
      ? new StartRefusal('A cairn command is at work on this database: try again when it is done.')
      : error;
  }
}

async function mustBePlayground(tx: Tx, patienceMs: number, hence: string): Promise<void> {
  await sql`select set_config('lock_timeout', ${String(patienceMs)}, true)`.execute(tx);
  const workspace = await findRealWorkspace(tx);
  if (workspace === undefined) return;
  throw new StartRefusal(
    `This database holds the workspace ${workspace.name} (${workspace.id}), which is no playground, so ${hence}`,
  );
}

async function findRealWorkspace(tx: Tx): Promise<{ id: string; name: string } | undefined> {
  const { rows } = await sql<{ isThere: boolean }>`
    select to_regclass('public.workspaces') is not null as "isThere"`.execute(tx);
  if (rows[0]?.isThere !== true) return undefined;
  return await tx
    .selectFrom('workspaces')
    .select(['id', 'name'])
    .where('id', '!=', playgroundWorkspace.id)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** All but PostgreSQL's own. */
async function schemas(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace
    where nspname <> 'information_schema' and nspname !~ '^pg_'`.execute(tx);
  return rows.map(({ name }) => name);
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}
