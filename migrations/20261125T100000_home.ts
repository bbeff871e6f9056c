import { type Kysely, sql } from 'kysely';

/** The Homes that people have opened, and whether they still show what is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table homes (
      workspace_id text not null,
      person_id bigint not null,
      page integer not null default 1 check (page > 0),
      wanted_revision integer not null default 1,
      shown_revision integer not null default 0,
      shown text,
      leased_until timestamptz,
      not_before timestamptz,
      primary key (workspace_id, person_id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index homes_to_publish on homes (workspace_id) where shown_revision < wanted_revision`.execute(
    db,
  );
  await sql`comment on column homes.wanted_revision is
    'counted up by whatever changes what the person''s Home says, in the transaction of the change'`.execute(
    db,
  );
  await sql`comment on column homes.shown is 'a digest of what was last published; null: publish whatever it is'`.execute(
    db,
  );
  await sql`comment on column homes.not_before is 'machine time: Slack asked to wait, or the last try failed'`.execute(
    db,
  );
  await sql`create index rock_backups_person on rock_backups (workspace_id, person_id)`.execute(db);
}
