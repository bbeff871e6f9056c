import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import { accepted, type Result } from '../../platform/core/result.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import type { Actor } from '../people/core/person.ts';
import { findPersonById } from '../people/operations.ts';
import type { Handoff } from './core/handoff.ts';
import { morningFrom } from './core/times.ts';
import { advance, clockOf, doneBy, type Moving, move, tellOf } from './moving.ts';
import { loanOverBlocks, returnedBlocks } from './news-blocks.ts';

/** Ends a loan early: whoever has it on loan gives it back, or its owner takes it back. The other one is told. */
export async function returnLoan(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'return', async (tx, moving) => {
    const { handoff, rock, at } = moving;
    await returnIn(tx, workspaceId, doneBy(actor), moving);
    const otherId = actor.id === handoff.to.id ? (rock?.owner?.personId ?? null) : handoff.to.id;
    if (otherId !== null) {
      await tellOf(
        tx,
        workspaceId,
        'returned',
        handoff.id,
        at,
        { personId: otherId },
        returnedBlocks(handoff, actor),
      );
    }
    return accepted(null);
  });
}

/** A loan whose last day is over goes back by itself. Both are told at nine of their next working day. */
export async function returnByClock(tx: Tx, workspaceId: string, moving: Moving): Promise<void> {
  const { handoff, rock, at } = moving;
  await returnIn(tx, workspaceId, { kind: 'clock' }, moving);
  const { forCarrier, forOwner } = loanOverBlocks(handoff);
  const tell = async (about: string, personId: number, timezone: string, content: typeof forOwner) => {
    const clock = await clockOf(tx, workspaceId, { id: personId, timezone }, at);
    const dueAt = morningFrom(at, clock);
    await tellOf(tx, workspaceId, about, handoff.id, at, { personId }, content, { dueAt });
  };
  await tell('loan-over-to', handoff.to.id, handoff.to.timezone, forCarrier);
  const owner = rock?.owner == null ? undefined : await findPersonById(tx, workspaceId, rock.owner.personId);
  if (owner?.ok === true) await tell('loan-over', owner.value.id, owner.value.timezone, forOwner);
}

async function returnIn(
  tx: Tx,
  workspaceId: string,
  doer: Doer,
  { handoff, rock, at }: Moving,
): Promise<void> {
  await advance(tx, workspaceId, doer, { handoff, at }, 'return', { event: 'returned' });
  if (rock === null) return;
  // Whose it is now need not be who lent it.
  if (rock.owner !== null) await markHomes(tx, workspaceId, [rock.owner.personId]);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: 'rock.returned',
    subject: { kind: 'rock', id: rock.id },
    before: { lent: { to: handoff.to.id, until: handoff.untilOn?.toString() ?? null } },
    after: { lent: null },
  });
}

/** Keeps, for the history of the rock, that it is on loan from now on. */
export async function recordLoan(
  tx: Tx,
  workspaceId: string,
  doer: Doer,
  handoff: Handoff,
  at: Temporal.Instant,
): Promise<void> {
  if (handoff.rock === null) return;
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: 'rock.lent',
    subject: { kind: 'rock', id: handoff.rock.id },
    before: { lent: null },
    after: { lent: { to: handoff.to.id, until: handoff.untilOn?.toString() ?? null } },
  });
}
