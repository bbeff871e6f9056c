import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseCron } from '../../../src/cadence/core/cron.ts';
import { dayOf, timeWritten } from '../../../src/cadence/core/days.ts';
import { read } from './rules.ts';

const times = (text: string) => read(text).rule.times.map(timeWritten);

/** The dates of a month on which a rule fires. */
function days(text: string, month = '2026-10'): number[] {
  const { rule } = read(text);
  const first = Temporal.PlainDate.from(`${month}-01`);
  return Array.from({ length: first.daysInMonth }, (_, day) => day + 1).filter((day) =>
    rule.firesOn(dayOf(first.with({ day }))),
  );
}

/** October 2026 begins on a Thursday. */
const mondays = [5, 12, 19, 26];
const sundays = [4, 11, 18, 25];
const everyDay = Array.from({ length: 31 }, (_, day) => day + 1);

describe('the times of a day', () => {
  it.each([
    ['0 9 * * *', ['09:00']],
    ['30 9,14 * * *', ['09:30', '14:30']],
    ['0,30 9-10 * * *', ['09:00', '09:30', '10:00', '10:30']],
    ['45 23,0 * * *', ['00:45', '23:45']],
    ['*/20 8 * * *', ['08:00', '08:20', '08:40']],
    ['10/25 8 * * *', ['08:10', '08:35']],
    ['0-30/15 8 * * *', ['08:00', '08:15', '08:30']],
    ['0 */8 * * *', ['00:00', '08:00', '16:00']],
    ['5,5,5 8 * * *', ['08:05']],
    ['59 23 * * *', ['23:59']],
    ['00 09 * * *', ['09:00']],
  ])('%s', (text, expected) => {
    expect(times(text)).toEqual(expected);
  });

  it('are all minutes of all hours for stars, in order', () => {
    const all = times('* * * * *');
    expect(all).toHaveLength(1_440);
    expect(all).toEqual(all.toSorted());
  });
});

describe('the dates', () => {
  it.each([
    ['0 9 * * *', everyDay],
    ['0 9 * * MON', mondays],
    ['0 9 * * mon', mondays],
    ['0 9 * * 1', mondays],
    ['0 9 * * 0', sundays],
    ['0 9 * * 7', sundays],
    ['0 9 * * SUN', sundays],
    ['0 9 * * 0,7', sundays],
    ['0 9 * * MON,THU', [1, 5, 8, 12, 15, 19, 22, 26, 29]],
    ['0 9 * * WED-FRI', [1, 2, 7, 8, 9, 14, 15, 16, 21, 22, 23, 28, 29, 30]],
    ['0 9 * * SAT-SUN', [3, 4, 10, 11, 17, 18, 24, 25, 31]],
    ['0 9 * * 6-7', [3, 4, 10, 11, 17, 18, 24, 25, 31]],
    ['0 9 * * SUN-MON', [4, 5, 11, 12, 18, 19, 25, 26]],
    ['0 9 * * 0-6', everyDay],
    ['0 9 * * 1-5/2', [2, 5, 7, 9, 12, 14, 16, 19, 21, 23, 26, 28, 30]],
    ['0 9 15 * *', [15]],
    ['0 9 1,15 * *', [1, 15]],
    ['0 9 10-12 * *', [10, 11, 12]],
    ['0 9 */10 * *', [1, 11, 21, 31]],
    ['0 9 20/5 * *', [20, 25, 30]],
    ['0 9 31 * *', [31]],
    ['0 9 1 OCT *', [1]],
    ['0 9 1 10 *', [1]],
    ['0 9 1 JAN,apr,Jul,OCT *', [1]],
    ['0 9 1 */3 *', [1]],
    ['0 9 1 AUG-DEC *', [1]],
    ['0 9 1 11 *', []],
  ])('%s in October 2026', (text, expected) => {
    expect(days(text)).toEqual(expected);
  });

  it('fires on a day of the month or a weekday when both are given, as every cron does', () => {
    expect(days('0 9 13 * FRI')).toEqual([2, 9, 13, 16, 23, 30]);
    expect(days('0 9 13 11 FRI')).toEqual([]);
  });

  it('needs both when one of them is a star with a step', () => {
    expect(days('0 9 */2 * MON')).toEqual([5, 19]);
    expect(days('0 9 1-7 * */7')).toEqual([4]);
  });

  it('leaves out days that a month does not have', () => {
    expect(days('0 9 31 * *', '2026-11')).toEqual([]);
    expect(days('0 9 29 * *', '2028-02')).toEqual([29]);
    expect(days('0 9 29 * *', '2026-02')).toEqual([]);
    expect(days('0 9 30 2 *', '2028-02')).toEqual([]);
  });
});

describe('a rule that cannot be read', () => {
  it.each([
    ['', '"" is not a schedule: a cron has five fields, such as "0 9 * * MON"'],
    ['0 9 * *', '"0 9 * *" is not a schedule: a cron has five fields, such as "0 9 * * MON"'],
    ['0 0 9 * * MON', '"0 0 9 * * MON" is not a schedule: a cron has five fields, such as "0 9 * * MON"'],
    ['@weekly', '"@weekly" is not a schedule: a cron has five fields, such as "0 9 * * MON"'],
    ['60 9 * * *', '"60" is not a minute (0 to 59)'],
    ['-5 9 * * *', '"-5" is not a minute (0 to 59)'],
    ['0 24 * * *', '"24" is not an hour (0 to 23)'],
    ['0 9 0 * *', '"0" is not a day of the month (1 to 31)'],
    ['0 9 32 * *', '"32" is not a day of the month (1 to 31)'],
    ['0 9 L * *', '"L" is not a day of the month (1 to 31)'],
    ['0 9 ? * MON', '"?" is not a day of the month (1 to 31)'],
    ['0 9 * 13 *', '"13" is not a month (1 to 12)'],
    ['0 9 * 0 *', '"0" is not a month (1 to 12)'],
    ['0 9 * MON *', '"MON" is not a month (1 to 12)'],
    ['0 9 * * 8', '"8" is not a weekday (0 to 7)'],
    ['0 9 * * MON#2', '"MON#2" is not a weekday (0 to 7)'],
    ['0 9 * * FRI-MON', '"FRI-MON" is not a weekday (0 to 7)'],
    ['0 9 * * MONDAY', '"MONDAY" is not a weekday (0 to 7)'],
    ['0 9 * * MON,', '"MON," is not a weekday (0 to 7)'],
    ['*/0 9 * * *', '"*/0" is not a minute (0 to 59)'],
    ['*/ 9 * * *', '"*/" is not a minute (0 to 59)'],
    ['*-5 9 * * *', '"*-5" is not a minute (0 to 59)'],
    ['10-5 9 * * *', '"10-5" is not a minute (0 to 59)'],
    ['1-2-3 9 * * *', '"1-2-3" is not a minute (0 to 59)'],
    ['1.5 9 * * *', '"1.5" is not a minute (0 to 59)'],
    ['000 9 * * *', '"000" is not a minute (0 to 59)'],
  ])('%s is refused in words', (text, words) => {
    expect(parseCron(text)).toEqual({ ok: false, code: 'bad-schedule', words });
  });

  it('is refused and never thrown at, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('0', '59', '*', '/', '-', ',', 'MON', 'X', ' '), { maxLength: 20 })
        .map((p) => p.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        const parsed = parseCron(given);
        expect(parsed.ok || parsed.words.length > 0).toBe(true);
      }),
    );
  });
});

it('counts spaces of any kind and number between the fields', () => {
  expect(times('  0\t9   *  * MON ')).toEqual(['09:00']);
});
