import { Temporal } from 'temporal-polyfill';
import { nextSlot, type Slot } from './calendar.ts';
import type { CadenceRule } from './rule.ts';

/** An occurrence that stands already, and so keeps its period from another one. */
export type Taken = {
  covers: Slot['covers'];
  state: 'open' | 'held' | 'skipped' | 'missed';
  reason: string | null;
};

/** A time at which a cadence comes, or why it does not come then. */
export type Upcoming = { slot: Slot; skip: string | null };

/** What may be skipped one after the other before nobody looks further for one that is held. */
const farthest = 400;

/** The next `count` times after `after` and until the end of `lastDay`, with those at which nothing is held. */
export function upcomingTimes(
  rule: CadenceRule,
  after: Temporal.Instant,
  count: number,
  { taken, lastDay }: { taken: readonly Taken[]; lastDay: Temporal.PlainDate | null },
): Upcoming[] {
  const times: Upcoming[] = [];
  for (let from = after; times.length < count; ) {
    const slot = nextSlot(rule, from);
    if (slot === null || isPast(slot, lastDay)) break;
    times.push({ slot, skip: slot.skip ?? takenReason(slot, rule, taken) });
    from = slot.at;
  }
  return times;
}

/** The next time at which something is held; null when there is none that anybody would wait for. */
export function nextHeld(
  rule: CadenceRule,
  after: Temporal.Instant,
  given: { taken: readonly Taken[]; lastDay: Temporal.PlainDate | null },
): Slot | null {
  let from = after;
  for (let tries = 0; tries < farthest; tries += 1) {
    const [next] = upcomingTimes(rule, from, 1, given);
    if (next === undefined) return null;
    if (next.skip === null) return next.slot;
    from = next.slot.at;
  }
  return null;
}

/**
 * When a cadence has something to plan next: a holiday counts, since it is recorded then; what somebody skipped
 * is recorded already.
 */
export function nextToPlan(
  rule: CadenceRule,
  after: Temporal.Instant,
  taken: readonly Taken[],
): Temporal.Instant | null {
  let from = after;
  for (let tries = 0; tries < farthest; tries += 1) {
    const slot = nextSlot(rule, from);
    if (slot === null) return null;
    if (findTaken(slot, taken) === undefined) return slot.at;
    from = slot.at;
  }
  return from;
}

function isPast({ local }: Slot, lastDay: Temporal.PlainDate | null): boolean {
  return lastDay !== null && Temporal.PlainDate.compare(local.toPlainDate(), lastDay) > 0;
}

function findTaken({ covers }: Slot, taken: readonly Taken[]): Taken | undefined {
  const isBefore = Temporal.PlainDateTime.compare;
  return taken.find(
    (one) => isBefore(one.covers.from, covers.to) < 0 && isBefore(covers.from, one.covers.to) < 0,
  );
}

const hadOne = {
  slot: 'it was held already',
  day: 'that day has had one',
  week: 'that week has had one',
  month: 'that month has had one',
  quarter: 'that quarter has had one',
};

function takenReason(slot: Slot, { period }: CadenceRule, taken: readonly Taken[]): string | null {
  const found = findTaken(slot, taken);
  if (found === undefined) return null;
  return found.state === 'skipped' && found.reason !== null ? found.reason : hadOne[period];
}
