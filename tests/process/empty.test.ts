import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { createFakeSlackClient } from '../support/fake-slack/client.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-empty-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const slackOf = ({ port }: CairnProcess) => createFakeSlackClient(`http://127.0.0.1:${port}`);
const companyOf = async (cairn: CairnProcess) => (await slackOf(cairn).as('rosa').state()).company;

async function ready(env: Record<string, string>, ...args: string[]): Promise<CairnProcess> {
  const cairn = await startProcess(env, { args });
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

const beginning = /^2026-11-20T14:0/;

describe('npm start -- --empty', { timeout: 120_000 }, () => {
  it('begins with people and channels in Slack and nothing in Cairn, and goes on with it', async () => {
    const database = await createTestDatabase();
    const env = { DATABASE_URL: database.url };
    const first = await ready(env, '--empty');
    const { company, people, channels } = await slackOf(first).as('rosa').state();
    expect(company).toBe('empty');
    expect(people.filter(({ real_name }) => real_name.startsWith('Ben'))).toHaveLength(2);
    expect(channels.length).toBeGreaterThan(5);
    expect(await answer(first)).not.toContain('<@U0ANA>');
    expect((await slackOf(first).clock()).now).toMatch(beginning);
    await first.stop();

    const again = await ready(env, '--empty');
    expect(await companyOf(again)).toBe('empty');
    expect(await begin(again, 'sample')).toEqual([
      409,
      {
        ok: false,
        words: 'Only the database that Cairn runs itself is emptied, and DATABASE_URL names yours.',
      },
    ]);
    expect(await companyOf(again)).toBe('empty');
    await again.stop();
    await database.close();
  });

  it('is refused where there is another company, until it is to go', async () => {
    const env = { CAIRN_DATA_DIR: join(folder, 'data') };
    const sample = await ready(env);
    expect(await begin(sample, 'none')).toMatchObject([400, { ok: false }]);
    await slackOf(sample).as('ana').say('Nobody will know', { in: 'general' });

    // The page can begin with another one, in the same process.
    expect(await begin(sample, 'empty')).toEqual([200, { ok: true }]);
    expect(await companyOf(sample)).toBe('empty');
    expect(await slackOf(sample).as('ana').messages('general')).toEqual([]);
    expect(await answer(sample)).not.toContain('<@U0ANA>');
    expect(await begin(sample, 'sample')).toEqual([200, { ok: true }]);
    expect(await answer(sample)).toContain('<@U0ANA>');
    expect((await slackOf(sample).clock()).now).toMatch(beginning);
    await sample.stop();

    const refused = await startProcess(env, { args: ['--empty'] });
    expect(await refused.ended()).toBe(1);
    expect(refused.output()).toContain(
      'There is a company in this playground already. Start without --empty to go on with it, or with --fresh --empty to begin with an empty one in its place.',
    );

    const anew = await ready(env, '--fresh', '--empty');
    expect(await companyOf(anew)).toBe('empty');
    expect(await answer(anew)).not.toContain('<@U0ANA>');
  });
});
