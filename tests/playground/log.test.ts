import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Journal } from '../../src/playground/fake-slack/state/journal.ts';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => {
  scene.slack.reset();
  scene.bot.answer(() => undefined);
});
afterAll(() => scene.close());

describe('the log', () => {
  test('tells what crossed, oldest first, with how long it took', async () => {
    scene.bot.answer(() => {
      scene.time.ms += 700;
      return { json: { text: 'Ana' } };
    });
    await scene.client.as('ana').command('/owner payments', { in: 'payments' });
    await scene.web.auth.test();
    expect(await scene.client.log()).toMatchObject([
      { from: 'slack', kind: 'command', name: '/owner', status: 200, took_ms: 700, fault: null },
      { from: 'cairn', kind: 'api', name: 'auth.test', status: 200, took_ms: 0, fault: null },
    ]);
  });

  test('goes on after the id that one has seen, so many at a time; without one it gives the newest', async () => {
    for (const text of ['a', 'b', 'c', 'd']) await scene.client.as('ana').command(`/owner ${text}`);
    const texts = async (span: { after?: number; limit?: number }) =>
      (await scene.client.log(span)).map(({ request }) => (request as { text: string }).text);
    const [first] = await scene.client.log();
    const after = first?.id ?? 0;
    expect(await texts({ after })).toEqual(['b', 'c', 'd']);
    expect(await texts({ after, limit: 2 })).toEqual(['b', 'c']);
    expect(await texts({ limit: 2 })).toEqual(['c', 'd']);
    expect(await texts({ after: 1_000 })).toEqual([]);
  });

  test.each([
    ['after=x', '✖ after is the id of a crossing\n  → at after'],
    ['limit=0', '✖ limit is a whole number from 1\n  → at limit'],
    ['limit=many', '✖ limit is a whole number from 1\n  → at limit'],
  ])('refuses %s in words', async (query, words) => {
    const response = await fetch(`${scene.url}/_fake/log?${query}`);
    expect([response.status, await response.json()]).toEqual([400, { ok: false, words }]);
  });

  test('never tells a token, a signing secret, a signature or a ticket, wherever they stood', async () => {
    const { botToken, appToken, signingSecret } = scene;
    const text = `${botToken} and ${appToken} and ${signingSecret}`;
    await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text });
    await errorOf(scene.web.apiCall('chat.shout', { text }));
    await scene.client.changeUser('ben', { title: 'x' });
    const all = JSON.stringify([await scene.client.log(), await scene.client.refused()]);
    expect(all).toContain('[secret] and [secret] and [secret]');
    for (const secret of [botToken, appToken, signingSecret, 'fake-verification-token', 'v0=']) {
      expect(all).not.toContain(secret);
    }
  });
});

test('a full journal lets the oldest go', () => {
  const journal = new Journal(() => 0, []);
  for (let at = 1; at <= 4_500; at += 1) {
    const request = { at };
    journal.cross({ from: 'cairn', kind: 'api', name: 'auth.test', request, status: 200, answer: null });
  }
  const ids = journal.log().map(({ id }) => id);
  expect(ids).toEqual(Array.from({ length: 2_000 }, (_, at) => 2_501 + at));
  expect(journal.log({ after: 4_498 }).map(({ id }) => id)).toEqual([4_499, 4_500]);
});
