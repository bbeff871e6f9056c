import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromium, type PageScene, startPageScene } from '../support/fake-slack/page.ts';

describe.skipIf(chromium === null)(
  'behind the scenes in Chromium (skipped where there is no Chromium)',
  () => {
    let scene: PageScene;
    beforeAll(async () => {
      scene = await startPageScene();
    });
    afterAll(() => scene?.close());
    beforeEach(async () => {
      await scene.client.reset();
      scene.bot.answer(() => undefined);
    });

    async function opened(tab: string): Promise<Page> {
      const { page } = await scene.open('ana', 'payments');
      await page.getByRole('button', { name: 'Behind the scenes' }).click();
      await page.getByRole('tab', { name: tab }).click();
      return page;
    }

    it('asks for nothing while it is closed', async () => {
      const { page } = await scene.open('ana', 'payments');
      const asked: string[] = [];
      page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
      await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'Something' });
      await page.getByText('Something').first().waitFor();
      expect(asked.filter((it) => it.includes('log') || it.includes('faults'))).toEqual([]);
    });

    it('shows what crosses as it comes, what was refused and why, and the whole of it on demand', async () => {
      const page = await opened('What crossed');
      await scene.client.as('ana').command('/owner payments', { in: 'payments' });
      const rows = page.getByRole('list', { name: 'What crossed' }).getByRole('listitem');
      await rows.filter({ hasText: '/owner' }).waitFor();
      await scene.web.chat.postMessage({ channel: 'C0RANDOM', text: 'not in there' }).catch(() => undefined);
      const refused = rows.filter({ hasText: 'chat.postMessage' });
      await refused.getByText('not_in_channel, the bot is not in that channel').waitFor();
      expect((await rows.first().innerText()).startsWith('↑')).toBe(true);
      await refused.locator('summary').click();
      await refused.getByText('"text": "not in there"').waitFor();

      await page.getByRole('searchbox', { name: 'Filter what crossed' }).fill('/owner');
      await expect.poll(() => refused.isVisible()).toBe(false);
      await page.getByRole('searchbox', { name: 'Filter what crossed' }).fill('');
      await page.getByLabel('only what went wrong').check();
      await expect.poll(() => rows.filter({ hasText: '/owner' }).isVisible()).toBe(false);
      await page.getByRole('img', { name: '1 refused' }).waitFor();
    });

    it('makes something go wrong where it is told to, and all well again', async () => {
      const page = await opened('Faults');
      await page.getByText('All is well.').waitFor();
      await page.getByLabel('What', { exact: true }).selectOption('rate-limit');
      await page.getByLabel('Where').fill('chat.postMessage');
      await page.getByLabel('Channel', { exact: true }).fill('#payments');
      await page.getByLabel('Retry-After, in seconds').fill('7');
      await page.getByLabel('How many times').fill('2');
      await page.getByRole('button', { name: 'Make it so' }).click();
      await page
        .getByText('chat.postMessage · in #payments · Retry-After 7 s · 2 more times · hit 0 times')
        .waitFor();
      expect((await scene.client.faults.list()).faults).toMatchObject([
        { kind: 'rate-limit', method: 'chat.postMessage', channel: 'C0PAYMENTS', retry_after: 7, times: 2 },
      ]);
      await page.getByLabel("Slack's own limits").check();
      await expect.poll(async () => (await scene.client.faults.list()).rate_limits).toBe(true);
      await page.getByRole('button', { name: 'All well again' }).click();
      await page.getByText('All is well.').waitFor();
      expect(await scene.client.faults.list()).toMatchObject({ faults: [], rate_limits: false });

      await page.getByLabel('What', { exact: true }).selectOption('server-error');
      await page.getByLabel('Status').fill('502');
      await page.getByLabel('Share of the calls, in percent').fill('50');
      await page.getByLabel('Where').fill('');
      await page.getByLabel('Channel', { exact: true }).fill('');
      await page.getByRole('button', { name: 'Make it so' }).click();
      await page.getByText('every call · status 502 · 50 % of them · hit 0 times').waitFor();
      await page.getByRole('button', { name: 'Remove: Slack has an error of its own (5xx)' }).click();
      await page.getByText('All is well.').waitFor();
    });

    it('says in words what cannot be made to go wrong', async () => {
      const page = await opened('Faults');
      await page.getByLabel('Channel', { exact: true }).fill('nowhere');
      await page.getByRole('button', { name: 'Make it so' }).click();
      await page.getByRole('status').getByText('nowhere').waitFor();
    });

    it('archives a channel, takes the bot out, deactivates somebody, takes a scope away, and back', async () => {
      const page = await opened('Workspace');
      const channel = async () =>
        (await scene.client.as('ana').state()).channels.find((it) => it.name === 'payments');
      const ben = async () => (await scene.client.as('ana').state()).people.find((it) => it.name === 'ben');
      const taken = async () => (await scene.client.faults.list()).scopes.taken;
      const switches: [string, boolean, () => Promise<unknown>, unknown, unknown][] = [
        ['Archived', false, async () => (await channel())?.is_archived, true, false],
        ['Cairn is in it', true, async () => (await channel())?.bot_is_in, false, true],
        ['Ben Okafor', true, async () => (await ben())?.deleted, true, false],
        ['chat:write', true, taken, ['chat:write'], []],
      ];
      for (const [label, isOn, look, changed, back] of switches) {
        const toggle = page.getByRole('switch', { name: label });
        await toggle.setChecked(!isOn);
        await expect.poll(look, { message: label }).toEqual(changed);
        await toggle.setChecked(isOn);
        await expect.poll(look, { message: label }).toEqual(back);
      }
    });
  },
);
