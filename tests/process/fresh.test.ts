import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeSlackClient } from '../support/fake-slack/client.ts';
import { type CairnProcess, runCairn, startProcess } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-fresh-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

describe('npm start -- --fresh', () => {
  it('begins anew, and does nothing to a folder that another bot has', async () => {
    const env = { CAIRN_DATA_DIR: join(folder, 'data') };
    await writeFile(join(folder, 'more.yaml'), 'version: 1\nrocks: [{ key: kites, name: Kites }]\n');
    const first = await ready(await startProcess(env));
    await slackOf(first).as('ana').say('Nobody will know', { in: 'general' });
    expect(await runCairn(['import', join(folder, 'more.yaml')], env)).toMatchObject({ status: 0 });

    const second = await startProcess(env, { args: ['--fresh'] });
    expect(await second.ended()).toBe(1);
    expect(second.output()).toContain(`Another Cairn bot is running on ${env.CAIRN_DATA_DIR}`);
    expect((await slackOf(first).as('ana').messages('general')).at(-1)?.text).toBe('Nobody will know');
    await first.stop();

    const anew = await ready(await startProcess(env, { args: ['--fresh'] }));
    const { channels } = await slackOf(anew).as('ana').state();
    expect(channels.flatMap((channel) => channel.messages)).toEqual([]);
    await slackOf(anew).as('ana').command('/owner payments', { in: 'general' });
    expect((await slackOf(anew).as('ana').ephemerals('general')).at(-1)?.text).toContain('<@U0ANA>');
    const again = await runCairn(['import', join(folder, 'more.yaml')], env);
    expect(again.output).toContain('rocks: 1 added');
  }, 60_000);

  it.each([
    [
      'Slack tokens',
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'x' },
      '--fresh is for the playground,',
    ],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://127.0.0.1:9/x' }, '--fresh empties only the database that'],
  ])('is refused in one line with %s', async (_with, env, words) => {
    const cairn = await startProcess({ CAIRN_DATA_DIR: join(folder, 'none'), ...env }, { args: ['--fresh'] });
    expect(await cairn.ended()).toBe(1);
    expect(cairn.output()).toMatch(new RegExp(`^${words}[^\n]*start without --fresh\\.\n$`));
  });

  it('is all that a start takes', async () => {
    const cairn = await startProcess({}, { args: ['--frehs'] });
    expect(await cairn.ended()).toBe(2);
    expect(cairn.output()).toBe(
      [
        'There is no option "--frehs". Did you mean --fresh?',
        'Usage: npm start [-- --fresh] [--empty]',
        '  --fresh   the playground begins anew: all that was said and changed in it is gone',
        '  --empty   the playground begins with a company of which Cairn knows nothing yet; with --fresh in place of one that is there',
        '',
      ].join('\n'),
    );
    const help = await startProcess({}, { args: ['--help'] });
    expect(await help.ended()).toBe(0);
    expect(help.output()).toContain('Usage: npm start [-- --fresh] [--empty]');
  });
});

const slackOf = ({ port }: CairnProcess) => createFakeSlackClient(`http://127.0.0.1:${port}`);

async function ready(cairn: CairnProcess): Promise<CairnProcess> {
  await cairn.ready();
  return cairn;
}
