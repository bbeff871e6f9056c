import { uncounted } from '../platform/counting.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { openBudget, rateOf, spend } from './budget-store.ts';
import { waitForToken } from './core/claiming.ts';
import { isChannelLost, type Outcome, outcomeOf } from './core/outcome.ts';
import { afterFailure, type Reading } from './core/reading.ts';
import { type Done, realMonotonicMs, realSleep, type SenderDeps } from './deps.ts';
import { settleMsOf } from './limits.ts';
import { isPaused } from './pause-store.ts';
import { keepPause } from './pausing.ts';
import { findAddress } from './posting.ts';
import {
  type Doubtful,
  dateDoubtful,
  foreseeDoubt,
  giveUp,
  leaseDoubtful,
  markAbsent,
  markFound,
  putOff,
} from './reconcile-store.ts';
import { soonMs } from './silence.ts';
import { readCallError } from './slack-post.ts';
import { countWait } from './waits.ts';

/** So many are looked for in one go: they are leased together, and each may wait for its turn to read. */
const most = 20;

/** Slack has asked somebody to wait while this process waited for its turn. */
const heldPauseMs = 1_000;

/** Somebody else may hold a row at this moment. */
const shortestPauseMs = 100;

/** Doubtful deliveries that one reading serves. */
type Group = { channel: string; threadTs: string | null; doubtful: Doubtful[] };

/** Why a reading ended early: it was not its turn, or Slack's answer to it. */
type Stopped = { pauseMs: number } | Exclude<Outcome, { kind: 'sent' }>;

/**
 * Settles deliveries of which nobody knows whether they were sent, when their settle time is over. The one place
 * that decides this: what is found by its id was sent; what is not found by a reading of every page, begun now, was
 * not, and goes out again; what cannot be read is tried later, and in the end an admin decides.
 */
export async function reconcile(deps: SenderDeps): Promise<Done> {
  const { db, workspaceId, limits } = deps;
  await dateDoubtful(db, workspaceId, settleMsOf(limits));
  const doubtful = await leaseDoubtful(db, workspaceId, most, limits);
  for (const group of await groupByPlace(deps, doubtful)) await look(deps, group);
  const inMs = await foreseeDoubt(db, workspaceId);
  return { count: doubtful.length, inMs: inMs === null ? null : Math.max(inMs, shortestPauseMs) };
}

async function groupByPlace(deps: SenderDeps, doubtful: Doubtful[]): Promise<Group[]> {
  const groups = new Map<string, Group>();
  for (const delivery of doubtful) {
    const channel = await findAddress(deps, delivery);
    if (typeof channel !== 'string' || channel.startsWith('#')) {
      const reason = typeof channel === 'string' ? "the channel's id is not known yet" : reasonOf(channel);
      await fail(deps, [delivery], reason);
      continue;
    }
    const { threadTs } = delivery;
    const key = `${channel} ${threadTs ?? ''}`;
    const group = groups.get(key) ?? { channel, threadTs, doubtful: [] };
    group.doubtful.push(delivery);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function reasonOf(outcome: Outcome): string {
  return outcome.kind === 'sent' ? '' : outcome.reason;
}

async function look(deps: SenderDeps, group: Group): Promise<void> {
  const { db, limits, log, counting = uncounted } = deps;
  const { found, stopped } = await read(deps, group);
  const isFound = ({ id }: Doubtful): boolean => found.has(id);
  const there = group.doubtful.filter(isFound);
  const rest = group.doubtful.filter((delivery) => !isFound(delivery));
  await markFound(
    db,
    there.map(({ id, lease }) => ({ id, lease, channel: group.channel, ts: found.get(id) ?? '' })),
    limits.channelSpacingMs,
  );
  counting.count('found', {}, there.length);
  for (const { id, messageId } of there) {
    log.info({ delivery: id, message: messageId }, 'a message in doubt was found: it had been sent');
  }
  if (rest.length === 0) return;
  if (stopped === null) {
    const again = await markAbsent(db, rest.map(held), limits.channelSpacingMs);
    counting.count('sent_again', {}, again);
    for (const { id, messageId } of rest) {
      log.warn({ delivery: id, message: messageId }, 'a message in doubt is not there: it was not sent');
    }
  } else if ('kind' in stopped) await fail(deps, rest, stopped.reason);
  else await putOff(db, rest.map(held), { pauseMs: stopped.pauseMs, reason: null });
}

/** Reads page after page, until all are found or there is no more. */
async function read(
  deps: SenderDeps,
  { channel, threadTs, doubtful }: Group,
): Promise<Pick<Reading, 'found'> & { stopped: Stopped | null }> {
  const wanted = new Set(doubtful.map(({ id }) => id));
  const found = new Map<string, string>();
  const oldest = doubtful.reduce(
    (first, it) => (Number(it.oldest) < Number(first) ? it.oldest : first),
    '9e12',
  );
  for (let cursor: string | null = null; ; ) {
    const { waitMs, isHeld } = await takeRead(deps);
    // A reading that has begun waits for its next page, or a long channel would be begun for ever.
    if (waitMs > 0 && cursor !== null && !isHeld) {
      await (deps.sleep ?? realSleep)(waitMs);
      continue;
    }
    if (waitMs > 0) return { found, stopped: { pauseMs: waitMs } };
    try {
      const page = await deps.slack.history({ channel, threadTs, oldest, cursor });
      for (const { id, ts } of page.deliveries) if (wanted.has(id)) found.set(id, ts);
      cursor = page.next;
    } catch (error) {
      const outcome = outcomeOf(readCallError(error));
      if (outcome.kind === 'sent') throw error;
      return { found, stopped: await pauseIfAsked(deps, outcome) };
    }
    if (cursor === null || found.size === wanted.size) return { found, stopped: null };
  }
}

async function pauseIfAsked(deps: SenderDeps, outcome: Exclude<Outcome, { kind: 'sent' }>): Promise<Stopped> {
  const { counting = uncounted, monotonicMs = realMonotonicMs } = deps;
  if (outcome.kind !== 'not-sent' || outcome.askedToWait !== true) return outcome;
  countWait(counting, 'reads', outcome.pauseMs);
  await keepPause(deps, 'reads', monotonicMs() + outcome.pauseMs);
  return { pauseMs: outcome.pauseMs };
}

/** Takes one reading from the workspace's budget, or says for how many milliseconds there is none. */
async function takeRead({
  db,
  workspaceId,
  limits,
  monotonicMs = realMonotonicMs,
}: SenderDeps): Promise<{ waitMs: number; isHeld: boolean }> {
  const rate = rateOf('reads', limits);
  const beganMs = monotonicMs();
  const taken = await inTransaction(db, async (tx) => {
    const { tokens, pausedMs } = await openBudget(tx, workspaceId, 'reads', rate);
    if (pausedMs > 0) return { waitMs: Math.ceil(pausedMs), isHeld: true };
    const waitMs = waitForToken(true, { tokens, reserve: 0 }, rate.perSecond);
    if (waitMs === 0) await spend(tx, workspaceId, 'reads', 1);
    return { waitMs, isHeld: false };
  });
  const isSlow = monotonicMs() - beganMs > soonMs;
  const isHeld = isSlow && !taken.isHeld && (await isPaused(db, workspaceId, 'reads'));
  return isHeld ? { waitMs: heldPauseMs, isHeld } : taken;
}

async function fail({ db, log, limits }: SenderDeps, doubtful: Doubtful[], reason: string): Promise<void> {
  for (const delivery of doubtful) {
    const next = afterFailure(reason, delivery.reads, delivery.age, limits.slackTimeoutMs / 2);
    const context = { delivery: delivery.id, message: delivery.messageId, reason };
    if (next.kind === 'later') {
      await putOff(db, [held(delivery)], { pauseMs: next.pauseMs, reason });
      log.warn({ ...context, pauseMs: next.pauseMs }, 'a message in doubt could not be looked for');
    } else {
      const lostReason = isChannelLost(reason) && delivery.threadTs === null ? reason : null;
      await giveUp(db, [held(delivery)], {
        reason: next.words,
        lostReason,
        spacingMs: limits.channelSpacingMs,
      });
      log.error(context, 'whether this was sent cannot be found out');
    }
  }
}

function held({ id, lease }: Doubtful): { id: string; lease: string } {
  return { id, lease };
}
