import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  coverageDrawing,
  healthDrawing,
  loadDrawing,
  spreadDrawing,
} from '../../../src/features/pictures/core/company-spec.ts';
import { draw } from '../../../src/features/pictures/drawing.ts';

const point = (on: string, onTrack: number, atRisk = 0, offTrack = 0, unknown = 0) => ({
  on,
  onTrack,
  atRisk,
  offTrack,
  unknown,
});
const count = fc.nat({ max: 10_000 });
const name = fc.string({ maxLength: 80, unit: 'binary' });

describe('the words of a picture of the company', () => {
  test('health says where it began and where it is', () => {
    expect(healthDrawing([point('2026-11-16', 3, 2), point('2026-11-23', 4, 0, 1)]).altText).toBe(
      'Health of key results over 2 digests: on 16 Nov 3 on track, 2 at risk; on 23 Nov 4 on track, 1 off track.',
    );
  });
  test('the load of all says how many, and nobody’s name', () => {
    expect(spreadDrawing([{ label: 'up to half', people: 4 }]).altText).toBe(
      'People by what they carry of their limit: up to half: 4.',
    );
  });
  test('the load by person names the fullest, and counts the others', () => {
    const people = Array.from({ length: 14 }, (_, at) => ({ name: `P${at}`, load: at, limit: 10 }));
    const { altText } = loadDrawing(people);
    expect(altText).toMatch(/^Load by person: P13 13 of 10, P12 12 of 10, /);
    expect(altText).toMatch(/, and 2 more\.$/);
  });
  test('coverage says all four parts', () => {
    expect(coverageDrawing({ confirmed: 3, unconfirmed: 2, unowned: 1, setDown: 0 }).altText).toBe(
      'Rocks: 3 confirmed, 2 not confirmed lately, 1 carried by nobody, 0 set down.',
    );
  });

  test('stay short, whatever people are called', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name, load: count, limit: count })), (people) => {
        expect(loadDrawing(people).altText.length).toBeLessThanOrEqual(600);
      }),
    );
  });
});

describe('a picture of whatever company', () => {
  test('can be drawn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name, load: count, limit: count }), { maxLength: 20 }),
        fc.array(fc.tuple(count, count, count, count), { maxLength: 13 }),
        count,
        async (people, points, some) => {
          const days = points.map(([a, b, c, d], at) => point(`2026-11-${10 + at}`, a, b, c, d));
          for (const { spec } of [
            loadDrawing(people),
            healthDrawing(days),
            spreadDrawing([{ label: 'up to half', people: some }]),
            coverageDrawing({ confirmed: some, unconfirmed: 0, unowned: some, setDown: 0 }),
          ])
            expect([...(await draw(spec)).subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
        },
      ),
      { numRuns: 6 },
    );
  }, 60_000);
});
