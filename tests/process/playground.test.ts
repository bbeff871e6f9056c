import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buttonsOf } from '../support/cairn.ts';
import { createFakeSlackClient } from '../support/fake-slack/client.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-playground-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const patient = { timeout: 20_000, interval: 50 };

it('goes on after a restart: what Cairn had said stands there again and can be answered', async () => {
  const first = await start();
  const clock = `http://127.0.0.1:${first.port}/_fake/clock`;
  const { next } = (await (await fetch(clock)).json()) as { next: { at: string } };
  const to = new Date(Date.parse(next.at) + 24 * 60 * 60_000).toISOString();
  await fetch(clock, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  });
  const before = await talk(first);
  expect(before.ana.length).toBeGreaterThan(0);
  first.signal('SIGTERM');
  expect(await first.ended()).toBe(0);

  const second = await start();
  await expect.poll(() => talk(second), patient).toEqual(before);
  const ana = createFakeSlackClient(`http://127.0.0.1:${second.port}`).as('ana');
  expect(buttonsOf((await ana.messages('dm')).at(-1))).toEqual(['Check in']);
  await ana.press('Check in');
  await expect.poll(async () => (await ana.modal())?.title.text, patient).toBe('Check in');
});

async function start(): Promise<CairnProcess> {
  const cairn = await startProcess({ CAIRN_DATA_DIR: join(folder, 'data') });
  await cairn.ready();
  return cairn;
}

/** What Cairn said in the checkout channel and to Ana. */
async function talk({ port }: CairnProcess): Promise<{ checkout: string[]; ana: string[] }> {
  const slack = createFakeSlackClient(`http://127.0.0.1:${port}`);
  const texts = async (where: string) => (await slack.messages(where)).map((message) => message.text);
  return { checkout: await texts('checkout'), ana: await texts('@ana') };
}
