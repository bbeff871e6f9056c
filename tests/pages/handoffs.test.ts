import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createFakeSlackClient, type FakeSlackClient } from '../support/fake-slack/client.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';
import { type Visit, visit } from './playground.ts';

const chromium = findChromium();
const receivers = ['Hana Kimura', 'Minh Trần', 'Noor Aziz'] as const;

/** One company: each walk goes on where the one before it ended. */
describe.skipIf(chromium === null)('handoffs in the playground (skipped where there is no Chromium)', () => {
  let browser: Browser;
  let database: TestDatabase;
  let cairn: CairnProcess;
  let slack: FakeSlackClient;
  let seen: Visit;
  beforeAll(async () => {
    [browser, database] = await Promise.all([openBrowser(chromium ?? ''), createTestDatabase()]);
    cairn = await startProcess({ DATABASE_URL: database.url }, { keeps: true });
    await cairn.ready();
    const url = `http://127.0.0.1:${cairn.port}`;
    slack = createFakeSlackClient(url);
    seen = await visit(browser, `${url}/`);
  });
  afterAll(async () => {
    await browser.close();
    await cairn.stop();
    await database.close();
  });

  /** So many hours on by the company's clock. */
  async function later(hours: number): Promise<void> {
    const { now } = await slack.clock();
    await slack.turn(new Date(Date.parse(now) + hours * 3_600_000).toISOString());
  }
  /** A picture to look at, where a folder for them is named. */
  const shot = async (name: string, of: Locator | Page): Promise<void> => {
    const folder = process.env['CAIRN_SHOTS'];
    if (folder !== undefined) await of.screenshot({ path: `${folder}/${name}.png` });
  };

  it('tells an admin what somebody who left carried, and one press releases it', async () => {
    await seen.become('Rosa Bianchi');
    await slack.changeUser('ana', { deleted: true });
    await later(25);
    await seen.open('Cairn');
    const told = seen.message('has left Slack');
    await told.getByText('Still in the backpack: 9 rocks').waitFor();
    await shot('leaver', told);
    await told.getByRole('button', { name: 'Release' }).click();
    await seen.modal.getByRole('heading', { name: 'Hand off several' }).waitFor();
    await seen.modal.getByText('9 rocks').waitFor();
  });

  it('hands nine rocks over to three people in three steps', async () => {
    const { modal, page } = seen;
    // Proposed are those who stand in; this time others shall carry on.
    const remove = modal.getByRole('button', { name: /^Remove / });
    while ((await remove.count()) > 0) await remove.first().click();
    for (const name of receivers) {
      await modal.getByRole('combobox').fill(name);
      await page.getByRole('option', { name }).first().click();
    }
    await shot('receivers', modal);
    await modal.getByRole('button', { name: 'Next' }).click();
    await modal.getByRole('heading', { name: 'Who takes what' }).waitFor();
    const menus = modal.getByRole('combobox', { name: /^Who takes / });
    expect(await menus.count()).toBe(9);
    await shot('bulk', modal);
    for (let index = 0; index < 9; index += 1) {
      await menus.nth(index).click();
      await page
        .getByRole('option')
        .nth(index % 3)
        .click();
    }
    await modal.getByRole('button', { name: 'Look it over' }).click();
    await modal.getByRole('textbox', { name: 'Why they move' }).fill('Ana has left, and these go on.');
    await shot('look-over', modal);
    await modal.getByRole('button', { name: 'Offer them' }).click();
    await seen.message('You offered 9 rocks').getByText('9 wait').waitFor({ timeout: 30_000 });
    // On a busy machine it takes longer than Slack waits, and the modal says so.
    if (await modal.isVisible())
      await modal.getByRole('button', { name: 'Close', exact: true }).first().click();
    await modal.waitFor({ state: 'detached' });
    await shot('offered', seen.page);
  });

  it('counts what is accepted, declined and taken back in one message', async () => {
    const { modal, page } = seen;
    const [first, second] = receivers;
    await seen.become(first);
    await seen.open('Cairn');
    const offered = seen.message('would like to hand 3 rocks over to you');
    await shot('receiver', page);
    for (let left = 3; left > 0; left -= 1) {
      await offered.getByRole('button', { name: 'Read the brief' }).first().click();
      await modal.getByText('Ana has left, and these go on.').waitFor();
      await modal.getByRole('button', { name: 'Accept' }).click();
      await modal.waitFor({ state: 'detached' });
      if (left > 1)
        await expect
          .poll(() => offered.getByRole('button', { name: 'Read the brief' }).count())
          .toBe(left - 1);
    }
    await seen.message('3 accepted').waitFor();

    await seen.become(second);
    await seen.open('Cairn');
    await page.getByRole('button', { name: 'Decline' }).first().click();
    await modal.getByRole('button', { name: 'Decline' }).click();
    await modal.waitFor({ state: 'detached' });

    await seen.become('Rosa Bianchi');
    await seen.open('Cairn');
    const state = seen.message('You offered 9 rocks');
    await state.getByText('3 accepted, 1 declined, 5 wait').waitFor();
    await state.getByRole('button', { name: 'Withdraw' }).first().click();
    await state.getByText('3 accepted, 1 declined, 1 taken back, 4 wait').waitFor();
    await shot('state', page);
  });

  it('brings a loan back by the clock', async () => {
    const { modal, page } = seen;
    await seen.become('Farah Haddad');
    await seen.open('random');
    await seen.send('/handoff lend trip-search @jonas until tomorrow');
    await modal.getByRole('textbox', { name: 'Why it matters' }).fill('Every trip begins there.');
    await modal.getByRole('textbox', { name: 'Where it stands' }).fill('Stable.');
    await shot('lend', modal);
    await modal.getByRole('button', { name: /Lend it|Offer it/ }).click();
    await modal.waitFor({ state: 'detached' });
    await seen.become('Jonas Lindqvist');
    await seen.open('Cairn');
    await page.getByRole('button', { name: 'Read the brief' }).last().click();
    await modal.getByRole('button', { name: 'Accept' }).click();
    await modal.waitFor({ state: 'detached' });
    await seen.message('It goes back by itself then').waitFor();
    await later(48);
    await seen.message('back with its owner').waitFor();
    await shot('returned', page);
  });

  it('draws everything, and the fake of Slack refuses nothing of it', async () => {
    expect(await seen.page.getByText('cannot draw').count()).toBe(0);
    expect(seen.complaints).toEqual([]);
    expect(await slack.refused()).toEqual([]);
  });
});
