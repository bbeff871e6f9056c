import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { usualLimits } from '../../src/delivery/limits.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Machine, virtualMachine } from './machine.ts';
import { type FaultName, faultNames } from './virtual-slack.ts';
import { World } from './world.ts';

let database: TestDatabase;
let machine: Machine;
beforeAll(async () => {
  database = await createTestDatabase();
  machine = await virtualMachine(database.db);
});
afterAll(async () => database.close());

/** All but what Slack asks everybody to wait for, until it shows that one channel was meant. */
const poisons = faultNames.filter(
  (name): name is FaultName =>
    !['none', 'rate-limited', 'held-up', 'empty-page', 'crash-before', 'crash-after'].includes(name),
);

it('a channel that goes wrong every time delays no other by a second', async () => {
  const lanes = fc.array(fc.nat(3), { minLength: 2, maxLength: 16 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...poisons), lanes, async (fault, told) => {
      const world = await World.begin(database.db, machine, '0 9 * * MON', 'UTC');
      for (const lane of told) await world.perform({ kind: 'tell', lane });
      await world.perform({ kind: 'poison', channel: 0, fault });
      const healthy = told.filter((lane) => lane !== 0);
      const longest = Math.max(0, ...[1, 2, 3].map((lane) => healthy.filter((one) => one === lane).length));
      // One a second in each lane, and nothing waits for the poisoned one.
      for (let second = 0; second < longest; second += 1) {
        await world.perform({ kind: 'send', replicas: 2 });
        await world.perform({ kind: 'send', replicas: 2 });
        await world.perform({ kind: 'reconcile', replicas: 1 });
        await world.perform({ kind: 'pass', ms: usualLimits.channelSpacingMs });
      }
      const poisoned = [...world.slack.poisoned.keys()];
      const said = world.slack.said.filter(({ channel }) => !poisoned.includes(channel));
      expect(said).toHaveLength(healthy.length);
    }),
    { numRuns: 20 },
  );
}, 300_000);
