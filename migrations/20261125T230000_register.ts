import { type Kysely, sql } from 'kysely';

/** Rocks that are set down, retired or for few eyes; who may do what; who has left; what was asked in vain. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table rocks
      add column visibility text not null default 'workspace' check (visibility in ('workspace', 'team', 'people')),
      add column state text not null default 'active' check (state in ('active', 'set-down', 'retired')),
      add column set_down_by bigint,
      add column set_down_at timestamptz,
      add column set_down_reason text,
      add column look_again_on date,
      add column retired_at timestamptz,
      add column retired_reason text,
      add column successor_id bigint,
      add column changed_at timestamptz,
      add foreign key (workspace_id, set_down_by) references people (workspace_id, id),
      add foreign key (workspace_id, successor_id) references rocks (workspace_id, id),
      add constraint rocks_set_down check ((state = 'set-down') = (set_down_at is not null)),
      add constraint rocks_retired check ((state = 'retired') = (retired_at is not null)),
      add constraint rocks_no_own_successor check (successor_id <> id),
      add constraint rocks_successor check (successor_id is null or state = 'retired')`.execute(db);
  await sql`comment on column rocks.state is
    'set-down: the company chose not to carry it now, which is no gap; retired: it is over, and its names still lead to it'`.execute(
    db,
  );
  await sql`comment on column rocks.look_again_on is 'a rock that was set down is looked at again on this day of the workspace''s zone'`.execute(
    db,
  );
  await sql`comment on column rocks.successor_id is 'the rock that a retired one went into'`.execute(db);
  await sql`create index rocks_look_again on rocks (workspace_id, look_again_on) where state = 'set-down'`.execute(
    db,
  );

  await sql`
    create table rock_viewers (
      workspace_id text not null,
      rock_id bigint not null,
      person_id bigint not null,
      primary key (rock_id, person_id),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id) on delete cascade,
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table rock_viewers is 'who may see a rock whose visibility is people, besides those whom it concerns'`.execute(
    db,
  );

  await sql`
    create table rock_contributors (
      workspace_id text not null,
      rock_id bigint not null,
      person_id bigint not null,
      discipline text not null,
      primary key (rock_id, person_id, discipline),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id) on delete cascade,
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index rock_contributors_person on rock_contributors (workspace_id, person_id)`.execute(db);

  await sql`
    create table team_members (
      workspace_id text not null,
      team_id bigint not null,
      person_id bigint not null,
      primary key (team_id, person_id),
      foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade,
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index team_members_person on team_members (workspace_id, person_id)`.execute(db);

  await sql`
    alter table stints
      add column ended text check (ended in
        ('handed-over', 'assigned', 'taken-back', 'set-down', 'released', 'retired', 'given-up', 'imported', 'restored')),
      add column end_reason text,
      add constraint stints_ended check (ended is null or ended_at is not null),
      add unique (workspace_id, id)`.execute(db);
  await sql`comment on column stints.end_reason is 'why it ended, in the words of whoever ended it'`.execute(
    db,
  );
  await sql`create index stints_rock on stints (rock_id, began_at)`.execute(db);

  await sql`
    alter table people
      add column is_admin boolean not null default false,
      add column backpack_limit smallint check (backpack_limit between 1 and 500)`.execute(db);
  await sql`comment on column people.is_admin is 'named in /cairn setup; admins of Slack are admins without it'`.execute(
    db,
  );
  await sql`comment on column people.backpack_limit is 'the sum of weights that is enough for them; null: the workspace''s'`.execute(
    db,
  );
  await sql`
    alter table workspaces
      add column backpack_limit smallint not null default 15 check (backpack_limit between 1 and 500),
      add column release_after_hours smallint not null default 24 check (release_after_hours between 0 and 720),
      add column product_operations_channel_id bigint,
      add column leaders_channel_id bigint,
      add foreign key (id, product_operations_channel_id) references channels (workspace_id, id),
      add foreign key (id, leaders_channel_id) references channels (workspace_id, id)`.execute(db);

  await sql`
    create table departures (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      person_id bigint not null,
      noticed_at timestamptz not null,
      tell_at timestamptz not null,
      told_at timestamptz,
      released_at timestamptz,
      released_by bigint,
      returned_at timestamptz,
      unique (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id),
      foreign key (workspace_id, released_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`create unique index departures_current on departures (person_id) where returned_at is null`.execute(
    db,
  );
  await sql`create index departures_to_tell on departures (workspace_id, tell_at)
    where told_at is null and returned_at is null`.execute(db);
  await sql`comment on table departures is
    'people whom Slack deactivated; nothing is announced, and nothing of theirs moves before somebody releases it'`.execute(
    db,
  );
  await sql`
    create table departure_messages (
      workspace_id text not null,
      departure_id bigint not null,
      message_id bigint not null,
      primary key (departure_id, message_id),
      foreign key (workspace_id, departure_id) references departures (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`
    create table departure_rocks (
      workspace_id text not null,
      departure_id bigint not null,
      rock_id bigint not null,
      stint_id bigint not null,
      acting_stint_id bigint,
      primary key (departure_id, rock_id),
      foreign key (workspace_id, departure_id) references departures (workspace_id, id),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id),
      foreign key (workspace_id, stint_id) references stints (workspace_id, id),
      foreign key (workspace_id, acting_stint_id) references stints (workspace_id, id)
    )`.execute(db);
  await sql`comment on table departure_rocks is
    'what a release took from somebody: the stint that ended, and the acting one that began, so that both can be undone'`.execute(
    db,
  );

  await sql`
    alter table misses
      add column asker_id bigint,
      add column settled text check (settled in ('alias', 'rock', 'not-ours')),
      add column settled_at timestamptz,
      add column settled_by bigint,
      add column rock_id bigint,
      add foreign key (workspace_id, asker_id) references people (workspace_id, id),
      add foreign key (workspace_id, settled_by) references people (workspace_id, id),
      add foreign key (workspace_id, rock_id) references rocks (workspace_id, id),
      add constraint misses_settled check ((settled is null) = (settled_at is null)),
      add unique (workspace_id, id)`.execute(db);
  await sql`comment on column misses.asker_id is 'only of who pressed Tell me'`.execute(db);
  await sql`create index misses_open on misses (workspace_id, normal) where settled is null`.execute(db);
}
