import type { View } from '@slack/types';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => {
  scene.slack.reset();
  scene.bot.received.length = 0;
});
afterAll(() => scene.close());

const post = (text = 'x') => errorOf(scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text }));
const crossed = async () =>
  (await scene.client.log()).map(({ name, status, fault }) => [name, status, fault]);

test('an event comes twice with the same id', async () => {
  await scene.client.faults.add({ kind: 'duplicate-events', method: 'user_change' });
  await scene.client.changeUser('ben', { title: 'x' });
  await scene.client.changeChannel('random', { is_archived: true });
  const [first, second, third] = scene.bot.received.map(({ payload }) => payload);
  expect(scene.bot.received).toHaveLength(3);
  expect(second).toEqual(first);
  expect(first?.event.type).toBe('user_change');
  expect(third?.event.type).toBe('channel_archive');
  expect((await crossed()).map(([name, , fault]) => [name, fault])).toEqual([
    ['user_change', null],
    ['user_change', 'duplicate-events'],
    ['channel_archive', null],
  ]);
});

test('a trigger is too old from the start, and that is nobody’s mistake', async () => {
  const view: View = {
    type: 'modal',
    title: { type: 'plain_text', text: 'T' },
    blocks: [{ type: 'divider' }],
  };
  const open = async () => {
    await scene.client.as('ana').command('/owner', { in: 'payments' });
    const trigger_id = scene.bot.received.at(-1)?.form['trigger_id'] ?? '';
    return errorOf(scene.web.views.open({ view, trigger_id }));
  };
  const { id } = await scene.client.faults.add({ kind: 'expired-triggers' });
  expect(await open()).toBe('expired_trigger_id');
  expect(await scene.client.refused()).toEqual([]);
  expect(await crossed()).toEqual([
    ['/owner', 200, null],
    ['views.open', 200, 'expired-triggers'],
  ]);
  await scene.client.faults.remove(id);
  expect(await open()).toBe('ok');
});

describe('an empty page', () => {
  const walk = async () => {
    const pages: string[][] = [];
    for await (const page of scene.web.paginate('users.list', { limit: 4 })) {
      const { members } = page as { members?: { name: string }[] };
      pages.push((members ?? []).map(({ name }) => name));
    }
    return pages;
  };

  test('comes before each page of a list, and nothing is lost', async () => {
    await scene.client.faults.add({ kind: 'empty-pages' });
    expect(await walk()).toEqual([[], ['ana', 'ben', 'chi'], [], ['gus', 'slackbot', 'cairn']]);
    expect((await crossed()).map(([, , fault]) => fault)).toEqual(['empty-pages', null, 'empty-pages', null]);
  });

  test('of a history says that there is more', async () => {
    await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'x' });
    await scene.client.faults.add({ kind: 'empty-pages', times: 1 });
    const first = await scene.web.conversations.history({ channel: 'C0PAYMENTS' });
    expect(first).toMatchObject({ messages: [], has_more: true });
    const cursor = first.response_metadata?.next_cursor ?? '';
    expect(await scene.web.conversations.history({ channel: 'C0PAYMENTS', cursor })).toMatchObject({
      messages: [{ text: 'x' }],
      has_more: false,
    });
  });

  test('is none of a method that lists nothing', async () => {
    await scene.client.faults.add({ kind: 'empty-pages' });
    await scene.web.users.info({ user: 'U0ANA' });
    expect(await scene.client.faults.list()).toMatchObject({ faults: [{ hits: 0 }] });
  });
});

describe('a scope that is taken away', () => {
  test('is missing at once, and there again when it is given back', async () => {
    await scene.client.scopes('chat:write', false);
    const refused = scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'x' });
    await expect(refused).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'chat:write' } });
    const { response_metadata } = await scene.web.auth.test();
    expect(response_metadata?.scopes).not.toContain('chat:write');
    expect(await scene.client.faults.list()).toMatchObject({
      scopes: { asked: expect.arrayContaining(['chat:write']), taken: ['chat:write'] },
    });
    await scene.client.scopes('chat:write', true);
    expect(await post()).toBe('ok');
  });

  test('comes back with the end of all faults', async () => {
    await scene.client.scopes('chat:write', false);
    await scene.client.faults.clear();
    expect(await post()).toBe('ok');
  });
});

describe('what makes no sense is refused in words', () => {
  const refusal = async (path: string, body: object) => {
    const response = await fetch(`${scene.url}/_fake/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { words } = (await response.json()) as { words: string };
    return [response.status, words];
  };

  test.each([
    [{ kind: 'hang', share: 2 }, '✖ share is a number from 0 to 1\n  → at share'],
    [{ kind: 'hang', share: '1' }, '✖ share is a number from 0 to 1\n  → at share'],
    [
      { kind: 'explode' },
      '✖ kind is one of rate-limit, server-error, hang, cut-before, cut-after, slow, duplicate-events, expired-triggers, empty-pages\n  → at kind',
    ],
    [{ kind: 'server-error', status: 200 }, '✖ status is one from 500 to 599\n  → at status'],
    [
      { kind: 'rate-limit', retry_after: -1 },
      '✖ retry_after is whole seconds from 0, or null for a 429 without it\n  → at retry_after',
    ],
    [{ kind: 'slow', ms: 1.5 }, '✖ ms is whole milliseconds from 0\n  → at ms'],
    [{ kind: 'hang', times: 0 }, '✖ times is a whole number from 1, or null for no end\n  → at times'],
    [{ kind: 'hang', method: 'chat.shout' }, 'there is no method called chat.shout'],
    [
      { kind: 'duplicate-events', method: 'reaction_added' },
      'manifest.yml subscribes to no event called reaction_added',
    ],
    [{ kind: 'hang', channel: 'nowhere' }, 'there is no channel called nowhere'],
    [
      { kind: 'expired-triggers', channel: 'payments' },
      'expired-triggers takes no channel: it is about all triggers',
    ],
    [
      { kind: 'expired-triggers', method: 'views.open' },
      'expired-triggers takes no method: it is about all triggers',
    ],
  ])('a fault %j', async (fault, words) => {
    expect(await refusal('faults/add', fault)).toEqual([400, words]);
    expect((await scene.client.faults.list()).faults).toEqual([]);
  });

  test('a fault that is not there, a scope that nobody asked for, another way to drop a socket', async () => {
    expect(await refusal('faults/remove', { id: 9 })).toEqual([400, 'there is no fault 9']);
    expect(await refusal('scopes', { scope: 'admin', granted: false })).toEqual([
      400,
      'manifest.yml does not ask for admin',
    ]);
    expect(await refusal('socket/drop', { reason: 'bored' })).toEqual([
      400,
      '✖ reason is one of refresh_requested, warning, cut\n  → at reason',
    ]);
  });
});

test('a fault says all that it is', async () => {
  const fault = await scene.client.faults.add({ kind: 'rate-limit', channel: '#payments' });
  expect(fault).toEqual({
    id: 1,
    kind: 'rate-limit',
    method: null,
    channel: 'C0PAYMENTS',
    retry_after: 30,
    status: 503,
    ms: 3_000,
    share: 1,
    times: null,
    hits: 0,
  });
});
