import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { spreadMinutes, spreadSeconds, spreadWindow } from '../../../src/cadence/core/spread.ts';

const ids = fc.integer({ min: 1, max: 2 ** 40 });
const occurrence = fc.record({ cadenceId: ids, occurrenceId: ids, personId: ids });

describe('the window in which many people are asked', () => {
  it.each([
    [0, 0],
    [1, 0],
    [60, 0],
    [61, 1],
    [120, 1],
    [121, 2],
    [500, 5],
    [10_000, 84],
  ])('for %i people is %i minutes long', (people, minutes) => {
    expect(spreadMinutes(people)).toBe(minutes);
  });

  it('is told by its two ends', () => {
    const { from, to } = spreadWindow(Temporal.Instant.from('2026-10-05T07:00Z'), 500);
    expect([String(from), String(to)]).toEqual(['2026-10-05T07:00:00Z', '2026-10-05T07:05:00Z']);
  });

  it('holds everybody, each at a place of their own that stays', () => {
    fc.assert(
      fc.property(occurrence, fc.integer({ min: 0, max: 20_000 }), (of, people) => {
        const seconds = spreadSeconds(of, people);
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(seconds).toBeLessThan(Math.max(1, spreadMinutes(people) * 60));
        expect(spreadSeconds({ ...of }, people)).toBe(seconds);
      }),
    );
  });

  it('is the same in every version of Cairn that runs side by side', () => {
    expect(spreadSeconds({ cadenceId: 1, occurrenceId: 2, personId: 3 }, 500)).toBe(218);
  });

  it('is filled evenly, and nobody is always the last', () => {
    const place = (occurrenceId: number, personId: number) =>
      spreadSeconds({ cadenceId: 7, occurrenceId, personId }, 600);
    const minutes = Array.from({ length: 5 }, () => 0);
    for (let person = 1; person <= 600; person += 1) {
      const minute = Math.floor(place(1, person) / 60);
      minutes[minute] = (minutes[minute] ?? 0) + 1;
    }
    for (const count of minutes) expect(count).toBeGreaterThan(80);
    expect(new Set([1, 2, 3, 4, 5].map((occurrenceId) => place(occurrenceId, 1))).size).toBeGreaterThan(3);
  });
});
