import { type Kysely, sql } from 'kysely';

/** Where a key result's number comes from besides its people: sources, what they gave, and signatures seen before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table number_sources (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key_result_id bigint not null,
      kind text not null check (kind in ('webhook', 'sql', 'json')),
      token text unique,
      secret text,
      connection text,
      query text,
      url text,
      pointer text,
      every text check (every in ('hour', 'day', 'week')),
      next_due_at timestamptz,
      lease uuid,
      leased_until timestamptz,
      last_success_at timestamptz,
      last_failure_at timestamptz,
      failure text,
      failures integer not null default 0,
      failing_since timestamptz,
      told_at timestamptz,
      created_at timestamptz not null,
      created_by bigint,
      unique (workspace_id, id),
      unique (workspace_id, key_result_id),
      check ((token is not null) = (kind = 'webhook')),
      check ((secret is not null) = (kind = 'webhook')),
      check ((connection is not null) = (kind = 'sql')),
      check ((query is not null) = (kind = 'sql')),
      check ((url is not null) = (kind = 'json')),
      check ((pointer is not null) = (kind = 'json')),
      check ((every is null) = (kind = 'webhook')),
      check ((next_due_at is null) = (kind = 'webhook')),
      check ((lease is null) = (leased_until is null)),
      check ((failures > 0) = (failure is not null)),
      check ((failures > 0) = (failing_since is not null)),
      foreign key (workspace_id, key_result_id) references key_results (workspace_id, id),
      foreign key (workspace_id, created_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index number_sources_due on number_sources (workspace_id, next_due_at)`.execute(db);
  const comments: [string, string][] = [
    ['token', 'the end of the address to which a webhook posts'],
    ['secret', 'what a webhook signs with: an HMAC needs it as it is; shown once, to who made it'],
    ['connection', 'the NAME of CAIRN_SQL_NAME; the address itself is in the environment alone'],
    ['next_due_at', 'company time'],
    ['leased_until', 'machine time: somebody reads it until then'],
    ['failures', 'in a row; a value ends them'],
    ['told_at', 'when the owner was told of these failures'],
  ];
  for (const [column, comment] of comments) {
    await sql`comment on column number_sources.${sql.ref(column)} is ${sql.lit(comment)}`.execute(db);
  }

  await sql`
    create table number_readings (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key_result_id bigint not null,
      came_from text not null check (came_from in ('webhook', 'sql', 'json')),
      value numeric not null check (value <> 'NaN' and value <> 'Infinity' and value <> '-Infinity'),
      at timestamptz not null,
      recorded_at timestamptz not null default now(),
      foreign key (workspace_id, key_result_id) references key_results (workspace_id, id)
    )`.execute(db);
  await sql`create index number_readings_latest on number_readings (key_result_id, at desc, id desc)`.execute(
    db,
  );
  await sql`comment on column number_readings.at is 'company time: of when the value is'`.execute(db);

  await sql`
    create table number_signatures (
      workspace_id text not null,
      source_id bigint not null,
      signature text not null,
      seen_at timestamptz not null default now(),
      primary key (source_id, signature),
      foreign key (workspace_id, source_id) references number_sources (workspace_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table number_signatures is
    'signatures of webhooks that were taken, kept a little longer than a signature is good for: none is taken twice'`.execute(
    db,
  );
}
