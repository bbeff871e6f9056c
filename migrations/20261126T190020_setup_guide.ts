import { type Kysely, sql } from 'kysely';

/** The guided path of `/cairn setup`: where a workspace is on it, and which teams were made from Slack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table setup_paths (
      workspace_id text primary key references workspaces,
      begun_at timestamptz not null,
      begun_by_id bigint not null,
      step text not null default 'who' check (step in ('who', 'people', 'rocks', 'owners', 'starter', 'ritual')),
      moved_at timestamptz not null,
      moved_by_id bigint not null,
      who_said_at timestamptz,
      foreign key (workspace_id, begun_by_id) references people (workspace_id, id),
      foreign key (workspace_id, moved_by_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table setup_paths is 'where a workspace is on the guided path of /cairn setup'`.execute(
    db,
  );
  for (const [column, words] of [
    ['step', 'where the admins are, all of them together'],
    ['moved_at', 'when somebody last went from one step to another, and who it was'],
    ['who_said_at', 'when it was said who is an admin and where product operations and leaders meet'],
  ] as const) {
    await sql`comment on column setup_paths.${sql.ref(column)} is ${sql.lit(words)}`.execute(db);
  }

  await sql`
    create table team_proposals (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      made_at timestamptz not null,
      made_by_id bigint not null,
      teams jsonb not null,
      troubles jsonb not null,
      created_at timestamptz,
      unique (workspace_id, id),
      foreign key (workspace_id, made_by_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on column team_proposals.teams is 'as they were read from Slack, with what admins changed since'`.execute(
    db,
  );
  await sql`comment on column team_proposals.created_at is 'when its teams were created; null: they are not yet'`.execute(
    db,
  );
  await sql`create index team_proposals_open on team_proposals (workspace_id, made_at) where created_at is null`.execute(
    db,
  );

  await sql`
    create table setup_teams (
      workspace_id text not null,
      team_id bigint primary key,
      created_by_id bigint not null,
      created_at timestamptz not null,
      foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade,
      foreign key (workspace_id, created_by_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table setup_teams is
    'teams that the guided path created, which it can remove again while nothing rests on them'`.execute(db);
}
