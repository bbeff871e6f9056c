import { type Kysely, sql } from 'kysely';

/** Workspaces, and who and what Slack knows in them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists btree_gist`.execute(db);
  await sql`create extension if not exists pg_trgm`.execute(db);

  await sql`
    create table workspaces (
      id text primary key,
      name text not null,
      timezone text not null default 'UTC',
      clock_offset interval not null default '0',
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`comment on column workspaces.id is 'Slack''s team id'`.execute(db);
  await sql`comment on column workspaces.clock_offset is
    'company time minus database time; zero everywhere but in the playground'`.execute(db);

  await sql`
    create table people (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      handle text,
      email text,
      slack_id text,
      direct_channel text,
      name text not null,
      timezone text,
      kind text not null default 'member' check (kind in ('member', 'guest', 'bot', 'outsider')),
      is_slack_admin boolean not null default false,
      deactivated_at timestamptz,
      created_at timestamptz not null default now(),
      unique (workspace_id, id),
      unique (workspace_id, handle),
      unique (workspace_id, slack_id),
      check (handle is not null or slack_id is not null)
    )`.execute(db);
  await sql`create unique index people_email on people (workspace_id, lower(email))`.execute(db);
  await sql`comment on column people.handle is 'the short name of cairn.yaml'`.execute(db);
  await sql`comment on column people.slack_id is 'null until the person appears in Slack'`.execute(db);

  await sql`
    create table channels (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      slack_id text,
      name text not null,
      is_private boolean not null default false,
      has_cairn boolean not null default false,
      archived_at timestamptz,
      unique (workspace_id, id),
      unique (workspace_id, slack_id)
    )`.execute(db);
  await sql`create unique index channels_named on channels (workspace_id, name) where slack_id is null`.execute(
    db,
  );
  await sql`create index channels_name on channels (workspace_id, name)`.execute(db);

  await sql`
    create table teams (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key text not null,
      name text not null,
      lead_id bigint,
      channel_id bigint,
      unique (workspace_id, id),
      unique (workspace_id, key),
      foreign key (workspace_id, lead_id) references people (workspace_id, id),
      foreign key (workspace_id, channel_id) references channels (workspace_id, id)
    )`.execute(db);

  await sql`
    create table events (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      at timestamptz not null,
      actor text not null check (actor in ('person', 'clock', 'operator')),
      actor_id bigint,
      type text not null,
      subject_kind text not null,
      subject_id bigint not null,
      before jsonb,
      after jsonb,
      check ((actor = 'person') = (actor_id is not null)),
      foreign key (workspace_id, actor_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index events_subject on events (workspace_id, subject_kind, subject_id, id)`.execute(db);

  await sql`
    create table presses (
      workspace_id text not null references workspaces,
      key text not null,
      pressed_at timestamptz not null default now(),
      primary key (workspace_id, key)
    )`.execute(db);
  await sql`comment on table presses is
    'presses whose effect lies outside the database (a share): the key makes the second press of a double click do nothing'`.execute(
    db,
  );
}
