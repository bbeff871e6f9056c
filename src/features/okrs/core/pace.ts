import type { Temporal } from 'temporal-polyfill';
import { type Measured, progressOf } from './key-result.ts';

/** A cycle's first and last day, both included. */
export type Span = { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate };

/** Ten points of progress below what the calendar expects is behind; less is noise. */
export const tolerance = 0.1;

/**
 * The share of the way that is expected at the end of a day, when every day brings the same: 0 before the cycle, one
 * day's share on its first day, 1 from its last day on.
 */
export function expectedProgress({ startsOn, endsOn }: Span, on: Temporal.PlainDate): number {
  const days = startsOn.until(endsOn).days + 1;
  const gone = startsOn.until(on).days + 1;
  return Math.min(1, Math.max(0, gone / days));
}

/**
 * Whether a value is behind the pace of its cycle; of one that is to be maintained, whether it has left the good side of
 * its target. False where nothing can be said: no value, no start, or a milestone that is reached or not.
 */
export function isBehind(keyResult: Measured, cycle: Span, on: Temporal.PlainDate): boolean {
  if (keyResult.direction === 'maintain') return isKept(keyResult) === false;
  if (keyResult.type === 'milestone' && Math.abs(keyResult.target - (keyResult.start ?? 0)) <= 1)
    return false;
  const progress = progressOf(keyResult);
  // Rounded, since 0.35 is not behind 0.45 by more than a tenth, whatever the floating point says.
  return progress !== null && Number((expectedProgress(cycle, on) - progress).toFixed(9)) > tolerance;
}

/**
 * Whether a value to be maintained is on the good side of its target: the side on which it started; from the target on
 * upwards where it started there or nobody knows. Null: there is no value.
 */
export function isKept({ start, target, current }: Measured): boolean | null {
  if (current === null) return null;
  return start !== null && start < target ? current <= target : current >= target;
}

/** How many check-ins in a row a key result said to be on track may be behind before it is asked why. */
export const watermelonAfter = 3;

/**
 * The watermelon rule (green outside, red inside): on track, and behind at this answer and the two before it, the latest
 * first.
 */
export function isWatermelon(answers: readonly { isOnTrack: boolean; isBehind: boolean }[]): boolean {
  const latest = answers.slice(0, watermelonAfter);
  return latest.length === watermelonAfter && latest.every((it) => it.isOnTrack && it.isBehind);
}
