import { type Kysely, sql } from 'kysely';

/** The register of rocks, who carries each since when, and the lookups that found nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rocks (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key text not null check (key ~ '^[a-z0-9-]+$'),
      name text not null,
      summary text,
      type text not null default 'area' check (type in ('area', 'activity')),
      discipline text,
      importance text check (importance in
        ('critical', 'very-important', 'important', 'nice-to-have', 'not-important')),
      weight smallint not null default 1 check (weight between 1 and 5),
      team_id bigint,
      channel_id bigint,
      created_at timestamptz not null,
      unique (workspace_id, id),
      unique (workspace_id, key),
      foreign key (workspace_id, team_id) references teams (workspace_id, id),
      foreign key (workspace_id, channel_id) references channels (workspace_id, id)
    )`.execute(db);
  await sql`create index rocks_channel on rocks (workspace_id, channel_id)`.execute(db);

  await sql`
    create table rock_names (
      workspace_id text not null,
      rock_id bigint not null,
      kind text not null check (kind in ('key', 'name', 'alias')),
      position smallint not null default 0,
      name text not null,
      normal text not null,
      primary key (rock_id, kind, position),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on column rock_names.normal is
    'the name as it is compared: without case, accents, hyphens and plural'`.execute(db);
  await sql`create index rock_names_normal on rock_names (workspace_id, normal)`.execute(db);
  await sql`create unique index rock_names_alias on rock_names (workspace_id, normal) where kind = 'alias'`.execute(
    db,
  );
  await sql`create index rock_names_trigrams on rock_names using gin (normal gin_trgm_ops)`.execute(db);

  await sql`
    create table rock_links (
      workspace_id text not null,
      rock_id bigint not null,
      position smallint not null,
      label text not null,
      url text not null check (url ~ '^https?://'),
      place text not null,
      primary key (rock_id, position),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on column rock_links.place is
    'the url as it is compared: host and path, without scheme, query and trailing slash'`.execute(db);
  await sql`create index rock_links_place on rock_links (workspace_id, place)`.execute(db);

  await sql`
    create table rock_backups (
      workspace_id text not null,
      rock_id bigint not null,
      person_id bigint not null,
      position smallint not null,
      primary key (rock_id, person_id),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id) on delete cascade,
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);

  await sql`
    create table stints (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      rock_id bigint not null,
      person_id bigint not null,
      began text not null check (began in ('created', 'claimed', 'handoff', 'assigned', 'acting')),
      began_at timestamptz not null,
      confirmed_at timestamptz,
      ended_at timestamptz,
      check (ended_at >= began_at),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create unique index stints_current on stints (rock_id) where ended_at is null`.execute(db);
  await sql`create index stints_person on stints (workspace_id, person_id) where ended_at is null`.execute(
    db,
  );

  await sql`
    create table misses (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      query text not null,
      normal text not null,
      asked_at timestamptz not null
    )`.execute(db);
  await sql`create index misses_normal on misses (workspace_id, normal)`.execute(db);
}
