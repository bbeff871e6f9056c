import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromium, type PageScene, startPageScene } from '../support/fake-slack/page.ts';
import { actingBlocks, actingElements, everyField, smallModal, tableBlock } from './gallery.ts';

const sizes = [
  ['at a desk', { width: 1280, height: 800 }],
  ['on a phone', { width: 360, height: 740 }],
] as const;

describe.skipIf(chromium === null)(
  'the page for everybody, in Chromium (skipped where there is no Chromium)',
  () => {
    let scene: PageScene;
    let axe: string;
    beforeAll(async () => {
      scene = await startPageScene();
      axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    });
    afterAll(() => scene?.close());
    beforeEach(async () => {
      await scene.client.reset();
      scene.bot.answer(async ({ form }) => {
        if (form['command'] !== undefined)
          await scene.web.views.open({ trigger_id: form['trigger_id'] ?? '', view: everyField });
        return undefined;
      });
    });

    /** What WCAG 2 A and AA find wrong, as "rule: element". */
    async function violations(page: Page): Promise<string[]> {
      await page.evaluate(axe);
      const found: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] =
        await page.evaluate(
          "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((it) => it.violations)",
        );
      return found.flatMap(({ id, nodes }) =>
        nodes.map((it) => `${id}: ${it.target.join(' ')}: ${it.failureSummary}`),
      );
    }

    /** Nothing may be wider than the screen: what is, cannot be reached on a phone. */
    async function isTooWide(page: Page): Promise<unknown> {
      return await page.evaluate(
        "[...document.querySelectorAll('body *')].filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth + 1 && !it.closest('.b-table, .unseen')).map((it) => it.className)",
      );
    }

    it.each(sizes)('has nothing in the way of anybody in a channel and a thread, %s', async (_, size) => {
      const { ts = '' } = await scene.web.chat.postMessage({
        channel: 'C0PAYMENTS',
        text: '<!here> *hello* `code` <@U0ANA>',
      });
      await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'A reply', thread_ts: ts });
      await scene.web.chat.postEphemeral({ channel: 'C0PAYMENTS', user: 'U0ANA', text: 'For you' });
      const names = Object.keys(actingElements).filter(
        (it): it is keyof typeof actingElements => it in actingElements,
      );
      await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'acts', blocks: actingBlocks(names) });
      await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'table', blocks: [tableBlock] });
      await scene.web.chat.postMessage({ channel: 'U0BEN', text: 'Waits for Ben' });
      const { page, message } = await scene.open('ana', 'payments', size);
      await message('How much').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await isTooWide(page)).toEqual([]);
      await page.getByRole('combobox', { name: 'People' }).click();
      await page.getByRole('option', { name: 'Ben Okafor' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await message('hello').getByRole('button', { name: '1 reply' }).click();
      await page.getByRole('complementary', { name: 'Thread' }).getByText('A reply').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await isTooWide(page)).toEqual([]);
    });

    it.each(sizes)('has nothing in the way of anybody in a modal with errors, %s', async (_, size) => {
      const { page, dialog } = await scene.open('ana', 'payments', size);
      await scene.client.as('ana').command('/owner x', { in: 'payments' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Please complete this required field.').first().waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await isTooWide(page)).toEqual([]);
    });

    it.each(sizes)(
      'has nothing in the way of anybody in Home, the switch and the drawer, %s',
      async (_, size) => {
        const { blocks } = smallModal('x', [{ type: 'header', text: { type: 'plain_text', text: 'Yours' } }]);
        await scene.web.views.publish({ user_id: 'U0ANA', view: { type: 'home', blocks } });
        await scene.web.chat.postMessage({ channel: 'C0RANDOM', text: 'refused' }).catch(() => undefined);
        await scene.client.faults.add({ kind: 'slow', ms: 1, method: 'users.list' });
        const { page } = await scene.open('ana', 'dm', size);
        await page.getByRole('button', { name: 'Home', exact: true }).click();
        await page.getByRole('heading', { name: 'Yours' }).waitFor();
        expect(await violations(page)).toEqual([]);
        expect(await isTooWide(page)).toEqual([]);

        const isPhone = size.width < 760;
        if (isPhone) await page.getByRole('button', { name: 'Channels and people' }).click();
        await page.getByRole('button', { name: 'You are Ana Silva' }).click();
        await page.getByRole('dialog', { name: 'Be somebody else' }).waitFor();
        expect(await violations(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Behind the scenes' }).click();
        await page.locator('.crossing summary').first().click();
        for (const tab of ['What crossed', 'Faults', 'Workspace']) {
          await page.getByRole('tab', { name: tab }).click();
          await page.locator('.panel:not([hidden]) :is(summary, .fault-entry, .toggle)').first().waitFor();
          expect(await violations(page), tab).toEqual([]);
          expect(await isTooWide(page), tab).toEqual([]);
        }
      },
    );

    it('is used on a phone by taps: what is pressed is large enough, and the sidebar is a sheet over the rest', async () => {
      await scene.web.chat.postMessage({
        channel: 'C0PAYMENTS',
        text: 'acts',
        blocks: actingBlocks(['button', 'overflow', 'users_select']),
      });
      const { page } = await scene.open('ana', 'general', { width: 360, height: 740 });
      await page.getByRole('button', { name: 'Channels and people' }).click();
      await expect
        .poll(() => page.locator('#channel').evaluate((it) => 'inert' in it && it.inert))
        .toBe(true);
      await page.keyboard.press('Escape');
      await expect
        .poll(() => page.locator('#channel').evaluate((it) => 'inert' in it && it.inert))
        .toBe(false);
      expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Channels and people');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'payments' }).click();
      await page.getByRole('heading', { name: '#payments', level: 1 }).waitFor();
      const small = await page.evaluate(
        "[...document.querySelectorAll('#channel :is(button, .field)')].filter((it) => it.checkVisibility() && Math.min(it.offsetWidth, it.offsetHeight) < 34).map((it) => it.outerHTML)",
      );
      expect(small).toEqual([]);
    });
  },
);
