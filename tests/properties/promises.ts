import fc from 'fast-check';
import { expect } from 'vitest';
import type { Database } from '../../src/platform/db/database.ts';
import { problemsOf, readLeft } from './checks.ts';
import type { Machine } from './machine.ts';
import { beginning, someSteps } from './steps.ts';
import { World } from './world.ts';

/**
 * Runs that begin somewhere, go anywhere, and settle down: nothing may be wrong with what is left. A run that fails is
 * shrunk to the few steps that it takes, and told with its seed and path.
 */
export async function expectPromisesKept(
  db: Database,
  machine: Machine,
  given: { numRuns: number; seed?: number; path?: string },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(beginning, someSteps, async ({ schedule, zone }, steps) => {
      const world = await World.begin(db, machine, schedule, zone);
      for (const step of steps) await world.perform(step);
      await world.settleDown();
      expect(problemsOf(await readLeft(world))).toEqual([]);
    }),
    { interruptAfterTimeLimit: 550_000, ...given },
  );
}
