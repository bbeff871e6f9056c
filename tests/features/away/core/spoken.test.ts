import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { spanWords } from '../../../../src/features/away/core/absence.ts';
import { readAbsence } from '../../../../src/features/away/core/spoken.ts';

/** A Wednesday. */
const today = Temporal.PlainDate.from('2026-11-25');
const read = (text: string) => {
  const absence = readAbsence(text, today);
  return absence.ok ? spanWords(absence.value, today) : absence.words;
};

describe('somebody who says that they are away', () => {
  test.each([
    ['until Fri', 'Wed 25 Nov to Fri 27 Nov'],
    ['Until 2 Dec', 'Wed 25 Nov to Wed 2 Dec'],
    ['to friday', 'Wed 25 Nov to Fri 27 Nov'],
    ['until today', 'Wed 25 Nov'],
    ['tomorrow', 'Thu 26 Nov'],
    ['today', 'Wed 25 Nov'],
    ['Fri', 'Fri 27 Nov'],
    ['24 Dec - 2 Jan', 'Thu 24 Dec to Sat 2 Jan 2027'],
    ['24 Dec – 2 Jan', 'Thu 24 Dec to Sat 2 Jan 2027'],
    ['24 Dec–2 Jan', 'Thu 24 Dec to Sat 2 Jan 2027'],
    ['24 Dec to 2 Jan', 'Thu 24 Dec to Sat 2 Jan 2027'],
    ['from 24 Dec to 2 Jan', 'Thu 24 Dec to Sat 2 Jan 2027'],
    ['from 24 Dec until 2 Jan', 'Thu 24 Dec to Sat 2 Jan 2027'],
    ['2026-12-24 - 2027-01-02', 'Thu 24 Dec to Sat 2 Jan 2027'],
    ['2026-12-24 2027-01-02'.replace(' ', ' to '), 'Thu 24 Dec to Sat 2 Jan 2027'],
    ['from Tue to Mon', 'Tue 1 Dec to Mon 7 Dec'],
    ['Mon - Fri', 'Mon 30 Nov to Fri 4 Dec'],
    ['tomorrow until Fri', 'Thu 26 Nov to Fri 27 Nov'],
    ['23 Nov - 27 Nov', 'Wed 25 Nov to Fri 27 Nov'],
  ])('“%s” is away %s', (text, days) => {
    expect(read(text)).toBe(days);
  });

  test.each([
    ['until 20 Nov', 'Fri 20 Nov is over already. Which is your last day away? Such as `/ooo until Fri`.'],
    [
      'until 2025-01-01',
      'Wed 1 Jan 2025 is over already. Which is your last day away? Such as `/ooo until Fri`.',
    ],
    [
      '2 Dec - 27 Nov',
      'Fri 27 Nov is before Wed 2 Dec. Which is the first day, and which the last? Such as `/ooo 24 Dec - 2 Jan`.',
    ],
    [
      'until 2027-11-27',
      'Wed 25 Nov to Sat 27 Nov 2027 is longer than a year. Whoever is away for so long hands over what they carry: `/handoff`.',
    ],
    ['2028-01-01 to 2028-01-05', 'Sat 1 Jan 2028 is more than a year ahead. Tell me when it is nearer.'],
    ['from 24 Dec', 'Until when? Such as `/ooo from 24 Dec to 2 Jan`.'],
    [
      'Mon - Tue - Wed',
      'I read more than two days in that. Type `/ooo until Fri`, `/ooo 24 Dec - 2 Jan`, `/ooo tomorrow`, or `/ooo back`.',
    ],
    [
      'skiing',
      "I can't read “skiing” as a day. Write it like Fri, 24 Dec, 2026-12-24, tomorrow or in 2 weeks.",
    ],
    ['until 31 Nov', 'There is no 31 November 2026.'],
  ])('“%s” is refused', (text, words) => {
    expect(read(text)).toBe(words);
  });

  test('is away for a year at most', () => {
    expect(read('until 2027-11-25')).toBe('Wed 25 Nov to Thu 25 Nov 2027');
    expect(read('until 2027-11-26')).toContain('is longer than a year');
  });
});
