import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';
import { type Visit, visit } from './playground.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  'a new ritual in the playground (skipped where there is no Chromium)',
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

    it('is set up by typing when it comes, corrected where that never is, and found in the list', async () => {
      const { page, modal } = seen;
      await seen.open('payments');
      await seen.send('/cadence add');
      await modal.getByRole('heading', { name: 'New cadence' }).waitFor();
      const when = modal.getByRole('textbox', { name: 'When' });
      await when.fill('0 9 30 2 *');
      await modal.getByRole('button', { name: 'Save' }).click();
      await modal.getByText('"0 9 30 2 *" never comes; name a day that exists.').waitFor();
      await when.fill('every other Tuesday at 10:00');
      await modal.getByRole('button', { name: 'Save' }).click();
      await modal.getByRole('heading', { name: 'It is set up' }).waitFor();
      await modal.getByText('Tue 1 Dec, 10:00').waitFor();
      await modal.getByRole('button', { name: 'Close' }).last().click();
      await modal.waitFor({ state: 'detached' });

      await seen.send('/cadence');
      await seen.message('What comes next').getByText('every other Tuesday at 10:00').waitFor();
      expect(await page.getByText('cannot draw').count()).toBe(0);
      expect(seen.complaints).toEqual([]);
      const refused = await (await fetch(`http://127.0.0.1:${cairn.port}/_fake/refused`)).json();
      expect(refused).toEqual({ refused: [] });
    });

    it('is counted by whoever watches Cairn run', async () => {
      const metrics = await fetch(`http://127.0.0.1:${cairn.port}/metrics`);
      expect(metrics.status).toBe(200);
      expect(await metrics.text()).toMatch(/^cairn_messages_dead 0$/m);
    });
  },
);
