import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { preparing } from './prepared.ts';
import type { Tables, Views } from './tables.ts';

/** Reads take a `Database`; whatever writes takes a `Tx`, so that nothing is saved outside a transaction. */
export type Database = Kysely<Tables & Views>;
export type Tx = Transaction<Tables & Views>;

/** PostgreSQL's own number of bigint[], which pg has no name for; ours hold no nulls. */
const int8Array = 1016;

/** Column types whose JavaScript form of `pg` would lose something. */
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [int8Array, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number))],
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.DATE, (text) => Temporal.PlainDate.from(text)],
  [pg.types.builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text)],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
};

/**
 * Longer than any transaction here thinks between two statements, in milliseconds. A process that stands still in the
 * middle of one would hold its locks, and with them every other process, for as long as it stands.
 */
const longestIdleMs = 10_000;

/**
 * Opens a pool on `url`. Nothing is connected until the first query.
 * `onIdleError` hears of connections that broke while nobody used them; the pool replaces them by itself.
 */
export function openDatabase(
  url: string,
  options: { connections?: number; onIdleError?: (error: Error) => void } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    idle_in_transaction_session_timeout: longestIdleMs,
    application_name: 'cairn',
    types,
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  // One that breaks under a query fails the query; heard by nobody, it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Tables & Views>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
}
