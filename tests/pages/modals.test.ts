import type { View } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Received, Reply } from '../support/fake-slack/echo-bot.ts';
import { chromium, type OpenPage, type PageScene, startPageScene } from '../support/fake-slack/page.ts';
import { openNext, smallModal } from './gallery.ts';

describe.skipIf(chromium === null)('modals in Chromium (skipped where there is no Chromium)', () => {
  let scene: PageScene;
  beforeAll(async () => {
    scene = await startPageScene();
  });
  afterAll(() => scene?.close());
  beforeEach(async () => {
    await scene.client.reset();
    scene.bot.received.length = 0;
  });

  /** Ana opens the modal with a command that she types; after that the bot answers as the test says. */
  async function opened(
    view: View,
    answer: (request: Received) => Reply | Promise<Reply>,
  ): Promise<OpenPage> {
    scene.bot.answer(async (request) => {
      const { form } = request;
      if (form['command'] === undefined) return await answer(request);
      await scene.web.views.open({ trigger_id: form['trigger_id'] ?? '', view });
      return undefined;
    });
    const open = await scene.open('ana', 'payments');
    await open.page.locator('#composer').fill('/owner x');
    await open.page.keyboard.press('Enter');
    await open.dialog.waitFor();
    return open;
  }

  const focused = ({ page }: OpenPage) => page.locator(':focus');

  it('stack up to three, go back one by one, and give the focus back', async () => {
    const open = await opened(smallModal('First', [openNext('2')]), async ({ payload }) => {
      const isSecond = payload.view.callback_id === 'First';
      const view = isSecond ? smallModal('Second', [openNext('3')]) : smallModal('Third');
      await scene.web.views.push({ trigger_id: payload.trigger_id, view });
      return undefined;
    });
    const { page, dialog } = open;
    await dialog.getByLabel('Name').fill('kept below');
    for (const title of ['Second', 'Third']) {
      await dialog.getByRole('button', { name: 'Open the next' }).click();
      await dialog.getByRole('heading', { name: title }).waitFor();
    }
    await dialog.getByText('3 of 3').waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByRole('heading', { name: 'Second' }).waitFor();
    await dialog.getByRole('button', { name: 'Back', exact: true }).first().click();
    await dialog.getByRole('heading', { name: 'First' }).waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('kept below');
    expect(await dialog.getByText('of 3').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await focused(open).getAttribute('id')).toBe('composer');
    expect(open.complaints).toEqual([]);
  });

  it('say on the field what is wrong, and let it be corrected', async () => {
    const open = await opened(smallModal('Rename'), ({ payload }) => {
      const taken = payload.view.state.values['name']?.['input']?.['value'] === 'Payments';
      return taken
        ? { json: { response_action: 'errors', errors: { name: 'Another rock is called that.' } } }
        : undefined;
    });
    const { dialog } = open;
    const field = dialog.getByLabel('Name');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Please complete this required field.').waitFor();
    expect(scene.bot.received).toHaveLength(1);

    await field.fill('Payments');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const words = dialog.getByText('Another rock is called that.');
    await words.waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.getAttribute('aria-describedby')).toContain(
      (await words.getAttribute('id')) ?? 'none',
    );
    expect(await focused(open).getAttribute('aria-invalid')).toBe('true');
    expect(await field.inputValue()).toBe('Payments');

    await field.fill('Payouts');
    await dialog.page().keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  });

  it('keep what is typed when the view is updated and when the page is loaded anew', async () => {
    const open = await opened(smallModal('Long', [openNext('update')]), async ({ payload }) => {
      const more = { type: 'section', text: { type: 'plain_text', text: 'Something new' } };
      await scene.web.views.update({ view_id: payload.view.id, view: smallModal('Long', [more]) });
      return undefined;
    });
    const { page, dialog } = open;
    await dialog.getByLabel('Name').fill('half a sentence');
    await dialog.getByRole('button', { name: 'Open the next' }).click();
    await dialog.getByText('Something new').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('half a sentence');
    await page.reload();
    await dialog.waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('half a sentence');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('#composer').fill('/owner x');
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('');
  });

  it('show that they are being submitted, and a line when Cairn does not answer well', async () => {
    let answer: (reply: Reply) => void = () => undefined;
    const open = await opened(smallModal('Slow'), () => new Promise<Reply>((resolve) => (answer = resolve)));
    const { dialog } = open;
    await dialog.getByLabel('Name').fill('Payments');
    const save = dialog.getByRole('button', { name: 'Save' });
    await save.click();
    await expect.poll(() => save.getAttribute('aria-busy')).toBe('true');
    await save.click();
    answer({ status: 500 });
    await dialog.getByRole('alert').filter({ hasText: 'We had some trouble connecting' }).waitFor();
    expect(scene.bot.received.filter((it) => it.payload.type === 'view_submission')).toHaveLength(1);
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Payments');
  });

  it('scroll between a head and a foot that stay, and keep the focus inside', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => ({
      type: 'section',
      text: { type: 'plain_text', text: `Line ${at}` },
    }));
    const open = await opened(smallModal('Long', lines), () => undefined);
    const { page, dialog } = open;
    await dialog.getByText('Line 39').scrollIntoViewIfNeeded();
    for (const part of [
      dialog.getByRole('heading', { name: 'Long' }),
      dialog.getByRole('button', { name: 'Save' }),
    ])
      expect(await part.isVisible()).toBe(true);
    const size = await dialog.boundingBox();
    expect(size?.height).toBeLessThan(800);
    for (let press = 0; press < 8; press += 1) {
      await page.keyboard.press('Tab');
      expect(await page.locator('body > :not(dialog) :focus').count()).toBe(0);
    }
  });
});
