import { type Kysely, sql } from 'kysely';

/** Leaving a ritual, with a reason, and coming back to it; snoozes keep their reason as well. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ritual_leavings (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      cadence_id bigint not null,
      person_id bigint not null,
      reason text not null check (reason in ('area', 'often', 'elsewhere')),
      left_at timestamptz not null,
      returned_at timestamptz,
      check (returned_at >= left_at),
      foreign key (workspace_id, cadence_id) references cadences (workspace_id, id) on delete cascade,
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table ritual_leavings is 'who is not asked by a cadence any more, by their own word'`.execute(
    db,
  );
  await sql`create unique index ritual_leavings_current on ritual_leavings (cadence_id, person_id)
    where returned_at is null`.execute(db);
  await sql`create index ritual_leavings_since on ritual_leavings (workspace_id, left_at)`.execute(db);
  await sql`create index ritual_leavings_person on ritual_leavings (workspace_id, person_id)
    where returned_at is null`.execute(db);
  await sql`alter table prompts add column snooze_reason text
    check (snooze_reason in ('busy', 'numbers'))`.execute(db);
  await sql`comment on column prompts.snooze_reason is 'why it was put off the last time; null: not said'`.execute(
    db,
  );
}
