import { type Kysely, sql } from 'kysely';

/** Whoever has the turn may have said that they contact the account; until then it is only offered to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table research_waits add column taken_at timestamptz,
    add check (taken_at is null or next_since is not null)`.execute(db);
  await sql`comment on column research_waits.taken_at is
    'since when whoever has the turn has said that they contact the account'`.execute(db);
  await sql`create index research_waits_open on research_waits (workspace_id, account_id)
    where state in ('waiting', 'next')`.execute(db);
  await sql`create index research_waits_person on research_waits (person_id) where state in ('waiting', 'next')`.execute(
    db,
  );
  await sql`create index conversations_by on conversations (by_id, held_on desc, id desc)`.execute(db);
}
