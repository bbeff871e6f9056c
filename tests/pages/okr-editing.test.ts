import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';
import { type Visit, visit } from './playground.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  'writing OKRs in the playground (skipped where there is no Chromium)',
  () => {
    let browser: Browser;
    let database: TestDatabase;
    let cairn: CairnProcess;
    let seen: Visit;
    beforeAll(async () => {
      [browser, database] = await Promise.all([openBrowser(chromium ?? ''), createTestDatabase()]);
      cairn = await startProcess({ DATABASE_URL: database.url }, { keeps: true });
      await cairn.ready();
      seen = await visit(browser, `http://127.0.0.1:${cairn.port}/`);
    });
    afterAll(async () => {
      await browser.close();
      await cairn.stop();
      await database.close();
    });

    it('takes an objective with its first key result in three presses besides typing, and a wrong number one more', async () => {
      const { page, modal } = seen;
      let presses = 0;
      const press = async (name: string) => {
        presses += 1;
        await modal.getByRole('button', { name, exact: true }).last().click();
      };
      await seen.open('payments');
      await seen.send('/okr add objective');
      await modal.getByRole('heading', { name: 'Add an objective' }).waitFor();
      await modal.getByRole('textbox', { name: /^Objective/ }).fill('Refunds in a day');
      await press('Add');
      await modal.getByText('How is it measured?').waitFor();
      const title = modal.getByRole('textbox', { name: /^Key result/ });
      expect(await title.inputValue()).toBe('');
      await title.fill('Hours to refund');
      await modal.getByRole('textbox', { name: /^Start/ }).fill('40,5');
      await modal.getByRole('textbox', { name: /^Target/ }).fill('40,5');
      await press('Add');
      await modal
        .getByText('The target equals the start. To keep a value where it is, choose Maintain.')
        .waitFor();
      await modal.getByRole('textbox', { name: /^Target/ }).fill('24');
      await press('Add');
      await modal.getByText('I read 40,5 as 40.5.').waitFor();
      expect(await title.inputValue()).toBe('');
      await press('Done');
      await modal.waitFor({ state: 'detached' });
      expect(presses).toBe(4);
      expect(await page.getByText('cannot draw').count()).toBe(0);
      expect(seen.complaints).toEqual([]);
      const refused = await (await fetch(`http://127.0.0.1:${cairn.port}/_fake/refused`)).json();
      expect(refused).toEqual({ refused: [] });
    });
  },
);
