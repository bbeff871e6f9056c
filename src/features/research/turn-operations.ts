import type { Temporal } from 'temporal-polyfill';
import { mondayToFriday } from '../../cadence/core/working-days.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { type NewPart, sayAll, unsay } from '../daily/operations.ts';
import { readWorksOn } from '../people/working-days.ts';
import { lockAccount } from './account-store.ts';
import type { Account, Who } from './core/account.ts';
import { toldAt, turnEnds, whoIsNext } from './core/queue.ts';
import { type StandingNow, standingOf } from './standing-operations.ts';
import { lapsedBlocks, turnBlocks } from './turn-blocks.ts';
import { endWait, findNextDue, listDue, type OpenWait, saveTurn } from './wait-store.ts';

const clock: Doer = { kind: 'clock' };

/** What the message of a turn goes by: each turn of a wait has its own. */
export function turnKey({ id, nextSince }: Pick<OpenWait, 'id' | 'nextSince'>): string {
  return `research-next:${id}:${nextSince?.epochMilliseconds ?? 0}`;
}

/** When a turn that somebody takes at `at` is over, by their own working days. */
export async function endOfTurn(
  db: Database,
  workspaceId: string,
  personId: number,
  at: Temporal.Instant,
): Promise<{ toldAt: Temporal.Instant; until: Temporal.Instant; fromNow: Temporal.Instant }> {
  const life = (await readWorksOn(db, workspaceId, [personId], at)).get(personId);
  const { timezone, worksOn } = life ?? { timezone: 'UTC', worksOn: mondayToFriday };
  const told = toldAt(at, timezone);
  return {
    toldAt: told,
    until: turnEnds(told, timezone, worksOn),
    fromNow: turnEnds(at, timezone, worksOn),
  };
}

/** Ends a wait as an event, and takes back what stands in messages about its turn. */
export async function closeWait(
  tx: Tx,
  workspaceId: string,
  wait: OpenWait,
  end: { state: 'held' | 'lapsed' | 'withdrawn'; at: Temporal.Instant; doer: Doer; why: string; of: Account },
): Promise<void> {
  const { state, at, doer, why, of } = end;
  await endWait(tx, wait.id, state, at);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: `research.${state}`,
    subject: { kind: 'account', id: of.id },
    before: { person: wait.person.id, state: wait.state },
  });
  if (wait.state === 'next') await unsay(tx, workspaceId, [turnKey(wait)], why);
}

/**
 * Brings the queue of a locked account up to date: whoever left lapses, a turn that is over lapses and its owner is told,
 * and the first who waits gets the turn as soon as the account is rested. Does nothing the second time.
 */
export async function settleQueue(tx: Tx, workspaceId: string, account: Account): Promise<StandingNow> {
  const standing = await standingOf(tx, workspaceId, account);
  const { at } = standing;
  const gone = standing.waits.filter(({ isGone }) => isGone);
  const over = standing.waits.filter(
    ({ isGone, until }) => !isGone && until !== null && until.epochMilliseconds <= at.epochMilliseconds,
  );
  for (const wait of [...gone, ...over])
    await closeWait(tx, workspaceId, wait, {
      state: 'lapsed',
      at,
      doer: clock,
      why: 'Your turn has passed.',
      of: account,
    });
  const closed = new Set([...gone, ...over]);
  const waits = standing.waits.filter((wait) => !closed.has(wait));
  const now = { ...standing, waits };
  const next = whoIsNext(now);
  const parts = over.map((wait) => lapsedPart(workspaceId, account, wait, next?.person ?? null, at));
  const first = waits.find(({ id }) => id === next?.id);
  if (first === undefined) {
    await sayAll(tx, parts);
    return now;
  }
  const turn = await endOfTurn(tx, workspaceId, first.person.id, at);
  const given: OpenWait = { ...first, state: 'next', nextSince: at, until: turn.until };
  await saveTurn(tx, first.id, { since: at, until: turn.until, takenAt: null });
  await recordEvent(tx, {
    workspaceId,
    at,
    doer: clock,
    type: 'research.next',
    subject: { kind: 'account', id: account.id },
    after: { person: first.person.id, until: turn.until.toString() },
  });
  await sayAll(tx, [
    ...parts,
    {
      workspaceId,
      personId: first.person.id,
      key: turnKey(given),
      at: turn.toldAt,
      expiresAt: turn.until,
      content: turnBlocks({ account, topic: first.topic }),
      isNudge: true,
    },
  ]);
  return { ...now, waits: [given, ...waits.filter(({ id }) => id !== first.id)] };
}

function lapsedPart(
  workspaceId: string,
  account: Account,
  wait: OpenWait,
  next: Who | null,
  at: Temporal.Instant,
): NewPart {
  return {
    workspaceId,
    personId: wait.person.id,
    key: `research-lapsed:${wait.id}`,
    at,
    content: lapsedBlocks({ account, next }),
    isNudge: true,
  };
}

/** The accounts whose queues move on now, so many at most. */
export async function listDueQueues(
  db: Database,
  workspaceId: string,
  most: number,
): Promise<{ id: number }[]> {
  return await listDue(db, workspaceId, most);
}

/** Brings one queue up to date in a transaction of its own. */
export async function settleAccount(db: Database, workspaceId: string, accountId: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const account = await lockAccount(tx, workspaceId, accountId);
    if (account !== undefined) await settleQueue(tx, workspaceId, account);
  });
}

/** The soonest moment after `after` at which a queue moves on, and whose. */
export async function nextDueQueue(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ at: Temporal.Instant; name: string } | undefined> {
  return await findNextDue(db, workspaceId, after);
}
