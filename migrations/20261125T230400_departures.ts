import { type Kysely, sql } from 'kysely';

/** Who left is looked for with every beat, and few of a company have; a batch has one message for each person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index people_left on people (workspace_id) where deactivated_at is not null`.execute(db);
  await sql`
    create table handoff_batch_messages (
      workspace_id text not null,
      batch_id bigint not null,
      side text not null check (side in ('author', 'concerned')),
      person_id bigint not null,
      message_id bigint not null,
      primary key (batch_id, side, person_id),
      foreign key (workspace_id, batch_id) references handoff_batches (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`comment on table handoff_batch_messages is
    'where the state of a batch stands: with its author, and with each person whose rocks go or come'`.execute(
    db,
  );
  await sql`create index handoff_batches_draft on handoff_batches (workspace_id, by_id) where state = 'draft'`.execute(
    db,
  );
}
