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
