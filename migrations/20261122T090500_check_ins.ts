import { type Kysely, sql } from 'kysely';

/** What a person is asked in an occurrence, and what came back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table check_in_runs (
      workspace_id text not null,
      occurrence_id bigint primary key,
      message_id bigint not null,
      unasked integer not null default 0,
      foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`comment on column check_in_runs.unasked is 'key results that nobody in Slack answers for'`.execute(
    db,
  );
  await sql`comment on table check_in_runs is 'the one message in the channel that counts who is in'`.execute(
    db,
  );

  await sql`
    create table prompts (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      occurrence_id bigint not null,
      person_id bigint not null,
      message_id bigint not null,
      unique (workspace_id, id),
      unique (occurrence_id, person_id),
      foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`create index prompts_person on prompts (workspace_id, person_id)`.execute(db);

  await sql`
    create table prompt_items (
      workspace_id text not null,
      prompt_id bigint not null,
      occurrence_id bigint not null,
      key_result_id bigint not null,
      primary key (occurrence_id, key_result_id),
      foreign key (workspace_id, prompt_id) references prompts (workspace_id, id),
      foreign key (workspace_id, key_result_id) references key_results (workspace_id, id)
    )`.execute(db);
  await sql`create index prompt_items_prompt on prompt_items (prompt_id)`.execute(db);

  await sql`
    create table check_ins (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      occurrence_id bigint not null,
      key_result_id bigint not null,
      person_id bigint not null,
      value numeric not null,
      confidence smallint not null check (confidence between 0 and 10),
      words text,
      answered_at timestamptz not null,
      unique (occurrence_id, key_result_id),
      foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      foreign key (workspace_id, key_result_id) references key_results (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index check_ins_key_result on check_ins (key_result_id, answered_at)`.execute(db);
}
