import { Temporal } from 'temporal-polyfill';
import { latestSlot, nextSlot, type Slot, slotAt } from './calendar.ts';
import type { CadenceRule } from './rule.ts';

export type Plan = {
  /** What was missed while nobody planned, as one span; null when nothing was. */
  missed: { covers: Slot['covers']; name: string; dueAt: Temporal.Instant; reason: string } | null;
  /** The occurrence to hold now; null when the latest one is too late as well. */
  hold: Slot | null;
  nextDueAt: Temporal.Instant | null;
};

/**
 * Decides what becomes of a cadence that is due: the latest slot is held if it is not later than `catchUp`
 * (ISO 8601, plain elapsed time), all before it is one missed span. History is never looped over.
 */
export function plan(
  cadence: { rule: CadenceRule; nextDueAt: Temporal.Instant; catchUp: string },
  now: Temporal.Instant,
): Plan {
  const { rule } = cadence;
  const { zone, period } = rule;
  const nextDueAt = nextSlot(rule, now)?.at ?? null;
  const latest = latestSlot(rule, now, cadence.nextDueAt);
  if (latest === null) return { missed: null, hold: null, nextDueAt };

  // By its rule, since a gap may have moved it to another day than was meant.
  const first =
    latestSlot(rule, cadence.nextDueAt, cadence.nextDueAt) ??
    slotAt(cadence.nextDueAt.toZonedDateTimeISO(zone).toPlainDateTime(), zone, period);
  const lateBy = latest.at.until(now);
  const isTooLate = Temporal.Duration.compare(lateBy, Temporal.Duration.from(cadence.catchUp)) > 0;
  const hold = isTooLate ? null : latest;
  const to = isTooLate ? latest.covers.to : latest.covers.from;
  const isSpan = Temporal.PlainDateTime.compare(first.covers.from, to) < 0;
  const missed = isSpan
    ? {
        covers: { from: first.covers.from, to },
        name: first.name,
        dueAt: first.at,
        reason: 'Cairn was not running when this was due',
      }
    : null;
  return { missed, hold, nextDueAt };
}
