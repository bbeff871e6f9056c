import type { Temporal } from 'temporal-polyfill';
import { latestSlot, nextSlot, type Slot } from './calendar.ts';
import type { CadenceRule } from './rule.ts';

/** A country changes its clocks by an hour, or at most by the day that Samoa left out. */
const reach = { hours: 25 };

/**
 * The slot that a moment was meant for which was reckoned with an older time zone database: the nearest one, which may lie
 * a little before. The next one, however far, when none is near; null when none comes.
 */
export function nearestSlot(rule: CadenceRule, reckonedAt: Temporal.Instant): Slot | null {
  const before = latestSlot(rule, reckonedAt, reckonedAt.subtract(reach));
  const after = nextSlot(rule, reckonedAt);
  if (before === null || after === null) return before ?? after;
  const isAfterNearer =
    reckonedAt.until(after.at).total('seconds') < before.at.until(reckonedAt).total('seconds');
  return isAfterNearer ? after : before;
}
