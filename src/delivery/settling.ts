import type { Counting } from '../platform/counting.ts';
import type { Database } from '../platform/db/database.ts';
import type { Log } from '../platform/log.ts';
import { saveChannelId } from './address-store.ts';
import type { Claimed } from './claim-store.ts';
import { isChannelLost, type Outcome } from './core/outcome.ts';
import type { Limits } from './limits.ts';
import { markSent, type SentPost, settleUnsent, type UnsentPost } from './settle-store.ts';
import { countWait } from './waits.ts';

export type SettlingDeps = {
  db: Database;
  limits: Limits;
  log: Log;
  counting: Counting;
};

/** What became of a post that this process made. */
export type Settled = { delivery: Claimed; outcome: Outcome; begunAfterMs: number };

/** `isAlone`: Slack asked its lane to wait, and no other. */
export type Kept = { isAlone: boolean };

/**
 * Slack's 429 does not say whether it is for a channel or for the whole workspace. So everybody waits at first; a
 * lane that was refused so often in a row, while posts of others got through in between, has been found out to be
 * meant alone, and from then on waits alone.
 */
const refusedAlone = 6;

/** Keeps outcomes: those that come while others are being kept go together into the next statement. */
export class Settling {
  readonly #deps: SettlingDeps;
  #waiting: { settled: Settled; done: (kept: Kept) => void }[] = [];
  #isBusy = false;

  constructor(deps: SettlingDeps) {
    this.#deps = deps;
  }

  /** Resolves when it is kept. Never rejects: what could not be kept is found when its lease has run out. */
  async settle(settled: Settled): Promise<Kept> {
    const { promise, resolve } = Promise.withResolvers<Kept>();
    this.#waiting.push({ settled, done: resolve });
    if (!this.#isBusy) void this.#work();
    return await promise;
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    // Answers that arrive in one turn of the event loop come one after the other.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      let alone: ReadonlySet<string> = new Set();
      try {
        alone = await settleAll(
          this.#deps,
          batch.map(({ settled }) => settled),
        );
      } catch (error) {
        this.#deps.log.error(
          { err: error, deliveries: batch.map(({ settled }) => settled.delivery.id) },
          'what became of these posts could not be kept; they are looked for when their leases have run out',
        );
      }
      for (const { settled, done } of batch) done({ isAlone: alone.has(settled.delivery.id) });
    }
    this.#isBusy = false;
  }
}

/** Gives those whose lanes wait alone. */
async function settleAll(deps: SettlingDeps, all: Settled[]): Promise<ReadonlySet<string>> {
  const { db, limits } = deps;
  const sent: SentPost[] = [];
  const unsent: UnsentPost[] = [];
  for (const settled of all) {
    const { delivery, outcome, begunAfterMs } = settled;
    const { id, lease, revision } = delivery;
    if (outcome.kind === 'sent') {
      sent.push({ id, lease, revision, begunAfterMs, channel: outcome.channel, ts: outcome.ts });
    } else {
      unsent.push({ id, lease, ...unsentOf(outcome) });
    }
    tellOf(deps, settled);
  }
  await markSent(db, sent, limits.channelSpacingMs);
  const refused = await settleUnsent(db, unsent);
  for (const { delivery, outcome } of all) {
    if (outcome.kind === 'sent') await keepChannelId(deps, delivery, outcome.channel);
  }
  return new Set(refused.filter((it) => it.refused >= refusedAlone).map(({ id }) => id));
}

function unsentOf(outcome: Exclude<Outcome, { kind: 'sent' }>): Omit<UnsentPost, 'id' | 'lease'> {
  const { kind, reason } = outcome;
  return {
    kind,
    reason,
    pauseMs: kind === 'not-sent' ? outcome.pauseMs : 0,
    isRefused: kind === 'not-sent' && outcome.askedToWait === true,
    isChannelLost: kind === 'dead' && isChannelLost(reason),
  };
}

function tellOf({ log, counting }: SettlingDeps, { delivery, outcome }: Settled): void {
  counting.count('posts', { outcome: outcome.kind });
  const context = { delivery: delivery.id, message: delivery.messageId };
  switch (outcome.kind) {
    case 'sent':
      log.debug(context, 'sent');
      return;
    case 'dead':
      log.error({ ...context, reason: outcome.reason }, 'this cannot be sent');
      return;
    case 'unknown':
      log.warn({ ...context, reason: outcome.reason }, 'whether this was sent is not known yet');
      return;
    case 'not-sent':
      log.info({ ...context, reason: outcome.reason, pauseMs: outcome.pauseMs }, 'not sent yet');
      if (outcome.askedToWait === true) countWait(counting, 'posts', outcome.pauseMs);
  }
}

/** A post to a channel's name tells its id. The message is out: nothing that goes wrong here may change that. */
async function keepChannelId({ db, log }: SettlingDeps, delivery: Claimed, slackId: string): Promise<void> {
  const { channelId, channelSlackId, channelName } = delivery;
  if (channelId === null || channelSlackId !== null || slackId === `#${channelName}`) return;
  try {
    await saveChannelId(db, channelId, slackId);
  } catch (error) {
    log.warn({ err: error, channel: slackId }, "a channel's id could not be kept");
  }
}
