import { type Kysely, sql } from 'kysely';

/** Whoever stands in since somebody left has a message with buttons: a rock that has moved on since leaves it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table departure_rocks add column has_left_message boolean not null default false`.execute(
    db,
  );
  await sql`comment on column departure_rocks.has_left_message is
    'the message of who stood in says that the rock has moved on'`.execute(db);
  await sql`create index departure_rocks_in_message on departure_rocks (workspace_id)
    where acting_stint_id is not null and not has_left_message`.execute(db);
}
