import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { outcomeOf } from '../../src/delivery/core/outcome.ts';
import { readCallError } from '../../src/delivery/slack-post.ts';
import { seededRandom } from '../support/fake-slack/random.ts';
import { errorOf, quietClient, type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => {
  scene.slack.reset();
  scene.bot.received.length = 0;
});
afterAll(() => scene.close());

/** What Cairn's delivery makes of a post. */
async function posted(channel = 'C0PAYMENTS', text = 'x', timeout = 10_000): Promise<string> {
  try {
    const client = quietClient(scene.botToken, scene.apiUrl, { rejectRateLimitedCalls: true, timeout });
    await client.chat.postMessage({ channel, text });
    return 'sent';
  } catch (error) {
    const outcome = outcomeOf(readCallError(error));
    return outcome.kind === 'not-sent' ? `not-sent, again in ${outcome.pauseMs / 1000} s` : outcome.kind;
  }
}

const texts = async (where = 'payments') => (await scene.client.messages(where)).map(({ text }) => text);
const crossed = async () =>
  (await scene.client.log()).map(({ name, status, fault }) => [name, status, fault]);
const early = async () =>
  (await scene.client.refused()).filter(({ error }) => error === 'before_retry_after');

describe('a 429', () => {
  test('says how long to wait, and nothing is taken', async () => {
    await scene.client.faults.add({ kind: 'rate-limit', retry_after: 12 });
    expect(await posted()).toBe('not-sent, again in 12 s');
    expect(await texts()).toEqual([]);
    expect(await crossed()).toEqual([['chat.postMessage', 429, 'rate-limit']]);
    expect(await scene.client.refused()).toEqual([]);
  });

  test('has Slack’s body and header', async () => {
    await scene.client.faults.add({ kind: 'rate-limit', retry_after: 12 });
    const headers = { authorization: `Bearer ${scene.botToken}` };
    const response = await fetch(`${scene.apiUrl}auth.test`, { method: 'POST', headers });
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
      429,
      '12',
      { ok: false, error: 'ratelimited' },
    ]);
  });

  test('without Retry-After leaves the caller alone with the question', async () => {
    await scene.client.faults.add({ kind: 'rate-limit', retry_after: null, times: 1 });
    expect(await posted()).toBe('not-sent, again in 30 s');
    expect(await posted()).toBe('sent');
    expect(await early()).toEqual([]);
  });

  test('a call before Retry-After is over gets another one, and is kept as refused', async () => {
    await scene.client.faults.add({ kind: 'rate-limit', retry_after: 12, times: 1 });
    await posted();
    scene.time.ms += 4_500;
    expect(await posted('C0PAYMENTS', 'too early')).toBe('not-sent, again in 8 s');
    expect(await early()).toMatchObject([
      {
        method: 'chat.postMessage',
        messages: ['[ERROR] called 7.5 s before Retry-After was over, 4.5 s after it was told'],
        arguments: { text: 'too early' },
      },
    ]);
    scene.time.ms += 7_500;
    expect(await posted('C0PAYMENTS', 'in time')).toBe('sent');
    expect(await texts()).toEqual(['in time']);
    expect(await early()).toHaveLength(1);
  });

  test('for one channel leaves the others and other methods alone', async () => {
    await scene.client.faults.add({ kind: 'rate-limit', channel: '#payments', times: 1 });
    expect(await posted('C0GENERAL')).toBe('sent');
    expect(await posted('C0PAYMENTS')).toBe('not-sent, again in 30 s');
    expect(await posted('#payments')).toBe('not-sent, again in 30 s');
    expect(await posted('C0GENERAL')).toBe('sent');
    expect(await errorOf(scene.web.conversations.info({ channel: 'C0PAYMENTS' }))).toBe('ok');
    expect(await early()).toHaveLength(1);
  });

  test('for somebody’s talk with the bot, however it is named', async () => {
    await scene.client.faults.add({ kind: 'rate-limit', channel: '@ana', retry_after: 0 });
    expect(await posted('U0ANA')).toBe('not-sent, again in 1 s');
    expect(await posted('D0ANA')).toBe('not-sent, again in 1 s');
    expect(await posted('U0BEN')).toBe('sent');
  });

  test('ends with the fault, and so does what it asked for', async () => {
    const { id } = await scene.client.faults.add({ kind: 'rate-limit' });
    await posted();
    await scene.client.faults.remove(id);
    expect(await posted()).toBe('sent');
    await scene.client.faults.add({ kind: 'rate-limit' });
    await posted();
    await scene.client.faults.clear();
    expect(await posted()).toBe('sent');
  });
});

describe('a message whose fate is unknown', () => {
  test('5xx: nothing is taken', async () => {
    await scene.client.faults.add({ kind: 'server-error', status: 502 });
    expect(await posted()).toBe('unknown');
    expect(await texts()).toEqual([]);
    expect(await crossed()).toEqual([['chat.postMessage', 502, 'server-error']]);
  });

  test('a hang: nothing is taken, and nobody answers until the client gives up', async () => {
    await scene.client.faults.add({ kind: 'hang' });
    expect(await posted('C0PAYMENTS', 'x', 500)).toBe('unknown');
    expect(await texts()).toEqual([]);
    await expect.poll(crossed).toEqual([['chat.postMessage', 'timeout', 'hang']]);
  });

  test('a hang ends when the fake closes', async () => {
    const closing = await startScene();
    await closing.client.faults.add({ kind: 'hang' });
    const call = expect(closing.web.auth.test()).rejects.toThrow();
    await expect.poll(async () => (await closing.client.faults.list()).faults[0]?.hits).toBe(1);
    // The server stays open, so that the fake alone can end the call.
    await closing.slack.close();
    await call;
    await closing.close();
  });

  test('the connection cut before: nothing is taken', async () => {
    await scene.client.faults.add({ kind: 'cut-before' });
    expect(await posted()).toBe('unknown');
    expect(await texts()).toEqual([]);
    expect(await crossed()).toEqual([['chat.postMessage', 'cut', 'cut-before']]);
  });

  test('the connection cut after: the message stands there, and what would have been said is in the log', async () => {
    await scene.client.faults.add({ kind: 'cut-after' });
    expect(await posted('C0PAYMENTS', 'taken')).toBe('unknown');
    expect(await texts()).toEqual(['taken']);
    expect(await scene.client.log()).toMatchObject([
      { status: 'cut', fault: 'cut-after', answer: { ok: true, message: { text: 'taken' } } },
    ]);
  });
});

describe('response_urls', () => {
  const respond = async (body: object) => {
    const url = scene.bot.received.at(-1)?.form['response_url'] ?? '';
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return response.status;
  };

  test('are bitten by their name or by the channel that they answer to', async () => {
    await scene.client.as('ana').command('/owner', { in: 'payments' });
    await scene.client.faults.add({ kind: 'server-error', method: 'response_url', times: 1 });
    expect(await respond({ text: 'one' })).toBe(503);
    await scene.client.faults.add({ kind: 'rate-limit', channel: 'payments', times: 1, retry_after: 3 });
    expect(await respond({ text: 'two' })).toBe(429);
    scene.time.ms += 3_000;
    expect(await respond({ text: 'three' })).toBe(200);
    await scene.client.faults.add({ kind: 'server-error', channel: 'general' });
    expect(await respond({ text: 'four' })).toBe(200);
    expect((await scene.client.as('ana').ephemerals('payments')).map(({ text }) => text)).toEqual([
      'three',
      'four',
    ]);
  });
});

describe('how often', () => {
  test('as many times as it says, counted', async () => {
    await scene.client.faults.add({ kind: 'server-error', times: 2 });
    expect([await posted(), await posted(), await posted()]).toEqual(['unknown', 'unknown', 'sent']);
    expect(await scene.client.faults.list()).toMatchObject({ faults: [{ times: 0, hits: 2 }] });
  });

  test('a share of the calls, the same ones at every run with the same seed', async () => {
    const run = async () => {
      const seeded = await startScene({ random: seededRandom(7) });
      await seeded.client.faults.add({ kind: 'server-error', method: 'auth.test', share: 0.1 });
      const failed: number[] = [];
      for (let call = 0; call < 100; call += 1) {
        await seeded.web.auth.test().catch(() => failed.push(call));
      }
      const { faults } = await seeded.client.faults.list();
      await seeded.close();
      expect(faults).toMatchObject([{ hits: failed.length }]);
      return failed;
    };
    const first = await run();
    expect(first.length).toBeGreaterThan(3);
    expect(first.length).toBeLessThan(20);
    expect(await run()).toEqual(first);
  });

  test('one fault a call, and the oldest has the first word', async () => {
    await scene.client.faults.add({ kind: 'cut-before', times: 1 });
    await scene.client.faults.add({ kind: 'server-error', times: 1 });
    expect([await posted(), await posted(), await posted()]).toEqual(['unknown', 'unknown', 'sent']);
    expect((await crossed()).map(([, , fault]) => fault)).toEqual(['cut-before', 'server-error', null]);
  });

  test('a reset takes all faults away', async () => {
    await scene.client.faults.add({ kind: 'hang' });
    await scene.client.reset();
    expect(await posted()).toBe('sent');
  });
});
