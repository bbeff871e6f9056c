import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../support/browser.ts';
import { startProcess } from '../support/process.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  'the playground page in Chromium (skipped where there is no Chromium)',
  () => {
    let browser: Browser;
    let folder: string;
    beforeAll(async () => {
      browser = await openBrowser(chromium ?? '');
      folder = await mkdtemp(join(tmpdir(), 'cairn-page-'));
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    });

    it('answers a newcomer who asks who owns payments, and lets them share it', async () => {
      const cairn = await startProcess({ CAIRN_DATA_DIR: folder });
      await cairn.ready();
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
      await page.goto(`http://127.0.0.1:${cairn.port}/`);

      await send(page, '/owner payments');
      const answer = page.getByRole('listitem').filter({ hasText: 'Only visible to you' }).first();
      await answer.getByText('Payments', { exact: true }).waitFor();
      await answer.getByText('@Ana Sørensen').waitFor();
      await answer.getByRole('link', { name: 'Runbook' }).waitFor();

      await send(page, '/owner paymnets');
      await page.getByText('Closest to “paymnets”.').waitFor();
      await send(page, '/owner teleporter');
      await page.getByText("I don't know “teleporter” yet.").waitFor();

      await answer.getByRole('button', { name: 'Share' }).click();
      const shared = page.getByRole('listitem').filter({ hasText: 'Shared by' });
      await shared.waitFor();
      expect(await shared.textContent()).not.toContain('Only visible to you');
      expect(await page.getByText('not drawn').count()).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    });
  },
);

async function send(page: Page, text: string): Promise<void> {
  await page.locator('#composer').fill(text);
  await page.getByRole('button', { name: 'Send' }).first().click();
}
