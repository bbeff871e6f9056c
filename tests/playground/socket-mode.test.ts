import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { limits } from '../../src/playground/fake-slack/limits.ts';
import { errorOf, quietClient, type Scene, startScene } from '../support/fake-slack/scene.ts';
import { withSocketMode } from '../support/fake-slack/server.ts';
import { connectSocketBot, type SocketBot } from '../support/fake-slack/socket-bot.ts';

let scene: Scene;
const waits: number[] = [];
beforeEach(async () => {
  scene = await startScene({
    manifest: withSocketMode,
    waiting: { pause: async (ms) => void waits.push(ms) },
  });
});
afterEach(async () => {
  waits.length = 0;
  await scene.close();
});

const open = (token: string) => quietClient(token, scene.apiUrl).apps.connections.open();
const modal = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Check in' },
  submit: { type: 'plain_text', text: 'Save' },
  blocks: [
    {
      type: 'input',
      block_id: 'value',
      label: { type: 'plain_text', text: 'Value' },
      element: { type: 'plain_text_input', action_id: 'v' },
    },
  ],
};

describe('a connection', () => {
  test('is opened with an app-level token, in the header and no other', async () => {
    expect(await open(scene.appToken)).toMatchObject({ url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:/) });
    expect(await errorOf(open(scene.botToken))).toBe('not_allowed_token_type');
    expect(await errorOf(open('xapp-other'))).toBe('invalid_auth');
    const body = new URLSearchParams({ token: scene.appToken });
    const asked = await fetch(`${scene.apiUrl}apps.connections.open`, { method: 'POST', body });
    expect(await asked.json()).toEqual({ ok: false, error: 'invalid_auth' });
    expect(await errorOf(quietClient(scene.appToken, scene.apiUrl).auth.test())).toBe(
      'not_allowed_token_type',
    );
  });

  test('is refused where the manifest does not switch Socket Mode on', async () => {
    const http = await startScene();
    const client = quietClient(http.appToken, http.apiUrl);
    expect(await errorOf(client.apps.connections.open())).toBe('forbidden');
    await http.close();
  });

  test('has an address that is used once, and is told to no log', async () => {
    const { url = '' } = await open(scene.appToken);
    const first = new WebSocket(url);
    await once(first, 'message');
    const second = new WebSocket(url);
    const [error] = await once(second, 'error');
    expect(String(error)).toContain('403');
    const ticket = new URL(url).searchParams.get('ticket') ?? '';
    expect(ticket).not.toBe('');
    expect(JSON.stringify(await scene.client.log())).not.toContain(ticket);
    first.close();
  });

  test('anything else that wants to be upgraded is not taken', async () => {
    const socket = new WebSocket(`${scene.url.replace('http', 'ws')}/elsewhere`);
    await expect(once(socket, 'open')).rejects.toThrow();
  });

  test('is greeted', async () => {
    const first = await connectSocketBot(scene);
    const second = await connectSocketBot(scene);
    expect(first.received).toMatchObject([
      {
        type: 'hello',
        num_connections: 1,
        connection_info: { app_id: 'A0CAIRN' },
        debug_info: { approximate_connection_time: 18_060 },
      },
    ]);
    expect(second.received).toMatchObject([{ type: 'hello', num_connections: 2 }]);
  });

  test('the eleventh is sent away', async () => {
    await Promise.all(Array.from({ length: 10 }, () => connectSocketBot(scene)));
    const eleventh = await connectSocketBot(scene);
    expect(eleventh.received).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
    await eleventh.closed;
  });

  test('is pinged, and given up when it does not answer', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const bot = await connectSocketBot(scene);
      vi.advanceTimersByTime(limits.socket.pingMs);
      await once(bot.socket, 'ping');
      // Over the same connection, so that the pong has come before the answer.
      await scene.client.as('ben').command('/owner');
      vi.advanceTimersByTime(limits.socket.pingMs);
      await once(bot.socket, 'ping');
      bot.socket.pause();
      vi.advanceTimersByTime(2 * limits.socket.pingMs);
      bot.socket.resume();
      await bot.closed;
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('what people do', () => {
  test('a command comes as an envelope, and the acknowledgement is the answer', async () => {
    const bot = await connectSocketBot(scene);
    bot.answer(() => ({ response_type: 'in_channel', text: 'Ana carries it.' }));
    expect(await scene.client.as('ben').command('/owner payments', { in: 'payments' })).toEqual({
      ok: true,
      status: 200,
    });
    expect(bot.received[1]).toMatchObject({
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: { command: '/owner', text: 'payments', user_id: 'U0BEN', channel_name: 'payments' },
    });
    expect(await scene.client.messages('payments')).toMatchObject([{ text: 'Ana carries it.' }]);
    expect(scene.bot.received).toEqual([]);
  });

  test('an acknowledgement without a word, or with an empty object, says nothing', async () => {
    const bot = await connectSocketBot(scene);
    expect(await scene.client.as('ben').command('/owner')).toEqual({ ok: true, status: 200 });
    bot.answer(() => ({}));
    expect(await scene.client.as('ben').command('/owner')).toEqual({ ok: true, status: 200 });
    expect(await scene.client.messages('@ben')).toEqual([]);
    expect(await scene.client.refused()).toEqual([]);
  });

  test('a submission is answered by its acknowledgement: refused on a field, then taken', async () => {
    const bot = await connectSocketBot(scene);
    const ana = scene.client.as('ana');
    await ana.command('/checkin');
    const trigger_id = String(bot.received.at(-1)?.payload?.['trigger_id']);
    await scene.web.apiCall('views.open', { trigger_id, view: modal });
    bot.answer(() => ({ response_action: 'errors', errors: { value: 'A number, please.' } }));
    expect(await ana.submit({ Value: 'many' })).toEqual({
      ok: false,
      by: 'cairn',
      errors: { value: 'A number, please.' },
    });
    bot.answer(() => ({}));
    expect(await ana.submit({ Value: '3' })).toEqual({ ok: true, modal: 'closed' });
    expect(bot.received.at(-1)).toMatchObject({
      type: 'interactive',
      accepts_response_payload: true,
      payload: { type: 'view_submission', view: { state: { values: { value: { v: { value: '3' } } } } } },
    });
  });

  test('goes to any one of several connections', async () => {
    const bots = [await connectSocketBot(scene), await connectSocketBot(scene)];
    for (let count = 0; count < 40; count += 1) await scene.client.as('ben').command('/owner');
    const counts = bots.map(({ received }) => received.length - 1);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.reduce((sum, count) => sum + count)).toBe(40);
  });

  test('without a connection, or with one that ends before it answers, fails at once', async () => {
    expect(await scene.client.as('ben').command('/owner')).toEqual({ ok: false, error: 'dispatch_failed' });
    const bot = await connectSocketBot(scene);
    bot.answer(() => {
      bot.socket.terminate();
      return 'never';
    });
    expect(await scene.client.as('ben').command('/owner')).toEqual({ ok: false, error: 'dispatch_failed' });
  });

  test('an answer that does not come in time has timed out', async () => {
    const impatient = await startScene({
      manifest: withSocketMode,
      waiting: { deadline: () => AbortSignal.timeout(20) },
    });
    const bot = await connectSocketBot(impatient);
    bot.answer(() => 'never');
    expect(await impatient.client.as('ben').command('/owner')).toEqual({
      ok: false,
      error: 'operation_timeout',
    });
    await impatient.close();
  });
});

describe('events', () => {
  test('take no answer but the acknowledgement', async () => {
    const bot = await connectSocketBot(scene);
    await scene.client.changeUser('ben', { title: 'x' });
    expect(bot.received.slice(1)).toMatchObject([
      {
        type: 'events_api',
        accepts_response_payload: false,
        retry_attempt: 0,
        retry_reason: '',
        payload: { type: 'event_callback', event: { type: 'user_change', user: { id: 'U0BEN' } } },
      },
    ]);
    expect(scene.bot.received).toEqual([]);
  });

  test('are tried four times in all', async () => {
    await scene.client.changeUser('ben', { title: 'x' });
    await scene.slack.world().background.settled();
    expect(waits).toEqual([0, 60_000, 300_000]);
    expect((await scene.client.log()).map(({ status }) => status)).toEqual(Array(4).fill('unreachable'));
  });

  test('that are tried again say so, and why', async () => {
    let bot: SocketBot | undefined;
    const late = await startScene({
      manifest: withSocketMode,
      waiting: {
        pause: async (ms) => {
          if (ms === 60_000) bot = await connectSocketBot(late);
        },
      },
    });
    await late.client.changeUser('ben', { title: 'x' });
    await late.slack.world().background.settled();
    expect(bot?.received.at(-1)).toMatchObject({
      type: 'events_api',
      retry_attempt: 2,
      retry_reason: 'connection_failed',
    });
    await late.close();
  });

  test('come twice when a fault says so', async () => {
    const bot = await connectSocketBot(scene);
    await scene.client.faults.add({ kind: 'duplicate-events' });
    await scene.client.changeUser('ben', { title: 'x' });
    const [, first, second] = bot.received;
    expect(second?.payload?.event_id).toBe(first?.payload?.event_id);
    expect(second?.envelope_id).not.toBe(first?.envelope_id);
  });
});

describe('a drop', () => {
  test.each(['refresh_requested', 'warning'] as const)(
    '%s is said, and nothing more is sent there',
    async (reason) => {
      const bot = await connectSocketBot(scene);
      expect(await scene.client.dropSockets(reason)).toBe(1);
      await expect.poll(() => bot.received.at(-1)).toMatchObject({ type: 'disconnect', reason });
      expect(await scene.client.as('ben').command('/owner')).toEqual({ ok: false, error: 'dispatch_failed' });
      const again = await connectSocketBot(scene);
      expect(await scene.client.as('ben').command('/owner')).toEqual({ ok: true, status: 200 });
      expect(again.received).toHaveLength(2);
    },
  );

  test('cut ends the connection without a word', async () => {
    const bot = await connectSocketBot(scene);
    expect(await scene.client.dropSockets('cut')).toBe(1);
    await bot.closed;
    expect(bot.received).toHaveLength(1);
  });

  test('a reset of the workspace keeps the connections', async () => {
    await connectSocketBot(scene);
    await scene.client.reset();
    expect(await scene.client.as('ben').command('/owner')).toEqual({ ok: true, status: 200 });
  });
});
