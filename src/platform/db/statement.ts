import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';

/**
 * A statement whose text never changes, with parameters as $1, $2, …: built once in the process and prepared
 * once a connection. For the few that people wait for; everything else is clearer with Kysely's builder.
 */
export function statement<Row>(text: string): (db: Database, ...parameters: unknown[]) => Promise<Row[]> {
  const compiled: CompiledQuery<Row> = CompiledQuery.raw(text);
  return async (db, ...parameters) => {
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  };
}
