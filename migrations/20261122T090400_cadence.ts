import { type Kysely, sql } from 'kysely';

/** When rituals happen, and what happened of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table cadences (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key text not null,
      ritual text not null,
      channel_id bigint not null,
      schedule text not null,
      timezone text not null,
      period text not null check (period in ('slot', 'day', 'week', 'month', 'quarter')),
      cycle text not null default 'current',
      nudge_after text,
      close_after text,
      catch_up text not null default 'PT12H',
      state text not null default 'active' check (state in ('active', 'paused', 'ended')),
      next_due_at timestamptz,
      unique (workspace_id, id),
      unique (workspace_id, key),
      foreign key (workspace_id, channel_id) references channels (workspace_id, id)
    )`.execute(db);
  await sql`create index cadences_due on cadences (workspace_id, next_due_at) where state = 'active'`.execute(
    db,
  );
  await sql`comment on column cadences.period is
    'the largest period in which the schedule comes at most once: what one occurrence covers'`.execute(db);

  await sql`
    create table cadence_teams (
      workspace_id text not null,
      cadence_id bigint not null,
      team_id bigint not null,
      primary key (cadence_id, team_id),
      foreign key (workspace_id, cadence_id) references cadences (workspace_id, id),
      foreign key (workspace_id, team_id) references teams (workspace_id, id)
    )`.execute(db);

  await sql`
    create table occurrences (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      cadence_id bigint not null,
      name text not null,
      covers tsrange,
      due_at timestamptz not null,
      state text not null check (state in ('open', 'held', 'skipped', 'missed')),
      reason text,
      tz_version text not null,
      unique (workspace_id, id),
      foreign key (workspace_id, cadence_id) references cadences (workspace_id, id),
      check (state in ('open', 'held') or reason is not null),
      constraint occurrences_once exclude using gist (cadence_id with =, covers with &&)
    )`.execute(db);
  await sql`comment on column occurrences.covers is
    'local time of the cadence''s zone; null for one that was run by hand, which covers nothing'`.execute(db);
}
