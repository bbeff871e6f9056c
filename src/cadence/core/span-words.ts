import type { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../platform/core/time-words.ts';

/** "on 3 November", "from 3 to 17 November", "from 28 December 2026 to 4 January 2027". */
export function spanWords(from: Temporal.PlainDate, to: Temporal.PlainDate): string {
  const [fromYear, toYear] = from.year === to.year ? ['', ''] : [` ${from.year}`, ` ${to.year}`];
  const day = (date: Temporal.PlainDate, year: string) => `${dateWords(date).replace(/ \d+$/, '')}${year}`;
  if (from.equals(to)) return `on ${day(from, '')}`;
  const isOneMonth = from.year === to.year && from.month === to.month;
  return `from ${isOneMonth ? from.day : day(from, fromYear)} to ${day(to, toYear)}`;
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Working days (P2D) or plain time (PT12H) in words: "two working days", "12 hours". */
export function durationWords(duration: string): string {
  const days = /^P(\d+)D$/.exec(duration)?.[1];
  if (days !== undefined) return counted(Number(days), 'working day');
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  const parts = [
    [Number(hours), 'hour'],
    [Number(minutes), 'minute'],
    [Number(seconds), 'second'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
  return said.length === 0 ? 'no time' : said.join(' ');
}

function counted(count: number, unit: string): string {
  return `${numbers[count] ?? count} ${unit}${count === 1 ? '' : 's'}`;
}

/** How long a duration is, in hours, for comparing two of them: a working day counts as a whole one. */
export function hoursOf(duration: string): number {
  const days = /^P(\d+)D$/.exec(duration)?.[1];
  if (days !== undefined) return Number(days) * 24;
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  return Number(hours) + Number(minutes) / 60 + Number(seconds) / 3_600;
}
