import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AppManifest } from '../../src/playground/fake-slack/manifest.ts';
import { type Scene, startScene } from '../support/fake-slack/scene.ts';
import { connectSocketBot } from '../support/fake-slack/socket-bot.ts';

const withSettings =
  (more: Partial<AppManifest['settings']>) =>
  (manifest: AppManifest): AppManifest => ({
    ...manifest,
    settings: { ...manifest.settings, ...more },
  });
const withUrl = withSettings({
  interactivity: {
    is_enabled: true,
    message_menu_options_url: 'https://cairn.example.com/slack/events',
  },
});

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({ manifest: withUrl });
});
afterEach(() => {
  scene.slack.reset();
  scene.bot.answer(() => undefined);
  scene.bot.received.length = 0;
});
afterAll(() => scene.close());

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const options = (...values: string[]) => values.map(option);
const menu = (more: object = {}) => ({
  type: 'external_select',
  action_id: 'rock',
  placeholder: plain('Rock'),
  min_query_length: 0,
  ...more,
});
const many = (more: object = {}) => menu({ type: 'multi_external_select', ...more });
const payload = () => scene.bot.received.at(-1)?.payload;
const answer = (json: unknown) => scene.bot.answer(() => ({ json }));

async function post(element: object, at = scene): Promise<void> {
  const blocks = [{ type: 'actions', block_id: 'b', elements: [element] }];
  await at.web.apiCall('chat.postMessage', { channel: 'C0PAYMENTS', text: 'x', blocks });
}

/** Opens a modal with this field for Ana, as an answer to a command. */
async function open(element: object): Promise<void> {
  const block = { type: 'input', block_id: 'rock', label: plain('Which rock?'), element };
  const view = { type: 'modal', title: plain('Rocks'), submit: plain('Save'), blocks: [block] };
  scene.bot.answer(async ({ form }) => {
    await scene.web.apiCall('views.open', { trigger_id: form['trigger_id'], view });
    return undefined;
  });
  await scene.client.as('ana').command('/checkin');
  scene.bot.answer(() => undefined);
}

describe('a menu that is filled from outside', () => {
  test('asks as Slack asks, from a message', async () => {
    await post(menu());
    const [{ ts } = { ts: '' }] = await scene.client.messages('payments');
    answer({ options: options('payments', 'refunds') });
    expect(await scene.client.as('ana').suggest('Rock', 'pa')).toEqual({
      ok: true,
      options: options('payments', 'refunds'),
    });
    expect(payload()).toMatchObject({
      type: 'block_suggestion',
      user: { id: 'U0ANA', name: 'ana', team_id: 'T0CAIRN' },
      team: { id: 'T0CAIRN', domain: 'test-company' },
      api_app_id: 'A0CAIRN',
      token: expect.any(String),
      container: { type: 'message', message_ts: ts, channel_id: 'C0PAYMENTS', is_ephemeral: false },
      channel: { id: 'C0PAYMENTS', name: 'payments' },
      message: { ts },
      action_id: 'rock',
      block_id: 'b',
      value: 'pa',
    });
    expect(scene.bot.received.at(-1)?.headers['x-slack-signature']).toMatch(/^v0=/);
    expect(payload()).not.toHaveProperty('trigger_id');
    expect(payload()).not.toHaveProperty('response_url');
  });

  test('asks from a modal with the view; groups are as good as options', async () => {
    await open(menu());
    const option_groups = [{ label: plain('Checkout'), options: options('payments') }];
    answer({ option_groups });
    const ana = scene.client.as('ana');
    expect(await ana.suggest('Which rock?', '')).toEqual({ ok: true, option_groups });
    const modal = await ana.modal();
    expect(payload()).toMatchObject({
      container: { type: 'view', view_id: modal?.id },
      view: {
        id: modal?.id,
        state: { values: { rock: { rock: { type: 'external_select', selected_option: null } } } },
      },
    });
    expect(payload()).not.toHaveProperty('channel');
  });

  test('asks nothing before as much is typed as it wants: three letters unless it says so', async () => {
    await post(menu({ min_query_length: undefined }));
    const before = scene.bot.received.length;
    expect(await scene.client.as('ana').suggest('Rock', 'pa')).toEqual({ ok: true, options: [] });
    expect(scene.bot.received).toHaveLength(before);
    answer({ options: options('payments') });
    expect(await scene.client.as('ana').suggest('Rock', 'pay')).toMatchObject({
      options: [{ value: 'payments' }],
    });
  });

  test('no other menu is filled so', async () => {
    await post({ type: 'users_select', action_id: 'who', placeholder: plain('Who') });
    await expect(scene.client.as('ana').suggest('Who', 'ben')).rejects.toThrow(
      'a users_select is not filled from outside',
    );
  });
});

describe('what Cairn answers', () => {
  const groups = (count: number) =>
    Array.from({ length: count }, () => ({ label: plain('Group'), options: options('a') }));
  const numbered = (count: number) => options(...Array.from({ length: count }, (_, index) => `${index}`));

  test.each([
    ['neither', {}, 'exactly one of options and option_groups is required [json-pointer:]'],
    ['both', { options: [], option_groups: [] }, 'exactly one of options and option_groups is required'],
    ['101 options', { options: numbered(101) }, 'no more than 100 items allowed [json-pointer:/options]'],
    [
      '101 groups',
      { option_groups: groups(101) },
      'no more than 100 items allowed [json-pointer:/option_groups]',
    ],
    [
      'a long text',
      { options: [{ text: plain('x'.repeat(76)), value: 'a' }] },
      '[json-pointer:/options/0/text/text]',
    ],
    ['more than that', { options: [], colour: 'red' }, 'no such field: colour'],
    ['words', 'words', '[json-pointer:]'],
  ])('%s: Slack would not take it', async (_what, json, words) => {
    await post(menu());
    answer(json);
    expect(await scene.client.as('ana').suggest('Rock', 'x')).toEqual({
      ok: false,
      error: 'invalid_response',
    });
    const [refused] = await scene.client.refused();
    expect(refused).toMatchObject({ method: 'the answer to block_suggestion', error: 'invalid_response' });
    expect(refused?.messages.join('\n')).toContain(words);
  });

  test('a hundred of each are taken, and none', async () => {
    await post(menu());
    const ana = scene.client.as('ana');
    for (const json of [{ options: numbered(100) }, { option_groups: groups(100) }, { options: [] }]) {
      answer(json);
      expect(await ana.suggest('Rock', 'x')).toEqual({ ok: true, ...json });
    }
  });

  test('an error is an operation that failed', async () => {
    await post(menu());
    scene.bot.answer(() => ({ status: 500 }));
    expect(await scene.client.as('ana').suggest('Rock', 'x')).toEqual({
      ok: false,
      error: 'dispatch_failed',
    });
  });
});

describe('choosing', () => {
  test('only what was suggested to this person in this menu can be chosen', async () => {
    await post(menu());
    answer({ options: options('payments') });
    const [ana, ben] = [scene.client.as('ana'), scene.client.as('ben')];
    await expect(ana.press('Rock', { value: 'payments' })).rejects.toThrow(
      '"payments" is not offered here; offered: nothing',
    );
    await ana.suggest('Rock', 'pay');
    expect(await ana.press('Rock', { value: 'PAYMENTS' })).toEqual({ ok: true });
    expect(payload()?.actions).toMatchObject([
      { type: 'external_select', action_id: 'rock', selected_option: option('payments') },
    ]);
    expect(payload()?.state.values).toEqual({
      b: { rock: { type: 'external_select', selected_option: option('payments') } },
    });
    await expect(ben.press('Rock', { value: 'payments' })).rejects.toThrow('is not offered here');
    await expect(ana.press('Rock', { value: 'refunds' })).rejects.toThrow('offered: PAYMENTS');
  });

  test('a form holds what was chosen over several searches, up to as many as it wants', async () => {
    await open(many({ max_selected_items: 2, initial_options: options('pricing') }));
    const ana = scene.client.as('ana');
    for (const found of ['payments', 'refunds']) {
      answer({ options: options(found) });
      await ana.suggest('Which rock?', found);
    }
    scene.bot.answer(() => undefined);
    await expect(ana.submit({ 'Which rock?': ['payments', 'refunds', 'pricing'] })).rejects.toThrow(
      'no more than 2 can be chosen here',
    );
    await expect(ana.submit({ 'Which rock?': ['extras'] })).rejects.toThrow('"extras" is not offered here');
    expect(await ana.submit({ 'Which rock?': ['payments', 'pricing'] })).toEqual({
      ok: true,
      modal: 'closed',
    });
    expect(payload()?.view.state.values).toEqual({
      rock: { rock: { type: 'multi_external_select', selected_options: options('payments', 'pricing') } },
    });
  });

  test('a field begins with its initial option, and can be emptied', async () => {
    await open(menu({ initial_option: option('pricing') }));
    const ana = scene.client.as('ana');
    expect(await ana.submit({ 'Which rock?': null })).toMatchObject({ by: 'client' });
    await ana.submit();
    expect(payload()?.view.state.values).toEqual({
      rock: { rock: { type: 'external_select', selected_option: option('pricing') } },
    });
  });
});

describe('where Slack would send it', () => {
  test('without an address in manifest.yml nowhere, and that is kept among the refused', async () => {
    const poor = await startScene();
    await post(menu(), poor);
    const before = poor.bot.received.length;
    expect(await poor.client.as('ana').suggest('Rock', 'pay')).toEqual({
      ok: false,
      error: 'no_options_url',
    });
    expect(poor.bot.received).toHaveLength(before);
    const [refused] = await poor.client.refused();
    expect(refused?.messages).toEqual([
      '[ERROR] manifest.yml has no settings.interactivity.message_menu_options_url: Slack would send nothing',
    ]);
    await poor.close();
  });

  test('over a socket it needs no address', async () => {
    const socket = await startScene({ manifest: withSettings({ socket_mode_enabled: true }) });
    await post(menu(), socket);
    (await connectSocketBot(socket)).answer(() => ({ options: [] }));
    expect(await socket.client.as('ana').suggest('Rock', 'pay')).toEqual({ ok: true, options: [] });
    await socket.close();
  });
});
