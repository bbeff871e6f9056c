import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { readDate, readPastDate } from '../../../src/platform/core/date-words.ts';
import { dateWords } from '../../../src/platform/core/time-words.ts';

/** A Wednesday. */
const today = Temporal.PlainDate.from('2026-11-25');
const read = (text: string, from = today) => {
  const day = readDate(text, from);
  return day.ok ? day.value.toString() : day.words;
};

describe('a day that people write', () => {
  test.each([
    ['today', '2026-11-25'],
    ['Tomorrow', '2026-11-26'],
    ['day after tomorrow', '2026-11-27'],
    ['in 2 weeks', '2026-12-09'],
    ['in a week', '2026-12-02'],
    ['in 1 day', '2026-11-26'],
    ['in 3 months', '2027-02-25'],
    ['Fri', '2026-11-27'],
    ['friday', '2026-11-27'],
    ['thurs', '2026-11-26'],
    ['Tue', '2026-12-01'],
    ['next Fri', '2026-12-04'],
    ['next Monday', '2026-11-30'],
    ['24 Dec', '2026-12-24'],
    ['24 december', '2026-12-24'],
    ['24th of December', '2026-12-24'],
    ['Dec 24', '2026-12-24'],
    ['dec 24th, 2027', '2027-12-24'],
    ['24. Dec 2027', '2027-12-24'],
    ['1 Sept', '2027-09-01'],
    ['24.12.', '2026-12-24'],
    ['24.12.2026', '2026-12-24'],
    ['2026-12-24', '2026-12-24'],
    ['Thu 24 Dec', '2026-12-24'],
    ['Thursday, 24 Dec 2026', '2026-12-24'],
    ['  24   Dec ', '2026-12-24'],
    ['29 Feb', '2028-02-29'],
  ])('“%s” is %s', (text, day) => {
    expect(read(text)).toBe(day);
  });

  test('that is a weekday is never today', () => {
    expect(read('Wed')).toBe('2026-12-02');
    expect(read('next Wed')).toBe('2026-12-02');
  });

  test('without a year is to come, or was of late', () => {
    expect(read('2 Jan')).toBe('2027-01-02');
    expect(read('20 Nov')).toBe('2026-11-20');
    expect(read('26 Sep')).toBe('2026-09-26');
    expect(read('25 Sep')).toBe('2027-09-25');
    expect(read('24 Dec', Temporal.PlainDate.from('2026-12-28'))).toBe('2026-12-24');
    expect(read('31 Dec', Temporal.PlainDate.from('2027-01-02'))).toBe('2026-12-31');
  });

  test.each([
    [
      'whenever',
      "I can't read “whenever” as a day. Write it like Fri, 24 Dec, 2026-12-24, tomorrow or in 2 weeks.",
    ],
    [
      '<!channel> *',
      "I can't read “channel” as a day. Write it like Fri, 24 Dec, 2026-12-24, tomorrow or in 2 weeks.",
    ],
    ['3/4', "I can't read “34” as a day. Write it like Fri, 24 Dec, 2026-12-24, tomorrow or in 2 weeks."],
    ['31 Feb', 'There is no 31 February 2026.'],
    ['2026-13-01', 'There is no month 13.'],
    ['29 Feb 2027', 'There is no 29 February 2027.'],
    ['Mon 24 Dec', '24 December 2026 is a Thursday. Which day do you mean?'],
  ])('“%s” is refused', (text, words) => {
    expect(read(text)).toBe(words);
  });
});

describe('a day that is over', () => {
  const readPast = (text: string) => {
    const day = readPastDate(text, today);
    return day.ok ? day.value.toString() : day.words;
  };

  test.each([
    ['yesterday', '2026-11-24'],
    ['Mon', '2026-11-23'],
    ['last Monday', '2026-11-23'],
    ['Wed', '2026-11-18'],
    ['Fri', '2026-11-20'],
    ['3 days ago', '2026-11-22'],
    ['a week ago', '2026-11-18'],
    ['last month', '2026-10-25'],
    ['today', '2026-11-25'],
    ['1 Nov', '2026-11-01'],
    ['1 Aug', '2026-08-01'],
    ['1 Aug 2027', '2027-08-01'],
    ['2025-12-24', '2025-12-24'],
  ])('“%s” is %s', (text, day) => {
    expect(readPast(text)).toBe(day);
  });

  test('that is soon to come is left to whoever cannot use it', () => {
    expect(readPast('tomorrow')).toBe('2026-11-26');
    expect(readPast('30 Nov')).toBe('2026-11-30');
    expect(readPast('in 4 months')).toBe('2027-03-25');
  });

  test('is refused with days that are over as examples', () => {
    expect(readPast('whenever')).toBe(
      "I can't read “whenever” as a day. Write it like Mon, 1 Nov, 2026-11-01, yesterday or 2 weeks ago.",
    );
  });
});

test('every day to come is read back from its words', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_000 }), (days) => {
      const day = today.add({ days });
      expect(read(dateWords(day))).toBe(day.toString());
      expect(read(day.toString())).toBe(day.toString());
    }),
  );
});

test('whatever is typed is a day or is refused in one line', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const day = readDate(text, today);
      if (!day.ok) expect(day.words).not.toMatch(/[<>&*`~\n]/);
    }),
  );
});
