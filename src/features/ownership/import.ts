import type { Tx } from '../../platform/db/database.ts';
import { touchedInSlack } from '../../platform/db/import-touched.ts';
import {
  eventsOf,
  got,
  type Importing,
  recordImport,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import type { Moved } from './core/moved.ts';
import type { PresentRockNames, RockEntry } from './file.ts';
import { replaceParts } from './import-parts.ts';
import { saveRocks } from './import-rows.ts';
import { importStints } from './import-stints.ts';
import { type References, wantedState } from './import-wanted.ts';
import { type Moving, tellMoved } from './moved.ts';
import { presentRocks, type RockState } from './present-rocks.ts';
import { lockNames } from './register/store.ts';

/**
 * The names by which the workspace's rocks are found, and where its retired ones went. Nobody gives a rock another name
 * before the transaction is over.
 */
export async function presentNames(tx: Tx, workspaceId: string): Promise<PresentRockNames> {
  await lockNames(tx, workspaceId);
  const names = await tx
    .selectFrom('rock_names as n')
    .innerJoin('rocks as r', 'r.id', 'n.rock_id')
    .where('n.workspace_id', '=', workspaceId)
    .select(['r.key as rock', 'n.kind', 'n.name'])
    .execute();
  const retired = await tx
    .selectFrom('rocks as r')
    .innerJoin('rocks as successor', 'successor.id', 'r.successor_id')
    .where('r.workspace_id', '=', workspaceId)
    .select(['r.key', 'successor.key as into'])
    .execute();
  return { names, successors: new Map(retired.map(({ key, into }) => [key, into])) };
}

/**
 * Adds and changes rocks with all that belongs to them, their owners too. What people change in Slack (owner,
 * backups, contributors, who may see it, set down, retired) stays as they made it on a rock that is there already,
 * unless the operator overwrites; so does all else that they changed there. Who has something under way for a rock that
 * moves by this is told. `ids` are those of the file's rocks by key, `added` the keys of the new ones.
 */
export async function importRocks(
  importing: Importing,
  entries: RockEntry[],
  refer: References,
  moving: Moving,
): Promise<{ tally: Tally; ids: Map<string, number>; added: Set<string>; changed: Set<number> }> {
  const rows = await presentRocks(
    importing,
    entries.map((entry) => entry.key),
  );
  const touched = await touchedInSlack(
    importing,
    'rock',
    [...rows.values()].map(({ id }) => id),
  );
  const wanted = new Map(
    entries.map((entry) => [entry.key, wantedState(entry, rows.get(entry.key), refer, importing, touched)]),
  );
  const sorted = sortOut<RockState>(wanted, new Map([...rows].map(([key, row]) => [key, row.state])));

  const ids = new Map([...rows].map(([key, row]) => [key, row.id]));
  await saveRocks(importing, sorted, rows, ids);
  await replaceParts(
    importing,
    [...sorted.added, ...sorted.changed].map(({ key, wanted }) => ({
      id: got(ids, key),
      key,
      state: wanted,
    })),
  );
  await recordImport(
    importing,
    eventsOf('rock', sorted, (key) => got(ids, key)),
  );

  const told = importing.isPartial
    ? entries.filter(({ key, given }) => given.has('owner') || !rows.has(key))
    : entries;
  const owners = told.map(({ key, owner, owned_since, confirmed, acting }) => {
    const row = rows.get(key);
    const to = owner === undefined ? null : got(refer.people, owner);
    const isKept = row !== undefined && !importing.overwrite && to !== null;
    const isSame = to === row?.stint?.personId;
    if (isKept && !isSame) importing.kept.push(`rocks.${key} owner`);
    return {
      rock: got(ids, key),
      isNew: row === undefined,
      present: row?.stint ?? null,
      lastEndedAt: row?.lastEndedAt ?? null,
      to,
      since: owned_since,
      // Another program knows nothing of what an owner has said since.
      confirmed: importing.isPartial && isSame ? undefined : confirmed,
      isActing: acting,
    };
  });
  const { moved, mended } = await importStints(importing, owners);
  const passed = new Map(
    moved.map(({ rock, to }): [number, Moved] => [rock, to === null ? 'left' : 'taken']),
  );
  for (const { key, after } of sorted.changed) {
    if (after.set_down) passed.set(got(ids, key), 'set-down');
    if (after.retired) passed.set(got(ids, key), after.retired.into === null ? 'retired' : 'merged');
  }
  await tellAllMoved(importing, passed, moving);
  const changed = new Set([
    ...sorted.changed.map(({ key }) => got(ids, key)),
    ...moved.map(({ rock }) => rock),
    ...mended,
  ]);
  const added = new Set(sorted.added.map(({ key }) => key));
  const unchanged = entries.length - added.size - changed.size;
  return { tally: { added: added.size, changed: changed.size, unchanged }, ids, added, changed };
}

/** In order of their ids, as rocks are locked. */
async function tellAllMoved(
  { tx, workspaceId, at }: Importing,
  passed: ReadonlyMap<number, Moved>,
  moving: Moving,
): Promise<void> {
  const doer = { kind: 'operator' } as const;
  for (const [rockId, why] of [...passed].sort(([one], [other]) => one - other))
    await tellMoved(moving, tx, { workspaceId, rockId, why, at, doer });
}
