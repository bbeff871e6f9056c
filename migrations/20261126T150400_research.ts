import { type Kysely, sql } from 'kysely';

/** Customers: accounts, conversations with them, and who waits to talk to one that has been asked enough for now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table accounts (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key text not null,
      name text not null,
      cool_down text not null default 'P30D' check (cool_down ~ '^P[0-9]{1,3}D$'),
      created_at timestamptz not null,
      created_by bigint,
      unique (workspace_id, key),
      unique (workspace_id, id),
      foreign key (workspace_id, created_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on column accounts.cool_down is
    'for so many days after a conversation nobody else shall ask; days of the calendar'`.execute(db);
  await sql`create unique index accounts_name on accounts (workspace_id, lower(name))`.execute(db);
  await sql`
    create table conversations (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      account_id bigint not null,
      by_id bigint not null,
      contact text,
      held_on date not null,
      topic text not null,
      notes text not null default '',
      recording_url text,
      created_at timestamptz not null,
      search tsvector generated always as (
        setweight(to_tsvector('cairn', topic), 'A') || setweight(to_tsvector('cairn', notes), 'B')) stored,
      unique (workspace_id, id),
      foreign key (workspace_id, account_id) references accounts (workspace_id, id),
      foreign key (workspace_id, by_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on column conversations.contact is 'with whom, in words: people of other companies are not kept'`.execute(
    db,
  );
  await sql`create index conversations_search on conversations using gin (search) with (fastupdate = off)`.execute(
    db,
  );
  await sql`create index conversations_latest on conversations (workspace_id, held_on desc, id desc)`.execute(
    db,
  );
  await sql`create index conversations_account on conversations (account_id, held_on desc)`.execute(db);
  await sql`
    create table research_waits (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      account_id bigint not null,
      person_id bigint not null,
      topic text not null,
      state text not null default 'waiting' check (state in ('waiting', 'next', 'held', 'lapsed', 'withdrawn')),
      waits_since timestamptz not null,
      next_since timestamptz,
      next_until timestamptz,
      ended_at timestamptz,
      unique (workspace_id, id),
      check ((state in ('held', 'lapsed', 'withdrawn')) = (ended_at is not null)),
      check (state <> 'next' or (next_since is not null and next_until is not null)),
      foreign key (workspace_id, account_id) references accounts (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table research_waits is 'who would like to talk to an account, in the order in which they asked'`.execute(
    db,
  );
  await sql`comment on column research_waits.state is
    'next: it is their turn until next_until; held: they talked to it; lapsed: they let their turn go by'`.execute(
    db,
  );
  await sql`create unique index research_waits_once on research_waits (account_id, person_id)
    where state in ('waiting', 'next')`.execute(db);
  await sql`create unique index research_waits_next on research_waits (account_id) where state = 'next'`.execute(
    db,
  );
}
