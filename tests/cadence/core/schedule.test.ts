import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseSchedule, scheduleWords } from '../../../src/cadence/core/schedule.ts';
import { cron } from './rules.ts';
import { worded } from './schedules.ts';

function words(text: string): string {
  const read = parseSchedule(text);
  return read.ok ? scheduleWords(read.value, null) : `refused: ${read.words}`;
}

describe('a schedule in words reads back as', () => {
  it.each([
    ['every day at 9:00', 'every day at 9:00'],
    ['daily at 9', 'every day at 9:00'],
    ['each day at 09:00 and 16:30', 'every day at 9:00 and 16:30'],
    ['every weekday at 09:00', 'every weekday at 9:00'],
    ['Monday to Friday at 9', 'every weekday at 9:00'],
    ['Mon-Fri 9:00', 'every weekday at 9:00'],
    ['weekdays', 'every weekday at 9:00'],
    ['every working day at 8:30', 'every working day at 8:30'],
    ['each business day', 'every working day at 9:00'],
    ['every Monday at 9', 'every Monday at 9:00'],
    ['EVERY MONDAY AT NINE', 'every Monday at 9:00'],
    ['on Mondays at 9am', 'every Monday at 9:00'],
    ['mondays, 9 a.m.', 'every Monday at 9:00'],
    ['at 9.30 every Monday', 'every Monday at 9:30'],
    ['weekly on Monday at noon', 'every Monday at 12:00'],
    ['every Mon at 12 am', 'every Monday at 0:00'],
    ['every Mon at 12:05 pm', 'every Monday at 12:05'],
    ['every sun at midnight', 'every Sunday at 0:00'],
    ['every Monday at 9 o’clock', 'every Monday at 9:00'],
    ['every Monday and Thursday at 9:00 and 16:00', 'every Monday and Thursday at 9:00 and 16:00'],
    ['Thu, Mon & Wed at 16, 9', 'every Monday, Wednesday and Thursday at 9:00 and 16:00'],
    ['Friday to Monday at 7pm', 'every Monday, Friday, Saturday and Sunday at 19:00'],
    ['every other Tuesday at 10:00', 'every other Tuesday at 10:00'],
    ['every two weeks on Tuesday at 10', 'every other Tuesday at 10:00'],
    ['fortnightly on Tuesday at 10', 'every other Tuesday at 10:00'],
    ['Tuesday every other week', 'every other Tuesday at 9:00'],
    ['every other week on Tue and Thu', 'every other week on Tuesday and Thursday at 9:00'],
    ['every 3 weeks on Monday at 9:00', 'every 3 weeks on Monday at 9:00'],
    ['every week on Monday', 'every Monday at 9:00'],
    ['every 1 week on Monday', 'every Monday at 9:00'],
    ['first Monday of the month at 9:00', 'first Monday of the month at 9:00'],
    ['the 1st Monday of every month', 'first Monday of the month at 9:00'],
    ['every first Monday of the month', 'first Monday of the month at 9:00'],
    ['monthly on the first Monday', 'first Monday of the month at 9:00'],
    ['first and third Monday in each month', 'first and third Monday of the month at 9:00'],
    ['second Thursday of the quarter at 15:00', 'second Thursday of the quarter at 15:00'],
    ['third thursday of the quarter at 3 pm', 'third Thursday of the quarter at 15:00'],
    ['Fourth Thursday per quarter', 'fourth Thursday of the quarter at 9:00'],
    ['last Thursday of the quarter at 15:00', 'last Thursday of the quarter at 15:00'],
    ['first working day of the month at 9:00', 'first working day of the month at 9:00'],
    ['first workday of the month', 'first working day of the month at 9:00'],
    ['last working day of the quarter', 'last working day of the quarter at 9:00'],
    ['the 15th of every month at 9:00', 'the 15th of every month at 9:00'],
    ['monthly on the 15th', 'the 15th of every month at 9:00'],
    ['on the 1st and 15th of the month', 'the 1st and 15th of every month at 9:00'],
    ['last day of the month at 17:00', 'last day of the month at 17:00'],
    ['15th and last day of the month', '15th and last day of the month at 9:00'],
    ['first day of the quarter', 'first day of the quarter at 9:00'],
    ['end of the month, 17:00', 'last day of the month at 17:00'],
    ['beginning of each quarter', 'first day of the quarter at 9:00'],
    ['the 31st of every month', 'the 31st of every month at 9:00'],
    ['0 9 * * *', 'every day at 9:00'],
    ['0 9 * * MON', 'every Monday at 9:00'],
    ['0 9 * * 1-5', 'every weekday at 9:00'],
    ['0 9,16 * * 4,1', 'every Monday and Thursday at 9:00 and 16:00'],
    ['30 7 * * 0,6', 'every Saturday and Sunday at 7:30'],
    ['0 9 15 * *', 'the 15th of every month at 9:00'],
    ['0 9 1 1,4,7,10 *', 'first day of the quarter at 9:00'],
    ['0 9 31 1,4,7,10 *', 'by the cron 0 9 31 1,4,7,10 *'],
    ['0 9 24 dec *', 'by the cron 0 9 24 DEC *'],
    ['0 9 13 * FRI', 'by the cron 0 9 13 * FRI'],
    ['0 9 1-31 * FRI', 'every day at 9:00'],
    ['*/5 8-18 * * 1-5', 'by the cron */5 8-18 * * 1-5'],
    ['by the cron 0 9 24 12 *', 'by the cron 0 9 24 12 *'],
    ['cron 0 9 * * 1', 'every Monday at 9:00'],
  ])('%s: %s', (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it('with the week from which others are counted, where a first day is set', () => {
    const read = parseSchedule('every other Tuesday at 10:00');
    const startsOn = Temporal.PlainDate.from('2026-11-26');
    expect(read.ok && scheduleWords(read.value, startsOn)).toBe(
      'every other Tuesday at 10:00, counted from the week of 23 November 2026',
    );
    const weekly = parseSchedule('every Tuesday at 10:00');
    expect(weekly.ok && scheduleWords(weekly.value, startsOn)).toBe('every Tuesday at 10:00');
  });

  it('words that mean the same, whatever it is', () => {
    fc.assert(
      fc.property(worded, (schedule) => {
        expect(parseSchedule(scheduleWords(schedule, null))).toEqual({ ok: true, value: schedule });
      }),
      { numRuns: 500 },
    );
  });

  it('words that mean the same, whatever cron it was', () => {
    fc.assert(
      fc.property(cron, (text) => {
        const read = parseSchedule(text);
        if (!read.ok) return;
        expect(parseSchedule(scheduleWords(read.value, null))).toEqual(read);
      }),
    );
  });

  it('the same object for the same text, so that what is known of it is reckoned once', () => {
    const text = 'every Monday at 9:17';
    expect(parseSchedule(text)).toBe(parseSchedule(text));
  });
});

describe('a schedule that cannot be read is refused in words', () => {
  it.each([
    [
      'every 0 weeks on Monday',
      'an interval of 0 weeks never comes round; write "every week" or "every 2 weeks"',
    ],
    ['every 0 weeks', 'an interval of 0 weeks never comes round; write "every week" or "every 2 weeks"'],
    ['every 60 weeks on Monday', '"every 60 weeks" is longer than a year; write 52 at most'],
    [
      'every 3 weeks at 9',
      'a schedule of weeks needs a weekday; write it like "every week on Monday at 9:00"',
    ],
    ['every Mondya at 9', '"Mondya" is not a weekday; did you mean "Monday"?'],
    ['every wendesday', '"wendesday" is not a weekday; did you mean "Wednesday"?'],
    ['last Thursday of the qaurter', 'Cairn cannot read "qaurter" in a schedule; did you mean "quarter"?'],
    [
      'whenever',
      'Cairn cannot read "whenever" in a schedule; write it like "every Monday at 9:00", "first working day of the month" or the cron "0 9 * * MON"',
    ],
    [
      '',
      '"" is not a schedule that Cairn can read; write it like "every Monday at 9:00", "first working day of the month" or the cron "0 9 * * MON"',
    ],
    [
      'at 9',
      '"at 9" is not a schedule that Cairn can read; write it like "every Monday at 9:00", "first working day of the month" or the cron "0 9 * * MON"',
    ],
    ['every Monday at', 'no time follows "at"; write it as 9:00, 16:30, 9 am or noon'],
    ['every Monday at 25:00', '"25:00" is not a time; write it as 9:00, 16:30, 9 am or noon'],
    ['every Monday at 9:75', '"9:75" is not a time; write it as 9:00, 16:30, 9 am or noon'],
    ['every Monday at 13 pm', '"13 pm" is not a time; write it as 9:00, 16:30, 9 am or noon'],
    ['every Monday at 24', '"24" is not a time; write it as 9:00, 16:30, 9 am or noon'],
    [
      'every Monday at 9 and Thursday at 16',
      'one schedule has the same times on all of its days; set up a cadence for each',
    ],
    [
      'every second Tuesday',
      '"second Tuesday" can be read in two ways; write "every other Tuesday" or "second Tuesday of the month"',
    ],
    [
      'every third Monday at 9',
      '"third Monday" can be read in two ways; write "every 3 weeks on Monday" or "third Monday of the month"',
    ],
    [
      'last Friday at 9',
      '"last Friday" of what? Write "last Friday of the month" or "last Friday of the quarter"',
    ],
    [
      'first working day',
      '"first working day" of what? Write "first working day of the month" or "first working day of the quarter"',
    ],
    ['the 15th at 9', 'the 15th of what? Write "the 15th of every month"'],
    ['6th Monday of the month', 'no month has a 6th Monday; write a number from 1 to 5, or "last"'],
    ['the 32nd of every month', 'no month has a 32nd day; write a number from 1 to 31, or "last"'],
    [
      'biweekly on Monday',
      'that can be read in two ways; write "every other week on Monday", or name both days',
    ],
    [
      'first weekday of the month',
      'a weekday is every day from Monday to Friday; write "first working day of the month", or name one',
    ],
    [
      'every other day',
      'Cairn counts weeks, not days; write "every day", or name them: "every Monday, Wednesday and Friday"',
    ],
    ['every 2 months on the 1st', 'Cairn counts weeks, not months; write a cron such as "0 9 1 */2 *"'],
    [
      'every month at 9',
      'say on which day; write it like "first Monday of the month" or "the 15th of every month"',
    ],
    [
      'every hour',
      'times are named: "every day at 9:00 and 16:00"; what comes more often is a cron, such as "0 9-17 * * MON-FRI"',
    ],
    ['every year', 'what comes once a year is written as a cron, such as "0 9 24 12 *"'],
    ['every Monday at 9 from December', 'a first or last day is no part of a schedule; leave it out here'],
    ['0 9 30 2 *', '"0 9 30 2 *" never comes; name a day that exists'],
    ['0 9 31 4,6,9,11 *', '"0 9 31 4,6,9,11 *" never comes; name a day that exists'],
    [
      '0 9 * *',
      '"0 9 * *" is not a schedule: a cron has five fields, such as "0 9 * * MON"; write it like "0 9 * * MON", Mondays at nine',
    ],
    [
      '@weekly',
      '"@weekly" is not a schedule: a cron has five fields, such as "0 9 * * MON"; write it like "0 9 * * MON", Mondays at nine',
    ],
    ['0 24 * * MON', '"24" is not an hour (0 to 23); write it like "0 9 * * MON", Mondays at nine'],
  ])('%s', (text, expected) => {
    expect(words(text)).toBe(`refused: ${expected}`);
  });

  it('and never thrown at, whatever it is', () => {
    const piece = fc.constantFrom(
      'every',
      'other',
      '0',
      '3',
      'weeks',
      'on',
      'monday',
      'first',
      '15th',
      'at',
      '9',
      ':',
      '9pm',
      'of',
      'month',
      'to',
      'xyz',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 9 }).map((p) => p.join(' ')),
    );
    fc.assert(
      fc.property(text, (given) => {
        const read = parseSchedule(given);
        expect(read.ok ? scheduleWords(read.value, null) : read.words).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
