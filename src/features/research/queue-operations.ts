import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { personMention } from '../../platform/slack/mrkdwn.ts';
import { resay } from '../daily/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { lockAccount } from './account-store.ts';
import type { Account, Standing } from './core/account.ts';
import { turnIn, whyNotNow } from './core/queue.ts';
import { goneAccount, researchRefusal, type StandingNow, standingOf } from './standing-operations.ts';
import { takenBlocks } from './turn-blocks.ts';
import { closeWait, endOfTurn, settleQueue, turnKey } from './turn-operations.ts';
import { insertWait, type OpenWait, saveTurn } from './wait-store.ts';

const looksUp = 'log and look up conversations with customers';

/** Works on the queue of an account, locked and up to date, and gives how it stands afterwards. */
async function changeQueue(
  db: Database,
  workspaceId: string,
  actor: Actor,
  accountId: number,
  work: (tx: Tx, account: Account, now: StandingNow, own: OpenWait | undefined) => Promise<Refusal | null>,
): Promise<Result<Standing>> {
  const refusal = researchRefusal(actor, looksUp);
  if (refusal !== null) return refusal;
  return await inTransaction(
    db,
    async (tx) => {
      const account = await lockAccount(tx, workspaceId, accountId);
      if (account === undefined) return goneAccount;
      const now = await settleQueue(tx, workspaceId, account);
      const own = now.waits.find(({ person }) => person.id === actor.id);
      const problem = await work(tx, account, now, own);
      return problem ?? accepted(await standingOf(tx, workspaceId, account));
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Queues for the next slot of an account. Whoever waits already, or has the turn, goes on as they are. */
export async function queueFor(
  db: Database,
  workspaceId: string,
  actor: Actor,
  accountId: number,
  topic: string,
): Promise<Result<Standing>> {
  return await changeQueue(db, workspaceId, actor, accountId, async (tx, account, { at }, own) => {
    if (own !== undefined) return null;
    await insertWait(tx, workspaceId, { accountId, personId: actor.id, topic, at, turn: null });
    await recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'research.waiting',
      subject: { kind: 'account', id: accountId },
      after: { person: actor.id, topic },
    });
    await settleQueue(tx, workspaceId, account);
    return null;
  });
}

/**
 * Takes the slot of an account for five working days, so that others see who contacts it. Refuses while it rests, and
 * where somebody else has the slot or was in the queue before. Whoever has said so already goes on as they are.
 */
export async function takeSlot(
  db: Database,
  workspaceId: string,
  actor: Actor,
  accountId: number,
): Promise<Result<Standing>> {
  return await changeQueue(db, workspaceId, actor, accountId, async (tx, account, now, own) => {
    const problem = notNow(now, actor.id);
    if (problem !== null) return problem;
    if (own?.isTaken === true) return null;
    const { at } = now;
    const { fromNow: until } = await endOfTurn(tx, workspaceId, actor.id, at);
    if (own === undefined) {
      const turn = { accountId, personId: actor.id, topic: '', at, turn: { until } };
      if ((await insertWait(tx, workspaceId, turn)) === undefined) return quicker;
    } else {
      const since = own.nextSince ?? at;
      await saveTurn(tx, own.id, { since, until, takenAt: at });
      const key = turnKey({ id: own.id, nextSince: since });
      await resay(tx, workspaceId, key, takenBlocks({ account }));
    }
    await recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'research.next',
      subject: { kind: 'account', id: accountId },
      after: { person: actor.id, until: until.toString(), taken: true },
    });
    return null;
  });
}

const quicker = refused('taken', 'Somebody was quicker. Queue for the next slot.');

function notNow(now: StandingNow, personId: number): Refusal | null {
  const why = whyNotNow(now, personId);
  if (why === null) return null;
  if (why === 'rests') return refused('rests', 'They rest for now. Queue for the next slot.');
  const first = turnIn(now.waits) ?? now.waits[0];
  if (first === undefined) return quicker;
  const who = personMention(first.person);
  return why === 'taken'
    ? refused('taken', `${who} was quicker. Queue for the next slot.`)
    : refused('queue', `${who} asked before you. Queue for the next slot.`);
}

/** Leaves the queue, or gives the turn back; the next one gets it at once. Whoever does not wait stays out. */
export async function withdraw(
  db: Database,
  workspaceId: string,
  actor: Actor,
  accountId: number,
): Promise<Result<Standing>> {
  return await changeQueue(db, workspaceId, actor, accountId, async (tx, account, { at }, own) => {
    if (own === undefined) return null;
    await closeWait(tx, workspaceId, own, {
      state: 'withdrawn',
      at,
      doer: { kind: 'person', personId: actor.id },
      why: 'You do not wait for them any more.',
      of: account,
    });
    await settleQueue(tx, workspaceId, account);
    return null;
  });
}
