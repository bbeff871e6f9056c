import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeSlackClient } from '../support/fake-slack/client.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-empty-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const slackOf = ({ port }: CairnProcess) => createFakeSlackClient(`http://127.0.0.1:${port}`);

async function ready(cairn: CairnProcess): Promise<CairnProcess> {
  await cairn.ready();
  return cairn;
}

/** What Cairn answers to Ana's question. */
async function answer(cairn: CairnProcess): Promise<string> {
  const ana = slackOf(cairn).as('ana');
  await ana.command('/owner payments', { in: 'general' });
  return (await ana.ephemerals('general')).at(-1)?.text ?? '';
}

const begin = async ({ port }: CairnProcess, company: string) => {
  const response = await fetch(`http://127.0.0.1:${port}/_fake/begin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ company }),
  });
  return [response.status, await response.json()];
};

describe('npm start -- --empty', () => {
  it('begins with people and channels in Slack and nothing in Cairn, and goes on with it', async () => {
    const env = { CAIRN_DATA_DIR: join(folder, 'data') };
    const first = await ready(await startProcess(env, { args: ['--empty'] }));
    const { company, people, channels } = await slackOf(first).as('rosa').state();
    expect(company).toBe('empty');
    expect(people.filter(({ real_name }) => real_name.startsWith('Ben'))).toHaveLength(2);
    expect(channels.length).toBeGreaterThan(5);
    expect(await answer(first)).not.toContain('<@U0ANA>');
    expect((await slackOf(first).clock()).now).toMatch(/^2026-11-20T14:0/);
    await first.stop();

    const again = await ready(await startProcess(env, { args: ['--empty'] }));
    expect((await slackOf(again).as('rosa').state()).company).toBe('empty');
    await again.stop();

    const plain = await ready(await startProcess(env));
    expect((await slackOf(plain).as('rosa').state()).company).toBe('empty');

    // The page can begin with another one, in the same process.
    await slackOf(plain).as('ana').say('Nobody will know', { in: 'general' });
    expect(await begin(plain, 'none')).toMatchObject([400, { ok: false }]);
    expect(await begin(plain, 'sample')).toEqual([200, { ok: true }]);
    expect(await slackOf(plain).as('ana').messages('general')).toEqual([]);
    expect(await answer(plain)).toContain('<@U0ANA>');
    expect((await slackOf(plain).clock()).now).toMatch(/^2026-11-20T14:0/);
    await plain.stop();

    const other = await startProcess(env, { args: ['--empty'] });
    expect(await other.ended()).toBe(1);
    expect(other.output()).toContain(
      'There is a company in this playground already. Start without --empty to go on with it, or with --fresh --empty to begin with an empty one in its place.',
    );

    const anew = await ready(await startProcess(env, { args: ['--fresh', '--empty'] }));
    expect((await slackOf(anew).as('rosa').state()).company).toBe('empty');
    expect(await answer(anew)).not.toContain('<@U0ANA>');
    await anew.stop();
  }, 90_000);
});
