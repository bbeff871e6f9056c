import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createFakeSlackClient, type FakeSlackClient } from '../support/fake-slack/client.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

it('begins on the Friday before a check-in, whatever the day outside', async () => {
  const { slack } = await start();
  const clock = await slack.clock();
  expect(clock).toMatchObject({ zone: 'Europe/Berlin', running: true, can_turn: true, turning: false });
  // It runs since the company was imported.
  expect(clock.now).toMatch(/^2026-11-20T14:0/);
  expect(clock.jumps.map(({ key, at }) => [key, at.slice(0, 13)])).toEqual([
    ['monday', '2026-11-23T08'],
    ['tomorrow', '2026-11-21T08'],
    ['in-2-working-days', '2026-11-24T14'],
  ]);
});

it('keeps its clock stopped over a restart, and its zone unless the environment names another', async () => {
  const first = await start();
  const { now, zone } = await first.slack.pause();
  expect(zone).toBe('Europe/Berlin');
  await first.cairn.stop();
  const second = await start({ CAIRN_TIMEZONE: 'Asia/Tokyo' });
  expect(await second.slack.clock()).toMatchObject({ now, running: false, zone: 'Asia/Tokyo' });
});

async function start(
  env: Record<string, string> = {},
): Promise<{ cairn: CairnProcess; slack: FakeSlackClient }> {
  const cairn = await startProcess({ DATABASE_URL: database.url, ...env });
  await cairn.ready();
  return { cairn, slack: createFakeSlackClient(`http://127.0.0.1:${cairn.port}`) };
}
