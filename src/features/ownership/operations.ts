import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import { refused } from '../../platform/core/result.ts';
import type { Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import type { StintBeginning, StintEnding } from '../../platform/db/tables.ts';
import type { RockState, Visibility } from './core/rock.ts';
import {
  activateRock,
  endStint,
  insertStint,
  listBackups,
  lockRock,
  removeBackup,
  reopenStint,
} from './stint-store.ts';

export const unknownRock = refused('unknown-rock', 'That rock is not in the register any more.');

/** A rock that is locked for a change. */
export type OwnedRock = {
  id: number;
  key: string;
  name: string;
  state: RockState;
  visibility: Visibility;
  teamId: number | null;
  /** Who leads its team. */
  leadId: number | null;
  /** Its own home channel. */
  channelId: number | null;
  owner: {
    stintId: number;
    personId: number;
    since: Temporal.Instant;
    began: StintBeginning;
    /** Null: an admin's proposal. */
    confirmedAt: Temporal.Instant | null;
  } | null;
  /** In order. */
  backups: number[];
};

/** Locks a rock for a change of owner, in the caller's transaction; undefined when there is none. */
export async function lockOwnership(
  tx: Tx,
  workspaceId: string,
  rockId: number,
): Promise<OwnedRock | undefined> {
  const locked = await lockRock(tx, workspaceId, rockId);
  if (locked === undefined) return undefined;
  const { stint, ...rock } = locked;
  const owner =
    stint === null
      ? null
      : {
          stintId: stint.id,
          personId: stint.personId,
          since: stint.beganAt,
          began: stint.began,
          confirmedAt: stint.confirmedAt,
        };
  return { ...rock, owner, backups: await listBackups(tx, rockId) };
}

/** Whom a change concerns, and when and by whom it is made; the rock must be locked by the caller. */
type Change = { workspaceId: string; rockId: number; at: Temporal.Instant; doer: Doer };

/**
 * Flips ownership by a handoff, in the transaction that accepts it. The new owner has confirmed it by that. A rock
 * that was set down is carried again.
 */
export async function passRock(
  tx: Tx,
  move: Change & {
    to: number;
    handoffId: number;
    began: 'handoff' | 'assigned';
    ended: 'handed-over' | 'taken-back' | 'assigned';
    /** Why it moves, in the words of whoever began it. */
    reason: string | null;
  },
): Promise<void> {
  const { to: personId, ended, reason, at } = move;
  const rock = await getLocked(tx, move);
  if (rock.stint !== null) await endStint(tx, rock.stint.id, { at, ended, reason });
  const wasSetDown = rock.state === 'set-down';
  if (wasSetDown) await activateRock(tx, move.rockId, at);
  const from = rock.stint?.personId ?? null;
  await beginStint(tx, { ...move, personId, isConfirmed: true, from, wasSetDown });
}

/** The owner has left: a backup carries the rock for now, unasked. Gives the id of the acting stint. */
export async function beginActing(tx: Tx, change: Change & { personId: number }): Promise<number> {
  const rock = await getLocked(tx, change);
  if (rock.stint !== null)
    await endStint(tx, rock.stint.id, { at: change.at, ended: 'released', reason: null });
  const from = rock.stint?.personId ?? null;
  return await beginStint(tx, { ...change, began: 'acting', isConfirmed: false, handoffId: null, from });
}

/** Whoever acts since an owner left says that it is theirs for good; the acting stint ends with it. */
export async function keepRock(tx: Tx, change: Change & { personId: number }): Promise<void> {
  const rock = await getLocked(tx, change);
  if (rock.stint !== null)
    await endStint(tx, rock.stint.id, { at: change.at, ended: 'assigned', reason: null });
  const from = rock.stint?.personId ?? null;
  await beginStint(tx, { ...change, began: 'claimed', isConfirmed: true, handoffId: null, from });
}

/** Begins a stint where there is none: of a rock that is new, or that somebody is proposed for (`isConfirmed` false). */
export async function beginOwning(
  tx: Tx,
  change: Change & {
    personId: number;
    began: Extract<StintBeginning, 'created' | 'claimed' | 'assigned'>;
    isConfirmed: boolean;
    /** It stood in the register as a rock that nobody is to carry. */
    wasSetDown?: boolean;
  },
): Promise<number> {
  return await beginStint(tx, { ...change, handoffId: null, from: null });
}

/** From now on nobody carries the rock. What becomes of it besides is the caller's to say. */
export async function leaveUnowned(
  tx: Tx,
  { ended, reason, ...change }: Change & { ended: StintEnding; reason: string | null },
): Promise<void> {
  const { workspaceId, rockId, at, doer } = change;
  const rock = await getLocked(tx, change);
  if (rock.stint === null) return;
  await endStint(tx, rock.stint.id, { at, ended, reason });
  await markHomes(tx, workspaceId, [rock.stint.personId, ...(await listBackups(tx, rockId))]);
  const subject = { kind: 'rock', id: rockId };
  const before = { owner: rock.stint.personId };
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: 'rock.left',
    subject,
    before,
    after: { owner: null, ended, reason },
  });
}

/** Undoes a release: whoever acts since then stops, and the stint that ended goes on. */
export async function restoreStint(
  tx: Tx,
  change: Change & { stintId: number; personId: number },
): Promise<void> {
  const { workspaceId, rockId, at, doer, stintId, personId } = change;
  const rock = await getLocked(tx, change);
  if (rock.stint !== null) await endStint(tx, rock.stint.id, { at, ended: 'restored', reason: null });
  await reopenStint(tx, stintId);
  const acting = rock.stint?.personId ?? null;
  const concerned = [personId, ...(acting === null ? [] : [acting]), ...(await listBackups(tx, rockId))];
  await markHomes(tx, workspaceId, concerned);
  const subject = { kind: 'rock', id: rockId };
  const [before, after] = [{ owner: acting }, { owner: personId }];
  await recordEvent(tx, { workspaceId, at, doer, type: 'rock.restored', subject, before, after });
}

async function getLocked(tx: Tx, { workspaceId, rockId }: Change) {
  const rock = await lockRock(tx, workspaceId, rockId);
  if (rock === undefined) throw new Error(`rock ${rockId} was locked and is not there`);
  return rock;
}

const eventTypes: Record<StintBeginning, string> = {
  created: 'rock.assigned',
  claimed: 'rock.claimed',
  handoff: 'rock.handed-over',
  assigned: 'rock.assigned',
  acting: 'rock.acting',
};

async function beginStint(
  tx: Tx,
  stint: Change & {
    personId: number;
    from: number | null;
    began: StintBeginning;
    isConfirmed: boolean;
    handoffId: number | null;
    /** It stood in the register as a rock that nobody is to carry. */
    wasSetDown?: boolean;
  },
): Promise<number> {
  const { workspaceId, rockId, at, doer, personId, from, began, handoffId, wasSetDown } = stint;
  const backups = await listBackups(tx, rockId);
  await markHomes(tx, workspaceId, [personId, ...(from === null ? [] : [from]), ...backups]);
  const id = await insertStint(tx, stint);
  // An acting owner is a backup still: once the owner is back, they stand in again.
  if (began !== 'acting') await removeBackup(tx, rockId, personId);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: eventTypes[began],
    subject: { kind: 'rock', id: rockId },
    before: { owner: from, ...(wasSetDown ? { state: 'set-down' } : {}) },
    after: { owner: personId, handoff: handoffId, ...(wasSetDown ? { state: 'active' } : {}) },
  });
  return id;
}
