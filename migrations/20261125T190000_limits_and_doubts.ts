import { type Kysely, sql } from 'kysely';

/** What paces deliveries and settles the doubtful ones, for any number of processes on one database. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function machine_now() returns timestamptz language sql stable return now()`.execute(db);
  await sql`comment on function machine_now() is
    'machine time, which nobody turns: leases, pauses, limits. Tests put a virtual clock in its place'`.execute(
    db,
  );

  await sql`
    alter table deliveries
      add column lane text not null default gen_random_uuid()::text,
      add column is_answer boolean not null default false,
      add column is_nudge boolean not null default false,
      add column expires_at timestamptz,
      add column withdrawn text,
      add column claimed_at timestamptz,
      add column settle_at timestamptz,
      add column tried_at timestamptz,
      add column after_ts text,
      add column reads integer not null default 0,
      add column ended_at timestamptz`.execute(db);
  await sql`
    update deliveries d set lane = coalesce('c' || m.to_channel_id, 'p' || m.to_person_id)
    from messages m where m.id = d.message_id`.execute(db);
  await sql`
    update deliveries set claimed_at = now() - interval '1 hour', settle_at = now()
    where state in ('sending', 'unknown')`.execute(db);
  await sql`update deliveries set ended_at = now() where state in ('dead', 'expired', 'cancelled')`.execute(
    db,
  );

  const comments: [string, string][] = [
    [
      'lane',
      'where it goes, a channel (c12) or a person (p34): what shares a lane goes out one by one, in order. An older process writes none, and its message has a lane of its own',
    ],
    ['is_answer', 'tells of what somebody has just done: room is kept for it'],
    ['is_nudge', 'reminds somebody: at most one a working day, and none while they are away'],
    ['expires_at', 'company time: from then on it is not sent any more'],
    ['withdrawn', 'why it must not be sent any more, kept also while a try of it is under way or in doubt'],
    ['claimed_at', 'machine time: before this the last try had certainly not been made'],
    ['settle_at', 'machine time: a reading of the channel after this tells whether an unknown one was sent'],
    [
      'tried_at',
      'company time of the last try: a nudge counts for the day, in the person’s own zone, on which it went out',
    ],
    [
      'after_ts',
      'the last message known in its lane when it was tried: a search for it need not begin earlier',
    ],
    ['reads', 'how often it was looked for in vain, because the channel could not be read'],
    ['ended_at', 'machine time: when it became dead, expired or cancelled'],
  ];
  for (const [column, comment] of comments) {
    await sql`comment on column deliveries.${sql.ref(column)} is ${sql.lit(comment)}`.execute(db);
  }

  await sql`drop index deliveries_waiting`.execute(db);
  await sql`
    create index deliveries_waiting on deliveries (workspace_id, due_at, message_id, lane)
    where state = 'pending'`.execute(db);
  await sql`
    create index deliveries_lane on deliveries (workspace_id, lane, due_at, message_id)
    where state = 'pending'`.execute(db);
  await sql`
    create index deliveries_answers on deliveries (workspace_id, due_at)
    where state = 'pending' and is_answer`.execute(db);
  await sql`
    create index deliveries_expiring on deliveries (workspace_id, expires_at)
    where state = 'pending' and expires_at is not null`.execute(db);
  await sql`
    create index deliveries_nudged on deliveries (workspace_id, lane, tried_at)
    where is_nudge and state in ('sending', 'unknown', 'sent')`.execute(db);
  await sql`
    create index deliveries_doubtful on deliveries (workspace_id, settle_at) where state = 'unknown'`.execute(
    db,
  );
  await sql`
    create index deliveries_under_way on deliveries (workspace_id, lane)
    where state in ('sending', 'unknown')`.execute(db);
  await sql`create index deliveries_dead on deliveries (workspace_id, ended_at) where state = 'dead'`.execute(
    db,
  );

  await sql`
    create table lanes (
      workspace_id text not null references workspaces,
      lane text not null,
      free_at timestamptz not null,
      refused integer not null default 0,
      refused_at timestamptz,
      sent_at timestamptz,
      last_ts text,
      primary key (workspace_id, lane)
    )`.execute(db);
  await sql`comment on table lanes is
    'lanes that something was sent in: one message is under way in each at a time'`.execute(db);
  await sql`comment on column lanes.free_at is
    'machine time: nothing goes out in this lane before, since a message is under way or in doubt, was sent a moment ago, or Slack asked to wait'`.execute(
    db,
  );
  await sql`comment on column lanes.refused is
    'how often in a row Slack asked to wait here, while others got through in between'`.execute(db);
  await sql`comment on column lanes.refused_at is 'machine time: when it did so last'`.execute(db);
  await sql`comment on column lanes.sent_at is 'machine time: when a message here was confirmed last'`.execute(
    db,
  );
  await sql`comment on column lanes.last_ts is 'Slack’s name for that message'`.execute(db);

  await sql`
    create table budgets (
      workspace_id text not null references workspaces,
      name text not null check (name in ('posts', 'edits', 'reads')),
      tokens double precision not null,
      filled_at timestamptz not null,
      primary key (workspace_id, name)
    )`.execute(db);
  await sql`comment on table budgets is
    'how many calls of a kind a workspace may make now, shared by all processes: a token bucket, in machine time'`.execute(
    db,
  );
  await sql`
    create table pauses (
      workspace_id text not null references workspaces,
      name text not null check (name in ('posts', 'edits', 'reads')),
      until timestamptz not null,
      primary key (workspace_id, name)
    )`.execute(db);
  await sql`comment on table pauses is
    'until when nobody makes such calls, since Slack asked to wait, in machine time. Apart from the budgets: whoever
holds the lock of one must keep nobody from saying so'`.execute(db);

  await sql`alter table channels add column lost_reason text`.execute(db);
  await sql`comment on column channels.lost_reason is
    'the word with which Slack would not take a message here; null while it takes them'`.execute(db);
}
