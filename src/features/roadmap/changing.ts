import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import { may, type Role } from '../../permission/permissions.ts';
import { type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import { sortOut } from '../../platform/db/importing.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import type { ItemState } from './core/state.ts';
import { findRolesOnItem, listWhoMay } from './role-store.ts';
import { findItem, type ItemRow, lockItem } from './store.ts';

/** One change of the roadmap by a person: its transaction, moment and doer. */
export type Change = { tx: Tx; workspaceId: string; at: Temporal.Instant; doer: Doer };
export type ItemChange = Change & { item: ItemRow; today: Temporal.PlainDate };

export const unknownItem = refused('unknown', 'That is not on the roadmap any more.');

/** In one transaction, in time for the answer to a form; what it refuses, it must refuse before anything is changed. */
export async function changeRoadmap<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  work: (change: Change) => Promise<Result<T>>,
): Promise<Result<T>> {
  return await inTransaction(
    db,
    async (tx) => {
      const at = await companyNow(tx, workspaceId);
      return await work({ tx, workspaceId, at, doer: { kind: 'person', personId: actor.id } });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/**
 * Locks an item and checks that the actor may change it at this moment. `stamp` is of the item that a form was filled with
 * (null: no form was): refuses, beside the field, one that somebody has changed since.
 */
export async function changeItem<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  itemId: number,
  stamp: { of: string; field: string } | null,
  work: (change: ItemChange) => Promise<Result<T>>,
): Promise<Result<T>> {
  return await changeRoadmap(db, workspaceId, actor, async (change) => {
    await lockItem(change.tx, workspaceId, itemId);
    const item = await findItem(change.tx, workspaceId, itemId);
    if (item === undefined) return unknownItem;
    const problem = await editRefusal(change.tx, workspaceId, actor, item);
    if (problem !== null) return problem;
    if (stamp !== null && stampOf(item.state) !== stamp.of) return beside(stamp.field, changedMeanwhile);
    const today = change.at.toZonedDateTimeISO(actor.timezone).toPlainDate();
    return await work({ ...change, item, today });
  });
}

const changedMeanwhile = refused(
  'changed-meanwhile',
  'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.',
);

/** Why the actor may not change an item, and whom to ask; null: they may. */
export async function editRefusal(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { id, state }: ItemRow,
): Promise<Refusal | null> {
  const own = await findRolesOnItem(db, workspaceId, id, actor.id);
  const roles: Role[] = [...(actor.isAdmin ? (['admin'] as const) : []), ...own, 'member'];
  if (may('edit a roadmap item', roles)) return null;
  const people = (await listWhoMay(db, workspaceId, id, actor.id)).map(personMention);
  const ask = people.length === 0 ? 'one of your Cairn admins' : people.join(' or ');
  return refused('not-yours', `You can look at *${inline(state.title)}*, but not change it. Ask ${ask}.`);
}

/** A field's refusal: its words stand beside it. */
export function beside(field: string, refusal: Refusal): Refusal {
  return { ...refusal, field };
}

/** Tells one state of an item from another, so that a form never undoes what somebody else has changed meanwhile. */
export function stampOf(state: ItemState): string {
  return createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 22);
}

/** What is to change of an item, and nothing of what is not; null: nothing. */
export function changeOf(
  now: ItemState,
  wanted: ItemState,
): { before: Partial<ItemState>; after: Partial<ItemState> } | null {
  const [change] = sortOut<ItemState>(new Map([['', wanted]]), new Map([['', now]])).changed;
  return change === undefined ? null : { before: change.before, after: change.after };
}

/** Records what has happened to an item. */
export async function recordItem(
  { tx, workspaceId, at, doer }: Change,
  id: number,
  what: 'created' | 'changed' | 'moved' | 'slipped' | 'shipped' | 'stopped' | 'answered',
  change: { before?: unknown; after?: unknown },
): Promise<void> {
  const subject = { kind: 'roadmap-item', id };
  await recordEvent(tx, { workspaceId, at, doer, type: `roadmap-item.${what}`, subject, ...change });
}

/** The Homes of an item's owners, of before and of now. */
export async function markOwners(
  { tx, workspaceId }: Change,
  ...owners: readonly (number | null)[]
): Promise<void> {
  await markHomes(
    tx,
    workspaceId,
    [...new Set(owners)].filter((id) => id !== null),
  );
}
