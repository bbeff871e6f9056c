import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Doer } from '../../platform/db/events.ts';
import { recordEvent } from '../../platform/db/events.ts';
import type { Moved } from '../ownership/core/moved.ts';
import type { RockMoved } from '../ownership/moved.ts';
import { lockOwnership } from '../ownership/operations.ts';
import type { Handoff } from './core/handoff.ts';
import { advance, showHandoff, tellOf } from './moving.ts';
import { lapsedBlocks, leftBlocks } from './news-blocks.ts';
import { findLoanOfRock, findOpenHandoffOfRock, listOverlapsOfRock, lockHandoff } from './store.ts';

/** Why a rock moved on without the handoff that waits or the loan that goes on. */
export type Lapsing = Moved | 'handed-over';

/** From then on nobody is accountable for the rock: there is nobody to lend it. */
const endsLoans: readonly Lapsing[] = ['set-down', 'retired', 'merged', 'left'];

/**
 * Ends what a rock leaves behind that moved on without a handoff, in the transaction of that; the rock is locked. What
 * waits for an answer is withdrawn and both are told; whoever had it before helps no longer; a loan goes on under the
 * new owner, unless there is none, or it is whoever has it on loan.
 */
export const endLapsedHandoffs: RockMoved = async (tx, { workspaceId, rockId, why, at, doer }) => {
  const rock = await lockOwnership(tx, workspaceId, rockId);
  const open = await findOpenHandoffOfRock(tx, workspaceId, rockId);
  if (open !== undefined) await lapse(tx, workspaceId, doer, open, why, at);
  await endLeftovers(tx, workspaceId, doer, { rockId, why, at, ownerId: rock?.owner?.personId ?? null });
};

/** The same for what goes on besides: overlaps of earlier handoffs, and a loan whose carrier owns it now. */
export async function endLeftovers(
  tx: Tx,
  workspaceId: string,
  doer: Doer,
  {
    rockId,
    why,
    at,
    ownerId,
    except,
  }: {
    rockId: number;
    why: Lapsing;
    at: Temporal.Instant;
    ownerId: number | null;
    /** The handoff by which it moved. */
    except?: number;
  },
): Promise<void> {
  for (const known of await listOverlapsOfRock(tx, workspaceId, rockId)) {
    if (known.id === except) continue;
    const handoff = await lockHandoff(tx, workspaceId, known.id);
    if (handoff?.state !== 'overlap') continue;
    await tx.deleteFrom('handoff_steps').where('handoff_id', '=', handoff.id).execute();
    await advance(tx, workspaceId, doer, { handoff, at }, 'end-overlap', { event: 'completed' });
  }
  const loan = await findLoanOfRock(tx, workspaceId, rockId);
  if (loan === undefined) return;
  if (endsLoans.includes(why) || loan.to.id === ownerId) {
    return await lapse(tx, workspaceId, doer, loan, why, at);
  }
  // It goes on under another owner, and whoever lent it has nothing to take back any more.
  await showHandoff(tx, loan);
  await markHomes(tx, workspaceId, [loan.to.id]);
}

/**
 * Ends a handoff whose rock has moved on without it, and tells both; the rock is locked by the caller. `absentId` is
 * one of them who has left: then there is nobody to tell, and the other one is told that.
 */
export async function lapse(
  tx: Tx,
  workspaceId: string,
  doer: Doer,
  known: Handoff,
  why: Lapsing,
  at: Temporal.Instant,
  absentId: number | null = null,
): Promise<void> {
  const handoff = await lockHandoff(tx, workspaceId, known.id);
  if (handoff === undefined || handoff.state !== known.state) return;
  const { forReceiver, forSender } =
    absentId === null ? lapsedBlocks(handoff, why) : leftBlocks(handoff, absentId);
  const { rock, from, to, sender, offerMessageId, requestMessageId } = handoff;
  const senderMessageId = handoff.senderMessageId ?? requestMessageId;
  await advance(tx, workspaceId, doer, { handoff, at }, rock === null ? 'withdraw' : 'lapse', {
    event: 'lapsed',
    notes: {
      receiver: forReceiver,
      sender: forSender,
      ...(handoff.state === 'asked' ? { request: forSender } : {}),
    },
  });
  if (handoff.state === 'accepted' && rock !== null) {
    await recordEvent(tx, {
      workspaceId,
      at,
      doer,
      type: 'rock.returned',
      subject: { kind: 'rock', id: rock.id },
      before: { lent: { to: to.id, until: handoff.untilOn?.toString() ?? null } },
      after: { lent: null, from: from?.id ?? null },
    });
  }
  const tell = (about: string, personId: number, content: typeof forReceiver, threadOf: number | null) =>
    tellOf(tx, workspaceId, about, handoff.id, at, { personId }, content, { threadOf });
  // Of several that were offered together both read in one message, which says so already.
  if (handoff.batchId !== null) return;
  const isDoer = (personId: number) =>
    personId === absentId || (doer.kind === 'person' && doer.personId === personId);
  if (!isDoer(to.id)) await tell('lapsed-to', to.id, forReceiver, offerMessageId);
  if (!isDoer(sender.id) && sender.id !== to.id) await tell('lapsed', sender.id, forSender, senderMessageId);
}
