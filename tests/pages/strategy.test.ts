import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';
import { type Visit, visit } from './playground.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  'the strategy in the playground (skipped where there is no Chromium)',
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

    /** A picture to look at, where a folder for them is named. */
    const shot = async (name: string, of: Locator): Promise<void> => {
      const folder = process.env['CAIRN_SHOTS'];
      if (folder !== undefined) await of.screenshot({ path: `${folder}/${name}.png` });
    };

    it('shows an editor the tree, and lets her change, publish and post it in eight presses besides typing', async () => {
      const { modal, page } = seen;
      let presses = 0;
      const press = async (name: string, within: Locator = modal) => {
        presses += 1;
        await within.getByRole('button', { name, exact: true }).last().click();
      };
      await page.setViewportSize({ width: 1280, height: 1600 });
      await seen.become('Uma Castellanos');
      await seen.open('product-leads');
      await seen.send('/strategy');
      const tree = seen.message('The booking that never lets you down');
      await tree.getByText('Lines without work').waitFor();
      await shot('strategy', tree);

      await seen.send('/strategy edit trust');
      await modal.getByRole('heading', { name: 'Edit an intent' }).waitFor();
      await modal.getByRole('textbox', { name: /^Measure/ }).fill('Contacts per 100 trips under 3');
      await shot('strategy-intent', modal);
      await press('Keep it');
      await modal.getByText('Kept. The draft has 1 change now.').waitFor();
      await press('Close');
      await modal.waitFor({ state: 'detached' });

      await seen.send('/strategy publish');
      await modal.getByRole('heading', { name: 'Publish version 2' }).waitFor();
      const channels = modal.getByRole('combobox').last();
      presses += 2;
      await channels.fill('product-leads');
      await modal
        .getByRole('option', { name: /product-leads/ })
        .first()
        .click();
      await channels.press('Tab');
      await shot('strategy-publish', modal);
      await press('Publish');
      await modal.getByText('Version 2 is published. It goes to 1 channel.').waitFor();
      await press('Close');
      await modal.waitFor({ state: 'detached' });

      const post = seen.message('Our strategy, version 2');
      await post.getByText('Nobody has said so yet.').waitFor();
      await press("I've read it", post);
      await post.getByText('Read by 1 person.').waitFor();
      await shot('strategy-post', post);
      expect(presses).toBeLessThanOrEqual(8);
      expect(await page.getByText('cannot draw').count()).toBe(0);
      expect(seen.complaints).toEqual([]);
      const refused = await (await fetch(`http://127.0.0.1:${cairn.port}/_fake/refused`)).json();
      expect(refused).toEqual({ refused: [] });
    });
  },
);
