import { nearest } from '../../platform/core/edit-distance.ts';
import { type Refusal, refused } from '../../platform/core/result.ts';
import { monthNames } from '../../platform/core/time-words.ts';
import { ordinals, weekdayNames } from './worded.ts';

/** What people write for one and the same word. An empty one says nothing. */
const words = new Map<string, string>([
  ...weekdayNames.flatMap((name, index): [string, string][] => {
    const [word, plain] = [name.toLowerCase(), `W${index + 1}`];
    return [word, `${word}s`, word.slice(0, 3)].map((form) => [form, plain]);
  }),
  ...([
    ['tues', 'W2'],
    ['weds', 'W3'],
    ['thur', 'W4'],
    ['thurs', 'W4'],
  ] as [string, string][]),
  ...ordinals.map((name, index): [string, string] => [name, `N${index + 1}`]),
  ['last', 'N-1'],
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'].map(
    (name, index): [string, string] => [name, String(index + 1)],
  ),
  ...['the', 'on', 'a', 'an', 'o’clock', "o'clock"].map((word): [string, string] => [word, '']),
  ...monthNames.map((name): [string, string] => [name.toLowerCase(), 'longer']),
  ...Object.entries({
    every: 'every',
    each: 'every',
    other: 'other',
    alternate: 'other',
    of: 'of',
    in: 'of',
    per: 'of every',
    and: 'and',
    at: 'at',
    to: 'to',
    through: 'to',
    '-': 'to',
    '–': 'to',
    day: 'day',
    days: 'day',
    daily: 'every day',
    weekday: 'weekday',
    weekdays: 'weekday',
    working: 'working',
    work: 'working',
    business: 'working',
    workday: 'working day',
    workdays: 'working day',
    week: 'week',
    weeks: 'week',
    weekly: 'every week',
    end: 'N-1 day',
    beginning: 'N1 day',
    biweekly: 'twoways',
    fortnight: '2 week',
    fortnightly: 'every 2 week',
    month: 'month',
    months: 'month',
    monthly: 'every month',
    quarter: 'quarter',
    quarters: 'quarter',
    quarterly: 'every quarter',
    noon: '12:00',
    midday: '12:00',
    midnight: '0:00',
    minute: 'shorter',
    minutes: 'shorter',
    hour: 'shorter',
    hours: 'shorter',
    hourly: 'shorter',
    year: 'longer',
    years: 'longer',
    yearly: 'longer',
    annually: 'longer',
    from: 'starts',
    starting: 'starts',
    counted: 'starts',
    since: 'starts',
    until: 'starts',
  }),
]);

const longestWord = 30;
/** Slips are looked for among words in full: three letters are near to anything. */
const spelled = [...words.keys()].filter((word) => word.length > 3);

/** A word of a schedule as it was typed, and the plain words that it stands for. */
export type Token = { typed: string; plain: string };

/**
 * The words of a schedule, each as one plain word: W1 for a Monday, N1 for "first", N-1 for "last", 9:00 and 9:00pm for
 * times, digits for numbers. Refuses a word that it does not know, with the one that was most likely meant.
 */
export function tokensOf(text: string): { ok: true; value: Token[] } | Refusal {
  const pieces = text
    .replace(/\b([ap])\.\s?m\b\.?/gi, '$1m')
    .replace(/(\d)\.(?=\d\d\b)/g, '$1:')
    .match(/[\p{L}'’]+|\d+(?::\d+)?(?:\s*[ap]m\b)?(?:st|nd|rd|th)?|[^\s.]/giu);
  const tokens: Token[] = [];
  for (const typed of pieces ?? []) {
    const plain = plainly(typed.toLowerCase());
    if (plain === null) return unknownWord(typed);
    for (const each of plain.split(' ')) if (each !== '') tokens.push({ typed, plain: each });
  }
  return { ok: true, value: tokens };
}

function plainly(typed: string): string | null {
  const known = words.get(typed);
  if (known !== undefined) return known;
  if (/^[,&+]$/.test(typed)) return 'and';
  const ordinal = /^(\d{1,3})(?:st|nd|rd|th)$/.exec(typed);
  if (ordinal !== null) return `N${Number(ordinal[1])}`;
  const isNumberOrTime = /^\d+(?::\d+)?(?:\s*[ap]m)?$/.test(typed);
  return isNumberOrTime ? typed.replace(/\s+/, '') : null;
}

function unknownWord(typed: string): Refusal {
  const shown = `"${Array.from(typed).slice(0, longestWord).join('')}"`;
  const meant = typed.length > longestWord ? undefined : nearest(typed, spelled);
  if (meant === undefined)
    return refused('bad-schedule', `Cairn cannot read ${shown} in a schedule; ${scheduleMend}`);
  const weekday = weekdayNames.find((name) => words.get(name.toLowerCase()) === words.get(meant));
  return weekday === undefined
    ? refused('bad-schedule', `Cairn cannot read ${shown} in a schedule; did you mean "${meant}"?`)
    : refused('bad-schedule', `${shown} is not a weekday; did you mean "${weekday}"?`);
}

export const scheduleMend =
  'write it like "every Monday at 9:00", "first working day of the month" or the cron "0 9 * * MON"';
