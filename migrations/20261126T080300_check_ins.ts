import { type Kysely, sql } from 'kysely';

/** Check-ins that can be late, changed, snoozed, handed on and left open, and what their answers say besides numbers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table check_ins
      add column health text check (health in ('on-track', 'at-risk', 'off-track')),
      add column health_words text,
      add column doubt_words text,
      add column due_on date,
      add column slip_words text,
      add column is_late boolean not null default false,
      add column is_unchanged boolean not null default false,
      add column changed_at timestamptz,
      add check ((health is null) = (health_words is null))`.execute(db);
  await sql`alter table check_ins alter column occurrence_id drop not null,
      add column is_early boolean not null default false,
      add check (not is_early or occurrence_id is null)`.execute(db);
  await sql`create unique index check_ins_early on check_ins (key_result_id) where is_early`.execute(db);
  const comments: [string, string, string][] = [
    ['check_ins', 'occurrence_id', 'null: given early, or brought in from elsewhere'],
    ['check_ins', 'is_early', 'waits for the next check-in, which takes it'],
    ['check_ins', 'health', 'null: what confidence says; else overruled, with health_words'],
    ['check_ins', 'doubt_words', 'why it is on track although the numbers have been behind three times'],
    ['check_ins', 'due_on', 'the date given with this answer where it moved; slip_words say why'],
    ['check_ins', 'is_late', 'came after its check-in had closed'],
    ['check_ins', 'is_unchanged', 'said by No change'],
    ['check_ins', 'changed_at', 'answered again; answered_at stays the first time'],
  ];
  await sql`alter table prompts
      alter column message_id drop not null,
      add column snoozed_until timestamptz,
      add column snoozes integer not null default 0,
      add column asked_at timestamptz,
      add column away_at timestamptz`.execute(db);
  comments.push(
    ['prompts', 'message_id', 'null: told by the direct message of the day'],
    ['prompts', 'away_at', 'said to be away when asked: counted as away and not as missing'],
  );
  await sql`alter table prompt_items
      add column disowned_at timestamptz,
      add column outdated_at timestamptz`.execute(db);
  comments.push(
    [
      'prompt_items',
      'disowned_at',
      'said "Not mine": an ask or a handoff is under way, and no answer is owed',
    ],
    ['prompt_items', 'outdated_at', 'asked, reminded, and not answered'],
  );
  await sql`alter table check_in_runs
      add column outdated_told_at timestamptz`.execute(db);
  comments.push(['check_in_runs', 'outdated_told_at', 'when reviewers were told, once']);
  for (const [table, column, comment] of comments) {
    await sql`comment on column ${sql.table(table)}.${sql.ref(column)} is ${sql.lit(comment)}`.execute(db);
  }
  await sql`
    create table doubts (
      workspace_id text not null,
      occurrence_id bigint not null,
      key_result_id bigint not null,
      told_person_id bigint not null,
      told_at timestamptz not null,
      primary key (occurrence_id, key_result_id),
      foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      foreign key (workspace_id, key_result_id) references key_results (workspace_id, id),
      foreign key (workspace_id, told_person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`
    create table disownings (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      key_result_id bigint not null,
      occurrence_id bigint not null,
      by_id bigint not null,
      to_id bigint not null,
      state text not null default 'asked' check (state in ('asked', 'taken', 'declined', 'over')),
      asked_at timestamptz not null,
      ended_at timestamptz,
      check ((state = 'asked') = (ended_at is null)),
      unique (workspace_id, id),
      foreign key (workspace_id, key_result_id) references key_results (workspace_id, id),
      foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      foreign key (workspace_id, by_id) references people (workspace_id, id),
      foreign key (workspace_id, to_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create unique index disownings_open on disownings (key_result_id) where state = 'asked'`.execute(
    db,
  );
  await sql`comment on table disownings is
    'somebody said that a key result is not theirs and named who may own it: that person is asked'`.execute(
    db,
  );
  await sql`comment on table doubts is 'a reviewer was told early of doubt about a committed key result, once a run'`.execute(
    db,
  );
}
