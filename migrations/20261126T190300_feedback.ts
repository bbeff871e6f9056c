import { type Kysely, sql } from 'kysely';

/** Once a quarter each ritual is asked about; and what its figures are reckoned from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ritual_rounds (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      cadence_id bigint not null,
      quarter text not null check (quarter ~ '^[0-9]{4}-Q[1-4]$'),
      asked_at timestamptz not null,
      close_at timestamptz not null check (close_at > asked_at),
      closed_at timestamptz,
      message_id bigint,
      unique (workspace_id, id),
      unique (cadence_id, quarter),
      foreign key (workspace_id, cadence_id) references cadences (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`create index ritual_rounds_open on ritual_rounds (workspace_id, close_at) where closed_at is null`.execute(
    db,
  );
  await sql`
    create table ritual_opinions (
      workspace_id text not null,
      round_id bigint not null,
      person_id bigint not null,
      verdict text check (verdict in ('keep', 'change', 'stop')),
      words text,
      said_at timestamptz,
      primary key (round_id, person_id),
      check ((verdict is null) = (said_at is null)),
      check (verdict is not null or words is null),
      foreign key (workspace_id, round_id) references ritual_rounds (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table ritual_opinions is 'who is asked about a ritual, and what they say of it'`.execute(
    db,
  );

  await sql`
    create table check_in_times (
      workspace_id text not null,
      occurrence_id bigint not null,
      person_id bigint not null,
      seconds integer not null check (seconds between 1 and 36000),
      primary key (occurrence_id, person_id),
      foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table check_in_times is 'for how long a check-in stood open before it was sent off'`.execute(
    db,
  );

  await sql`alter table daily_parts add column said_at timestamptz`.execute(db);
  await sql`comment on column daily_parts.said_at is 'when it was put into the message of a day; null: it was not, or was taken back unread'`.execute(
    db,
  );
}
