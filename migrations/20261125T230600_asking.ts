import { type Kysely, sql } from 'kysely';

/** Answers in threads that somebody else began; who is suggested for what nobody knows yet. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table messages
      add column thread_ts text check (thread_ts ~ '^[0-9]+[.][0-9]{6}$'),
      add constraint messages_one_thread check (thread_of is null or thread_ts is null)`.execute(db);
  await sql`comment on column messages.thread_ts is
    'Slack''s timestamp of somebody else''s message in whose thread it stands; thread_of is for our own'`.execute(
    db,
  );

  await sql`
    create table miss_suggestions (
      workspace_id text not null references workspaces,
      normal text not null,
      person_id bigint not null,
      suggested_at timestamptz not null,
      primary key (workspace_id, normal, person_id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index misses_not_ours on misses (workspace_id, normal) where settled = 'not-ours'`.execute(
    db,
  );
  await sql`comment on table miss_suggestions is
    'who could own what was asked for in vain (misses.normal); who suggested it is not kept, since the asker''s name is not'`.execute(
    db,
  );
}
