import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type Absence, awayOn, mergedWith } from '../../../../src/features/away/core/absence.ts';

const today = Temporal.PlainDate.from('2026-11-25');
const days = (from: string, until: string): Absence => ({
  from: Temporal.PlainDate.from(from),
  until: Temporal.PlainDate.from(until),
});
const text = ({ from, until }: Absence) => `${from} ${until}`;

function merge(known: Absence[], added: Absence) {
  const merged = mergedWith(known, added, today);
  if (!merged.ok) return merged.words;
  return [text(merged.value.absence), ...merged.value.replaced.map(text).sort()];
}

describe('days away that are said one after the other', () => {
  test('stand apart where days lie between them', () => {
    expect(merge([days('2026-12-01', '2026-12-02')], days('2026-12-04', '2026-12-05'))).toEqual([
      '2026-12-04 2026-12-05',
    ]);
  });

  test('become one absence where they overlap', () => {
    expect(merge([days('2026-12-01', '2026-12-04')], days('2026-12-03', '2026-12-08'))).toEqual([
      '2026-12-01 2026-12-08',
      '2026-12-01 2026-12-04',
    ]);
  });

  test('become one absence where no day lies between them', () => {
    expect(merge([days('2026-12-01', '2026-12-04')], days('2026-12-05', '2026-12-08'))).toEqual([
      '2026-12-01 2026-12-08',
      '2026-12-01 2026-12-04',
    ]);
  });

  test('join what they lie between', () => {
    const known = [
      days('2026-12-01', '2026-12-04'),
      days('2026-12-08', '2026-12-09'),
      days('2027-01-01', '2027-01-02'),
    ];
    expect(merge(known, days('2026-12-05', '2026-12-07'))).toEqual([
      '2026-12-01 2026-12-09',
      '2026-12-01 2026-12-04',
      '2026-12-08 2026-12-09',
    ]);
  });

  test('change nothing where they lie within what is known', () => {
    expect(merge([days('2026-12-01', '2026-12-31')], days('2026-12-05', '2026-12-07'))).toEqual([
      '2026-12-01 2026-12-31',
      '2026-12-01 2026-12-31',
    ]);
  });

  test('are refused where they are longer than a year together', () => {
    expect(merge([days('2026-11-25', '2027-06-01')], days('2027-06-02', '2027-12-01'))).toBe(
      'Wed 25 Nov to Wed 1 Dec 2027 is longer than a year. Whoever is away for so long hands over what they carry: `/handoff`.',
    );
  });
});

test('after any number of merges no two absences touch, and each day that was said is in one', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 10 }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
      let known: Absence[] = [];
      for (const [start, length] of spans) {
        const from = today.add({ days: start });
        const merged = mergedWith(known, { from, until: from.add({ days: length }) }, today);
        if (!merged.ok) throw new Error(merged.words);
        const { absence, replaced } = merged.value;
        known = [...known.filter((one) => !replaced.includes(one)), absence];
      }
      for (const [start, length] of spans) {
        for (let day = start; day <= start + length; day += 1)
          expect(awayOn(known, today.add({ days: day }))).toBeDefined();
      }
      const sorted = known.sort((a, b) => Temporal.PlainDate.compare(a.from, b.from));
      for (const [index, { from }] of sorted.entries()) {
        const before = sorted[index - 1];
        if (before !== undefined) expect(before.until.until(from).days).toBeGreaterThan(1);
      }
    }),
    { numRuns: 100 },
  );
});
