import pg from 'pg';
import type { Log } from '../log.ts';
import { EmbeddedPostgresRefusal, openEmbeddedPostgres } from '../postgres/embedded.ts';
import { type Database, openDatabase } from './database.ts';
import { emptyDatabase } from './empty.ts';
import { migrate } from './migrate.ts';

export type DatabaseChoice =
  | { kind: 'url'; url: string }
  /** `isFresh`: begins empty, whatever is there. Nobody else's database is ever emptied. */
  | { kind: 'embedded'; dataDir: string; isFresh?: boolean };

export type OpenedDatabase = {
  db: Database;
  /** Its address, for a connection besides the pool. */
  url: string;
  /** The migrations that this opening ran. */
  migrations: string[];
  /** Closes the connections, and the embedded server where it is this process's to stop. */
  close(): Promise<void>;
};

/**
 * Opens the database that the configuration names, starting the embedded one where it names none, and brings
 * its schema to the newest migration. Throws when it cannot be reached; `databaseProblem` has the words for that;
 * and StartRefusal when it is to be empty and may not be emptied.
 */
export async function openMigrated(
  choice: DatabaseChoice,
  role: 'bot' | 'command',
  log: Log,
): Promise<OpenedDatabase> {
  const { db, url, close } = await openUnchanged(choice, role, log);
  try {
    // The embedded server is ours alone by now: a second bot has been refused before it comes here.
    if (choice.kind === 'embedded' && choice.isFresh) await emptyDatabase(db);
    const ran = await migrate(db);
    if (ran.length > 0) log.info({ migrations: ran }, 'the schema was brought up to date');
    return { db, url, migrations: ran, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The same with its schema as it is, for whoever only looks. */
export async function openUnchanged(
  choice: DatabaseChoice,
  role: 'bot' | 'command',
  log: Log,
): Promise<Omit<OpenedDatabase, 'migrations'>> {
  const server =
    choice.kind === 'embedded' ? await openEmbeddedPostgres({ dataDir: choice.dataDir, role }) : null;
  const url = choice.kind === 'url' ? choice.url : (server?.connectionString ?? '');
  const db = openDatabase(url, {
    // The driver's error holds the whole connection, with every statement that it has prepared.
    onIdleError: ({ message, ...error }) =>
      log.warn({ reason: message, code: 'code' in error ? error.code : null }, 'a database connection broke'),
  });
  const close = async (): Promise<void> => {
    await db.destroy();
    await server?.close();
  };
  return { db, url, close };
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ECONNRESET',
  'ERR_SOCKET_BAD_PORT',
]);
/** What `pg` says in words alone: a server that answers nothing, in time, or not with TLS. */
const unreachableWords =
  /timeout exceeded when trying to connect|terminated due to connection timeout|does not support SSL/;
/** Postgres's classes for a wrong password, a missing role, a missing database and no free connection. */
const turnedAway = new Set(['28P01', '28000', '3D000', '53300']);

/**
 * One line for an operator whose database cannot be used as it is; null for what is not theirs to mend. What
 * PostgreSQL refuses before it `isOpen` is about rights and versions.
 */
export function databaseProblem(error: unknown, isOpen: boolean): string | null {
  if (error instanceof EmbeddedPostgresRefusal) return error.message;
  if (!(error instanceof Error)) return null;
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  if (code === 'ERR_INVALID_URL') {
    return 'DATABASE_URL is not an address; write it as postgres://user:password@host:5432/name.';
  }
  if (unreachable.has(code) || turnedAway.has(code) || unreachableWords.test(error.message)) {
    const detail = inner instanceof Error && inner.message !== '' ? inner.message : code;
    return `The database cannot be reached (${detail}). Check DATABASE_URL and that PostgreSQL is running.`;
  }
  if (!isOpen && error instanceof pg.DatabaseError) {
    return `The database refused to be migrated (${error.message}). Check the rights of its user.`;
  }
  return null;
}
