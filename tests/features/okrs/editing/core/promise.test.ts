import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { noDate, promisedOn } from '../../../../../src/features/okrs/editing/core/promise.ts';

const cycle = { key: '2026-Q4', startsOn: Temporal.PlainDate.from('2026-10-01') };
const promised = { dueOn: '2026-12-01', firstDueOn: '2026-11-15', slips: 1 };

describe('a day that is promised', () => {
  it.each([
    ['there is none', noDate, null, null, { ...noDate, hasSlipped: false }],
    [
      'the first one',
      noDate,
      '2026-12-01',
      null,
      { dueOn: '2026-12-01', firstDueOn: '2026-12-01', slips: 0 },
    ],
    ['stays', promised, '2026-12-01', null, { ...promised, hasSlipped: false }],
    ['comes forward, which is no slip', promised, '2026-11-10', null, { ...promised, dueOn: '2026-11-10' }],
    [
      'slips, with words',
      promised,
      '2026-12-02',
      'Late.',
      { ...promised, dueOn: '2026-12-02', slips: 2, hasSlipped: true },
    ],
    ['slips beyond the cycle', promised, '2027-02-01', 'Late.', { firstDueOn: '2026-11-15', slips: 2 }],
  ])('%s', (_, present, wanted, why, value) => {
    expect(promisedOn(present, wanted, why, cycle)).toMatchObject({ ok: true, value });
  });

  it.each([
    ['slips without words', promised, '2026-12-02', 'slip', 'The day moves back. A sentence is enough: why?'],
    [
      'is taken back',
      promised,
      null,
      'due',
      'A day that was promised stays. Pick another one, and say why it moves.',
    ],
    [
      'lies before the cycle',
      noDate,
      '2026-09-30',
      'due',
      '2026-Q4 begins on 1 October 2026. Pick a day from then on.',
    ],
  ])('is refused when it %s', (_, present, wanted, field, words) => {
    expect(promisedOn(present, wanted, null, cycle)).toEqual({ ok: false, field, words });
  });
});
