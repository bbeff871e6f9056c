import { type Kysely, sql } from 'kysely';

/** Who left is looked for with every beat, and few of a company have. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index people_left on people (workspace_id) where deactivated_at is not null`.execute(db);
}
