import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buttonsOf } from '../support/cairn.ts';
import { createFakeSlackClient, type FakeSlackClient } from '../support/fake-slack/client.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-playground-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const patient = { timeout: 20_000, interval: 50 };

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

it('goes on after a restart: what Cairn had said stands there again and can be answered', async () => {
  const first = await start();
  expect(await first.slack.turn('monday')).toMatchObject({ turning: false });
  const before = await talk(first.slack);
  expect(before.ana).toHaveLength(1);
  expect(before.checkout[0]).toContain('OKR check-in, 23 November 2026');
  first.cairn.signal('SIGTERM');
  expect(await first.cairn.ended()).toBe(0);

  const { slack } = await start();
  await expect.poll(() => talk(slack), patient).toEqual(before);
  const ana = slack.as('ana');
  expect(buttonsOf((await ana.messages('dm')).at(-1))).toEqual(['Check in']);
  await ana.press('Check in');
  await expect.poll(async () => (await ana.modal())?.title.text, patient).toBe('Check in');
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
  const cairn = await startProcess({ CAIRN_DATA_DIR: join(folder, 'data'), ...env });
  await cairn.ready();
  return { cairn, slack: createFakeSlackClient(`http://127.0.0.1:${cairn.port}`) };
}

/** What Cairn said in the checkout channel and to Ana. */
async function talk(slack: FakeSlackClient): Promise<{ checkout: string[]; ana: string[] }> {
  const texts = async (where: string) => (await slack.messages(where)).map((message) => message.text);
  return { checkout: await texts('checkout'), ana: await texts('@ana') };
}
