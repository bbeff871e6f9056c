import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importances } from '../../../../../src/features/ownership/core/rock-fields.ts';
import {
  type Carried,
  isOver,
  suggestHandoffs,
  type Taker,
} from '../../../../../src/features/ownership/load/core/load.ts';

let lastId = 0;
function rock(given: Partial<Carried> = {}): Carried {
  lastId += 1;
  return {
    id: lastId,
    name: `rock ${lastId}`,
    importance: null,
    weight: 1,
    isOnLoan: false,
    isOffered: false,
    takers: [],
    ...given,
  };
}

function taker(given: Partial<Taker> & { id: number }): Taker {
  const { id } = given;
  return {
    slackId: `U${id}`,
    name: `p${id}`,
    isDeactivated: false,
    as: 'teammate',
    load: 0,
    limit: 15,
    ...given,
  };
}

const suggested = (carried: Carried[], load: number, limit: number) =>
  suggestHandoffs(carried, { load, limit }).map(({ rock: { name }, to }) => [name, to?.id ?? null]);

describe('a backpack', () => {
  test('is over its limit only when the sum is more than it', () => {
    expect(isOver({ load: 15, limit: 15 })).toBe(false);
    expect(isOver({ load: 16, limit: 15 })).toBe(true);
  });

  test('that is not over its limit has nothing to hand off', () => {
    expect(suggested([rock({ weight: 5 })], 5, 5)).toEqual([]);
  });
});

describe('what could be handed off first', () => {
  test('is what matters least, whoever could take it', () => {
    const small = rock({ importance: 'nice-to-have' });
    const critical = rock({ importance: 'critical', takers: [taker({ id: 1, as: 'backup' })] });
    expect(suggested([critical, small], 3, 2)).toEqual([[small.name, null]]);
  });

  test('stands in the middle while nobody has judged it', () => {
    const unjudged = rock();
    const minor = rock({ importance: 'nice-to-have' });
    const major = rock({ importance: 'very-important' });
    expect(suggested([major, unjudged, minor], 4, 2).map(([name]) => name)).toEqual([
      minor.name,
      unjudged.name,
    ]);
  });

  test('has, of what matters alike, a backup with room, then a contributor, then somebody of the team', () => {
    const alone = rock();
    const team = rock({ takers: [taker({ id: 3 })] });
    const contributor = rock({ takers: [taker({ id: 2, as: 'contributor' })] });
    const backup = rock({ takers: [taker({ id: 1, as: 'backup' })] });
    expect(suggested([alone, team, contributor, backup], 4, 0)).toEqual([
      [backup.name, 1],
      [contributor.name, 2],
      [team.name, 3],
      [alone.name, null],
    ]);
  });

  test('is the lightest that brings the load under the limit', () => {
    const [light, fits, heavy] = [rock({ weight: 1 }), rock({ weight: 3 }), rock({ weight: 5 })];
    expect(suggested([light, heavy, fits], 12, 10)).toEqual([[fits.name, null]]);
  });

  test('is the heaviest where none brings it under alone', () => {
    const [light, heavy] = [rock({ weight: 1 }), rock({ weight: 3 })];
    expect(suggested([light, heavy], 10, 6)).toEqual([
      [heavy.name, null],
      [light.name, null],
    ]);
  });

  test('is never a loan, which goes back by itself', () => {
    expect(suggested([rock({ isOnLoan: true, weight: 5 })], 20, 15)).toEqual([]);
  });

  test('counts what is offered already as gone', () => {
    expect(suggested([rock({ isOffered: true, weight: 2 }), rock()], 17, 15)).toEqual([]);
  });
});

describe('whoever is suggested', () => {
  test('is never brought over their own limit', () => {
    const full = taker({ id: 1, as: 'backup', load: 14, limit: 15 });
    const free = taker({ id: 2, load: 0, limit: 2 });
    const one = rock({ weight: 2, takers: [full, free] });
    expect(suggested([one], 17, 15)).toEqual([[one.name, 2]]);
  });

  test('has, of two who are as near, the most room', () => {
    const one = rock({ takers: [taker({ id: 1, load: 9 }), taker({ id: 2, load: 3 })] });
    expect(suggested([one], 16, 15)).toEqual([[one.name, 2]]);
  });

  test('is not given more than one rock where they have room for one', () => {
    const ben = taker({ id: 1, as: 'backup', load: 13, limit: 15 });
    const [a, b] = [rock({ weight: 2, takers: [ben] }), rock({ weight: 2, takers: [ben] })];
    expect(suggested([a, b], 19, 15)).toEqual([
      [a.name, 1],
      [b.name, null],
    ]);
  });
});

const anyTaker = fc.record({
  id: fc.integer({ min: 1, max: 6 }),
  as: fc.constantFrom('backup' as const, 'contributor' as const, 'teammate' as const),
  load: fc.integer({ min: 0, max: 20 }),
  limit: fc.integer({ min: 1, max: 20 }),
});
const anyRock = fc.record({
  importance: fc.constantFrom(null, ...importances),
  weight: fc.integer({ min: 1, max: 5 }),
  isOnLoan: fc.boolean(),
  isOffered: fc.boolean(),
  takers: fc.uniqueArray(anyTaker, { maxLength: 4, selector: ({ id }) => id }),
});

test('suggestions end as soon as the load is within the limit, and never overload anybody', () => {
  fc.assert(
    fc.property(fc.array(anyRock, { maxLength: 12 }), fc.integer({ min: 0, max: 30 }), (given, limit) => {
      // One person has one load, whichever rock they are near to.
      const known = new Map<number, Taker>();
      const carried = given.map((one) =>
        rock({
          ...one,
          takers: one.takers.map((it) => {
            const first = known.get(it.id) ?? taker(it);
            known.set(it.id, first);
            return { ...first, as: it.as };
          }),
        }),
      );
      const load = carried.reduce((sum, { weight }) => sum + weight, 0);
      const suggestions = suggestHandoffs(carried, { load, limit });
      const weightOf = new Map(carried.map(({ id, weight }) => [id, weight]));
      const gone = carried.filter((it) => it.isOffered && !it.isOnLoan);
      let rest = load - gone.reduce((sum, { weight }) => sum + weight, 0);
      const added = new Map<number, number>();
      for (const { rock: one, to } of suggestions) {
        expect(rest).toBeGreaterThan(limit);
        const weight = weightOf.get(one.id) ?? 0;
        rest -= weight;
        if (to === null) continue;
        added.set(to.id, (added.get(to.id) ?? 0) + weight);
        expect(to.load + (added.get(to.id) ?? 0)).toBeLessThanOrEqual(to.limit);
      }
      expect(new Set(suggestions.map(({ rock: one }) => one.id)).size).toBe(suggestions.length);
    }),
    { numRuns: 300 },
  );
});
