import { type Kysely, sql } from 'kysely';

/** The playground's clock can stand still; what time it is for the company is said in one place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table workspaces add column clock_stopped_at timestamptz`.execute(db);
  await sql`comment on column workspaces.clock_stopped_at is
    'the company time at which the playground''s clock stands; null everywhere else, and while it runs'`.execute(
    db,
  );

  // One expression in SQL, so that the planner puts it in place of the call and indexes are used as before.
  await sql`
    create function company_now(workspace workspaces) returns timestamptz language sql stable
    return coalesce(workspace.clock_stopped_at, now() + workspace.clock_offset)`.execute(db);
  await sql`comment on function company_now(workspaces) is 'constant inside a transaction, as now() is'`.execute(
    db,
  );
}
