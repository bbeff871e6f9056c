import { type Kysely, sql } from 'kysely';

/** An action that nobody needs any more says why; its words are for the two whom it concerns. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table actions add column why_dropped text,
      add constraint actions_why_dropped check (why_dropped is null or state = 'dropped')`.execute(db);
}
