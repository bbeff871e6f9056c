import { type Kysely, sql } from 'kysely';

/** Tokens with which other tools read from Cairn. What is kept is a digest: the token itself is shown once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_tokens (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      name text not null,
      digest text not null unique,
      hint text not null,
      created_at timestamptz not null,
      created_by bigint not null,
      revoked_at timestamptz,
      revoked_by bigint,
      last_used_at timestamptz,
      window_began_at timestamptz,
      window_count integer not null default 0,
      unique (workspace_id, id),
      check ((revoked_at is null) = (revoked_by is null)),
      foreign key (workspace_id, created_by) references people (workspace_id, id),
      foreign key (workspace_id, revoked_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on column api_tokens.hint is 'its last characters, by which people tell one from another'`.execute(
    db,
  );
  await sql`comment on column api_tokens.window_began_at is
    'machine time: how often it was used since then is counted, for all processes together'`.execute(db);
}
