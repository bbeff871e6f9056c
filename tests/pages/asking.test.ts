import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../support/browser.ts';
import { startCairn, type TestCairn } from '../support/cairn.ts';
import { type Visit, visit } from './playground.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('asking in the page (skipped where there is no Chromium)', () => {
  let browser: Browser;
  let cairn: TestCairn;
  let seen: Visit;
  beforeAll(async () => {
    [browser, cairn] = await Promise.all([openBrowser(chromium ?? ''), startCairn({ fake: { page: true } })]);
    seen = await visit(browser, `${cairn.fake.url}/#/ana/payments`);
  });
  afterAll(async () => {
    await browser?.close();
    await cairn?.close();
  });

  it('answers a mention in its thread', async () => {
    await seen.send('@Cairn who owns refunds?');
    await seen
      .message('who owns refunds?')
      .getByRole('button', { name: /1 reply/ })
      .click();
    const thread = seen.page.getByRole('list', { name: 'Replies' });
    await thread.getByText('Refunds', { exact: true }).waitFor();
    await seen.page.getByRole('button', { name: 'Close thread' }).click();
  });

  it('tells whose a message is from its menu, with the keyboard too', async () => {
    await seen.send('Anything new about the payment partners?');
    const message = seen.message('Anything new about the payment partners?');
    await message.hover();
    await message.getByRole('button', { name: /^More actions for the message of/ }).click();
    await seen.page.getByRole('menuitem', { name: 'Who owns this?' }).press('Enter');
    const answer = seen.message('By the words of the message: “payment partner”.');
    await answer.getByText('Only visible to you').waitFor();
    await answer.getByText('Payment partners', { exact: true }).waitFor();
  });

  it('finds the rock that was meant by typing, where a question found nothing', async () => {
    await seen.send('/owner cashbox');
    await seen.message('“cashbox”').getByRole('button', { name: 'Add as alias' }).click();
    const { modal } = seen;
    await modal.getByRole('combobox', { name: 'Rock' }).fill('paym');
    await modal.getByRole('option', { name: 'Payments · Checkout' }).click();
    await modal.getByRole('button', { name: 'Add', exact: true }).click();
    await modal.getByText('leads to').waitFor();
    expect(seen.complaints).toEqual([]);
  });
});
