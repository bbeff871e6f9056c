import type { Log } from '../log.ts';
import { openEmbeddedPostgres } from '../postgres/embedded.ts';
import { type Database, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

export type DatabaseChoice = { kind: 'url'; url: string } | { kind: 'embedded'; dataDir: string };

export type OpenedDatabase = {
  db: Database;
  /** The migrations that this opening ran. */
  migrations: string[];
  /** Closes the connections, and the embedded server where it is this process's to stop. */
  close(): Promise<void>;
};

/**
 * Opens the database that the configuration names, starting the embedded one where it names none, and brings
 * its schema to the newest migration. Throws when it cannot be reached; `reachProblem` has the words for that.
 */
export async function openMigrated(
  choice: DatabaseChoice,
  role: 'bot' | 'command',
  log: Log,
): Promise<OpenedDatabase> {
  const server =
    choice.kind === 'embedded' ? await openEmbeddedPostgres({ dataDir: choice.dataDir, role }) : null;
  const url = choice.kind === 'url' ? choice.url : (server?.connectionString ?? '');
  const db = openDatabase(url, { onIdleError: (err) => log.warn({ err }, 'a database connection broke') });
  const close = async (): Promise<void> => {
    await db.destroy();
    await server?.close();
  };
  try {
    const ran = await migrate(db);
    if (ran.length > 0) log.info({ migrations: ran }, 'the schema was brought up to date');
    return { db, migrations: ran, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ECONNRESET',
]);
/** Postgres's classes for a wrong password, a missing role and a missing database. */
const turnedAway = new Set(['28P01', '28000', '3D000']);

/** One line for an operator whose database cannot be reached; null when `error` is something else. */
export function reachProblem(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  const isReach =
    unreachable.has(code) ||
    turnedAway.has(code) ||
    /timeout exceeded when trying to connect/.test(error.message);
  if (!isReach) return null;
  const detail = inner instanceof Error && inner.message !== '' ? inner.message : code;
  return `The database cannot be reached (${detail}). Check DATABASE_URL and that PostgreSQL is running.`;
}
