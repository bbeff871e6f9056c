import fc from 'fast-check';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nextSlot, type Slot } from '../../src/cadence/core/calendar.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Machine, virtualMachine } from './machine.ts';
import { beginning } from './steps.ts';
import { beginsAt, ruleFor, World } from './world.ts';

let database: TestDatabase;
let machine: Machine;
beforeAll(async () => {
  database = await createTestDatabase();
  machine = await virtualMachine(database.db);
});
afterAll(async () => database.close());

type Tick = { afterHours: number; replicas: number; fails: boolean };
const ticks = fc.array(
  fc.record({
    afterHours: fc.constantFrom(0, 0.01, 1, 5, 11, 26, 24 * 9),
    replicas: fc.integer({ min: 1, max: 3 }),
    fails: fc.boolean(),
  }),
  { minLength: 1, maxLength: 14 },
);

it('any number of replicas, ticking and dying at any moments, hold what one that ticks there would, and nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(beginning, ticks, async ({ schedule, zone }, all) => {
      const world = await World.begin(database.db, machine, schedule, zone);
      for (const { afterHours, replicas, fails } of all) {
        await world.perform({ kind: 'turn', hours: afterHours });
        await world.perform({ kind: 'tick', replicas, fails });
      }
      const { rows } = await sql<{ name: string }>`
        select name from occurrences where cadence_id = ${world.cadenceId} and state in ('open', 'held')
        order by name`.execute(database.db);
      expect(rows.map(({ name }) => name)).toEqual(shallHold(schedule, zone, all));
    }),
    { numRuns: 20 },
  );
}, 600_000);

/** Told once more, as plainly as can be: at each tick that goes through the latest time since the last one, if it is no later than twelve hours. */
function shallHold(schedule: string, zone: string, all: readonly Tick[]): string[] {
  const rule = ruleFor(schedule, zone);
  const held: string[] = [];
  let [now, planned] = [beginsAt, beginsAt];
  for (const { afterHours, fails } of all) {
    now = now.add({ minutes: Math.round(afterHours * 60) });
    const slots: Slot[] = [];
    for (let slot = nextSlot(rule, planned); slot !== null; slot = nextSlot(rule, slot.at)) {
      if (Temporal.Instant.compare(slot.at, now) > 0) break;
      slots.push(slot);
    }
    const latest = slots.at(-1);
    const isHeld = latest !== undefined && latest.at.until(now).total('hours') <= 12;
    // What dies while it opens one has planned nothing.
    if (isHeld && fails) continue;
    if (isHeld) held.push(latest.name);
    planned = now;
  }
  return held.sort();
}
