import { type Kysely, sql } from 'kysely';

/** The outbox: what Cairn means to say, and its way to Slack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table messages (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      dedupe_key text not null,
      to_person_id bigint,
      to_channel_id bigint,
      thread_of bigint,
      text text not null,
      blocks jsonb not null,
      revision integer not null default 1,
      created_at timestamptz not null default now(),
      unique (workspace_id, id),
      unique (workspace_id, dedupe_key),
      check (num_nonnulls(to_person_id, to_channel_id) = 1),
      foreign key (workspace_id, to_person_id) references people (workspace_id, id),
      foreign key (workspace_id, to_channel_id) references channels (workspace_id, id),
      foreign key (workspace_id, thread_of) references messages (workspace_id, id)
    )`.execute(db);

  await sql`
    create table deliveries (
      id uuid primary key default gen_random_uuid(),
      workspace_id text not null,
      message_id bigint not null unique,
      state text not null default 'pending' check (state in
        ('pending', 'sending', 'sent', 'unknown', 'dead', 'expired', 'cancelled')),
      due_at timestamptz not null,
      not_before timestamptz,
      lease uuid,
      leased_until timestamptz,
      attempts integer not null default 0,
      reason text,
      slack_channel text,
      slack_ts text,
      shown_revision integer not null default 0,
      wanted_revision integer not null default 1,
      sent_at timestamptz,
      check ((state = 'sent') <= (slack_ts is not null)),
      check ((state = 'sending') <= (lease is not null)),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`create index deliveries_waiting on deliveries (due_at, message_id) where state = 'pending'`.execute(
    db,
  );
  await sql`
    create index deliveries_to_edit on deliveries (workspace_id, sent_at)
    where state = 'sent' and shown_revision < wanted_revision`.execute(db);
  await sql`create index deliveries_leased on deliveries (leased_until) where lease is not null`.execute(db);
  await sql`comment on column deliveries.id is 'travels in the message''s metadata: the way back to it after a lost answer'`.execute(
    db,
  );
  await sql`comment on column deliveries.due_at is 'company time'`.execute(db);
  await sql`comment on column deliveries.wanted_revision is
    'the message''s revision, kept here so that what has to be edited is found without reading all that was ever sent'`.execute(
    db,
  );
  await sql`comment on column deliveries.not_before is 'machine time: Slack asked to wait, or the last try failed'`.execute(
    db,
  );
}
