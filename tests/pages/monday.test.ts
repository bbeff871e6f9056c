import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';
import { type Visit, visit } from './playground.ts';

const chromium = findChromium();

/** Whether somebody sees it without scrolling. */
async function isInside(inner: Locator, outer: Locator): Promise<boolean> {
  const [part, whole] = await Promise.all([inner.boundingBox(), outer.boundingBox()]);
  if (part === null || whole === null) return false;
  return part.y >= whole.y && part.y + part.height <= whole.y + whole.height;
}

/** One company, one Monday: each walk goes on where the one before it ended. */
describe.skipIf(chromium === null)('a Monday in the playground (skipped where there is no Chromium)', () => {
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

  it('answers a newcomer who asks who owns payments, and lets them share it', async () => {
    await seen.send('/owner payments');
    const answer = seen.message('Only visible to you');
    await answer.getByText('Payments', { exact: true }).waitFor();
    await answer.getByText('@Ana Sørensen').waitFor();
    await answer.getByRole('link', { name: 'Runbook' }).waitFor();

    await seen.send('/owner paymnets');
    await seen.message('Closest to “paymnets”.').waitFor();
    await seen.send('/owner teleporter');
    await seen.message("I don't know “teleporter” yet.").waitFor();

    await seen.page.getByRole('button', { name: 'Share' }).first().click();
    const shared = seen.message('Shared by');
    await shared.waitFor();
    expect(await shared.textContent()).not.toContain('Only visible to you');
  });

  it('asks on Monday at nine, refuses what is no number on the field, and counts the corrected answer', async () => {
    const { page, modal } = seen;
    await page.getByRole('button', { name: /Monday 09:00/ }).click();
    await seen.open('Cairn');
    await page.getByRole('button', { name: 'Check in' }).click();
    await modal.getByRole('heading', { name: 'Check in' }).waitFor();

    const values = modal.getByRole('textbox', { name: 'Value' });
    await values.last().fill('a lot');
    for (const box of await modal.getByRole('textbox', { name: 'Confidence' }).all()) await box.fill('7');
    await modal.getByRole('button', { name: 'Check in' }).click();
    await modal.getByText('I could not read a number in this. Write it like 12.5.').waitFor();
    expect(await values.last().getAttribute('aria-invalid')).toBe('true');

    await modal.getByRole('textbox', { name: 'Confidence' }).last().fill('11');
    await modal.getByRole('textbox', { name: 'What changed?' }).first().fill('Retries are live.');
    await modal.getByRole('button', { name: 'Check in' }).click();
    const words = modal.getByText('Please enter a number of at most 10.');
    await words.waitFor();
    await expect.poll(() => isInside(words, modal.locator('.modal-body'))).toBe(true);
    await modal.getByRole('textbox', { name: 'Confidence' }).last().fill('6');

    await values.last().fill('2,5');
    await modal.getByRole('button', { name: 'Check in' }).click();
    await modal.getByText('2,5 as 2.5').waitFor();
    await modal.getByRole('button', { name: 'Close' }).last().click();
    await modal.waitFor({ state: 'detached' });
    await seen.message('Thank you, you are in.').waitFor();

    await seen.open('checkout');
    await seen
      .message('OKR check-in, 23 November 2026')
      .getByText(/1 of \d in\./)
      .waitFor();
  });

  it('hands a rock over: offered with a brief, read, accepted, and celebrated in its channel', async () => {
    const { page, modal } = seen;
    await seen.send('/handoff payments @ben');
    await modal.getByRole('heading', { name: 'Hand over' }).waitFor();
    await modal.getByRole('textbox', { name: 'Why it matters' }).fill('Every booking goes through it.');
    await modal.getByRole('textbox', { name: 'Where it stands' }).fill('Retries are live, wallets are next.');
    await modal.getByRole('button', { name: 'Offer it' }).click();
    await modal.waitFor({ state: 'detached' });

    await seen.become('Ben Whitlock');
    await seen.open('Cairn');
    await page.getByRole('button', { name: 'Read the brief' }).click();
    await modal.getByText('Every booking goes through it.').waitFor();
    await modal.getByRole('button', { name: 'Accept' }).click();
    await modal.waitFor({ state: 'detached' });
    await seen.message('It is yours now.').waitFor();

    await seen.open('payments');
    await seen.message(/Thank you, @Ana Sørensen/).waitFor();
  });

  it('shows at Home what waits for somebody and what they own', async () => {
    const { page } = seen;
    await seen.open('Cairn');
    await page.getByRole('button', { name: 'Home', exact: true }).click();
    const home = page.locator('#channel .home');
    await home.getByText('Payments', { exact: true }).first().waitFor();
    await home.getByRole('button', { name: 'Check in' }).first().click();
    await seen.modal.getByRole('heading', { name: 'Check in' }).waitFor();
    await seen.modal.getByRole('button', { name: 'Not now' }).click();
    await seen.modal.waitFor({ state: 'detached' });
  });

  it('draws everything, and the fake of Slack refuses nothing of it', async () => {
    expect(await seen.page.getByText('cannot draw').count()).toBe(0);
    expect(seen.complaints).toEqual([]);
    const refused = await (await fetch(`http://127.0.0.1:${cairn.port}/_fake/refused`)).json();
    expect(refused).toEqual({ refused: [] });
  });
});
