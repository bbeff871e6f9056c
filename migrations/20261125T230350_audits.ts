import { type Kysely, sql } from 'kysely';

/** The quarterly confirmation: its message in the channel, and whom it asks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audits (
      workspace_id text not null,
      occurrence_id bigint primary key,
      message_id bigint not null,
      unique (workspace_id, occurrence_id),
      foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`
    create table audit_prompts (
      workspace_id text not null,
      occurrence_id bigint not null,
      person_id bigint not null,
      message_id bigint not null,
      nudge_message_id bigint,
      primary key (occurrence_id, person_id),
      foreign key (workspace_id, occurrence_id) references audits (workspace_id, occurrence_id),
      foreign key (workspace_id, person_id) references people (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id),
      foreign key (workspace_id, nudge_message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`create index audit_prompts_person on audit_prompts (workspace_id, person_id)`.execute(db);
}
