import { type Kysely, sql } from 'kysely';

/** Each owner is asked once whether what an import lists as theirs is theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table proposals (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      person_id bigint not null,
      listed_at timestamptz not null,
      asked_at timestamptz,
      nudge_at timestamptz,
      shown text,
      ended_at timestamptz,
      check (asked_at is not null or nudge_at is null),
      unique (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table proposals is 'the question to a person whether what an import lists as theirs is theirs'`.execute(
    db,
  );
  await sql`comment on column proposals.asked_at is 'from when on it is said; null: they cannot be asked yet'`.execute(
    db,
  );
  await sql`comment on column proposals.shown is 'the counts that its message says; null: it has none'`.execute(
    db,
  );
  await sql`comment on column proposals.ended_at is 'since when nothing is left of it'`.execute(db);
  // One that waits and one that was asked, at most.
  await sql`create unique index proposals_waiting on proposals (workspace_id, person_id)
    where ended_at is null and asked_at is null`.execute(db);
  await sql`create unique index proposals_asked on proposals (workspace_id, person_id)
    where ended_at is null and asked_at is not null`.execute(db);
  await sql`create index proposals_person on proposals (workspace_id, person_id)`.execute(db);

  await sql`
    create table proposal_rocks (
      workspace_id text not null,
      proposal_id bigint not null,
      stint_id bigint primary key,
      suggested_id bigint,
      foreign key (workspace_id, stint_id) references stints (workspace_id, id) on delete cascade,
      foreign key (workspace_id, proposal_id) references proposals (workspace_id, id) on delete cascade,
      foreign key (workspace_id, suggested_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table proposal_rocks is 'what a question lists: a stint that nobody had confirmed'`.execute(
    db,
  );
  await sql`comment on column proposal_rocks.suggested_id is 'who carries it, as whoever says that it is not theirs thinks'`.execute(
    db,
  );
  await sql`create index proposal_rocks_proposal on proposal_rocks (proposal_id)`.execute(db);
  await sql`create index stints_unconfirmed on stints (workspace_id, person_id)
    where ended_at is null and confirmed_at is null`.execute(db);
}
