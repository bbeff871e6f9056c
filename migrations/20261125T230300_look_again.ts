import { type Kysely, sql } from 'kysely';

/** Whether somebody was asked to look again at a rock that was set down. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rocks add column looked_again_on date`.execute(db);
  await sql`comment on column rocks.looked_again_on is
    'the look_again_on of which those whom it concerns have been told; another day is told of anew'`.execute(
    db,
  );
}
