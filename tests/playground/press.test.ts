import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = (label: string, more: object = {}) => ({
  type: 'button' as const,
  text: plain(label),
  action_id: label,
  ...more,
});
const actions = (...labels: string[]) => [
  { type: 'actions' as const, block_id: 'b', elements: labels.map((it) => button(it, { value: '7' })) },
];
const payload = () => scene.bot.received.at(-1)?.payload;
const channel = 'C0PAYMENTS';

async function post(...labels: string[]): Promise<string> {
  const { ts = '' } = await scene.web.chat.postMessage({
    channel,
    text: 'press',
    blocks: actions(...labels),
  });
  return ts;
}

describe('pressing', () => {
  test('sends all that Slack sends', async () => {
    const ts = await post('Go');
    await scene.client.as('ana').press('Go');
    expect(payload()).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0ANA', username: 'ana', team_id: 'T0CAIRN' },
      api_app_id: 'A0CAIRN',
      team: { id: 'T0CAIRN', domain: 'test-company' },
      enterprise: null,
      is_enterprise_install: false,
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'payments' },
      message: { ts, text: 'press', bot_id: 'B0CAIRN' },
      state: { values: {} },
      actions: [{ type: 'button', action_id: 'Go', block_id: 'b', value: '7', text: plain('Go') }],
    });
  });

  test('an ephemeral message sends itself not along', async () => {
    await scene.web.chat.postEphemeral({ channel, user: 'U0ANA', text: 'x', blocks: actions('Go') });
    await scene.client.as('ana').press('Go');
    expect(payload()?.container).toMatchObject({ is_ephemeral: true });
    expect(payload()).not.toHaveProperty('message');
    await expect(scene.client.as('ben').press('Go')).rejects.toThrow('ben sees nothing called "Go"');
  });

  test('what is not there cannot be pressed, unless one looks at what was there before', async () => {
    const ts = await post('Accept');
    await scene.web.chat.update({ channel, ts, text: 'done', blocks: [] });
    const message = { channel, ts };
    await expect(scene.client.as('ana').press('Accept', { message })).rejects.toThrow(
      'nothing called "Accept"',
    );
    await scene.client.as('ana').press('Accept', { message, stale: true });
    expect(payload()?.actions).toMatchObject([{ action_id: 'Accept' }]);
  });

  test('a menu sends what was chosen, and the state of the others', async () => {
    const options = ['Now', 'Later'].map((it) => ({ text: plain(it), value: it.toLowerCase() }));
    const elements = [
      { type: 'static_select' as const, action_id: 'when', placeholder: plain('When'), options },
      { type: 'users_select' as const, action_id: 'who', initial_user: 'U0BEN' },
      { type: 'overflow' as const, action_id: 'more', options },
    ];
    await scene.web.chat.postMessage({
      channel,
      text: 'x',
      blocks: [{ type: 'actions', block_id: 'b', elements }],
    });
    await scene.client.as('ana').press('When', { value: 'Later' });
    expect(payload()?.actions).toMatchObject([
      { type: 'static_select', selected_option: { value: 'later' } },
    ]);
    expect(payload()?.state.values).toEqual({
      b: {
        when: { type: 'static_select', selected_option: options[1] },
        who: { type: 'users_select', selected_user: 'U0BEN' },
      },
    });
    await scene.client.as('ana').press('more', { value: 'now' });
    expect(payload()?.actions).toMatchObject([{ type: 'overflow', selected_option: { value: 'now' } }]);
    await expect(scene.client.as('ana').press('When', { value: 'Never' })).rejects.toThrow(
      '"Never" is not offered here',
    );
  });

  test('its response_url can replace, delete and answer beside', async () => {
    await post('Go');
    await scene.client.as('ana').press('Go');
    const answer = (body: object) =>
      fetch(payload()?.response_url ?? '', { method: 'POST', body: JSON.stringify(body) });
    await answer({ text: 'only you' });
    await answer({ text: 'gone further', replace_original: true });
    expect(await scene.client.as('ben').messages('payments')).toMatchObject([
      { text: 'gone further', blocks: [] },
    ]);
    expect(await scene.client.as('ana').ephemerals('payments')).toMatchObject([{ text: 'only you' }]);
    await answer({ delete_original: true });
    expect(await scene.client.as('ben').messages('payments')).toEqual([]);
  });

  test('Cairn that fails is an operation that failed', async () => {
    await post('Go');
    scene.bot.answer(() => ({ status: 500 }));
    expect(await scene.client.as('ana').press('Go')).toEqual({ ok: false, error: 'dispatch_failed' });
  });
});
