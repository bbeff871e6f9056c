import pg from 'pg';
import { accepted, type Refusal, type Result } from '../../platform/core/result.ts';
import { within } from '../../platform/core/within.ts';
import { longestQuerySeconds, queryRefusal, readRows } from './core/query-failure.ts';

/** The databases that the operator's environment names, for reading alone. */
export type Connections = {
  /** In the order of the alphabet. */
  names: readonly string[];
  /** Runs one query, in a transaction that may only read, and gives its one number; or why not, for people. */
  query(name: string, text: string): Promise<Result<number>>;
  close(): Promise<void>;
};

/** As many queries of one database run at once; few, since it is somebody else's. */
const mostAtOnce = 4;
const connectMs = 5_000;
/** Longer than Postgres lets a query run: for a server that does not keep its own time any more. */
const longestMs = (longestQuerySeconds + 2) * 1000;
const longestMessage = 300;

/**
 * Opens pools of their own, apart from Cairn's, by the NAMEs of CAIRN_SQL_NAME. Nothing is connected until the first query.
 * What goes wrong with a connection is told without its address.
 */
export function openConnections(addresses: Readonly<Record<string, string>>): Connections {
  const pools = new Map<string, pg.Pool>();

  function poolOf(name: string): pg.Pool | null {
    const connectionString = Object.hasOwn(addresses, name) ? addresses[name] : undefined;
    if (connectionString === undefined) return null;
    const known = pools.get(name);
    if (known !== undefined) return known;
    const pool = new pg.Pool({
      connectionString,
      max: mostAtOnce,
      connectionTimeoutMillis: connectMs,
      application_name: 'cairn numbers',
    });
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    pools.set(name, pool);
    return pool;
  }

  return {
    names: Object.keys(addresses).sort(),
    async query(name, text) {
      const pool = poolOf(name);
      if (pool === null) {
        return no(
          'unknown',
          `There is no connection called ${name} any more. An operator names them (CAIRN_SQL_${name}).`,
        );
      }
      let client: pg.PoolClient;
      try {
        client = await pool.connect();
      } catch (error) {
        return connectRefusal(name, error);
      }
      try {
        const read = await within(longestMs, readOnly(client, text));
        return read?.value ?? no('silent', `The connection ${name} stopped answering.`);
      } catch (error) {
        return failureOf(name, error);
      } finally {
        // A query can leave something behind that outlives its transaction, such as a lock: no connection is used twice.
        client.release(true);
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

/**
 * A line for each connection that gives no number, with the mend, for `cairn doctor`; none when all answer. It asks all at
 * once, and none longer than a query may take.
 */
export async function connectionProblems(addresses: Readonly<Record<string, string>>): Promise<string[]> {
  const connections = openConnections(addresses);
  try {
    const asked = connections.names.map(async (name) => {
      const answer = await connections.query(name, 'select 1');
      if (answer.ok) return [];
      const mend =
        answer.code === 'turned-away'
          ? 'the database does not let Cairn in: check the user and the password'
          : 'the database does not answer: check the address, and that this machine reaches it';
      return [`CAIRN_SQL_${name}: ${mend}`];
    });
    return (await Promise.all(asked)).flat();
  } finally {
    await connections.close();
  }
}

async function readOnly(client: pg.PoolClient, text: string): Promise<Result<number>> {
  await client.query('begin transaction read only');
  // A select, so that the transaction has begun to read, after which nothing in the query can let it write.
  await client.query("select set_config('statement_timeout', $1, true)", [`${longestQuerySeconds}s`]);
  const read = readRows(await firstRows(client, text));
  return 'value' in read ? accepted(read.value) : read;
}

/** The first two rows, as text. The protocol for prepared statements takes one statement alone, which a name asks for. */
async function firstRows(client: pg.PoolClient, text: string): Promise<(string | null)[][]> {
  return await new Promise((resolve, reject) => {
    const rows: (string | null)[][] = [];
    const asText = { getTypeParser: () => (value: unknown) => (value === null ? null : String(value)) };
    const query = client.query(new pg.Query({ name: 'source', text, types: asText }));
    query.on('row', (row: Record<string, string | null>, result) => {
      // By the columns: two of the same name are one in the row.
      rows.push((result?.fields ?? []).map(({ name }) => row[name] ?? null));
      if (rows.length === 2) resolve(rows);
    });
    query.on('end', () => resolve(rows));
    query.on('error', reject);
  });
}

function failureOf(name: string, error: unknown): Refusal {
  if (!(error instanceof pg.DatabaseError)) return no('silent', `The connection ${name} stopped answering.`);
  const { code, routine } = error;
  return queryRefusal({ code, routine, message: error.message.slice(0, longestMessage) });
}

function connectRefusal(name: string, error: unknown): Refusal {
  const isTurnedAway = error instanceof pg.DatabaseError && error.code?.startsWith('28') === true;
  return isTurnedAway
    ? no('turned-away', `The connection ${name} does not let Cairn in. An operator can mend it.`)
    : no('silent', `The connection ${name} does not answer. An operator can mend it.`);
}

function no(code: string, words: string): Refusal {
  return { ok: false, code, words, field: 'connection' };
}
