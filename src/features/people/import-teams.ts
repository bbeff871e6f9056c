import type { Tx } from '../../platform/db/database.ts';
import {
  eventsOf,
  got,
  type Importing,
  portions,
  recordImport,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import type { TeamEntry } from './file.ts';

/** The keys of the workspace's teams. */
export async function presentTeams(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx.selectFrom('teams').select('key').where('workspace_id', '=', workspaceId).execute();
  return rows.map((row) => row.key);
}

/** Adds and changes teams. Returns every team's id by key. */
export async function importTeams(
  importing: Importing,
  entries: TeamEntry[],
  refer: { people: ReadonlyMap<string, number>; channels: ReadonlyMap<string, number> },
): Promise<{ tally: Tally; ids: Map<string, number> }> {
  const { tx, workspaceId } = importing;
  const rows = await tx
    .selectFrom('teams')
    .select(['id', 'key', 'name', 'lead_id', 'channel_id'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const ids = new Map(rows.map((row) => [row.key, row.id]));
  const sorted = sortOut(
    new Map(
      entries.map((entry) => [
        entry.key,
        {
          name: entry.name,
          lead_id: entry.lead === undefined ? null : got(refer.people, entry.lead),
          channel_id: entry.channel === undefined ? null : got(refer.channels, entry.channel),
        },
      ]),
    ),
    new Map(rows.map(({ key, name, lead_id, channel_id }) => [key, { name, lead_id, channel_id }])),
  );
  for (const portion of portions([...sorted.added, ...sorted.changed])) {
    const saved = await tx
      .insertInto('teams')
      .values(portion.map(({ key, wanted }) => ({ key, ...wanted, workspace_id: workspaceId })))
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          lead_id: eb.ref('excluded.lead_id'),
          channel_id: eb.ref('excluded.channel_id'),
        })),
      )
      .returning(['id', 'key'])
      .execute();
    for (const { id, key } of saved) ids.set(key, id);
  }
  await recordImport(
    importing,
    eventsOf('team', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally, ids };
}
