import { sql } from 'kysely';
import type { Database } from '../../../src/platform/db/database.ts';

/** What is a record of what was done, not a state that an undo brings back. */
const records = ['events', 'imports', 'import_changes', 'homes', 'presses'];

/** Every row of every table of a workspace, as text, to be compared before and after. */
export async function allRows(db: Database, workspaceId: string): Promise<Map<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE'
    order by 1`.execute(db);
  const found = new Map<string, string[]>();
  for (const { name } of tables) {
    if (records.includes(name)) continue;
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(name)} t where workspace_id = ${workspaceId}
      order by 1`.execute(db);
    found.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return found;
}
