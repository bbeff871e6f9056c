import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromium, type PageScene, startPageScene } from '../support/fake-slack/page.ts';
import { actingBlocks, type actingElements, everyField } from './gallery.ts';

const skipped = chromium === null;

describe.skipIf(skipped)('the elements of the page in Chromium (skipped where there is no Chromium)', () => {
  let scene: PageScene;
  beforeAll(async () => {
    scene = await startPageScene();
  });
  afterAll(() => scene?.close());
  beforeEach(async () => {
    await scene.client.reset();
    scene.bot.received.length = 0;
    scene.bot.answer(() => undefined);
  });

  /** The one action of the newest interaction. */
  async function lastAction(): Promise<Record<string, unknown>> {
    await expect.poll(() => scene.bot.received.at(-1)?.payload.actions?.length).toBe(1);
    const [action = {}] = scene.bot.received.at(-1)?.payload.actions ?? [];
    return action;
  }

  type Name = keyof typeof actingElements;
  const choose =
    (name: string, ...words: string[]) =>
    async (it: Locator) => {
      const box = it.getByRole('combobox', { name });
      for (const word of words) {
        await box.fill(word);
        await it.page().getByRole('option', { name: word }).first().waitFor();
        await box.press('Enter');
      }
    };
  const acting: [Name, (it: Locator) => Promise<unknown>, object][] = [
    ['button', (it) => it.getByRole('button', { name: 'Press me' }).click(), { value: 'pressed' }],
    ['overflow', (it) => pickInMenu(it, 'Green'), { selected_option: { value: 'green' } }],
    ['static_select', choose('A colour', 'Blue'), { selected_option: { value: 'blue' } }],
    ['grouped', choose('A shade', 'Green'), { selected_option: { value: 'green' } }],
    ['users_select', choose('Somebody', 'ben'), { selected_user: 'U0BEN' }],
    ['channels_select', choose('A channel', '#general'), { selected_channel: 'C0GENERAL' }],
    ['conversations_select', choose('A conversation', 'Cairn'), { selected_conversation: 'D0ANA' }],
    ['external_select', choose('A rock', 'Payments'), { selected_option: { value: 'payments' } }],
    [
      'multi_static_select',
      choose('Colours', 'Blue'),
      { selected_options: [{ value: 'red' }, { value: 'blue' }] },
    ],
    ['multi_users_select', choose('People', 'chi', 'ben'), { selected_users: ['U0CHI', 'U0BEN'] }],
    ['multi_channels_select', choose('Channels', '#general'), { selected_channels: ['C0GENERAL'] }],
    [
      'multi_conversations_select',
      choose('Conversations', '#payments'),
      { selected_conversations: ['C0PAYMENTS'] },
    ],
    ['multi_external_select', choose('Rocks', 'Payments'), { selected_options: [{ value: 'payments' }] }],
    [
      'checkboxes',
      (it) => it.getByLabel('Blue').check(),
      { selected_options: [{ value: 'red' }, { value: 'blue' }] },
    ],
    ['radio_buttons', (it) => it.getByLabel('Green').check(), { selected_option: { value: 'green' } }],
    ['datepicker', (it) => it.locator('input').fill('2026-10-06'), { selected_date: '2026-10-06' }],
    ['timepicker', (it) => it.locator('input').fill('09:30'), { selected_time: '09:30' }],
    // Ana is in Copenhagen, two hours ahead of UTC on that day.
    [
      'datetimepicker',
      (it) => it.locator('input').fill('2026-10-06T09:30'),
      { selected_date_time: 1_791_271_800 },
    ],
  ];

  it('sends what is chosen in every element of a message', async () => {
    scene.bot.answer(({ payload }) =>
      payload.type === 'block_suggestion' ? { json: rocksLike(payload.value) } : undefined,
    );
    const names = acting.map(([name]) => name);
    // Twice, since a message has at most so many elements that anybody would act on.
    for (const half of [names.slice(0, 9), names.slice(9)])
      await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'acts', blocks: actingBlocks(half) });
    const { page, complaints } = await scene.open('ana', 'payments');
    for (const [name, act, expected] of acting) {
      const before = actions(scene).length;
      await act(page.locator(`[data-block="${name}"]`));
      await expect.poll(() => actions(scene).length, { message: name }).toBeGreaterThan(before);
      if (name === 'multi_users_select') await expect.poll(() => actions(scene).length).toBe(before + 2);
      expect(actions(scene).at(-1), name).toMatchObject({ action_id: name, block_id: name, ...expected });
    }
    expect(await page.locator('.not-drawn').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('asks first where the button says so, and does nothing on a no', async () => {
    await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'x', blocks: actingBlocks(['danger']) });
    const { page, dialog } = await scene.open('ana', 'payments');
    const button = page.getByRole('button', { name: 'Delete it' });
    await button.click();
    await dialog.getByText('It cannot be undone.').waitFor();
    await dialog.getByRole('button', { name: 'Keep' }).click();
    expect(await page.locator(':focus').innerText()).toBe('Delete it');
    await button.click();
    await page.keyboard.press('Escape');
    expect(scene.bot.received).toEqual([]);
    await button.click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    expect(await lastAction()).toMatchObject({ action_id: 'danger' });
  });

  it('fills menus from Cairn once enough is typed, and by the keyboard alone', async () => {
    scene.bot.answer(({ payload }) =>
      payload.type === 'block_suggestion' ? { json: rocksLike(payload.value) } : undefined,
    );
    await scene.web.chat.postMessage({
      channel: 'C0PAYMENTS',
      text: 'x',
      blocks: actingBlocks(['external_select']),
    });
    const { page } = await scene.open('ana', 'payments');
    const box = page.getByRole('combobox', { name: 'A rock' });
    await box.focus();
    await box.pressSequentially('p');
    await page.getByText('Type at least 2 characters.').waitFor();
    expect(scene.bot.received).toEqual([]);
    await box.pressSequentially('a');
    await page.getByRole('option', { name: 'Payments' }).waitFor();
    expect(scene.bot.received.at(-1)?.payload).toMatchObject({ type: 'block_suggestion', value: 'pa' });
    await box.press('ArrowDown');
    expect(await box.getAttribute('aria-activedescendant')).toBe(
      await page.getByRole('option', { name: 'Partners' }).getAttribute('id'),
    );
    await box.press('Escape');
    expect(await page.getByRole('option').count()).toBe(0);
    await box.press('ArrowDown');
    await page.getByText('Type at least 2 characters.').waitFor();
    await box.fill('par');
    await page.getByRole('option', { name: 'Partners' }).waitFor();
    await box.press('ArrowDown');
    await box.press('Enter');
    expect(await lastAction()).toMatchObject({ selected_option: { value: 'partners' } });
    expect(await box.inputValue()).toBe('Partners');
  });

  it('submits a field of every kind as it was filled', async () => {
    scene.bot.answer(async ({ form, payload }) => {
      if (form['command'])
        await scene.web.views.open({ trigger_id: form['trigger_id'] ?? '', view: everyField });
      return payload.type === 'block_suggestion' ? { json: rocksLike(payload.value) } : undefined;
    });
    const { page, dialog, complaints } = await scene.open('ana', 'payments');
    await scene.client.as('ana').command('/owner', { in: 'payments' });
    await dialog.getByLabel('Name').fill('Payments');
    await dialog.getByLabel('Story').fill('Two\nlines');
    await dialog.getByLabel('Amount').fill('7');
    await dialog.getByLabel('Email').fill('ana@test.example');
    await dialog.getByLabel('Link').fill('https://a.example');
    await dialog.getByLabel('Formatted').fill('Some words');
    await choose('Colour', 'Blue')(dialog);
    await choose('Owner', 'Ben Okafor')(dialog);
    await choose('Helpers', 'Chi Tanaka', 'Gus Guest')(dialog);
    await choose('Rock', 'Partners')(dialog);
    await dialog.getByLabel('Boxes').getByLabel('Red').check();
    await dialog.getByLabel('Boxes').getByLabel('Blue').check();
    await dialog.getByLabel('One of').getByLabel('Green').check();
    await dialog.getByLabel('Day').fill('2026-10-06');
    await dialog.getByLabel('Hour').fill('09:30');
    await dialog.getByLabel('Moment').fill('2026-10-06T09:30');
    await dialog.getByRole('button', { name: 'Remove Gus Guest' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { values } = scene.bot.received.at(-1)?.payload.view.state ?? { values: {} };
    const held = Object.fromEntries(Object.entries(values).map(([block, { input }]) => [block, input]));
    expect(held).toMatchObject({
      Name: { value: 'Payments' },
      Story: { value: 'Two\nlines' },
      Amount: { value: '7' },
      Email: { value: 'ana@test.example' },
      Link: { value: 'https://a.example' },
      Formatted: { rich_text_value: { type: 'rich_text' } },
      Colour: { selected_option: { value: 'blue' } },
      Owner: { selected_user: 'U0BEN' },
      Helpers: { selected_users: ['U0CHI'] },
      Rock: { selected_option: { value: 'partners' } },
      Boxes: { selected_options: [{ value: 'red' }, { value: 'blue' }] },
      'One of': { selected_option: { value: 'green' } },
      Day: { selected_date: '2026-10-06' },
      Hour: { selected_time: '09:30' },
      Moment: { selected_date_time: 1_791_271_800 },
    });
    expect(await page.locator('.not-drawn').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

function rocksLike(typed: string): object {
  const names = ['Payments', 'Partners'].filter((it) => it.toLowerCase().includes(typed.toLowerCase()));
  return {
    options: names.map((it) => ({ text: { type: 'plain_text', text: it }, value: it.toLowerCase() })),
  };
}

function actions(scene: PageScene): Record<string, unknown>[] {
  return scene.bot.received.flatMap(({ payload }) => payload.actions ?? []);
}

async function pickInMenu(it: Locator, words: string): Promise<void> {
  await it.getByRole('button', { name: 'More actions' }).click();
  await it.getByRole('menuitem', { name: words }).click();
}
