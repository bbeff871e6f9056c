import { type Kysely, sql } from 'kysely';

/** Rocks on their way from one backpack to another, each with its brief. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table handoffs (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      rock_id bigint not null,
      from_id bigint not null,
      to_id bigint not null,
      state text not null check (state in ('offered', 'accepted', 'declined', 'withdrawn')),
      why_it_matters text not null,
      where_it_stands text not null,
      next_step text,
      what_could_hurt text,
      facts jsonb not null,
      offered_at timestamptz not null,
      read_at timestamptz,
      ended_at timestamptz,
      decline_reason text,
      offer_message_id bigint,
      sender_message_id bigint,
      unique (workspace_id, id),
      check (from_id <> to_id),
      check ((state = 'offered') = (ended_at is null)),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id),
      foreign key (workspace_id, from_id) references people (workspace_id, id),
      foreign key (workspace_id, to_id) references people (workspace_id, id),
      foreign key (workspace_id, offer_message_id) references messages (workspace_id, id),
      foreign key (workspace_id, sender_message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`create unique index handoffs_open on handoffs (rock_id) where state = 'offered'`.execute(db);
  await sql`comment on column handoffs.facts is 'the generated part of the brief, as it was when it was offered'`.execute(
    db,
  );

  await sql`alter table stints add column handoff_id bigint`.execute(db);
  await sql`alter table stints add foreign key (workspace_id, handoff_id) references handoffs (workspace_id, id)`.execute(
    db,
  );
}
