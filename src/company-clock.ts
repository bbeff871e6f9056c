import { Temporal } from 'temporal-polyfill';
import type { Ritual } from './cadence/ritual.ts';
import { findNextCadence } from './cadence/store.ts';
import { nextDueAt } from './delivery/message-store.ts';
import { companyNow, turnCompanyClock } from './platform/db/company-time.ts';
import type { Database } from './platform/db/database.ts';

/** The company's clock as the playground turns it. */
export type CompanyClock = {
  now(): Promise<Date>;
  /** The next moment at which something is due, if any, and what. */
  next(): Promise<{ at: Date; what: string } | null>;
  /** Turns the clock forward, stopping at each due moment on the way. Refuses the past, in words. */
  turnTo(instant: Date): Promise<{ ok: true } | { ok: false; words: string }>;
};

/** A jump over more due moments than this stops where it is; the next jump goes on from there. */
const mostStops = 2_000;

/** `run` plans and sends whatever is due at the moment that the clock shows. */
export function companyClock(
  { db, workspaceId, rituals }: { db: Database; workspaceId: string; rituals: ReadonlyMap<string, Ritual> },
  run: () => Promise<void>,
): CompanyClock {
  /** What comes after `after`. What was due by then and still is waits for Slack or a mend, not for the clock. */
  async function soonest(after: Temporal.Instant): Promise<{ at: Temporal.Instant; what: string } | null> {
    const cadence = await findNextCadence(db, workspaceId, after);
    const messageAt = await nextDueAt(db, workspaceId, after);
    const isMessageFirst =
      messageAt !== null && (cadence === undefined || Temporal.Instant.compare(messageAt, cadence.dueAt) < 0);
    if (isMessageFirst) return { at: messageAt, what: 'a message that waits' };
    if (cadence === undefined) return null;
    const name = rituals.get(cadence.ritual)?.name ?? cadence.ritual;
    return { at: cadence.dueAt, what: `${name} in #${cadence.channel}` };
  }

  return {
    now: async () => toDate(await companyNow(db, workspaceId)),
    async next() {
      const due = await soonest(await companyNow(db, workspaceId));
      return due === null ? null : { at: toDate(due.at), what: due.what };
    },
    async turnTo(instant) {
      const target = Temporal.Instant.fromEpochMilliseconds(instant.getTime());
      let reached = await companyNow(db, workspaceId);
      if (Temporal.Instant.compare(target, reached) < 0) {
        return { ok: false, words: 'The clock only goes forward: what has happened stays happened.' };
      }
      await run();
      for (let stop = 0; stop < mostStops; stop += 1) {
        const due = await soonest(reached);
        const isLast = due === null || Temporal.Instant.compare(due.at, target) > 0;
        reached = isLast ? target : due.at;
        if (Temporal.Instant.compare(reached, await companyNow(db, workspaceId)) > 0) {
          await turnCompanyClock(db, workspaceId, reached);
        }
        await run();
        if (isLast) break;
      }
      return { ok: true };
    },
  };
}

function toDate(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds);
}
