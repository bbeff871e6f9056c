import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';

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

const input = (label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: label.toLowerCase(),
  label: plain(label),
  element: { action_id: 'v', ...element },
  ...more,
});
const modal = (title: string, ...blocks: object[]) => ({
  type: 'modal',
  title: plain(title),
  submit: plain('Save'),
  blocks,
});
const text = { type: 'plain_text_input' };

/** Opens this modal for Ana, as an answer to a command. */
async function open(view: object): Promise<void> {
  scene.bot.answer(async ({ form }) => {
    await scene.web.apiCall('views.open', { trigger_id: form['trigger_id'], view });
    return undefined;
  });
  await scene.client.as('ana').command('/checkin');
  scene.bot.answer(() => undefined);
}

describe('triggers', () => {
  const use = (trigger_id: string | undefined) =>
    errorOf(scene.web.apiCall('views.open', { trigger_id, view: modal('x', input('A', text)) }));

  test('live three seconds', async () => {
    await scene.client.as('ana').command('/checkin');
    await scene.client.as('ana').command('/checkin');
    const [first, second] = scene.bot.received.map((it) => it.form['trigger_id']);
    scene.time.ms += 3_000;
    expect(await use(first)).toBe('ok');
    scene.time.ms += 1;
    expect(await use(second)).toBe('expired_trigger_id');
  });

  test('are good for one modal', async () => {
    await scene.client.as('ana').command('/checkin');
    const id = scene.bot.received[0]?.form['trigger_id'];
    expect(await use(id)).toBe('ok');
    expect(await use(id)).toBe('exchanged_trigger_id');
  });

  test('cannot be invented', async () => {
    expect(await use('1.2.abc')).toBe('invalid_trigger_id');
  });

  test('a modal that is wrong costs no trigger', async () => {
    await scene.client.as('ana').command('/checkin');
    const trigger_id = scene.bot.received[0]?.form['trigger_id'];
    expect(
      await errorOf(
        scene.web.apiCall('views.open', { trigger_id, view: modal('x'.repeat(25), input('A', text)) }),
      ),
    ).toBe('invalid_arguments');
    expect(await use(trigger_id)).toBe('ok');
  });
});

describe('submitting a modal', () => {
  test('what Slack’s client refuses is not sent', async () => {
    await open(
      modal(
        'Check in',
        input('Value', { type: 'number_input', is_decimal_allowed: false, min_value: '0', max_value: '10' }),
        input('Words', { ...text, max_length: 5 }, { optional: true }),
      ),
    );
    const ana = scene.client.as('ana');
    const before = scene.bot.received.length;
    expect(await ana.submit()).toMatchObject({
      by: 'client',
      errors: { value: expect.stringContaining('required') },
    });
    expect(await ana.submit({ Value: 'ten' })).toMatchObject({
      errors: { value: expect.stringContaining('number') },
    });
    expect(await ana.submit({ Value: '1.5' })).toMatchObject({
      errors: { value: expect.stringContaining('whole') },
    });
    expect(await ana.submit({ Value: 11 })).toMatchObject({
      errors: { value: expect.stringContaining('at most 10') },
    });
    expect(await ana.submit({ Value: 5, Words: 'too long' })).toMatchObject({
      errors: { words: expect.any(String) },
    });
    expect(scene.bot.received).toHaveLength(before);
    expect((await ana.modal())?.errors).toHaveProperty('words');
    expect(await ana.submit({ Value: 5 })).toEqual({ ok: true, modal: 'closed' });
    expect(await ana.modal()).toBeUndefined();
  });

  test('sends every value in the shape of its element', async () => {
    const options = ['a', 'b'].map((it) => ({ text: plain(it.toUpperCase()), value: it }));
    await open({
      ...modal(
        'All',
        input('Text', text),
        input('Empty', text, { optional: true }),
        input('Number', { type: 'number_input', is_decimal_allowed: true }),
        input('Select', { type: 'static_select', options }),
        input('Multi', { type: 'multi_static_select', options }),
        input('Radio', { type: 'radio_buttons', options, initial_option: options[0] }),
        input('Checks', { type: 'checkboxes', options }),
        input('User', { type: 'users_select' }),
        input('Users', { type: 'multi_users_select' }),
        input('Channel', { type: 'channels_select' }),
        input('Talk', { type: 'conversations_select' }),
        input('Date', { type: 'datepicker' }),
        input('Time', { type: 'timepicker' }),
        input('Moment', { type: 'datetimepicker' }),
        input('Mail', { type: 'email_text_input' }),
        input('Link', { type: 'url_text_input' }),
        input('Rich', { type: 'rich_text_input' }),
      ),
      private_metadata: 'kept',
      callback_id: 'all',
    });
    await scene.client.as('ana').submit({
      Text: 'words',
      Number: 3.2,
      Select: 'B',
      Multi: ['a', 'b'],
      Checks: ['a'],
      User: '@ben',
      Users: ['ana', 'U0BEN'],
      Channel: '#payments',
      Talk: 'payments',
      Date: '2026-12-24',
      Time: '09:00',
      Moment: 1790000000,
      Mail: 'ana@test.example',
      Link: 'https://x.example',
      Rich: 'words',
    });
    const view = payload()?.view;
    expect(view).toMatchObject({ private_metadata: 'kept', callback_id: 'all', previous_view_id: null });
    const held = Object.fromEntries(
      Object.entries(view?.state.values ?? {}).map(([id, it]) => [id, it['v']]),
    );
    const [a, b] = options;
    expect(held).toMatchObject({
      text: { type: 'plain_text_input', value: 'words' },
      empty: { value: null },
      number: { type: 'number_input', value: '3.2' },
      select: { selected_option: b },
      multi: { selected_options: [a, b] },
      radio: { type: 'radio_buttons', selected_option: a },
      checks: { selected_options: [a] },
      user: { selected_user: 'U0BEN' },
      users: { selected_users: ['U0ANA', 'U0BEN'] },
      channel: { selected_channel: 'C0PAYMENTS' },
      talk: { selected_conversation: 'C0PAYMENTS' },
      date: { selected_date: '2026-12-24' },
      time: { selected_time: '09:00' },
      moment: { selected_date_time: 1790000000 },
      mail: { value: 'ana@test.example' },
      link: { value: 'https://x.example' },
      rich: { rich_text_value: { type: 'rich_text' } },
    });
  });

  test('Cairn’s errors are shown on their fields, and only on fields that exist', async () => {
    await open(modal('x', input('A', text)));
    const ana = scene.client.as('ana');
    scene.bot.answer(() => ({ json: { response_action: 'errors', errors: { a: 'Not so.' } } }));
    expect(await ana.submit({ A: 'x' })).toEqual({ ok: false, by: 'cairn', errors: { a: 'Not so.' } });
    expect(await ana.modal()).toMatchObject({ errors: { a: 'Not so.' } });
    scene.bot.answer(() => ({ json: { response_action: 'errors', errors: { b: 'Not so.' } } }));
    expect(await ana.submit({ A: 'x' })).toEqual({ ok: false, by: 'slack', error: 'invalid_response' });
    expect(await scene.client.refused()).toMatchObject([{ method: 'the answer to view_submission' }]);
  });

  test('update keeps the place in the stack, push adds to it, three are the most', async () => {
    await open(modal('one', input('A', text)));
    const ana = scene.client.as('ana');
    const first = await ana.modal();
    const respond = (response_action: string, title: string) =>
      scene.bot.answer(() => ({ json: { response_action, view: modal(title, input('A', text)) } }));
    respond('update', 'changed');
    expect(await ana.submit({ A: 'x' })).toEqual({ ok: true, modal: 'updated' });
    expect(await ana.modal()).toMatchObject({ id: first?.id, title: plain('changed') });
    respond('push', 'two');
    expect(await ana.submit({ A: 'x' })).toEqual({ ok: true, modal: 'pushed' });
    respond('push', 'three');
    await ana.submit({ A: 'x' });
    expect(payload()?.view).toMatchObject({ root_view_id: first?.id, previous_view_id: first?.id });
    respond('push', 'four');
    expect(await ana.submit({ A: 'x' })).toMatchObject({ error: 'push_limit_reached' });
    scene.bot.answer(() => undefined);
    await ana.submit({ A: 'x' });
    expect(await ana.modal()).toMatchObject({ title: plain('two') });
    scene.bot.answer(() => ({ json: { response_action: 'clear' } }));
    await ana.submit({ A: 'x' });
    expect((await ana.state()).modals).toEqual([]);
  });

  test('a failing Cairn leaves the modal open, with a line', async () => {
    await open(modal('x', input('A', text)));
    scene.bot.answer(() => ({ status: 500 }));
    const ana = scene.client.as('ana');
    expect(await ana.submit({ A: 'x' })).toEqual({ ok: false, by: 'slack', error: 'dispatch_failed' });
    expect((await ana.modal())?.trouble).toContain('trouble');
  });

  test('fields have to be there', async () => {
    await open(modal('x', input('A', text)));
    await expect(scene.client.as('ana').submit({ B: 'x' })).rejects.toThrow(
      'no field called "B" here; there are: A',
    );
    await expect(scene.client.as('ben').submit({ A: 'x' })).rejects.toThrow('ben has no modal open');
  });
});

describe('views from outside', () => {
  const view = modal('new', input('A', text));

  test('update by id or external_id, and only of what was seen', async () => {
    await open({ ...modal('old', input('A', text)), external_id: 'mine' });
    const now = await scene.client.as('ana').modal();
    const update = (args: object) => errorOf(scene.web.apiCall('views.update', { view, ...args }));
    expect(await update({ view_id: now?.id, hash: 'other' })).toBe('hash_conflict');
    expect(await update({ view_id: now?.id, hash: now?.hash })).toBe('ok');
    expect(await update({ external_id: 'mine' })).toBe('not_found');
    expect(await update({ view_id: 'V0NONE' })).toBe('not_found');
    expect(await update({})).toBe('invalid_arguments');
    expect(await scene.client.as('ana').modal()).toMatchObject({ title: plain('new') });
  });

  test('push needs a trigger from inside the modal', async () => {
    await open(modal('one', { type: 'actions', elements: [button('More')] }));
    const push = (trigger_id: string | undefined) =>
      errorOf(scene.web.apiCall('views.push', { trigger_id, view }));
    await scene.client.as('ana').press('More');
    expect(payload()).toMatchObject({ container: { type: 'view' } });
    expect(payload()).not.toHaveProperty('response_url');
    expect(await push(payload()?.trigger_id)).toBe('ok');
    await scene.client.as('ana').command('/checkin');
    expect(await push(scene.bot.received.at(-1)?.form['trigger_id'])).toBe('not_found');
  });

  test('what was entered so far goes with a press inside the modal', async () => {
    await open(
      modal('one', input('A', text), { type: 'actions', block_id: 'b', elements: [button('More')] }),
    );
    await scene.client.as('ana').press('More', { entries: { A: 'so far' } });
    expect(payload()?.view.state.values).toEqual({ a: { v: { type: 'plain_text_input', value: 'so far' } } });
  });

  test('closing is told where it was asked for', async () => {
    await open({ ...modal('one', input('A', text)), notify_on_close: true });
    await scene.client.as('ana').close();
    expect(payload()).toMatchObject({ type: 'view_closed', is_cleared: false });
    await open(modal('two', input('A', text)));
    const before = scene.bot.received.length;
    await scene.client.as('ana').close();
    expect(scene.bot.received).toHaveLength(before);
  });

  test('a Home is refused while manifest.yml has none', async () => {
    const home = { type: 'home' as const, blocks: [] };
    expect(await errorOf(scene.web.views.publish({ user_id: 'U0ANA', view: home }))).toBe('not_enabled');
    const withHome = await startScene({
      manifest: (it) => ({
        ...it,
        features: { ...it.features, app_home: { ...it.features.app_home, home_tab_enabled: true } },
      }),
    });
    await withHome.web.views.publish({ user_id: 'U0ANA', view: { ...home, blocks: [{ type: 'divider' }] } });
    expect((await withHome.client.as('ana').state()).home?.blocks).toHaveLength(1);
    await withHome.close();
  });
});
