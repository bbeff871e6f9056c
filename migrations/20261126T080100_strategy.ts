import { type Kysely, sql } from 'kysely';

/** The strategy in versions, who has read which, who writes it, and what hangs from its lines. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table strategy_lines (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key text not null check (key ~ '^[a-z0-9-]+$'),
      kind text not null check (kind in ('intent', 'initiative')),
      unique (workspace_id, id),
      unique (workspace_id, key)
    )`.execute(db);
  await sql`comment on table strategy_lines is
    'an intent or an initiative, the same one in every version; work hangs from it'`.execute(db);

  await sql`
    create table strategy_versions (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      number integer check (number > 0),
      vision text,
      changed_at timestamptz not null,
      published_at timestamptz,
      published_by bigint,
      unique (workspace_id, id),
      unique (workspace_id, number),
      check ((number is null) = (published_at is null)),
      check (published_by is null or published_at is not null),
      foreign key (workspace_id, published_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`create unique index strategy_versions_draft on strategy_versions (workspace_id) where number is null`.execute(
    db,
  );
  await sql`comment on column strategy_versions.number is 'null: the draft, which editors alone see; the highest one is in force'`.execute(
    db,
  );
  await sql`comment on column strategy_versions.published_by is 'null: an operator, with a file'`.execute(db);

  await sql`
    create table strategy_wordings (
      workspace_id text not null,
      version_id bigint not null,
      line_id bigint not null,
      parent_id bigint,
      title text not null,
      rank integer not null check (rank > 0),
      owner_id bigint,
      measure text,
      horizon text,
      not_doing text[] not null default '{}',
      problem text,
      metric text,
      primary key (version_id, line_id),
      unique (workspace_id, version_id, line_id),
      check (parent_id <> line_id),
      foreign key (workspace_id, version_id) references strategy_versions (workspace_id, id),
      foreign key (workspace_id, line_id) references strategy_lines (workspace_id, id),
      foreign key (workspace_id, version_id, parent_id)
        references strategy_wordings (workspace_id, version_id, line_id)
        deferrable initially deferred,
      foreign key (workspace_id, owner_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index strategy_wordings_line on strategy_wordings (line_id)`.execute(db);
  await sql`comment on table strategy_wordings is 'a line as a version has it; a line without one there is not in it'`.execute(
    db,
  );
  await sql`comment on column strategy_wordings.parent_id is 'the intent of an initiative'`.execute(db);
  await sql`comment on column strategy_wordings.rank is 'of an intent among intents, of an initiative in its intent; 1 comes first'`.execute(
    db,
  );

  await sql`
    create table strategy_editors (
      workspace_id text not null,
      person_id bigint not null,
      primary key (workspace_id, person_id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table strategy_editors is 'who writes the strategy besides admins'`.execute(db);

  await sql`
    create table strategy_postings (
      workspace_id text not null,
      version_id bigint not null,
      channel_id bigint not null,
      message_id bigint not null,
      primary key (version_id, channel_id),
      foreign key (workspace_id, version_id) references strategy_versions (workspace_id, id),
      foreign key (workspace_id, channel_id) references channels (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);

  await sql`
    create table strategy_readings (
      workspace_id text not null,
      version_id bigint not null,
      person_id bigint not null,
      read_at timestamptz not null,
      primary key (version_id, person_id),
      foreign key (workspace_id, version_id) references strategy_versions (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);

  await sql`
    alter table objectives
      add column line_id bigint,
      add foreign key (workspace_id, line_id) references strategy_lines (workspace_id, id),
      add constraint objectives_one_support check (supports_id is null or line_id is null)`.execute(db);
  await sql`comment on column objectives.line_id is 'the intent or initiative that it supports, where it supports no other objective'`.execute(
    db,
  );
  await sql`create index objectives_line on objectives (line_id) where line_id is not null`.execute(db);
  await sql`
    alter table rocks
      add column line_id bigint,
      add foreign key (workspace_id, line_id) references strategy_lines (workspace_id, id)`.execute(db);
  await sql`comment on column rocks.line_id is 'the intent or initiative that it supports'`.execute(db);
  await sql`create index rocks_line on rocks (line_id) where line_id is not null`.execute(db);

  await sql`
    create view strategy_in_force as
      select l.workspace_id, l.id, l.key, l.kind, w.title, w.parent_id, w.rank
      from strategy_lines l
      join strategy_wordings w on w.line_id = l.id
      where w.version_id = (select v.id from strategy_versions v
        where v.workspace_id = l.workspace_id and v.number is not null order by v.number desc limit 1)`.execute(
    db,
  );
  await sql`comment on view strategy_in_force is 'the lines of the latest published version'`.execute(db);

  await sql`
    create function sees_objective(objective objectives, viewer bigint) returns boolean
      language plpgsql stable parallel safe as $$
      begin
        return objective.visibility = 'workspace'
          or coalesce(viewer in (objective.owner_id, objective.reviewer_id, objective.created_by), false)
          or exists (select from people p where p.workspace_id = objective.workspace_id and p.id = viewer
            and (p.is_admin or p.is_slack_admin))
          or exists (select from key_results k
            where k.objective_id = objective.id and viewer in (k.owner_id, k.backup_id))
          or exists (select from teams t where t.id = objective.team_id and t.lead_id = viewer)
          or (objective.visibility = 'team' and exists (
            select from team_members m where m.team_id = objective.team_id and m.person_id = viewer))
          or (objective.visibility = 'people' and exists (
            select from objective_viewers v where v.objective_id = objective.id and v.person_id = viewer));
      end
    $$`.execute(db);
  await sql`comment on function sees_objective is
    'whether a person may see an objective: those whom it concerns, admins, and whom its visibility names'`.execute(
    db,
  );
}
