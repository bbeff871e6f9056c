import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { Actor, Person } from '../people/core/person.ts';
import type { RockCard } from './core/rock.ts';
import { findCard } from './lookup-store.ts';
import { endStint, insertStint, listBackups, lockRock, removeBackup } from './stint-store.ts';

/** Takes a rock that nobody owns. Of two who press at once the second is told who was first. */
export async function takeRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
): Promise<Result<RockCard>> {
  return await inTransaction(db, async (tx) => {
    const rock = await lockRock(tx, workspaceId, rockId);
    if (rock === undefined) return refused('unknown-rock', 'That rock is not in the register any more.');
    const now = await companyNow(tx, workspaceId);
    if (rock.stint === null) {
      const move = { workspaceId, rockId, to: actor.id, began: 'claimed', at: now, handoffId: null } as const;
      await beginStint(tx, move, { kind: 'person', personId: actor.id });
    } else if (rock.stint.personId !== actor.id) {
      return refused(
        'owned',
        `Somebody took *${inline(rock.name)}* a moment before you. \`/owner\` says who.`,
      );
    }
    const card = await findCard(tx, workspaceId, rockId, actor.id);
    return card === undefined ? refused('unknown-rock', 'That rock is gone.') : accepted(card);
  });
}

export type OwnedRock = {
  id: number;
  name: string;
  channelId: number | null;
  owner: { personId: number; since: Temporal.Instant } | null;
};

/** Locks a rock for a change of owner, in the caller's transaction; undefined when there is none. */
export async function lockOwnership(
  tx: Tx,
  workspaceId: string,
  rockId: number,
): Promise<OwnedRock | undefined> {
  const rock = await lockRock(tx, workspaceId, rockId);
  if (rock === undefined) return undefined;
  const { id, name, channelId, stint } = rock;
  return { id, name, channelId, owner: stint && { personId: stint.personId, since: stint.beganAt } };
}

/** Flips ownership by a handoff, in the transaction that accepts it. The rock must be locked by the caller. */
export async function passRock(
  tx: Tx,
  move: { workspaceId: string; rockId: number; to: Person; at: Temporal.Instant; handoffId: number },
): Promise<void> {
  const rock = await lockRock(tx, move.workspaceId, move.rockId);
  if (rock?.stint) await endStint(tx, rock.stint.id, move.at);
  await beginStint(
    tx,
    { ...move, to: move.to.id, began: 'handoff', from: rock?.stint?.personId ?? null },
    { kind: 'person', personId: move.to.id },
  );
}

type Move = {
  workspaceId: string;
  rockId: number;
  to: number;
  from?: number | null;
  began: 'claimed' | 'handoff';
  at: Temporal.Instant;
  handoffId: number | null;
};

async function beginStint(tx: Tx, move: Move, doer: Doer): Promise<void> {
  const backups = await listBackups(tx, move.rockId);
  await markHomes(tx, move.workspaceId, [move.to, ...(move.from ? [move.from] : []), ...backups]);
  await insertStint(tx, { ...move, personId: move.to });
  await removeBackup(tx, move.rockId, move.to);
  await recordEvent(tx, {
    workspaceId: move.workspaceId,
    at: move.at,
    doer,
    type: move.began === 'claimed' ? 'rock.claimed' : 'rock.handed-over',
    subject: { kind: 'rock', id: move.rockId },
    before: { owner: move.from ?? null },
    after: { owner: move.to, handoff: move.handoffId },
  });
}
