import type { Temporal } from 'temporal-polyfill';
import type { DeadLetter, Troubles } from '../../delivery/core/health.ts';
import { type Figures, readFigures } from '../../delivery/figures-store.ts';
import { findTroubles, letGo, listDead, lockDelivery, revive } from '../../delivery/health-store.ts';
import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Actor } from '../people/core/person.ts';
import { listUsedChannels, type UsedChannel } from './channels-store.ts';

/** As many dead letters as are shown; the rest is counted. */
const mostDead = 10;

export type Health = Pick<Figures, 'due' | 'unknown' | 'oldestSeconds'> &
  Troubles & { now: Temporal.Instant; deadLetters: DeadLetter[] };

/** How Cairn is, for admins. */
export async function readHealth(db: Database, workspaceId: string, actor: Actor): Promise<Result<Health>> {
  if (!may('see and mend deliveries', rolesInWorkspace(actor))) return notAnAdmin;
  const [now, { due, unknown, oldestSeconds }, troubles, deadLetters] = await Promise.all([
    companyNow(db, workspaceId),
    readFigures(db, workspaceId),
    findTroubles(db, workspaceId),
    listDead(db, workspaceId, mostDead),
  ]);
  return accepted({ now, due, unknown, oldestSeconds, ...troubles, deadLetters });
}

/** Lets a dead message go out again, as soon as it can. A second press finds it on its way and changes nothing. */
export async function tryAgain(
  db: Database,
  workspaceId: string,
  actor: Actor,
  deliveryId: string,
): Promise<Result<null>> {
  return await decide(db, workspaceId, actor, deliveryId, 'message.tried-again', async (tx, letter) => {
    if (letter.isOver) return refused('over', 'Its time is over, so it would come too late. Let it go.');
    if (letter.isOrphan) return refused('orphan', 'It answers a message that was never sent. Let it go.');
    await revive(tx, workspaceId, letter.messageId);
    return null;
  });
}

/** Takes a dead message off the list: it is never sent. */
export async function letMessageGo(
  db: Database,
  workspaceId: string,
  actor: Actor,
  deliveryId: string,
): Promise<Result<null>> {
  return await decide(db, workspaceId, actor, deliveryId, 'message.let-go', async (tx, letter) => {
    await letGo(tx, workspaceId, letter.messageId, `let go by ${actor.name}`);
    return null;
  });
}

type Letter = NonNullable<Awaited<ReturnType<typeof lockDelivery>>>;

async function decide(
  db: Database,
  workspaceId: string,
  actor: Actor,
  deliveryId: string,
  type: string,
  step: (tx: Tx, letter: Letter) => Promise<Refusal | null>,
): Promise<Result<null>> {
  if (!may('see and mend deliveries', rolesInWorkspace(actor))) return notAnAdmin;
  return await inTransaction(db, async (tx): Promise<Result<null>> => {
    const letter = await lockDelivery(tx, workspaceId, deliveryId);
    if (letter?.state !== 'dead')
      return refused('not-dead', 'That message does not wait for a decision any more.');
    const problem = await step(tx, letter);
    if (problem !== null) return problem;
    await recordEvent(tx, {
      workspaceId,
      at: await companyNow(tx, workspaceId),
      doer: { kind: 'person', personId: actor.id },
      type,
      subject: { kind: 'message', id: letter.messageId },
      before: { reason: letter.reason },
    });
    return accepted(null);
  });
}

/** The channels in which Cairn has to write, for whoever looks whether it can. */
export async function channelsInUse(db: Database, workspaceId: string): Promise<UsedChannel[]> {
  return await listUsedChannels(db, workspaceId);
}

const notAnAdmin = refused(
  'not-an-admin',
  'How Cairn is doing is shown to admins, since it names who could not be reached. Ask one of them; for yourself, `/cairn help` shows what I can do.',
);
