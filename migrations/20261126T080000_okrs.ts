import { type Kysely, sql } from 'kysely';

/** Cycles that go from draft to closed, objectives and key results with their health, their grades and what became of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table cycles
      add column state text not null default 'active'
        check (state in ('draft', 'active', 'grading', 'closed')),
      add column parent_id bigint,
      add column changed_at timestamptz,
      add check (parent_id <> id),
      add foreign key (workspace_id, parent_id) references cycles (workspace_id, id)`.execute(db);
  await sql`comment on column cycles.parent_id is 'the year that a quarter lies in'`.execute(db);

  await sql`
    alter table objectives
      add column state text not null default 'active' check (state in ('active', 'done', 'carried', 'dropped')),
      add column why_dropped text,
      add column carried_from_id bigint,
      add column visibility text not null default 'workspace'
        check (visibility in ('workspace', 'team', 'people')),
      add column created_at timestamptz not null default now(),
      add column created_by bigint,
      add foreign key (workspace_id, carried_from_id) references objectives (workspace_id, id),
      add foreign key (workspace_id, created_by) references people (workspace_id, id)`.execute(db);
  await sql`comment on column objectives.state is
    'what became of it: carried over into the next cycle, dropped on the way, or done with its cycle'`.execute(
    db,
  );
  await sql`create index objectives_cycle on objectives (cycle_id)`.execute(db);
  await sql`create index objectives_supports on objectives (supports_id) where supports_id is not null`.execute(
    db,
  );

  await sql`
    create table objective_viewers (
      workspace_id text not null,
      objective_id bigint not null,
      person_id bigint not null,
      primary key (objective_id, person_id),
      foreign key (workspace_id, objective_id) references objectives (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);

  await sql`
    alter table key_results
      add column state text not null default 'active' check (state in ('active', 'done', 'carried', 'dropped')),
      add column why_dropped text,
      add column ended_at timestamptz,
      add column carried_from_id bigint,
      add column due_on date,
      add column first_due_on date,
      add column slips integer not null default 0,
      add column confidence smallint check (confidence between 0 and 10),
      add column answered_at timestamptz,
      add column health_overruled text check (health_overruled in ('on-track', 'at-risk', 'off-track')),
      add column health_words text,
      add column outdated_since timestamptz,
      add column score numeric check (score between 0 and 1),
      add column grade_words text,
      add column graded_by bigint,
      add column graded_at timestamptz,
      add column created_at timestamptz not null default now(),
      add check ((health_overruled is null) = (health_words is null)),
      add check ((score is null) = (graded_at is null)),
      add check ((due_on is null) = (first_due_on is null)),
      add foreign key (workspace_id, carried_from_id) references key_results (workspace_id, id),
      add foreign key (workspace_id, graded_by) references people (workspace_id, id)`.execute(db);
  await sql`create index key_results_owner on key_results (workspace_id, owner_id)`.execute(db);
  const comments: [string, string][] = [
    ['first_due_on', 'the date that was promised first; due_on may slip, and slips counts how often'],
    ['confidence', 'of the last answer'],
    [
      'health_overruled',
      'said by the person against what confidence says, with words; until the next answer',
    ],
    ['outdated_since', 'company time: asked and reminded, and nobody answered; an answer clears it'],
    ['score', '0.0 to 1.0, given when the cycle is graded'],
  ];
  for (const [column, comment] of comments) {
    await sql`comment on column key_results.${sql.ref(column)} is ${sql.lit(comment)}`.execute(db);
  }

  await sql`
    create table target_changes (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      key_result_id bigint not null,
      changed_at timestamptz not null,
      changed_by bigint,
      old_target numeric not null,
      new_target numeric not null,
      reason text,
      foreign key (workspace_id, key_result_id) references key_results (workspace_id, id),
      foreign key (workspace_id, changed_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index target_changes_key_result on target_changes (key_result_id)`.execute(db);
}
