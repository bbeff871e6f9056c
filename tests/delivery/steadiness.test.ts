import { afterAll, beforeAll, expect, test } from 'vitest';
import { settleMsOf } from '../../src/delivery/limits.ts';
import { Steadiness } from '../../src/delivery/steadiness.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type MachineClock, machineClock, unlimited } from './support.ts';

let database: TestDatabase;
let clock: MachineClock;
beforeAll(async () => {
  database = await createTestDatabase();
  clock = await machineClock(database.db);
});
afterAll(async () => {
  await database.close();
});

const settled = settleMsOf(unlimited);
const steadiness = () =>
  new Steadiness({ db: database.db, limits: unlimited, monotonicMs: clock.monotonicMs });

test('readings prove something while both clocks go on alike, from the start of the process', async () => {
  const steady = steadiness();
  expect(await steady.look()).toBe(0);
  await clock.pass(7_200_000);
  expect(await steady.look()).toBe(0);
});

test('after the database’s clock was put forward they prove nothing for one settle time of the process’s own', async () => {
  const steady = steadiness();
  await steady.look();
  await clock.step(7_200_000);
  expect(await steady.look()).toBe(settled);
  await clock.pass(settled - 1);
  expect(await steady.look()).toBe(1);
  await clock.pass(1);
  expect(await steady.look()).toBe(0);
});

test('a clock that is put right by a little, put back, or asked by a slow process keeps nobody waiting', async () => {
  const steady = steadiness();
  await steady.look();
  await clock.step(900);
  expect(await steady.look()).toBe(0);
  await clock.step(-7_200_000);
  expect(await steady.look()).toBe(0);
  clock.holdUp(90_000);
  expect(await steady.look()).toBe(0);
});
