import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { sortOutTimes } from './read-times.ts';
import { scheduleMend, tokensOf } from './schedule-tokens.ts';
import {
  type Counted,
  countedName,
  everyDay,
  everyWeekday,
  ordinal,
  type Span,
  type Time,
  type Worded,
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
  // "every" twice over says no more than once: "monthly, every first Monday".
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
  const what: Counted = day === 'day' || day === 'working-day' ? day : Number(day.slice(1));
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
  const refuse = (words: string): Result<Worded> => refused('bad-schedule', words);
  if (/\bstarts\b/.test(said)) {
    return refuse('a schedule says how often and when; leave its first day out here and give it by itself');
  }
  if (/\bshorter\b/.test(said)) {
    return refuse(
      'hours and minutes are written as a cron, such as "0 9-17 * * MON-FRI"; or name the times: "every day at 9:00 and 16:00"',
    );
  }
  if (/\blonger\b/.test(said))
    return refuse('what comes once a year is written as a cron, such as "0 9 24 12 *"');
  const nthWeekday = /^(?:every )?(N-?\d+) (W\d|working-day|day)$/.exec(said);
  if (nthWeekday !== null) {
    const [, nth = '', day = ''] = nthWeekday;
    const name = countedName(day === 'day' || day === 'working-day' ? day : Number(day.slice(1)));
    const of = `"${ordinal(Number(nth.slice(1)))} ${name} of the month"`;
    return refuse(`say of what: write ${of}, or "every 2 weeks on Monday" for weeks that are counted`);
  }
  if (/^(?:every )?N\d+$/.test(said))
    return refuse('say of what: write it like "the 15th of every month at 9:00"');
  const spans = /^every (?:other|\d+) (day|month|quarter)\b/.exec(said);
  if (spans?.[1] === 'day') {
    return refuse(
      'Cairn counts days by their names; write "every day" or such as "every Monday, Wednesday and Friday"',
    );
  }
  if (spans !== null)
    return refuse('months are counted by a cron, such as "0 9 1 */2 *" for every other month');
  if (/^every (month|quarter)$/.test(said)) {
    return refuse(
      'say on which day; write it like "first Monday of the month at 9:00" or "the 15th of every month"',
    );
  }
  return null;
}
