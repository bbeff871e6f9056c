import { Alarm } from '../platform/waking.ts';
import type { Claimed } from './claim-store.ts';
import { claimPosts } from './claiming.ts';
import type { Outcome } from './core/outcome.ts';
import { type Done, realMonotonicMs, realSleep, type SenderDeps, settlingOf } from './deps.ts';
import { editSome } from './editing.ts';
import { type Limits, latestStartMsOf, longestLookMsOf } from './limits.ts';
import { isPaused } from './pause-store.ts';
import { keepPause } from './pausing.ts';
import { post } from './posting.ts';
import { reconcile } from './reconciler.ts';
import type { Settling } from './settling.ts';
import { Silence, soonMs } from './silence.ts';
import { Steadiness } from './steadiness.ts';

/** Sends what is due, edits what reads differently from what it shall, and looks for what is in doubt. */
export type Sender = {
  /** Says that there may be something to do. Without it the sender looks by itself, every few seconds. */
  wake(): void;
  /** Sends until nothing that is due can be sent: it waits where messages keep their distance, but not for Slack. */
  drain(): Promise<void>;
  /** Begins nothing more, and waits for what is under way. */
  stop(): Promise<void>;
};

/** A hint may be lost: so long, in milliseconds, the sender sleeps at most. */
const longestSleepMs = 5_000;
/** When the database does not answer. */
const troublePauseMs = 1_000;

/** Claims once, posts side by side in as many lanes, and settles. Each delivery ends in a state that says what is known. */
export async function sendSome(deps: SenderDeps, shouldStop: () => boolean = () => false): Promise<Done> {
  const shared = { ...deps, silence: deps.silence ?? new Silence() };
  const batch = await begin(shared, deps.limits.parallel, settlingOf(deps), shouldStop);
  await Promise.all(batch.posts);
  return { count: batch.posts.length, inMs: batch.inMs };
}

/** Sends, edits and looks for what is in doubt until nothing more can be done but by waiting longer than for a turn. */
export async function drain(
  deps: SenderDeps,
  shouldStop: () => boolean = () => false,
  settleDoubts: (deps: SenderDeps) => Promise<Done> = reconcile,
): Promise<number> {
  const { sleep = realSleep } = deps;
  let count = 0;
  while (!shouldStop()) {
    const steps = [await sendSome(deps, shouldStop), await editSome(deps), await settleDoubts(deps)];
    const did = steps.reduce((sum, step) => sum + step.count, 0);
    count += did;
    if (did > 0) continue;
    const waits = steps.flatMap(({ inMs }) =>
      inMs === null || inMs > longestTurnMs(deps.limits) ? [] : [inMs],
    );
    if (waits.length === 0) break;
    await sleep(Math.min(...waits));
  }
  return count;
}

/** How long it may take until a message has its turn when nothing but the limits holds it back. */
function longestTurnMs({ channelSpacingMs, postsPerSecond, reserve, editsPerMinute }: Limits): number {
  const tokensMs = ((reserve + 1) / postsPerSecond) * 1000;
  return Math.max(channelSpacingMs, tokensMs, 60_000 / editsPerMinute) + 100;
}

/** Claims, and begins to post what was claimed. */
async function begin(
  deps: SenderDeps,
  most: number,
  settling: Settling,
  shouldStop: () => boolean,
): Promise<{ posts: Promise<void>[]; inMs: number | null }> {
  // Before the claim, so that the deadline is never later than the leases in the database.
  const claimedMs = (deps.monotonicMs ?? realMonotonicMs)();
  const { claimed, inMs } = await claimPosts(deps, most);
  return { posts: claimed.map((one) => deliver(deps, settling, one, claimedMs, shouldStop)), inMs };
}

async function deliver(
  deps: SenderDeps,
  settling: Settling,
  delivery: Claimed,
  claimedMs: number,
  shouldStop: () => boolean,
): Promise<void> {
  const { db, workspaceId, monotonicMs = realMonotonicMs, silence = new Silence(), log } = deps;
  let begunAfterMs = 0;
  // The claim looks whether Slack has asked to wait, and so does each later look of `isTimely`.
  let lookedMs = claimedMs;
  const isInTime = (): boolean => {
    begunAfterMs = monotonicMs() - claimedMs;
    const isLeased = begunAfterMs < latestStartMsOf(deps.limits);
    return isLeased && !shouldStop() && !silence.isKept('posts', monotonicMs());
  };
  const mayBegin = (): boolean => isInTime() && monotonicMs() - lookedMs < longestLookMsOf(deps.limits);
  const isTimely = async (): Promise<boolean> => {
    if (!isInTime()) return false;
    if (begunAfterMs <= soonMs) return true;
    const beforeMs = monotonicMs();
    if (await isPaused(db, workspaceId, 'posts')) return false;
    lookedMs = beforeMs;
    return true;
  };
  const outcome = await post(deps, delivery, { isTimely, mayBegin }).catch((error: unknown): Outcome => {
    // Slack's troubles are outcomes: this is the database's, before anything was said.
    log.error(
      { err: error, delivery: delivery.id, message: delivery.messageId },
      'no way to Slack was found',
    );
    return { kind: 'not-sent', pauseMs: troublePauseMs, reason: 'the database did not answer' };
  });
  const isAskedToWait = outcome.kind === 'not-sent' && outcome.askedToWait === true;
  const untilMs = isAskedToWait ? monotonicMs() + outcome.pauseMs : 0;
  if (isAskedToWait) silence.keep('posts', untilMs);
  const { isAlone } = await settling.settle({ delivery, outcome, begunAfterMs });
  if (isAlone) silence.end('posts', untilMs);
  else if (isAskedToWait) await keepPause(deps, 'posts', untilMs);
}

/** Starts sending by itself, side by side: posts, edits and doubts do not wait for each other. */
export function createSender(given: SenderDeps): Sender {
  const deps = { ...given, silence: new Silence() };
  const settling = settlingOf(deps);
  const steadiness = new Steadiness(deps);
  const inHand = new Set<Promise<void>>();
  const alarms = { posts: new Alarm(), edits: new Alarm(), doubts: new Alarm() };
  let isStopping = false;
  const shouldStop = (): boolean => isStopping;
  const wakeAll = (): void => {
    for (const alarm of Object.values(alarms)) alarm.wake();
  };

  async function settleDoubts(): Promise<Done> {
    const waitMs = await steadiness.look();
    return waitMs > 0 ? { count: 0, inMs: waitMs } : await reconcile(deps);
  }

  /** Begins as many posts as there is room for, and waits for none of them: a slow one holds no other back. */
  async function postSome(): Promise<number | null> {
    const room = deps.limits.parallel - inHand.size;
    if (room <= 0) return null;
    const { posts, inMs } = await begin(deps, room, settling, shouldStop);
    for (const one of posts) {
      inHand.add(one);
      void one.finally(() => {
        inHand.delete(one);
        alarms.posts.wake();
        // What was rewritten while it was posted can be edited now.
        alarms.edits.wake();
      });
    }
    return inHand.size < deps.limits.parallel ? inMs : null;
  }

  async function keepDoing(alarm: Alarm, step: () => Promise<number | null>): Promise<void> {
    while (!isStopping) {
      let inMs: number | null;
      try {
        inMs = await step();
      } catch (error) {
        if (!isStopping) deps.log.error({ err: error }, 'messages could not be worked on');
        inMs = troublePauseMs;
      }
      if (inMs !== 0 && !isStopping) await alarm.wait(Math.min(inMs ?? longestSleepMs, longestSleepMs));
    }
  }

  const working = Promise.all([
    keepDoing(alarms.posts, postSome),
    keepDoing(alarms.edits, async () => (await editSome(deps)).inMs),
    keepDoing(alarms.doubts, async () => {
      const { count, inMs } = await settleDoubts();
      // Their lanes waited for them.
      if (count > 0) alarms.posts.wake();
      return inMs;
    }),
  ]);
  return {
    wake: wakeAll,
    async drain() {
      await Promise.all(inHand);
      await drain(deps, shouldStop, settleDoubts);
      await Promise.all(inHand);
    },
    async stop() {
      isStopping = true;
      wakeAll();
      await working;
      await Promise.all(inHand);
    },
  };
}
