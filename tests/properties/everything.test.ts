import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { problemsOf, readLeft } from './checks.ts';
import { type Machine, virtualMachine } from './machine.ts';
import { beginning, type Step, someSteps } from './steps.ts';
import { World } from './world.ts';

let database: TestDatabase;
let machine: Machine;
beforeAll(async () => {
  database = await createTestDatabase();
  machine = await virtualMachine(database.db);
});
afterAll(async () => database.close());

/** One run from its beginning until nothing is left to be done; what is wrong then. */
async function run(begin: { schedule: string; zone: string }, steps: readonly Step[]): Promise<string[]> {
  const world = await World.begin(database.db, machine, begin.schedule, begin.zone);
  for (const step of steps) await world.perform(step);
  await world.settleDown();
  return problemsOf(await readLeft(world));
}

it('whatever happens in whatever order, all ten promises hold in the end', async () => {
  await fc.assert(
    fc.asyncProperty(beginning, someSteps, async (begin, steps) => {
      expect(await run(begin, steps)).toEqual([]);
    }),
    { numRuns: Number(process.env['CAIRN_PROPERTY_RUNS'] ?? 15), interruptAfterTimeLimit: 500_000 },
  );
}, 600_000);
