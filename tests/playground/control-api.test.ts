import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Seen } from '../../src/playground/fake-slack/control/seen.ts';
import { type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => {
  scene.slack.reset();
  scene.bot.answer(() => undefined);
  scene.bot.received.length = 0;
});
afterAll(() => scene.close());

/** A request with the Host header of one's choice, which fetch does not allow. */
function statusWithHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(scene.url);
    const asked = request({ hostname, port, path: '/_fake/state?as=ana', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}

const post = (path: string, body: string, headers: Record<string, string>) =>
  fetch(`${scene.url}/_fake/${path}`, { method: 'POST', body, headers });

describe('who may ask', () => {
  test('only a browser that knows it talks to this machine', async () => {
    expect(await statusWithHost('localhost:3000')).toBe(200);
    expect(await statusWithHost('127.0.0.1')).toBe(200);
    expect(await statusWithHost('[::1]:3000')).toBe(200);
    expect(await statusWithHost('evil.example')).toBe(403);
    expect(await statusWithHost('localhost.evil.example')).toBe(403);
    expect(await statusWithHost('127.0.0.1.evil.example:3000')).toBe(403);
  });

  test('a form on a foreign page changes nothing', async () => {
    const body = JSON.stringify({ as: 'ana', text: 'x', in: 'payments' });
    expect((await post('message', body, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post('message', body, { 'content-type': 'application/json' })).status).toBe(200);
  });

  test('errors are words', async () => {
    const json = { 'content-type': 'application/json' };
    expect(await (await post('message', '{', json)).json()).toEqual({
      ok: false,
      words: 'the body is not JSON',
    });
    expect((await post('nonsense', '{}', json)).status).toBe(404);
    const wrong = await (await post('message', '{"as":"ana"}', json)).json();
    expect(wrong).toMatchObject({ ok: false, words: expect.stringContaining('text') });
  });
});

describe('what a person sees', () => {
  test('channels they are in, how much is unread, and who has something waiting', async () => {
    await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'one' });
    await scene.web.chat.postMessage({ channel: 'U0BEN', text: 'two' });
    const ana = await scene.client.as('ana').state();
    expect(ana.channels.map((it) => [it.name, it.unread])).toEqual([
      ['general', 0],
      ['payments', 1],
      ['random', 0],
      ['directmessage', 0],
    ]);
    expect(ana.people.map((it) => [it.name, it.waiting])).toEqual([
      ['ana', 0],
      ['ben', 1],
      ['chi', 0],
      ['gus', 0],
    ]);
    expect(ana.commands).toContainEqual({
      command: '/owner',
      description: expect.any(String),
      usage_hint: expect.any(String),
    });
  });

  test('what was read is no longer unread', async () => {
    await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'one' });
    await post('read', JSON.stringify({ as: 'ana', in: 'payments' }), { 'content-type': 'application/json' });
    const { channels } = await scene.client.as('ana').state();
    expect(channels.find((it) => it.name === 'payments')?.unread).toBe(0);
  });

  test('the newest messages with their threads; older ones when asked', async () => {
    const first = await scene.client.as('ana').say('first', { in: 'payments' });
    await scene.client.as('ben').say('reply', { in: 'payments', thread_ts: first.ts });
    await scene.client.as('ana').say('second', { in: 'payments' });
    const look = async (query: string) => {
      const response = await fetch(`${scene.url}/_fake/state?as=ana&channel=payments&${query}`);
      const { channels } = (await response.json()) as Seen;
      return channels.find((it) => it.name === 'payments');
    };
    expect(await look('limit=1')).toMatchObject({ has_more: true, messages: [{ text: 'second' }] });
    expect(await look('limit=2')).toMatchObject({
      has_more: false,
      messages: [{ text: 'first', reply_count: 1 }, {}, {}],
    });
  });
});

describe('what a person writes', () => {
  test('has its mentions linked', async () => {
    const message = await scene.client.as('ana').say('ask @ben in #payments, R&D', { in: 'general' });
    expect(message.text).toBe('ask <@U0BEN> in <#C0PAYMENTS|payments>, R&amp;D');
  });

  test('reaches Cairn only if manifest.yml subscribes to it', async () => {
    await scene.client.as('ana').say('hello');
    expect(scene.bot.received).toEqual([]);
    const listening = await startScene({
      manifest: (it) => ({
        ...it,
        oauth_config: { scopes: { bot: [...it.oauth_config.scopes.bot, 'im:history'] } },
        settings: { ...it.settings, event_subscriptions: { bot_events: ['message.im'] } },
      }),
    });
    await listening.client.as('ana').say('hello');
    expect(listening.bot.received[0]?.payload.event).toMatchObject({
      type: 'message',
      channel_type: 'im',
      text: 'hello',
    });
    await listening.client.scopes('im:history', false);
    await listening.client.as('ana').say('hello again');
    expect(listening.bot.received).toHaveLength(1);
    await listening.close();
  });

  test('tells of a mention where Cairn is, with its thread, and never of one in a direct conversation', async () => {
    const listening = await startScene({
      manifest: (it) => ({
        ...it,
        oauth_config: { scopes: { bot: [...it.oauth_config.scopes.bot, 'app_mentions:read'] } },
        settings: { ...it.settings, event_subscriptions: { bot_events: ['app_mention'] } },
      }),
    });
    const ana = listening.client.as('ana');
    const { ts } = await ana.say('@Cairn who owns this?', { in: 'payments' });
    await ana.say('and @Cairn?', { in: 'payments', thread_ts: ts });
    await ana.say('@Cairn who owns this?', { in: 'random' });
    await ana.say('@Cairn who owns this?');
    expect(listening.bot.received.map(({ payload }) => payload.event)).toEqual([
      expect.objectContaining({
        type: 'app_mention',
        user: 'U0ANA',
        channel: 'C0PAYMENTS',
        text: '<@U0CAIRN> who owns this?',
        ts,
      }),
      expect.objectContaining({ type: 'app_mention', thread_ts: ts }),
    ]);
    await listening.close();
  });
});

describe('events', () => {
  test('carry who and where, signed like everything else', async () => {
    await scene.client.changeUser('ben', { deleted: true });
    const { payload, headers } = scene.bot.received[0] ?? {};
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-slack-signature': expect.any(String),
    });
    expect(payload).toMatchObject({
      type: 'event_callback',
      team_id: 'T0CAIRN',
      api_app_id: 'A0CAIRN',
      event_id: expect.stringMatching(/^Ev/),
      event_time: scene.time.ms / 1000,
      authorizations: [{ team_id: 'T0CAIRN', user_id: 'U0CAIRN', is_bot: true }],
      event: { type: 'user_change', user: { id: 'U0BEN', deleted: true } },
    });
  });

  test('of people and channels', async () => {
    await scene.client.addUser({ id: 'U0NEW', name: 'new', real_name: 'New One' });
    await scene.client.addChannel({ id: 'C0NEW', name: 'new' });
    await scene.client.changeChannel('new', { name: 'newer' });
    await scene.client.changeChannel('newer', { is_archived: true });
    expect(scene.bot.received.map((it) => it.payload.event.type)).toEqual([
      'team_join',
      'channel_created',
      'channel_rename',
      'channel_archive',
    ]);
  });

  test('of who comes into a channel and goes, as far as Cairn is in it', async () => {
    await scene.client.changeChannel('random', { join: ['chi'] });
    expect(scene.bot.received).toEqual([]);
    await scene.client.changeChannel('random', { join: ['cairn'] });
    await scene.client.changeChannel('random', { leave: ['ben', 'cairn'] });
    const told = scene.bot.received.map((it) => [it.payload.event.type, it.payload.event['user']]);
    expect(told).toEqual([
      ['member_joined_channel', 'U0CAIRN'],
      ['member_left_channel', 'U0CAIRN'],
      ['channel_left', undefined],
    ]);
  });

  test('of an invitation by hand, as in Slack', async () => {
    await scene.client.as('ana').command('/invite @Cairn', { in: 'random' });
    await scene.client.as('ana').command('/remove @Cairn', { in: 'random' });
    const words = (await scene.client.as('ana').messages('random')).map((message) => message.text);
    expect(words).toEqual(['@Cairn is in this channel now.', '@Cairn is not in this channel any more.']);
    expect(scene.bot.received.map((it) => it.payload.event.type)).toEqual([
      'member_joined_channel',
      'member_left_channel',
      'channel_left',
    ]);
  });

  test('are tried four times in all, with the reason, and then no more', async () => {
    const waits: number[] = [];
    const failing = await startScene({ waiting: { pause: async (ms) => void waits.push(ms) } });
    failing.bot.answer(() => ({ status: 500 }));
    await failing.client.changeUser('ben', { title: 'x' });
    await failing.slack.world().background.settled();
    expect(waits).toEqual([0, 60_000, 300_000]);
    const tries = failing.bot.received.map((it) => [
      it.headers['x-slack-retry-num'],
      it.headers['x-slack-retry-reason'],
      it.payload.event_id,
    ]);
    const id = failing.bot.received[0]?.payload.event_id;
    expect(tries).toEqual([
      [undefined, undefined, id],
      ['1', 'http_error', id],
      ['2', 'http_error', id],
      ['3', 'http_error', id],
    ]);
    await failing.close();
  });
});

describe('the stream', () => {
  test('says that something changed', async () => {
    const response = await fetch(`${scene.url}/_fake/stream`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('event: changed');
    await scene.client.as('ana').say('hello', { in: 'payments' });
    expect((await reader?.read())?.value).toContain('event: changed');
    await reader?.cancel();
  });
});

test('a reset begins anew', async () => {
  await scene.client.as('ana').say('hello', { in: 'payments' });
  await scene.client.reset();
  expect(await scene.client.messages('payments')).toEqual([]);
});
