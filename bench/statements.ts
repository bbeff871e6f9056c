import pg from 'pg';

/** Counts the statements that this process sends to PostgreSQL from now on; `stop` gives how many there were. */
export function countStatements(): { stop(): number } {
  const { query } = pg.Client.prototype;
  let count = 0;
  pg.Client.prototype.query = new Proxy(query, {
    apply(target, client, given) {
      count += 1;
      return Reflect.apply(target, client, given);
    },
  });
  return {
    stop() {
      pg.Client.prototype.query = query;
      return count;
    },
  };
}
