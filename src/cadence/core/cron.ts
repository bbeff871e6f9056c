import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { civil, type Day, weekdayOf } from './days.ts';

/** A cron of five fields as what it names, in order. Weekdays count from Sunday, 0, to Saturday, 6. */
export type Cron = {
  kind: 'cron';
  cron: string;
  minutes: readonly number[];
  hours: readonly number[];
  days: readonly number[];
  months: readonly number[];
  weekdays: readonly number[];
  /** Both a day of the month and a weekday are given: either is enough. */
  isEither: boolean;
};

type Field = { name: string; from: number; to: number; names?: string[] };

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const fields: [Field, Field, Field, Field, Field] = [
  { name: 'a minute', from: 0, to: 59 },
  { name: 'an hour', from: 0, to: 23 },
  { name: 'a day of the month', from: 1, to: 31 },
  { name: 'a month', from: 1, to: 12, names: months },
  { name: 'a weekday', from: 0, to: 7, names: weekdays },
];

/**
 * Reads a cron of five fields: numbers, names (MON, JAN), ranges, lists and steps. As in every cron, when
 * both a day of the month and a weekday are given, either is enough. Refuses what it cannot read, in words.
 */
export function parseCron(text: string): Result<Cron> {
  const parts = text.trim().toUpperCase().split(/\s+/);
  if (parts.length !== fields.length) {
    return refused(
      'bad-schedule',
      `"${text}" is not a schedule: a cron has five fields, such as "0 9 * * MON"`,
    );
  }
  const sets: number[][] = [];
  for (const [index, field] of fields.entries()) {
    const values = parseField(parts[index] ?? '', field);
    if (values === null) {
      return refused('bad-schedule', `"${parts[index]}" is not ${field.name} (${field.from} to ${field.to})`);
    }
    sets.push(inOrder(values));
  }
  const [minutes = [], hours = [], days = [], inMonths = [], onWeekdays = []] = sets;
  return accepted({
    kind: 'cron',
    cron: parts.join(' '),
    minutes,
    hours,
    days,
    months: inMonths,
    weekdays: inOrder(onWeekdays.map((weekday) => weekday % 7)),
    isEither: !parts[2]?.startsWith('*') && !parts[4]?.startsWith('*'),
  });
}

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a cron ever comes: a day of the month may be one that its months do not have ("30 February"). */
export function comesAtAll({ days, months: inMonths, isEither }: Cron): boolean {
  if (isEither) return true;
  return inMonths.some((month) => days.some((day) => day <= (longestMonths[month - 1] ?? 0)));
}

/** On which days a cron comes. */
export function cronFires(cron: Cron): (day: Day) => boolean {
  const days = new Set(cron.days);
  const inMonths = new Set(cron.months);
  const onWeekdays = new Set(cron.weekdays);
  return (day) => {
    const { month, day: ofMonth } = civil(day);
    if (!inMonths.has(month)) return false;
    const isDay = days.has(ofMonth);
    const isWeekday = onWeekdays.has(weekdayOf(day) % 7);
    return cron.isEither ? isDay || isWeekday : isDay && isWeekday;
  };
}

function parseField(text: string, field: Field): Set<number> | null {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const match = /^(\*|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:\/(\d+))?$/.exec(item);
    if (match === null) return null;
    const [, first = '', last, step] = match;
    const isAny = first === '*';
    const from = isAny ? field.from : valueIn(first, field);
    const to = isAny
      ? field.to
      : last !== undefined
        ? endIn(last, field)
        : step === undefined
          ? from
          : field.to;
    const stride = step === undefined ? 1 : Number(step);
    if (from === null || to === null || from > to || stride < 1 || (isAny && last !== undefined)) return null;
    for (let value = from; value <= to; value += stride) values.add(value);
  }
  return values;
}

/** At the end of a range Sunday is the seventh day, as in SAT-SUN. */
function endIn(text: string, field: Field): number | null {
  return text === 'SUN' && field.names === weekdays ? 7 : valueIn(text, field);
}

function valueIn(text: string, field: Field): number | null {
  const named = field.names?.indexOf(text) ?? -1;
  if (named >= 0) return named + (field.from === 1 ? 1 : 0);
  const value = Number(text);
  return /^\d{1,2}$/.test(text) && value >= field.from && value <= field.to ? value : null;
}

function inOrder(values: Iterable<number>): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
