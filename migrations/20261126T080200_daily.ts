import { type Kysely, sql } from 'kysely';

/** What several features want of somebody on one day comes in one direct message. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table daily_messages (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      person_id bigint not null,
      day date not null,
      message_id bigint,
      unique (workspace_id, id),
      unique (person_id, day),
      foreign key (workspace_id, person_id) references people (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`comment on table daily_messages is
    'the one direct message of a day, of the person''s own zone, that nobody asked for'`.execute(db);
  await sql`create index daily_messages_message on daily_messages (message_id)`.execute(db);
  await sql`
    create table daily_parts (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      person_id bigint not null,
      key text not null,
      at timestamptz not null,
      expires_at timestamptz,
      text text not null,
      blocks jsonb not null,
      is_nudge boolean not null default false,
      state text not null default 'waiting' check (state in ('waiting', 'said', 'over')),
      daily_message_id bigint,
      reason text,
      check ((state = 'said') = (daily_message_id is not null)),
      unique (workspace_id, key),
      foreign key (workspace_id, person_id) references people (workspace_id, id),
      foreign key (workspace_id, daily_message_id) references daily_messages (workspace_id, id)
    )`.execute(db);
  await sql`comment on table daily_parts is
    'what one feature says in it: waiting for its time, said in a message, or over and why'`.execute(db);
  await sql`create index daily_parts_waiting on daily_parts (workspace_id, at) where state = 'waiting'`.execute(
    db,
  );
  await sql`create index daily_parts_message on daily_parts (daily_message_id) where daily_message_id is not null`.execute(
    db,
  );
  await sql`alter table audit_prompts alter column message_id drop not null`.execute(db);
  await sql`comment on column audit_prompts.message_id is 'null: told by the direct message of the day'`.execute(
    db,
  );
}
