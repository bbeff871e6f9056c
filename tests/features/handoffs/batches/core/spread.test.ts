import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Movable,
  type Receiver,
  shifts,
  spread,
} from '../../../../../src/features/handoffs/batches/core/spread.ts';

const person = (id: number) => ({ id, slackId: `U${id}`, name: `P${id}`, isDeactivated: false });
function rock(id: number, given: Partial<Movable> = {}): Movable {
  return {
    id,
    name: `Rock ${id}`,
    importance: null,
    weight: 1,
    teamId: null,
    owner: person(99),
    backups: [],
    offeredTo: null,
    ...given,
  };
}
function receiver(id: number, given: Partial<Receiver> = {}): Receiver {
  return { ...person(id), load: 0, limit: 10, teamIds: [], ...given };
}

describe('who shall take what, to begin with', () => {
  it('is the backup first, then the team, then whoever has the most room', () => {
    const people = [receiver(1, { load: 5 }), receiver(2, { teamIds: [7], load: 3 }), receiver(3)];
    const rocks = [rock(1, { backups: [person(1)], teamId: 7 }), rock(2, { teamId: 7 }), rock(3)];
    expect([...spread(rocks, people)].sort()).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('gives room to what matters most', () => {
    const people = [receiver(1, { limit: 3, load: 0 })];
    const rocks = [
      rock(1, { weight: 2, importance: 'nice-to-have' }),
      rock(2, { weight: 2, importance: 'critical' }),
    ];
    expect([...spread(rocks, people)]).toEqual([[2, 1]]);
  });

  it('leaves with whoever stands in already what they shall take over', () => {
    const people = [receiver(1), receiver(2)];
    expect(spread([rock(1, { owner: person(1), backups: [person(2)] })], people)).toEqual(new Map());
  });

  it('leaves where it is what is on its way already', () => {
    expect(spread([rock(1, { offeredTo: person(5) })], [receiver(1)])).toEqual(new Map());
  });

  it('never fills a backpack over its limit, nor gives a rock to its owner', () => {
    const rocks = fc.array(
      fc.record({
        weight: fc.integer({ min: 1, max: 5 }),
        importance: fc.constantFrom('critical' as const, 'important' as const, null),
        owner: fc.constantFrom(person(1), person(2), null),
        backups: fc.subarray([person(1), person(2), person(3)]),
      }),
      { maxLength: 12 },
    );
    const people = fc.array(
      fc.record({ load: fc.nat({ max: 12 }), limit: fc.integer({ min: 5, max: 12 }) }),
      {
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(rocks, people, (given, loads) => {
        const all = given.map((one, index) => rock(index + 1, one));
        const receivers = loads.map((one, index) => receiver(index + 1, one));
        const chosen = spread(all, receivers);
        const moves = all.flatMap(({ id, weight, owner }) => {
          const toId = chosen.get(id);
          if (toId === undefined) return [];
          expect(toId).not.toBe(owner?.id);
          return [{ weight, fromId: null, toId }];
        });
        for (const { after, limit } of shifts(moves, new Map(receivers.map((it) => [it.id, it]))))
          expect(after).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('loads before and after', () => {
  it('count what goes and what comes, of those that may be seen', () => {
    const moves = [
      { weight: 3, fromId: 1, toId: 2 },
      { weight: 2, fromId: null, toId: 1 },
      { weight: 1, fromId: 4, toId: 5 },
    ];
    const loads = new Map([
      [1, { load: 10, limit: 15 }],
      [2, { load: 14, limit: 15 }],
    ]);
    expect(shifts(moves, loads)).toEqual([
      { personId: 1, before: 10, after: 9, limit: 15 },
      { personId: 2, before: 14, after: 17, limit: 15 },
    ]);
  });
});
