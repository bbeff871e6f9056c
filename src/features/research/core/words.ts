import type { Temporal } from 'temporal-polyfill';
import { monthNames } from '../../../platform/core/time-words.ts';

/** "3 Nov", and its year where it is another one than that of `today`. */
export function dayMonth(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const year = date.year === today.year ? '' : ` ${date.year}`;
  return `${date.day} ${monthNames[date.month - 1]?.slice(0, 3)}${year}`;
}

/** "1 day", "30 days". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
