import { type Kysely, sql } from 'kysely';

/** Cycles, objectives and key results. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table cycles (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key text not null,
      starts_on date not null,
      ends_on date not null,
      check (ends_on >= starts_on),
      unique (workspace_id, id),
      unique (workspace_id, key)
    )`.execute(db);

  await sql`
    create table objectives (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key text not null,
      title text not null,
      cycle_id bigint not null,
      owner_id bigint,
      team_id bigint,
      reviewer_id bigint,
      supports_id bigint,
      position integer not null default 0,
      unique (workspace_id, id),
      unique (workspace_id, key),
      check (supports_id <> id),
      foreign key (workspace_id, cycle_id) references cycles (workspace_id, id),
      foreign key (workspace_id, owner_id) references people (workspace_id, id),
      foreign key (workspace_id, reviewer_id) references people (workspace_id, id),
      foreign key (workspace_id, team_id) references teams (workspace_id, id),
      foreign key (workspace_id, supports_id) references objectives (workspace_id, id)
    )`.execute(db);

  await sql`
    create table objective_needs (
      workspace_id text not null,
      objective_id bigint not null,
      team_id bigint not null,
      primary key (objective_id, team_id),
      foreign key (workspace_id, objective_id) references objectives (workspace_id, id),
      foreign key (workspace_id, team_id) references teams (workspace_id, id)
    )`.execute(db);

  await sql`
    create table key_results (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      objective_id bigint not null,
      key text not null,
      title text not null,
      owner_id bigint,
      backup_id bigint,
      type text not null check (type in ('number', 'percent', 'currency', 'milestone')),
      unit text,
      direction text not null check (direction in ('up', 'down', 'maintain')),
      start_value numeric,
      target_value numeric not null,
      current_value numeric,
      commitment text not null check (commitment in ('committed', 'aspirational')),
      position integer not null default 0,
      unique (workspace_id, id),
      unique (workspace_id, key),
      check (backup_id <> owner_id),
      foreign key (workspace_id, objective_id) references objectives (workspace_id, id),
      foreign key (workspace_id, owner_id) references people (workspace_id, id),
      foreign key (workspace_id, backup_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index key_results_objective on key_results (objective_id)`.execute(db);
  await sql`comment on column key_results.start_value is 'null: a baseline, the first answer sets it'`.execute(
    db,
  );
}
