import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../src/playground/fake-slack/limits.ts';
import { methods } from '../../src/playground/fake-slack/web-api/table.ts';
import { type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.slack.reset());
afterAll(() => scene.close());

/** The status of one call, and the seconds that it is told to wait. */
async function call(
  method: string,
  args: Record<string, string> = {},
  token = scene.botToken,
): Promise<[number, string | null]> {
  const headers = { authorization: `Bearer ${token}` };
  const body = new URLSearchParams(args);
  const response = await fetch(`${scene.apiUrl}${method}`, { method: 'POST', headers, body });
  await response.text();
  return [response.status, response.headers.get('retry-after')];
}

const post = (channel = 'C0PAYMENTS') => call('chat.postMessage', { channel, text: 'x' });
const refused = async () => (await scene.client.refused()).map(({ method, error }) => [method, error]);

async function times(count: number, work: () => Promise<[number, string | null]>): Promise<number> {
  let answered = 0;
  for (let index = 0; index < count; index += 1) answered += (await work())[0] === 200 ? 1 : 0;
  return answered;
}

test('nothing is limited until it is switched on, nor after it is switched off', async () => {
  expect(await times(60, () => call('team.info'))).toBe(60);
  await scene.client.rateLimits(true);
  expect(await scene.client.faults.list()).toMatchObject({ rate_limits: true });
  expect(await times(60, () => call('team.info'))).toBe(50);
  await scene.client.rateLimits(false);
  expect(await times(60, () => call('team.info'))).toBe(60);
  await scene.client.rateLimits(true);
  expect(await times(60, () => call('team.info'))).toBe(50);
});

describe('a tier', () => {
  test.each([
    ['users.list', 20],
    ['team.info', 50],
    ['users.info', 100],
    ['auth.test', 600],
  ])('%s may be called %i times a minute', async (method, most) => {
    await scene.client.rateLimits(true);
    expect(await times(most + 1, () => call(method))).toBe(most);
  });

  test('a connection by Socket Mode may be opened once a minute', async () => {
    await scene.client.rateLimits(true);
    const open = () => call('apps.connections.open', {}, scene.appToken);
    expect([await open(), await open()]).toEqual([
      [200, null],
      [429, '60'],
    ]);
  });

  test('counts each method by itself, and what was refused for another reason as well', async () => {
    await scene.client.rateLimits(true);
    expect(await times(20, () => call('users.list', { cursor: 'invented' }))).toBe(20);
    expect((await call('users.list'))[0]).toBe(429);
    expect((await call('conversations.list'))[0]).toBe(200);
  });

  test('says how long to wait, and then there is room again', async () => {
    await scene.client.rateLimits(true);
    await times(10, () => call('users.list'));
    scene.time.ms += 12_500;
    await times(10, () => call('users.list'));
    expect(await call('users.list')).toEqual([429, '48']);
    scene.time.ms += 47_000;
    expect(await call('users.list')).toEqual([429, '1']);
    scene.time.ms += 1_000;
    // Those of the first moment are more than a minute ago, and those of the second still count.
    expect(await times(11, () => call('users.list'))).toBe(10);
    expect(await refused()).toEqual([
      ['users.list', 'ratelimited'],
      ['users.list', 'before_retry_after'],
      ['users.list', 'ratelimited'],
    ]);
  });
});

describe('chat.postMessage', () => {
  test('one a second in a channel in the long run, three at once', async () => {
    await scene.client.rateLimits(true);
    expect(await times(3, post)).toBe(3);
    expect(await post()).toEqual([429, '3']);
    scene.time.ms += 3_000;
    for (let second = 0; second < 20; second += 1) {
      expect(await post()).toEqual([200, null]);
      scene.time.ms += 1_000;
    }
    expect(await scene.client.messages('payments')).toHaveLength(23);
  });

  test('a channel that is full holds back no other, however it is named', async () => {
    await scene.client.rateLimits(true);
    await times(2, () => post('#payments'));
    expect(await times(2, () => post('C0PAYMENTS'))).toBe(1);
    expect(await post('C0GENERAL')).toEqual([200, null]);
    expect(await times(4, () => post('U0ANA'))).toBe(3);
  });

  test('three hundred a minute in a workspace', async () => {
    const members = 'all' as const;
    const channels = Array.from({ length: 101 }, (_, at) => ({ id: `C0N${at}`, name: `n${at}`, members }));
    const wide = await startScene({
      seed: {
        team: { id: 'T0CAIRN', name: 'Wide', domain: 'wide' },
        bot: { user_id: 'U0CAIRN', bot_id: 'B0CAIRN', app_id: 'A0CAIRN', name: 'Cairn' },
        users: [{ id: 'U0ANA', name: 'ana', real_name: 'Ana Silva' }],
        channels,
      },
    });
    await wide.client.rateLimits(true);
    const answers = await Promise.all(
      channels
        .slice(0, 100)
        .flatMap(({ id }) => [id, id, id])
        .map((channel) => wide.web.chat.postMessage({ channel, text: 'x' })),
    );
    expect(answers).toHaveLength(300);
    const rejecting = { channel: 'C0N100', text: 'x' };
    wide.time.ms += 20_000;
    const response = await fetch(`${wide.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${wide.botToken}` },
      body: new URLSearchParams(rejecting),
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '40']);
    wide.time.ms += 40_000;
    expect(await wide.web.chat.postMessage(rejecting)).toMatchObject({ ok: true });
    await wide.close();
  });
});

test('every method of the table says which tier it has', () => {
  const known = [...Object.keys(limits.tiers), 'posting'];
  for (const [name, { tier }] of methods) expect([name, known.includes(tier)]).toEqual([name, true]);
  expect(methods.get('chat.update')?.tier).toBe('T3');
  expect(methods.get('apps.connections.open')?.tier).toBe('T1');
});
