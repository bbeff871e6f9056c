import { type Kysely, sql } from 'kysely';

/** A workspace that is being set up is quiet: nobody is messaged but admins, and the teams that went live. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table workspaces add column quiet_since timestamptz`.execute(db);
  await sql`comment on column workspaces.quiet_since is
    'since when only admins and teams that went live are messaged; null: everybody is'`.execute(db);
  await sql`alter table teams add column live_at timestamptz`.execute(db);
  await sql`comment on column teams.live_at is
    'since when its people and its channel are messaged although the workspace is quiet'`.execute(db);
  await sql`create index teams_live on teams (workspace_id) where live_at is not null`.execute(db);

  // Asked of each reader who has something waiting, and only while a workspace is quiet.
  await sql`
    create function may_be_told(workspace text, person bigint, channel bigint) returns boolean language sql stable
    return
      not exists (select from workspaces w where w.id = workspace and w.quiet_since is not null)
      or exists (select from people p
        where p.workspace_id = workspace and p.id = person and (p.is_admin or p.is_slack_admin))
      or exists (select from teams t
        where t.workspace_id = workspace and t.live_at is not null
          and (t.lead_id = person or t.channel_id = channel))
      or exists (select from team_members m join teams t on t.id = m.team_id
        where m.workspace_id = workspace and m.person_id = person and t.live_at is not null)
      or exists (select from cadences c
        join cadence_teams chosen on chosen.cadence_id = c.id
        join teams t on t.id = chosen.team_id
        where c.workspace_id = workspace and c.channel_id = channel and c.state = 'active'
          and t.live_at is not null)
      or exists (select from workspaces w
        where w.id = workspace and channel in (w.product_operations_channel_id, w.leaders_channel_id)
          and exists (select from teams t where t.workspace_id = workspace and t.live_at is not null))`.execute(
    db,
  );
  await sql`comment on function may_be_told(text, bigint, bigint) is
    'whether a person or a channel may be messaged; always in a workspace that is not quiet'`.execute(db);

  await sql`
    create table setups (
      workspace_id text primary key references workspaces (id),
      ritual text not null,
      schedule text not null,
      timezone text not null,
      pilot_team_id bigint,
      saved_at timestamptz not null,
      saved_by bigint not null,
      foreign key (workspace_id, pilot_team_id) references teams (workspace_id, id),
      foreign key (workspace_id, saved_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table setups is 'the first ritual of a workspace, as its set-up has it'`.execute(db);
  await sql`comment on column setups.pilot_team_id is 'the team that went live first'`.execute(db);
  await sql`
    create table setup_rituals (
      workspace_id text not null references setups (workspace_id) on delete cascade,
      team_id bigint not null,
      cadence_id bigint not null unique,
      primary key (workspace_id, team_id),
      foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade,
      foreign key (workspace_id, cadence_id) references cadences (workspace_id, id)
    )`.execute(db);
  await sql`comment on table setup_rituals is 'by which cadence each team holds the ritual of the set-up'`.execute(
    db,
  );
}
