import { sql } from 'kysely';
import type { Database } from '../../../src/platform/db/database.ts';

/** What tells of imports stays, as history. */
const history = ['events', 'imports', 'import_changes'];

/** Every row of every table of the workspace, as text, by table; without what is history. */
export async function dumpOf(db: Database, workspaceId: string): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = 'public' and exists (select from pg_attribute a
      where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
    order by 1`.execute(db);
  const dump: Record<string, string[]> = {};
  for (const { name } of tables.filter((table) => !history.includes(table.name))) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(name)} t where workspace_id = ${workspaceId} order by 1`.execute(
      db,
    );
    if (rows.length > 0) dump[name] = rows.map(({ row }) => row);
  }
  return dump;
}
