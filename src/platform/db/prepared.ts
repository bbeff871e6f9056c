import { createHash } from 'node:crypto';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/** A connection prepares at most this many distinct statements, which bounds what the server keeps for it. */
const mostStatements = 300;

/**
 * The pool, with each parameterised statement prepared once a connection and then only bound. Planning the
 * ownership look-up takes Postgres several times as long as running it.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PreparingClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const known = clients.get(client) ?? new PreparingClient(client);
      clients.set(client, known);
      return known;
    },
  };
}

class PreparingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #names = new Map<string, string>();

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query(statement: string | PostgresCursor<unknown>, parameters: readonly unknown[] = []): unknown {
    if (typeof statement !== 'string') throw new Error('streaming is not used, so no cursor is configured');
    const values = [...parameters];
    const name = values.length === 0 ? undefined : this.#nameOf(statement);
    return name === undefined
      ? this.#client.query(statement, values)
      : this.#client.query({ name, text: statement, values });
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }

  #nameOf(statement: string): string | undefined {
    const known = this.#names.get(statement);
    if (known !== undefined || this.#names.size >= mostStatements) return known;
    const name = createHash('sha256').update(statement).digest('base64url');
    this.#names.set(statement, name);
    return name;
  }
}
