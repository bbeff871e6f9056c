import { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';

/** When a rule fires, by the local clock: on which dates, and at which times of such a date, in order. */
export type Rule = {
  firesOn(date: Temporal.PlainDate): boolean;
  times: Temporal.PlainTime[];
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
export function parseCron(text: string): Result<Rule> {
  const parts = text.trim().toUpperCase().split(/\s+/);
  if (parts.length !== 5) {
    return refused(
      'bad-schedule',
      `"${text}" is not a schedule: a cron has five fields, such as "0 9 * * MON"`,
    );
  }
  const sets: Set<number>[] = [];
  for (const [index, field] of fields.entries()) {
    const values = parseField(parts[index] ?? '', field);
    if (values === null) {
      return refused('bad-schedule', `"${parts[index]}" is not ${field.name} (${field.from} to ${field.to})`);
    }
    sets.push(values);
  }
  const [minutes, hours, days, inMonths, onWeekdays] = sets as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ];
  const anyDay = parts[2]?.startsWith('*') ?? false;
  const anyWeekday = parts[4]?.startsWith('*') ?? false;

  return accepted({
    times: sorted(hours).flatMap((hour) =>
      sorted(minutes).map((minute) => new Temporal.PlainTime(hour, minute)),
    ),
    firesOn(date) {
      if (!inMonths.has(date.month)) return false;
      const isDay = days.has(date.day);
      // Temporal counts Monday to Sunday as 1 to 7; cron has Sunday as 0 and as 7.
      const isWeekday = onWeekdays.has(date.dayOfWeek % 7) || onWeekdays.has(date.dayOfWeek);
      if (anyDay || anyWeekday) return isDay && isWeekday;
      return isDay || isWeekday;
    },
  });
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

function sorted(values: Set<number>): number[] {
  return [...values].sort((a, b) => a - b);
}
