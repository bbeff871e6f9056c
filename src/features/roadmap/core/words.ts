import type { Temporal } from 'temporal-polyfill';
import { monthNames } from '../../../platform/core/time-words.ts';
import type { Horizon, Outcome } from './item.ts';

export const horizonWords: Record<Horizon, string> = {
  now: 'Now',
  next: 'Next',
  later: 'Later',
  shipped: 'Shipped',
  stopped: 'Stopped',
};

export const outcomeWords: Record<Outcome, string> = {
  moved: 'it moved the number',
  'too-early': 'too early to say whether it moved the number',
  'not-moved': 'it did not move the number',
};

/** "1 Dec": a day near `today`, the year only where it is another one. */
export function dayWords(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const year = date.year === today.year ? '' : ` ${date.year}`;
  return `${date.day} ${monthNames[date.month - 1]?.slice(0, 3)}${year}`;
}

/** "once", "twice", "3 times". */
export function timesWords(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** "due 1 Dec, slipped twice, first 3 Nov"; null: it has no date and never had one. */
export function dueWords(
  {
    horizon,
    dueOn,
    firstDueOn,
    slips,
  }: {
    horizon: Horizon;
    dueOn: Temporal.PlainDate | null;
    firstDueOn: Temporal.PlainDate | null;
    slips: number;
  },
  today: Temporal.PlainDate,
): string | null {
  if (firstDueOn === null) return null;
  const slipped = slips === 0 ? [] : [`slipped ${timesWords(slips)}`];
  if (dueOn === null) return [...slipped, `first due ${dayWords(firstDueOn, today)}`].join(', ');
  const was = horizon === 'now' ? 'due' : 'was due';
  const first = firstDueOn.equals(dueOn) ? [] : [`first ${dayWords(firstDueOn, today)}`];
  return [`${was} ${dayWords(dueOn, today)}`, ...slipped, ...first].join(', ');
}
