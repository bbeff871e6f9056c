import fc from 'fast-check';
import { expect } from 'vitest';
import type { Database } from '../../../../src/platform/db/database.ts';
import { fingerprint, problemsOf, problemsOfTurn, readEvents } from './checks.ts';
import { perform } from './performing.ts';
import { beginning, story } from './steps.ts';
import { World } from './world.ts';

/**
 * Whatever people, leads, admins and the clock do, one after the other and at once on two replicas: nothing may be
 * wrong after any turn. The limit, in milliseconds, holds for shrinking too. Gives how often each event happened in all stories.
 */
export async function expectNothingWrong(
  replicas: readonly [Database, Database],
  given: { numRuns: number; interruptAfterTimeLimit: number; seed?: number; path?: string },
): Promise<Map<string, number>> {
  const happened = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(beginning, story, async (startsAt, turns) => {
      const world = await World.begin(replicas[0], startsAt);
      let before = await fingerprint(world);
      let told = 0;
      for (const [turn, steps] of turns.entries()) {
        const done = await Promise.all(
          steps.map((step, index) => perform(world, step, replicas[(turn + index) % 2 === 0 ? 0 : 1])),
        );
        const after = await fingerprint(world);
        const events = await readEvents(world);
        expect(problemsOfTurn(done, { before, after, events: events.slice(told) })).toEqual([]);
        expect(await problemsOf(world)).toEqual([]);
        before = after;
        told = events.length;
      }
      for (const { type } of await readEvents(world)) happened.set(type, (happened.get(type) ?? 0) + 1);
    }),
    given,
  );
  return happened;
}
