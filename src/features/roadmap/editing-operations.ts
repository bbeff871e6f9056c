import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { freeKey } from '../okrs/editing/core/key.ts';
import { keyBase } from '../ownership/register/core/entry.ts';
import type { Actor } from '../people/core/person.ts';
import {
  beside,
  changeItem,
  changeOf,
  changeRoadmap,
  type ItemChange,
  markOwners,
  recordItem,
} from './changing.ts';
import { type DatesAfter, datesAfter, noDates } from './core/due.ts';
import type { Horizon } from './core/item.ts';
import type { ItemEntry, ItemState } from './core/state.ts';
import { checkLinks } from './linking.ts';
import { type ItemRow, insertItem, insertSlip, listTakenKeys, lockRoadmap, updateItem } from './store.ts';

export type Saved = { id: number; key: string; title: string; horizon: Horizon };

/**
 * Adds an item to a horizon that is planned. Refuses, beside the field, a date elsewhere than in now, a day that is over,
 * and links to what is not there or over.
 */
export async function addItem(
  db: Database,
  workspaceId: string,
  actor: Actor,
  entry: ItemEntry,
  horizon: Extract<Horizon, 'now' | 'next' | 'later'>,
): Promise<Result<Saved>> {
  return await changeRoadmap(db, workspaceId, actor, async (change) => {
    const { tx, at } = change;
    if (!may('add a roadmap item', rolesInWorkspace(actor)))
      return refused('not-yours', 'Only members add to the roadmap.');
    await lockRoadmap(tx, workspaceId);
    const today = at.toZonedDateTimeISO(actor.timezone).toPlainDate();
    const dates = datesAfter(noDates, { horizon, wanted: entry.dueOn, why: null, today });
    if (!dates.ok) return dateRefusal(dates);
    const links = await checkLinks(tx, workspaceId, actor, entry, null);
    if (!links.ok) return links;
    const { supportsOn, ...linked } = links.value;
    const { title, summary, ownerId } = entry;
    const state: ItemState = {
      ...{ title, summary, horizon, owner_id: ownerId, ...linked },
      ...{ impact: null, effort: null, alignment: null },
      ...{ due_on: dates.dates.due, first_due_on: dates.dates.first, slips: 0 },
      ...{ why_stopped: null, outcome: null, outcome_words: null },
    };
    const base = keyBase(title, 'item');
    const key = freeKey(base, await listTakenKeys(tx, workspaceId, base));
    const beside = { supportsOn, lastDueOn: dates.dates.last };
    const id = await insertItem(tx, workspaceId, { key, state, beside, at, createdBy: actor.id });
    await recordItem(change, id, 'created', { after: { key, ...state } });
    await markOwners(change, ownerId);
    return accepted({ id, key, title, horizon });
  });
}

/**
 * Changes what the form of an item shows. `stamp` is of the item that the form was filled with: refuses, beside the title,
 * one that somebody has changed since. A later date than the last known one needs `why`, and is kept as a slip.
 */
export async function editItem(
  db: Database,
  workspaceId: string,
  actor: Actor,
  itemId: number,
  { entry, why, stamp }: { entry: ItemEntry; why: string | null; stamp: string },
): Promise<Result<Saved>> {
  return await changeItem(db, workspaceId, actor, itemId, { of: stamp, field: 'title' }, async (change) => {
    const { tx, item, today } = change;
    const { horizon } = item.state;
    const after = datesAfter(datesOf(item), { horizon, wanted: entry.dueOn, why, today });
    if (!after.ok) return dateRefusal(after);
    const links = await checkLinks(tx, workspaceId, actor, entry, item);
    if (!links.ok) return links;
    const { supportsOn, ...linked } = links.value;
    const state: ItemState = {
      ...item.state,
      ...{ title: entry.title, summary: entry.summary, owner_id: entry.ownerId, ...linked },
      ...{ due_on: after.dates.due, first_due_on: after.dates.first, slips: after.dates.slips },
    };
    await keepChange(change, state, { supportsOn, lastDueOn: after.dates.last }, { slip: after.slip, why });
    return accepted({ id: itemId, key: item.key, title: entry.title, horizon });
  });
}

/** Says what an item would bring, cost and serve, 1 to 5 each. `stamp` is of the item that the form was filled with. */
export async function scoreItem(
  db: Database,
  workspaceId: string,
  actor: Actor,
  itemId: number,
  { scores, stamp }: { scores: { impact: number; effort: number; alignment: number }; stamp: string },
): Promise<Result<Saved & { scores: { impact: number; effort: number; alignment: number } }>> {
  return await changeItem(db, workspaceId, actor, itemId, { of: stamp, field: 'impact' }, async (change) => {
    const { item } = change;
    const { title, horizon } = item.state;
    await keepChange(change, { ...item.state, ...scores }, item, { slip: null, why: null });
    return accepted({ id: itemId, key: item.key, title, horizon, scores });
  });
}

export function datesOf({ state, lastDueOn }: ItemRow) {
  return { due: state.due_on, first: state.first_due_on, last: lastDueOn, slips: state.slips };
}

export function dateRefusal({ code, words, field }: Extract<DatesAfter, { ok: false }>) {
  return beside(field, refused(code, words));
}

/** Keeps what changed of an item in its horizon, each slip by itself, and tells the Homes of its owners. */
async function keepChange(
  change: ItemChange,
  state: ItemState,
  { supportsOn, lastDueOn }: Pick<ItemRow, 'supportsOn' | 'lastDueOn'>,
  { slip, why }: { slip: { from: string; to: string } | null; why: string | null },
): Promise<void> {
  const { tx, workspaceId, item } = change;
  const { due_on, first_due_on, slips, ...rest } = state;
  const { due_on: due, first_due_on: first, slips: count } = item.state;
  const isApart = slip !== null;
  const others = changeOf(
    item.state,
    isApart ? { ...rest, due_on: due, first_due_on: first, slips: count } : state,
  );
  if (others === null && !isApart) return;
  await updateItem(tx, workspaceId, item.id, state, { supportsOn, lastDueOn });
  if (others !== null) await recordItem(change, item.id, 'changed', others);
  if (isApart) await keepSlip(change, slip, why, { due, slips: count }, { due: due_on, slips });
  await markOwners(change, item.state.owner_id, state.owner_id);
}

/** A date that moved back, with its words and its event. */
export async function keepSlip(
  change: ItemChange,
  slip: { from: string; to: string },
  why: string | null,
  before: { due: string | null; slips: number },
  after: { due: string | null; slips: number },
): Promise<void> {
  const { tx, workspaceId, at, doer, item } = change;
  const byId = doer.kind === 'person' ? doer.personId : null;
  await insertSlip(tx, workspaceId, item.id, { at, ...slip, byId, why });
  await recordItem(change, item.id, 'slipped', {
    before: { due_on: before.due, slips: before.slips },
    after: { due_on: after.due, slips: after.slips, ...slip, why },
  });
}
