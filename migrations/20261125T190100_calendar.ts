import { type Kysely, sql } from 'kysely';

/** When people work, which days are holidays, and what a cadence needs to be kept from Slack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table workspaces
      add column holiday_country text,
      add column holiday_state text,
      add column holiday_region text,
      add check (holiday_country is not null or holiday_state is null),
      add check (holiday_state is not null or holiday_region is null)`.execute(db);
  await sql`
    create table company_days (
      workspace_id text not null references workspaces,
      day date not null,
      name text not null,
      primary key (workspace_id, day)
    )`.execute(db);
  await sql`comment on table company_days is 'days on which the company does not work, besides the public holidays'`.execute(
    db,
  );

  await sql`
    alter table people add column working_days smallint[],
      add check (working_days <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[] and cardinality(working_days) > 0)`.execute(
    db,
  );
  await sql`comment on column people.working_days is 'weekdays, Monday is 1; null: Monday to Friday'`.execute(
    db,
  );
  await sql`
    create table absences (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      person_id bigint not null,
      starts_on date not null,
      ends_on date not null,
      unique (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id),
      check (starts_on <= ends_on)
    )`.execute(db);
  await sql`create index absences_person on absences (person_id, ends_on)`.execute(db);
  await sql`comment on table absences is 'when somebody is away: whole days of their own zone, both included'`.execute(
    db,
  );

  await sql`
    alter table cadences
      add column starts_on date,
      add column on_holiday text not null default 'hold' check (on_holiday in ('hold', 'skip', 'previous', 'next')),
      add column created_by bigint,
      add column pause_reason text,
      add column paused_at timestamptz,
      add column tz_version text,
      add foreign key (workspace_id, created_by) references people (workspace_id, id)`.execute(db);
  await sql`comment on column cadences.starts_on is
    'the first day on which it may happen; every second week and the like are counted from its week'`.execute(
    db,
  );
  await sql`comment on column cadences.created_by is 'who set it up in Slack; null: an operator''s file'`.execute(
    db,
  );
  await sql`comment on column cadences.paused_at is 'company time'`.execute(db);
  await sql`comment on column cadences.tz_version is 'the tz database that next_due_at was reckoned with'`.execute(
    db,
  );
  // Many are due at one moment; a batch goes on behind the last one of the batch before.
  await sql`drop index cadences_due`.execute(db);
  await sql`
    create index cadences_due on cadences (workspace_id, next_due_at, id) where state = 'active'`.execute(db);
  await sql`
    create index cadences_reckoned on cadences (workspace_id, (coalesce(tz_version, '') collate "C"), id)
    where state = 'active' and next_due_at is not null`.execute(db);
  await sql`create index cadences_channel on cadences (channel_id) where state = 'active'`.execute(db);

  await sql`
    alter table occurrences
      add column planned_at timestamptz,
      add column close_at timestamptz,
      add column closed_at timestamptz,
      add column by_person_id bigint,
      add foreign key (workspace_id, by_person_id) references people (workspace_id, id)`.execute(db);
  await sql`comment on column occurrences.planned_at is 'company time; later than due_at after an outage'`.execute(
    db,
  );
  await sql`comment on column occurrences.close_at is 'company time: it ends then, answered or not'`.execute(
    db,
  );
  await sql`comment on column occurrences.by_person_id is 'who ran or skipped it by hand'`.execute(db);
  await sql`
    create unique index occurrences_by_hand on occurrences (cadence_id, name) where covers is null`.execute(
    db,
  );
  await sql`comment on index occurrences_by_hand is 'two presses of one minute are one run'`.execute(db);
  await sql`
    create index occurrences_closing on occurrences (workspace_id, close_at)
    where state = 'open' and close_at is not null`.execute(db);
  await sql`create index occurrences_open on occurrences (cadence_id) where state = 'open'`.execute(db);
  await sql`create index occurrences_cadence on occurrences (cadence_id, due_at)`.execute(db);

  await sql`
    alter table prompts add column nudge_message_id bigint,
      add foreign key (workspace_id, nudge_message_id) references messages (workspace_id, id)`.execute(db);
  await sql`alter table check_in_runs add column away integer not null default 0`.execute(db);
  await sql`comment on column check_in_runs.away is
    'people who would have been asked, were they not away on that day'`.execute(db);
}
