import type { Temporal } from 'temporal-polyfill';

/** The days of `P30D`. Throws for anything else: the database holds nothing else. */
export function daysIn(coolDown: string): number {
  const days = /^P(\d{1,3})D$/.exec(coolDown)?.[1];
  if (days === undefined) throw new RangeError(`${coolDown} is no number of days`);
  return Number(days);
}

export function coolDownOf(days: number): string {
  return `P${days}D`;
}

/** The first day on which an account may be asked again; null: it was never asked. */
export function freeOn(last: Temporal.PlainDate | null, coolDown: string): Temporal.PlainDate | null {
  return last?.add({ days: daysIn(coolDown) }) ?? null;
}

/**
 * So many days of its rest an account has left on `today`; 0: it may be asked. A conversation that is dated ahead, by
 * somebody for whom it is tomorrow already, leaves the whole rest and no more.
 */
export function daysLeft(
  last: Temporal.PlainDate | null,
  coolDown: string,
  today: Temporal.PlainDate,
): number {
  const free = freeOn(last, coolDown);
  if (free === null) return 0;
  const { days } = today.until(free, { largestUnit: 'days' });
  return Math.min(Math.max(days, 0), daysIn(coolDown));
}
