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
const payload = () => scene.bot.received.at(-1)?.payload;

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
