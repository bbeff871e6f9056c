import { Temporal } from 'temporal-polyfill';
import { latestSlot, nextSlot, type Slot, slotAt } from './calendar.ts';
import type { Covers } from './period.ts';
import type { CadenceRule } from './rule.ts';

export type Plan = {
  /** What was missed while nobody planned, as one span; null when nothing was. */
  missed: { covers: Covers; name: string; dueAt: Temporal.Instant; reason: string } | null;
  /** What its rule leaves out, each with its reason. */
  skipped: (Slot & { skip: string })[];
  /** The occurrence to hold now; null when the latest one is too late as well. */
  hold: Slot | null;
  nextDueAt: Temporal.Instant | null;
  /** Whether nothing of it comes before its end any more. */
  isOver: boolean;
};

/** So many left out in a row are told one by one, a year of days; in a longer row the rest counts as missed. */
const mostSkipped = 366;

/**
 * Decides what becomes of a cadence that is due: the latest slot is held if it is not later than `catchUp`
 * (ISO 8601, plain elapsed time), all before it is one missed span, but for what its rule leaves out at either end
 * of that. Nothing happens from `until` on. History is never looped over.
 */
export function plan(
  cadence: {
    rule: CadenceRule;
    nextDueAt: Temporal.Instant;
    catchUp: string;
    until: Temporal.Instant | null;
  },
  now: Temporal.Instant,
): Plan {
  const { rule, nextDueAt: due, until } = cadence;
  const next = nextSlot(rule, now);
  const isOver = until !== null && (next === null || !isBefore(next.at, until));
  const nextDueAt = isOver ? null : (next?.at ?? null);
  const end = until === null || isBefore(now, until) ? now : until.subtract({ nanoseconds: 1 });

  const behind = skipsBack(rule, end, due);
  const latest = behind.slot;
  if (latest === null) return { missed: null, skipped: behind.skips, hold: null, nextDueAt, isOver };

  const isTooLate =
    latest.skip !== null ||
    Temporal.Duration.compare(latest.at.until(now), Temporal.Duration.from(cadence.catchUp)) > 0;
  const hold = isTooLate ? null : latest;
  const to = isTooLate ? latest.covers.to : latest.covers.from;
  const ahead = skipsAhead(rule, due, latest);
  const { from } = ahead.slot.covers;
  const isSpan = Temporal.PlainDateTime.compare(from, to) < 0;
  const missed = isSpan
    ? {
        covers: { from, to },
        name: ahead.slot.name,
        dueAt: ahead.slot.at,
        reason: 'Cairn was not running when this was due',
      }
    : null;
  return { missed, skipped: [...ahead.skips, ...behind.skips], hold, nextDueAt, isOver };
}

type Skips = Plan['skipped'];

/** What is left out last before `end`, and the slot before that; null when there is none since it was `due`. */
function skipsBack(
  rule: CadenceRule,
  end: Temporal.Instant,
  due: Temporal.Instant,
): { skips: Skips; slot: Slot | null } {
  const skips: Skips = [];
  let slot = latestSlot(rule, end, due);
  while (slot !== null && isSkip(slot) && skips.length < mostSkipped) {
    skips.unshift(slot);
    slot = latestSlot(rule, slot.at.subtract({ nanoseconds: 1 }), due);
  }
  return { skips, slot };
}

/** What is left out first since it was `due`, and the slot after that, which may be the `latest`. */
function skipsAhead(rule: CadenceRule, due: Temporal.Instant, latest: Slot): { skips: Skips; slot: Slot } {
  const skips: Skips = [];
  if (latest.at.equals(due)) return { skips, slot: latest };
  // By its rule, since a gap may have moved it to another day than was meant. A rule that was changed has none then.
  let slot =
    latestSlot(rule, due, due) ??
    slotAt(due.toZonedDateTimeISO(rule.zone).toPlainDateTime(), rule.zone, rule.period);
  while (isSkip(slot) && isBefore(slot.at, latest.at) && skips.length < mostSkipped) {
    skips.push(slot);
    slot = nextSlot(rule, slot.at) ?? latest;
  }
  return { skips, slot };
}

function isSkip(slot: Slot): slot is Slot & { skip: string } {
  return slot.skip !== null;
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}
