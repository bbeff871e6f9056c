import type { Tx } from '../../platform/db/database.ts';
import {
  eventsOf,
  got,
  type Importing,
  portions,
  recordImport,
  type Sorted,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import type { RockEntry } from './file.ts';
import type { TakenName } from './file-names.ts';
import { replaceParts } from './import-parts.ts';
import { presentRocks, type RockState } from './import-present.ts';
import { importStints } from './import-stints.ts';

/** Ids of what rocks refer to, by short name, key and channel name. */
export type References = {
  people: ReadonlyMap<string, number>;
  teams: ReadonlyMap<string, number>;
  channels: ReadonlyMap<string, number>;
};

/** The names by which the workspace's rocks are found. */
export async function presentNames(tx: Tx, workspaceId: string): Promise<TakenName[]> {
  return await tx
    .selectFrom('rock_names as n')
    .innerJoin('rocks as r', 'r.id', 'n.rock_id')
    .where('n.workspace_id', '=', workspaceId)
    .select(['r.key as rock', 'n.kind', 'n.name'])
    .execute();
}

/**
 * Adds and changes rocks with their names, links, backups and owners. Owner and backups of a rock that is there
 * already stay as people made them in Slack, unless the operator overwrites.
 */
export async function importRocks(
  importing: Importing,
  entries: RockEntry[],
  refer: References,
): Promise<{ tally: Tally }> {
  const keys = entries.map((entry) => entry.key);
  const rows = await presentRocks(importing, keys);
  const wanted = new Map(
    entries.map((entry) => {
      const state = stateOf(entry, refer);
      const present = rows.get(entry.key);
      const keepsBackups = present !== undefined && !importing.overwrite;
      return [entry.key, keepsBackups ? { ...state, backups: present.state.backups } : state];
    }),
  );
  const present = new Map([...rows].map(([key, row]) => [key, row.state]));
  const sorted = sortOut<RockState>(wanted, present);

  const ids = new Map([...rows].map(([key, row]) => [key, row.id]));
  await saveRocks(importing, sorted, ids);
  const saved = [...sorted.added, ...sorted.changed];
  await replaceParts(
    importing,
    saved.map(({ key, wanted }) => ({ id: got(ids, key), key, state: wanted })),
  );
  await recordImport(
    importing,
    eventsOf('rock', sorted, (key) => got(ids, key)),
  );

  const owners = entries.map(({ key, owner }) => ({
    rock: got(ids, key),
    isNew: !rows.has(key),
    from: rows.get(key)?.owner ?? null,
    to: owner === undefined ? null : got(refer.people, owner),
  }));
  const moved = await importStints(importing, owners);

  const changed = new Set([...sorted.changed.map(({ key }) => got(ids, key)), ...moved]);
  const { added } = sorted.tally;
  return { tally: { added, changed: changed.size, unchanged: entries.length - added - changed.size } };
}

function stateOf(entry: RockEntry, refer: References): RockState {
  return {
    name: entry.name,
    summary: entry.summary ?? null,
    type: entry.type,
    discipline: entry.discipline ?? null,
    importance: entry.importance ?? null,
    weight: entry.weight,
    team_id: entry.team === undefined ? null : got(refer.teams, entry.team),
    channel_id: entry.channel === undefined ? null : got(refer.channels, entry.channel),
    aliases: entry.aliases,
    links: entry.links.map(({ label, url }) => ({ label, url })),
    backups: entry.backups.map((handle) => got(refer.people, handle)),
  };
}

async function saveRocks(
  { tx, workspaceId, at }: Importing,
  { added, changed }: Sorted<RockState>,
  ids: Map<string, number>,
): Promise<void> {
  for (const portion of portions([...added, ...changed])) {
    const rows = await tx
      .insertInto('rocks')
      .values(
        portion.map(({ key, wanted: { aliases, links, backups, ...columns } }) => ({
          key,
          ...columns,
          workspace_id: workspaceId,
          created_at: at.toString(),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          summary: eb.ref('excluded.summary'),
          type: eb.ref('excluded.type'),
          discipline: eb.ref('excluded.discipline'),
          importance: eb.ref('excluded.importance'),
          weight: eb.ref('excluded.weight'),
          team_id: eb.ref('excluded.team_id'),
          channel_id: eb.ref('excluded.channel_id'),
        })),
      )
      .returning(['id', 'key'])
      .execute();
    for (const { id, key } of rows) ids.set(key, id);
  }
}
