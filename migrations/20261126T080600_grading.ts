import { type Kysely, sql } from 'kysely';

/** Cycles that are graded and closed, and the messages of the planning of the next one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table key_results add column fate text check (fate in ('done', 'carry', 'drop'))`.execute(db);
  await sql`comment on column key_results.fate is
    'said while its cycle is graded: what becomes of it when the cycle closes'`.execute(db);
  // Whatever is carried over is so once.
  await sql`create unique index objectives_carried on objectives (cycle_id, carried_from_id)
    where carried_from_id is not null`.execute(db);
  await sql`create unique index key_results_carried on key_results (carried_from_id)
    where carried_from_id is not null`.execute(db);
  await sql`
    create table grading_messages (
      workspace_id text not null,
      cycle_id bigint not null,
      channel_id bigint not null,
      message_id bigint not null,
      is_whole boolean not null,
      primary key (cycle_id, channel_id),
      foreign key (workspace_id, cycle_id) references cycles (workspace_id, id),
      foreign key (workspace_id, channel_id) references channels (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`comment on column grading_messages.is_whole is
    'tells of the whole cycle, as the channel of a ritual does; else of the teams whose home the channel is'`.execute(
    db,
  );
  await sql`
    create table grading_prompts (
      workspace_id text not null,
      cycle_id bigint not null,
      person_id bigint not null,
      primary key (cycle_id, person_id),
      foreign key (workspace_id, cycle_id) references cycles (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table grading_prompts is 'who was asked, once, to grade what they own in a cycle'`.execute(
    db,
  );
  await sql`
    create table okr_plannings (
      workspace_id text not null,
      occurrence_id bigint primary key,
      cycle_id bigint not null,
      message_id bigint not null,
      foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      foreign key (workspace_id, cycle_id) references cycles (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`create index okr_plannings_cycle on okr_plannings (cycle_id)`.execute(db);
}
