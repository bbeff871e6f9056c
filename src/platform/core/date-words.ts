import { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from './result.ts';
import { monthNames } from './time-words.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const units = { day: 'days', week: 'weeks', month: 'months' } as const;
/** A day without a year is so near in the past that it was meant, and no farther. */
const daysBack = 60;
const mostCounted = 999;
const { compare } = Temporal.PlainDate;

type Day = Result<Temporal.PlainDate>;
type Form = { is: RegExp; read: (match: RegExpExecArray, today: Temporal.PlainDate) => Day | undefined };

/** The ways in which people write a day. The first whose words fit reads it; undefined: they only looked like it. */
const forms: Form[] = [
  { is: /^today$/, read: (_, today) => accepted(today) },
  { is: /^tomorrow$/, read: (_, today) => accepted(today.add({ days: 1 })) },
  { is: /^(?:the )?day after tomorrow$/, read: (_, today) => accepted(today.add({ days: 2 })) },
  {
    is: /^in (a|an|one|\d{1,3}) (day|week|month)s?$/,
    read: ([, count = '', unit = ''], today) => readSpan(count, unit, today),
  },
  {
    is: /^(next )?([a-z]+)$/,
    read: ([, next, name = ''], today) => readWeekday(name, next !== undefined, today),
  },
  {
    is: /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
    read: ([, year, month, day]) => dayOf(Number(day), Number(month), Number(year)),
  },
  {
    is: /^(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?$/,
    read: ([, day, month, year], today) => inYear(Number(day), Number(month), year, today),
  },
  {
    is: /^(?:([a-z]+),? )?(\d{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?([a-z]+)\.?(?:,? (\d{4}))?$/,
    read: ([, weekday, day, month, year], today) => readNamed({ weekday, day, month, year }, today),
  },
  {
    is: /^(?:([a-z]+),? )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/,
    read: ([, weekday, month, day, year], today) => readNamed({ weekday, day, month, year }, today),
  },
];

/**
 * A day as people write it, reckoned from `today`: "today", "tomorrow", "in 2 weeks", "Fri", "next Fri", "24 Dec",
 * "Dec 24", "24.12.", "Thu 24 Dec 2026", "2026-12-24". A weekday is the first one after today, with "next" the one of
 * next week. A day without a year is the nearest one to come, or one of the last 60 days: whoever cannot use a day
 * that is over says so. Refuses, in words that hold nothing to escape, what it cannot read and days that do not exist.
 */
export function readDate(text: string, today: Temporal.PlainDate): Day {
  const said = plainly(text);
  return readBy(forms, said, today) ?? unread(said, 'Fri, 24 Dec, 2026-12-24, tomorrow or in 2 weeks');
}

/** The ways in which people write a day that is over, where they write it differently. */
const pastForms: Form[] = [
  { is: /^yesterday$/, read: (_, today) => accepted(today.subtract({ days: 1 })) },
  {
    is: /^(?:last (day|week|month)|(a|an|one|\d{1,3}) (day|week|month)s? ago)$/,
    read: ([, last, count, unit = last ?? ''], today) => readSpan(count ?? 'a', unit, today, -1),
  },
  {
    is: /^(?:last )?([a-z]+)$/,
    read: ([, name = ''], today) => {
      const weekday = weekdayOf(name);
      return weekday === undefined
        ? undefined
        : accepted(today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 || 7 }));
    },
  },
];

/**
 * The same where a day is meant that is over, as behind "since": also "yesterday" and "2 weeks ago"; a weekday is the
 * last one before today, and a day without a year that would be long to come is the one of a year before.
 */
export function readPastDate(text: string, today: Temporal.PlainDate): Day {
  const said = plainly(text);
  const day =
    readBy([...pastForms, ...forms], said, today) ??
    unread(said, 'Mon, 1 Nov, 2026-11-01, yesterday or 2 weeks ago');
  const isOfAnyYear = !/\d{4}|^in /.test(said);
  return day.ok && isOfAnyYear && today.until(day.value).days > daysBack
    ? accepted(day.value.subtract({ years: 1 }))
    : day;
}

function plainly(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}

function readBy(ways: readonly Form[], said: string, today: Temporal.PlainDate): Day | undefined {
  for (const { is, read } of ways) {
    const match = is.exec(said);
    const day = match === null ? undefined : read(match, today);
    if (day !== undefined) return day;
  }
  return undefined;
}

function unread(said: string, examples: string): Day {
  // Whoever shows the words shows them to whoever typed them; what could format or ping is left out all the same.
  const shown = said
    .replace(/[^\p{L}\p{N} .,:-]/gu, '')
    .trim()
    .slice(0, 40);
  return refused('no-date', `I can't read “${shown}” as a day. Write it like ${examples}.`);
}

function readSpan(
  count: string,
  unit: string,
  today: Temporal.PlainDate,
  direction: 1 | -1 = 1,
): Day | undefined {
  if (unit !== 'day' && unit !== 'week' && unit !== 'month') return undefined;
  const many = /^\d/.test(count) ? Number(count) : 1;
  return many > mostCounted ? undefined : accepted(today.add({ [units[unit]]: many * direction }));
}

function readWeekday(name: string, isNext: boolean, today: Temporal.PlainDate): Day | undefined {
  const weekday = weekdayOf(name);
  if (weekday === undefined) return undefined;
  if (isNext) return accepted(today.add({ days: 7 - today.dayOfWeek + weekday }));
  return accepted(today.add({ days: (weekday - today.dayOfWeek + 7) % 7 || 7 }));
}

type Named = Record<'weekday' | 'day' | 'month' | 'year', string | undefined>;

function readNamed({ weekday, day, month = '', year }: Named, today: Temporal.PlainDate): Day | undefined {
  const index = monthNames.findIndex((name) => isShortFor(month, name.toLowerCase()));
  if (index < 0) return undefined;
  const date = inYear(Number(day), index + 1, year, today);
  if (weekday === undefined || !date.ok) return date;
  const wanted = weekdayOf(weekday);
  if (wanted === undefined) return undefined;
  if (wanted === date.value.dayOfWeek) return date;
  const actual = weekdays[date.value.dayOfWeek - 1] ?? '';
  const { day: dayOfMonth, year: inWhich } = date.value;
  return refused(
    'other-weekday',
    `${dayOfMonth} ${monthNames[index]} ${inWhich} is a ${actual.slice(0, 1).toUpperCase()}${actual.slice(1)}. Which day do you mean?`,
  );
}

function weekdayOf(name: string): number | undefined {
  const index = weekdays.findIndex((weekday) => isShortFor(name, weekday));
  return index < 0 ? undefined : index + 1;
}

/** "dec", "sept" and "december" are December and its like; two letters could be several. */
function isShortFor(short: string, name: string): boolean {
  return short.length >= 3 && name.startsWith(short);
}

function inYear(day: number, month: number, year: string | undefined, today: Temporal.PlainDate): Day {
  if (year !== undefined) return dayOf(day, month, Number(year));
  const soonest = today.subtract({ days: daysBack });
  // 29 February comes within eight years.
  for (let candidate = soonest.year; candidate <= soonest.year + 8; candidate += 1) {
    const date = dayOf(day, month, candidate);
    if (date.ok && compare(date.value, soonest) >= 0) return date;
  }
  return dayOf(day, month, today.year);
}

function dayOf(day: number, month: number, year: number): Day {
  try {
    return accepted(Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }));
  } catch {
    const name = monthNames[month - 1];
    return refused(
      'no-such-day',
      name === undefined ? `There is no month ${month}.` : `There is no ${day} ${name} ${year}.`,
    );
  }
}
