import { type Kysely, sql } from 'kysely';

/**
 * PostgreSQL 15.20 adds no column with a default to a table whose row stands in a function that is kept as an expression,
 * as one after `return` is; 15.18 did. 20261125T230000_register does so to `workspaces`, so this one stands before it: the
 * body is kept as text, and is inlined as before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function company_now(workspace workspaces) returns timestamptz language sql stable
    as $$ select coalesce(workspace.clock_stopped_at, now() + workspace.clock_offset) $$`.execute(db);
}
