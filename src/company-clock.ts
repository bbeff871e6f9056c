import { Temporal } from 'temporal-polyfill';
import { type Jump, jumpsFrom } from './cadence/core/jumps.ts';
import type { Rituals } from './cadence/ritual.ts';
import { findNextMoment } from './cadence/store.ts';
import { findNextDue, type Waiting } from './delivery/message-store.ts';
import { within } from './platform/core/within.ts';
import {
  companyNow,
  readCompanyClock,
  startCompanyClock,
  stopCompanyClock,
  turnCompanyClock,
} from './platform/db/company-time.ts';
import type { Database } from './platform/db/database.ts';
import type { Job } from './platform/job.ts';

/** What the clock shows. */
export type ClockFace = {
  now: Date;
  /** The company's, by its IANA name. */
  zone: string;
  isRunning: boolean;
  /** While it is being turned, `now` follows from due moment to due moment. */
  isTurning: boolean;
  /** The next moment at which something is due, if any, and what. */
  next: { at: Date; what: string } | null;
  jumps: { key: Jump['key']; label: string; at: Date }[];
};

/** An expected no, in words. */
export type Turned = { ok: true } | { ok: false; words: string };

/** The company's clock as the playground turns it. */
export type CompanyClock = {
  now(): Promise<Date>;
  look(): Promise<ClockFace>;
  /**
   * Turns the clock forward, stopping at each due moment on the way; one that stands still stands at the end of it.
   * Refuses the past, what is too far ahead, and a second turn while one is under way, in words; as it does when
   * it had to stop on the way.
   */
  turnTo(instant: Date): Promise<Turned>;
  /** Lets it stand still. What waits for machine time, such as a message to be tried again, goes on. */
  pause(): Promise<void>;
  /** Lets it go on from where it stands, at normal speed. */
  run(): Promise<void>;
  /** Turns no further, and waits for the stop that is under way. */
  stop(): Promise<void>;
};

type Moment = { at: Temporal.Instant; what: string };

/** What is done at each due moment, in this order. */
export type Work = {
  /** Plans whatever is due by now. */
  plan(): Promise<unknown>;
  /** Sends whatever can be sent now. */
  send(): Promise<unknown>;
};

export type CompanyClockOptions = {
  db: Database;
  workspaceId: string;
  rituals: Rituals;
  /** What else the clock does; their work belongs to `Work.plan`. */
  jobs?: readonly Job[];
  /** A turn over more due moments than this stops where it is; the next one goes on from there. */
  mostStops?: number;
  /** Machine time for what is sent at a due moment, in milliseconds: a little more than a call to Slack may take. */
  patienceMs?: number;
};

/** Zones have no rules for ever, and nobody plans so far: a year that was mistyped is no way to lose a company. */
const lastYear = 2099;

/** For what is sent at a due moment while Slack has not answered for the whole patience before. */
const hurryMs = 250;

export function companyClock(
  { db, workspaceId, rituals, jobs = [], mostStops = 2_000, patienceMs = 12_000 }: CompanyClockOptions,
  work: Work,
): CompanyClock {
  let turning: Promise<Turned> | null = null;
  let isStopped = false;

  /** What comes after `after`. What was due by then and still is waits for Slack or a mend, not for the clock. */
  async function soonest(after: Temporal.Instant): Promise<Moment | null> {
    const due: Moment[] = [];
    const cadence = await findNextMoment(db, workspaceId, after);
    if (cadence !== undefined) {
      const name = rituals.get(cadence.ritual)?.name ?? cadence.ritual;
      due.push({
        at: cadence.at,
        what: `${cadence.isEnd ? 'the end of ' : ''}${name} in #${cadence.channel}`,
      });
    }
    for (const job of jobs) {
      const next = await job.next(after);
      if (next !== null) due.push(next);
    }
    const waiting = await findNextDue(db, workspaceId, after);
    if (waiting !== undefined) due.push({ at: waiting.dueAt, what: messageWords(waiting) });
    return due.sort((one, other) => Temporal.Instant.compare(one.at, other.at))[0] ?? null;
  }

  async function goTo(target: Temporal.Instant): Promise<Turned> {
    let reached = await companyNow(db, workspaceId);
    let patience = patienceMs;
    for (let stops = 0; ; stops += 1) {
      await work.plan();
      // A Slack that does not answer must not hold the clock for ever: the rest is sent while it goes on.
      patience = (await within(patience, work.send())) === undefined ? hurryMs : patienceMs;
      if (!isBefore(reached, target)) return { ok: true };
      if (isStopped) return { ok: false, words: 'Cairn is stopping, so the clock stopped on the way.' };
      if (stops === mostStops) {
        const words = `So much is due on the way that the clock stopped after ${mostStops} moments. Turn it again, and it goes on from here.`;
        return { ok: false, words };
      }
      const due = await soonest(reached);
      reached = due !== null && isBefore(due.at, target) ? due.at : target;
      // One that runs may be there already.
      if (isBefore(await companyNow(db, workspaceId), reached))
        await turnCompanyClock(db, workspaceId, reached);
    }
  }

  async function turn(target: Temporal.Instant): Promise<Turned> {
    if (isBefore(target, await companyNow(db, workspaceId))) {
      return { ok: false, words: 'The clock only goes forward: what has happened stays happened.' };
    }
    if (target.toZonedDateTimeISO('UTC').year > lastYear) {
      return { ok: false, words: `The clock goes no further than the year ${lastYear}.` };
    }
    return await goTo(target);
  }

  return {
    now: async () => floor(await companyNow(db, workspaceId)),
    async look() {
      const { now, zone, isRunning } = await readCompanyClock(db, workspaceId);
      const due = await soonest(now);
      return {
        now: floor(now),
        zone,
        isRunning,
        isTurning: turning !== null,
        next: due === null ? null : { at: ceil(due.at), what: due.what },
        jumps: jumpsFrom(now, zone).map((jump) => ({ ...jump, at: ceil(jump.at) })),
      };
    },
    async turnTo(instant) {
      // Which way two turns at once would go is nobody's wish, so the second is told.
      if (turning !== null)
        return { ok: false, words: 'The clock is being turned already. Wait until it is there.' };
      if (isStopped) return { ok: false, words: 'Cairn is stopping.' };
      turning = turn(Temporal.Instant.fromEpochMilliseconds(instant.getTime()));
      try {
        return await turning;
      } finally {
        turning = null;
      }
    },
    pause: () => stopCompanyClock(db, workspaceId),
    run: () => startCompanyClock(db, workspaceId),
    async stop() {
      isStopped = true;
      await turning?.catch(() => undefined);
    },
  };
}

function messageWords({ count, person, channel }: Waiting): string {
  if (count > 1) return `${count} messages`;
  return person === null ? `a message in #${channel}` : `a message to ${person}`;
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

/** A Date has milliseconds, the database microseconds: what has come already is never shown as still to come, ... */
function floor(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds);
}

/** ... and whoever turns the clock to what comes finds it there. */
function ceil(instant: Temporal.Instant): Date {
  return floor(instant.round({ smallestUnit: 'millisecond', roundingMode: 'ceil' }));
}
