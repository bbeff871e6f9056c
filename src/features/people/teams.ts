import type { Database } from '../../platform/db/database.ts';
import type { Choice } from '../../platform/slack/fields.ts';

/** The workspace's teams by name, as a menu offers them. */
export async function teamChoices(db: Database, workspaceId: string): Promise<Choice[]> {
  const rows = await db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name }) => ({ id: String(id), name }));
}

/** The workspace's teams by key and name, as a sheet may name them. */
export async function knownTeams(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; key: string; name: string }[]> {
  return await db
    .selectFrom('teams')
    .select(['id', 'key', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}
