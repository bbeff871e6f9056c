import { type Kysely, sql } from 'kysely';

/** People are shown by the name that they choose in Slack; a spreadsheet has them in full. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table people add column real_name text`.execute(db);
  await sql`comment on column people.real_name is 'in full, where Slack shows them by another name'`.execute(
    db,
  );
}
