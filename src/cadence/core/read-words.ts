import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { sortOutTimes } from './read-times.ts';
import { scheduleMend, tokensOf } from './schedule-tokens.ts';
import {
  type Counted,
  countedName,
  everyDay,
  everyWeekday,
  inDigits,
  ordinal,
  type Span,
  type Time,
  type Worded,
  wordsOfDays,
} from './worded.ts';

/** A year apart is as seldom as it gets. */
const longestInterval = 52;

/** Of what there are at most so many. */
const mostIn: Record<Span, { day: number; 'working-day': number; weekday: number }> = {
  month: { day: 31, 'working-day': 23, weekday: 5 },
  quarter: { day: 92, 'working-day': 66, weekday: 14 },
};

/** Reads a schedule in words; refuses what it cannot read, in words. Case, commas and small words do not matter. */
export function readWords(text: string): Result<Worded> {
  const tokens = tokensOf(text);
  if (!tokens.ok) return tokens;
  const sorted = sortOutTimes(tokens.value);
  if (!sorted.ok) return sorted;
  const { days, times } = sorted.value;
  const said = days.join(' ').replaceAll('working day', 'working-day');
  const shown = Array.from(text.trim()).slice(0, 60).join('');
  return (
    readPlainDays(said, times) ??
    readWeeks(said, times) ??
    readNth(said, times) ??
    refuseKnown(said) ??
    refused('bad-schedule', `"${shown}" is not a schedule that Cairn can read; ${scheduleMend}`)
  );
}

function readPlainDays(said: string, times: Time[]): Result<Worded> | null {
  switch (said.replace(/^every /, '')) {
    case 'day':
      return accepted({ kind: 'weeks', every: 1, weekdays: everyDay, times });
    case 'weekday':
      return accepted({ kind: 'weeks', every: 1, weekdays: everyWeekday, times });
    case 'working-day':
      return accepted({ kind: 'working-days', times });
    default:
      return null;
  }
}

const weekdayList = /^W\d(?: (?:to )?W\d)*$/;
const interval = /(?:every (?:(other|\d+) )?week)/;
const inFront = new RegExp(`^${interval.source}(?: (W.*))?$`);
const behind = new RegExp(`^(W.*?) ${interval.source}$`);

function readWeeks(said: string, times: Time[]): Result<Worded> | null {
  const [isFront, isBehind] = [inFront.exec(said), behind.exec(said)];
  const isOther = /^every other (W.*)$/.exec(said);
  const isPlain = /^(?:every )?(W.*)$/.exec(said);
  const [every, list] = isFront
    ? [isFront[1] ?? '1', isFront[2]]
    : isBehind
      ? [isBehind[2] ?? '1', isBehind[1]]
      : isOther
        ? ['other', isOther[1]]
        : ['1', isPlain?.[1]];
  if (!isFront && list === undefined) return null;

  const weeks = every === 'other' ? 2 : Number(every);
  if (weeks === 0) {
    return refused(
      'bad-interval',
      'an interval of 0 weeks never comes round; write "every week" or "every 2 weeks"',
    );
  }
  if (weeks > longestInterval) {
    const words = `"every ${weeks} weeks" is longer than a year; write ${longestInterval} at most`;
    return refused('bad-interval', words);
  }
  if (list === undefined) {
    return refused(
      'bad-schedule',
      'a schedule of weeks needs a weekday; write it like "every week on Monday at 9:00"',
    );
  }
  if (!weekdayList.test(list)) return null;
  return accepted({ kind: 'weeks', every: weeks, weekdays: weekdaysIn(list), times });
}

/** The weekdays of a list; "Friday to Monday" goes round. */
function weekdaysIn(list: string): number[] {
  const found = new Set<number>();
  let last = 0;
  let isRange = false;
  for (const word of list.split(' ')) {
    if (word === 'to') {
      isRange = true;
      continue;
    }
    const weekday = Number(word.slice(1));
    for (let day = last; isRange && day !== weekday; day = (day % 7) + 1) found.add(day);
    found.add(weekday);
    last = weekday;
    isRange = false;
  }
  return [...found].sort((a, b) => a - b);
}

const nths = '(N-?\\d+(?: N-?\\d+)*)';
const counted = '(W\\d|working-day|day)';
const nthForms = [
  new RegExp(`^(?:every )?${nths}(?: ${counted})?(?: of)? (?:every )?(month|quarter)$`),
  new RegExp(`^every (month|quarter)(?: of)? ${nths}(?: ${counted})?$`),
];

function readNth(said: string, times: Time[]): Result<Worded> | null {
  const [first, second] = nthForms.map((form) => form.exec(said));
  const [list, day = 'day', span] = first
    ? [first[1], first[2], first[3]]
    : second
      ? [second[2], second[3], second[1]]
      : [];
  if (list === undefined || (span !== 'month' && span !== 'quarter')) return null;
  const what = countedOf(day);
  const nth = [...new Set(list.split(' ').map((each) => Number(each.slice(1))))].sort(lastAtTheEnd);
  const most = mostIn[span][typeof what === 'number' ? 'weekday' : what];
  const impossible = nth.find((each) => each === 0 || each > most);
  if (impossible !== undefined) {
    const words = `no ${span} has a ${ordinal(impossible)} ${countedName(what)}; write a number from 1 to ${most}, or "last"`;
    return refused('bad-schedule', words);
  }
  return accepted({ kind: 'nth', nth, day: what, of: span, times });
}

function lastAtTheEnd(a: number, b: number): number {
  return (a < 0 ? Number.POSITIVE_INFINITY : a) - (b < 0 ? Number.POSITIVE_INFINITY : b);
}

/** Refusals that know what was meant. */
function refuseKnown(said: string): Result<Worded> | null {
  const words = explain(said);
  return words === null ? null : refused('bad-schedule', words);
}

function explain(said: string): string | null {
  if (/\bstarts\b/.test(said)) return 'a first or last day is no part of a schedule; leave it out here';
  if (/\bshorter\b/.test(said)) {
    return 'times are named: "every day at 9:00 and 16:00"; what comes more often is a cron, such as "0 9-17 * * MON-FRI"';
  }
  if (/\blonger\b/.test(said)) return 'what comes once a year is written as a cron, such as "0 9 24 12 *"';
  if (/\btwoways\b/.test(said)) {
    return 'that can be read in two ways; write "every other week on Monday", or name both days';
  }
  if (/N-?\d+ weekday\b/.test(said)) {
    return 'a weekday is every day from Monday to Friday; write "first working day of the month", or name one';
  }
  const [, each, nth, day] = /^(every )?N(-?\d+) (W\d|working-day|day)$/.exec(said) ?? [];
  if (nth !== undefined && day !== undefined) return explainNth(Number(nth), day, each !== undefined);
  const [, date] = /^(?:every )?N(\d+)$/.exec(said) ?? [];
  if (date !== undefined) {
    const the = `the ${inDigits(Number(date))}`;
    return `${the} of what? Write "${the} of every month"`;
  }
  const [, counted] = /^every (?:other|\d+) (day|month|quarter)\b/.exec(said) ?? [];
  if (counted === 'day') {
    return 'Cairn counts weeks, not days; write "every day", or name them: "every Monday, Wednesday and Friday"';
  }
  if (counted !== undefined) {
    return `Cairn counts weeks, not ${counted}s; write a cron such as "0 9 1 */2 *"`;
  }
  if (/^every (month|quarter)$/.test(said)) {
    return 'say on which day; write it like "first Monday of the month" or "the 15th of every month"';
  }
  return null;
}

/** "Every second Tuesday" is one of two weeks to some, and one a month to others. */
function explainNth(nth: number, day: string, isEvery: boolean): string {
  const what = countedOf(day);
  const name = `${ordinal(nth)} ${countedName(what)}`;
  if (!isEvery || nth < 2 || typeof what !== 'number') {
    return `"${name}" of what? Write "${name} of the month" or "${name} of the quarter"`;
  }
  const weeks = wordsOfDays({ kind: 'weeks', every: nth, weekdays: [what], times: [] });
  return `"${name}" can be read in two ways; write "${weeks}" or "${name} of the month"`;
}

function countedOf(word: string): Counted {
  return word === 'day' || word === 'working-day' ? word : Number(word.slice(1));
}
