import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { lineOf } from '../strategy/operations.ts';
import { type Horizon, type Item, type ItemChange, planned, type Slip } from './core/item.ts';
import { byPriority } from './core/priority.ts';
import {
  findCalled,
  listChangedItems,
  listLinesBelow,
  listSlips,
  type ReadItem,
  selectShown,
} from './reading-store.ts';

/** An item by what somebody calls it. */
export type Called = { id: number; key: string; title: string };

/**
 * What an item is called by: its key, else its title. Several where titles are the same, none where nothing is called so.
 * Every member of the workspace sees every item.
 */
export async function findItemNamed(db: Database, workspaceId: string, text: string): Promise<Called[]> {
  return text.trim() === '' ? [] : await findCalled(db, workspaceId, text.trim());
}

/** Which items a list has. Of a team: its own, and those that need something of it. */
export type ItemFilter = {
  horizons: readonly Horizon[];
  ownerId?: number;
  teamId?: number;
  /** What they serve: an objective, or a line with the initiatives below it, also through an objective. */
  supports?: { kind: 'line' | 'objective'; id: number };
};

/**
 * Items by horizon as `viewerId` sees them (null: what everybody may read), in each the highest priority first; what is over
 * comes with the latest first. Rocks and objectives that the viewer may not see are not named.
 */
export async function listItems(
  db: Database,
  workspaceId: string,
  viewerId: number | null,
  filter: ItemFilter,
): Promise<Item[]> {
  const { horizons, ownerId, teamId, supports } = filter;
  const items = await readItems(db, workspaceId, viewerId, { horizons });
  const lines = supports?.kind === 'line' ? await listLinesBelow(db, workspaceId, supports.id) : [];
  const isMeant = (item: Item): boolean =>
    (ownerId === undefined || item.owner?.id === ownerId) &&
    (teamId === undefined || item.team?.id === teamId || item.needs.some(({ id }) => id === teamId)) &&
    (supports === undefined || servesIt(item, supports, lines));
  const byHorizon = Map.groupBy(items.filter(isMeant), ({ horizon }) => horizon);
  return horizons.flatMap((horizon) => (byHorizon.get(horizon) ?? []).sort(orderOf(horizon)));
}

function servesIt(
  { supports }: Item,
  wanted: NonNullable<ItemFilter['supports']>,
  lines: readonly number[],
): boolean {
  if (supports === null) return false;
  if (wanted.kind === 'objective') return supports.kind === 'objective' && supports.id === wanted.id;
  return supports.lineId !== null && lines.includes(supports.lineId);
}

function orderOf(horizon: Horizon): (one: Item, other: Item) => number {
  const isPlanned = planned.some((it) => it === horizon);
  return isPlanned
    ? byPriority
    : (one, other) =>
        other.movedAt.epochMilliseconds - one.movedAt.epochMilliseconds || one.position - other.position;
}

/** Items of these ids as `viewerId` sees them, in the order in which they were added. */
export async function itemsById(
  db: Database,
  workspaceId: string,
  viewerId: number | null,
  ids: readonly number[],
): Promise<Item[]> {
  return ids.length === 0 ? [] : await readItems(db, workspaceId, viewerId, { ids });
}

/** What is planned or has shipped for a rock, the nearest horizon first: for whoever takes the rock over. */
export async function itemsOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<{ title: string; horizon: Horizon }[]> {
  const horizons: Horizon[] = [...planned, 'shipped'];
  const items = await readItems(db, workspaceId, null, { horizons, rockId });
  return items
    .sort((a, b) => horizons.indexOf(a.horizon) - horizons.indexOf(b.horizon) || byPriority(a, b))
    .map(({ title, horizon }) => ({ title, horizon }));
}

/**
 * What of the roadmap changed since an instant, as `viewerId` sees it (null: what everybody may read): what was added,
 * changed its horizon, slipped (each slip with its words), shipped or was stopped. An item that went and came back is left
 * out, unless it slipped. New ones first, then in the order in which they were added.
 */
export async function changedSince(
  db: Database,
  workspaceId: string,
  viewerId: number | null,
  since: Temporal.Instant,
): Promise<ItemChange[]> {
  const changed = await listChangedItems(db, workspaceId, since);
  const slips = Map.groupBy(
    await listSlips(db, workspaceId, { itemIds: null, since }),
    ({ itemId }) => itemId,
  );
  const happened = new Map(changed.map((it) => [it.id, it]));
  const ids = [...new Set([...happened.keys(), ...slips.keys()])];
  return (await itemsById(db, workspaceId, viewerId, ids)).flatMap((item) => {
    const { isAdded = false, stoodIn = null } = happened.get(item.id) ?? {};
    const own: Slip[] = (slips.get(item.id) ?? []).map(({ itemId: _own, ...slip }) => slip);
    const hasMoved = stoodIn !== null && stoodIn !== item.horizon;
    if (!isAdded && !hasMoved && own.length === 0) return [];
    return [
      {
        item,
        isAdded,
        isShipped: item.horizon === 'shipped' && (hasMoved || isAdded),
        isStopped: item.horizon === 'stopped' && (hasMoved || isAdded),
        horizon: hasMoved && !isAdded ? { from: stoodIn, to: item.horizon } : null,
        slips: own,
      },
    ];
  });
}

async function readItems(
  db: Database,
  workspaceId: string,
  viewerId: number | null,
  wanted: Parameters<typeof selectShown>[3],
): Promise<Item[]> {
  const rows = await selectShown(db, workspaceId, viewerId, wanted);
  const objectives = rows.flatMap(({ supports }) => (supports?.kind === 'objective' ? [supports.id] : []));
  const served = await lineOf(db, workspaceId, objectives);
  return rows.map((row) => ({ ...row, supports: supportsOf(row.supports, served) }));
}

function supportsOf(
  supports: ReadItem['supports'],
  served: Awaited<ReturnType<typeof lineOf>>,
): Item['supports'] {
  if (supports === null) return null;
  if (supports.kind === 'line') return { ...supports, lineId: supports.id };
  const line = served.get(supports.id);
  return { ...supports, titles: [...(line?.titles ?? []), ...supports.titles], lineId: line?.lineId ?? null };
}
