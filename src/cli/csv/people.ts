import type { Database } from '../../platform/db/database.ts';

/** How tables name people: by e-mail, else by their id in Slack, else by their short name or name. */
export type PeopleNames = {
  nameOf(id: number | null): string;
  /** By any of these, whatever the case; undefined: nobody, or several. */
  find(name: string): number | undefined;
};

export async function readPeopleNames(db: Database, workspaceId: string): Promise<PeopleNames> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'email', 'slack_id as slackId', 'handle', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
  const names = new Map(
    rows.map(({ id, email, slackId, handle, name }) => [id, email ?? slackId ?? handle ?? name]),
  );
  const byName = new Map<string, Set<number>>();
  for (const { id, ...row } of rows)
    for (const name of [row.email, row.slackId, row.handle, row.name]) {
      if (name === null) continue;
      const key = name.toLowerCase();
      byName.set(key, (byName.get(key) ?? new Set()).add(id));
    }
  return {
    nameOf: (id) => (id === null ? '' : (names.get(id) ?? '')),
    find: (name) => {
      const [only, ...others] = byName.get(name.trim().toLowerCase()) ?? [];
      return others.length === 0 ? only : undefined;
    },
  };
}
