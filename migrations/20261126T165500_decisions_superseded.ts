import { type Kysely, sql } from 'kysely';

/** Each decision that is shown names those whose place it took: without an index that reads all of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index decisions_superseded on decisions (superseded_by_id)
    where superseded_by_id is not null`.execute(db);
}
