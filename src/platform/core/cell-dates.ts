import { Temporal } from 'temporal-polyfill';
import { monthNames } from './time-words.ts';

export type DateOrder = 'day-first' | 'month-first';
type ReadDate = Temporal.PlainDate | 'ambiguous' | null;
/** Two numbers in front of a year, of which one is the month. */
type Parted = { first: number; second: number; year: number; mark: string };

/** German and French names of months where they begin otherwise than the English ones. */
const otherMonths: readonly (readonly [string, number])[] = [
  ['jän', 1],
  ['janv', 1],
  ['fév', 2],
  ['fev', 2],
  ['mär', 3],
  ['mrz', 3],
  ['avr', 4],
  ['mai', 5],
  ['juin', 6],
  ['juil', 7],
  ['aoû', 8],
  ['okt', 10],
  ['dez', 12],
  ['déc', 12],
];

/**
 * The dates of one column, in whichever style each cell has: 2026-12-24, 24.12.2026, 24/12/2026 or 12/24/2026,
 * 24 Dec 2026, Dec 24, 2026, with a time behind or a weekday before. Whether a day or a month comes first is decided
 * by the cells that can only be read in one way; a column in which none can, or some one way and some the other, has
 * 'ambiguous' where it matters (03/04/2026, not 03/03/2026). Dots are always day first. Null: no date, or none that
 * exists.
 */
export function readDates(cells: readonly string[]): { order: DateOrder; dates: ReadDate[] } {
  const read = cells.map(readCell);
  const parted = read.filter((cell): cell is Parted => cell !== null && 'mark' in cell);
  const isDayFirst = parted.some(({ first, second }) => first > 12 && second <= 12);
  const isMonthFirst = parted.some(({ first, second }) => second > 12 && first <= 12);
  const order = isMonthFirst && !isDayFirst ? 'month-first' : 'day-first';
  const isSure = isDayFirst !== isMonthFirst;
  return {
    order,
    dates: read.map((cell) => (cell === null || !('mark' in cell) ? cell : inOrder(cell, order, isSure))),
  };
}

function inOrder({ first, second, year }: Parted, order: DateOrder, isSure: boolean): ReadDate {
  if (first > 12 || second > 12 || first === second)
    return first > 12 ? dayOf(year, second, first) : dayOf(year, first, second);
  if (!isSure) return 'ambiguous';
  return order === 'day-first' ? dayOf(year, second, first) : dayOf(year, first, second);
}

function readCell(cell: string): Temporal.PlainDate | Parted | null {
  const typed = cell
    .trim()
    .toLowerCase()
    .replace(/[ t]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:z|[+-]\d{2}:?\d{2})?$/, '')
    .replace(/^\p{L}+\.?,? (?=\d)/u, (before) => (monthOf(before.trim()) === undefined ? '' : before))
    .replace(/^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? /, '');
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(typed);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})$/.exec(typed);
  if (numbers !== null) {
    const [, first, mark = '', second, year = ''] = numbers;
    if (mark === '.') return dayOf(fullYear(year), Number(second), Number(first));
    return { first: Number(first), second: Number(second), year: fullYear(year), mark };
  }
  const named =
    /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)?[ -]?(?:of )?(?<month>\p{L}+)\.?,?[ -](?<year>\d{4}|\d{2})$/u.exec(
      typed,
    ) ?? /^(?<month>\p{L}+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})$/u.exec(typed);
  const { day, month = '', year = '' } = named?.groups ?? {};
  const number = monthOf(month);
  return number === undefined ? null : dayOf(fullYear(year), number, Number(day));
}

function monthOf(typed: string): number | undefined {
  const name = typed.toLowerCase().replace(/[.,]+$/, '');
  if (name.length < 3) return undefined;
  const english = monthNames.findIndex((month) => month.toLowerCase().startsWith(name));
  if (english >= 0) return english + 1;
  return otherMonths.find(([begin]) => name.startsWith(begin))?.[1] ?? (name === 'sept' ? 9 : undefined);
}

/** A spreadsheet's 26 is 2026; its 70 and above belongs to the century before. */
function fullYear(year: string): number {
  return year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (year < 1900) return null;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
