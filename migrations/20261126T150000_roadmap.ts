import { type Kysely, sql } from 'kysely';

/** The roadmap: what is worked on now, next and later, what became of it, and what it needs of other teams. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table roadmap_items (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key text not null,
      title text not null,
      summary text,
      horizon text not null check (horizon in ('now', 'next', 'later', 'shipped', 'stopped')),
      position integer not null default 0,
      owner_id bigint,
      team_id bigint,
      rock_id bigint,
      objective_id bigint,
      line_id bigint,
      impact smallint check (impact between 1 and 5),
      effort smallint check (effort between 1 and 5),
      alignment smallint check (alignment between 1 and 5),
      due_on date,
      first_due_on date,
      slips integer not null default 0,
      moved_at timestamptz not null,
      why_stopped text,
      outcome text check (outcome in ('moved', 'too-early', 'not-moved')),
      outcome_words text,
      outcome_at timestamptz,
      outcome_by bigint,
      created_at timestamptz not null,
      created_by bigint,
      unique (workspace_id, key),
      unique (workspace_id, id),
      check (num_nonnulls(objective_id, line_id) <= 1),
      check (due_on is null or horizon in ('now', 'shipped', 'stopped')),
      check (due_on is null or first_due_on is not null),
      check (why_stopped is null or horizon = 'stopped'),
      check (outcome is null or horizon = 'shipped'),
      check ((outcome is null) = (outcome_at is null)),
      foreign key (workspace_id, owner_id) references people (workspace_id, id),
      foreign key (workspace_id, team_id) references teams (workspace_id, id),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id),
      foreign key (workspace_id, objective_id) references objectives (workspace_id, id),
      foreign key (workspace_id, line_id) references strategy_lines (workspace_id, id),
      foreign key (workspace_id, outcome_by) references people (workspace_id, id),
      foreign key (workspace_id, created_by) references people (workspace_id, id)
    )`.execute(db);
  const comments: [string, string][] = [
    ['due_on', 'in now alone; what has shipped or was stopped keeps its last one'],
    ['first_due_on', 'the date that was promised first, also after it went back to next or later'],
    ['slips', 'how often the date moved to a later one; roadmap_slips has each'],
    ['moved_at', 'company time: since when it is in its horizon'],
    ['line_id', 'the line of the strategy that it supports; objective_id where it supports an objective'],
    ['outcome', 'asked after it has shipped: did it move the number?'],
  ];
  for (const [column, comment] of comments)
    await sql`comment on column roadmap_items.${sql.ref(column)} is ${sql.lit(comment)}`.execute(db);
  await sql`create index roadmap_items_horizon on roadmap_items (workspace_id, horizon)`.execute(db);
  await sql`create index roadmap_items_owner on roadmap_items (workspace_id, owner_id)`.execute(db);
  await sql`create index roadmap_items_rock on roadmap_items (rock_id) where rock_id is not null`.execute(db);

  await sql`
    create table roadmap_needs (
      workspace_id text not null,
      item_id bigint not null,
      team_id bigint not null,
      primary key (item_id, team_id),
      foreign key (workspace_id, item_id) references roadmap_items (workspace_id, id),
      foreign key (workspace_id, team_id) references teams (workspace_id, id)
    )`.execute(db);
  await sql`create index roadmap_needs_team on roadmap_needs (team_id)`.execute(db);
  await sql`
    create table roadmap_slips (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      item_id bigint not null,
      at timestamptz not null,
      from_on date not null,
      to_on date not null,
      by_id bigint,
      why text,
      check (to_on > from_on),
      foreign key (workspace_id, item_id) references roadmap_items (workspace_id, id),
      foreign key (workspace_id, by_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index roadmap_slips_item on roadmap_slips (item_id, at)`.execute(db);
}
