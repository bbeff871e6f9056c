import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createFakeSlackClient, type FakeSlackClient } from '../support/fake-slack/client.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)("the clock's bar in Chromium (skipped where there is no Chromium)", () => {
  let browser: Browser;
  let database: TestDatabase;
  let cairn: CairnProcess;
  let slack: FakeSlackClient;
  let page: Page;
  beforeAll(async () => {
    [browser, database] = await Promise.all([openBrowser(chromium ?? ''), createTestDatabase()]);
    cairn = await startProcess({ DATABASE_URL: database.url }, { keeps: true });
    await cairn.ready();
    slack = createFakeSlackClient(`http://127.0.0.1:${cairn.port}`);
  });
  afterAll(async () => {
    await browser.close();
    await cairn.stop();
    await database.close();
  });
  beforeEach(async () => {
    page = await open('ana');
  });
  afterEach(async () => page.close());

  const open = async (person: string, viewport = { width: 1280, height: 800 }): Promise<Page> => {
    const opened = await browser.newPage({ viewport });
    await opened.goto(`http://127.0.0.1:${cairn.port}/#/${person}/checkout`);
    await bar(opened).getByRole('time').waitFor();
    return opened;
  };
  const bar = (of: Page) => of.getByRole('banner');
  const press = (name: string | RegExp, of = page) => bar(of).getByRole('button', { name }).click();
  const shows = (words: RegExp, of = page) =>
    expect.poll(() => bar(of).textContent(), { timeout: 15_000 }).toMatch(words);
  const turnTo = async (value: string, of = page) => {
    await bar(of).getByText('Another date…').click();
    await bar(of).getByLabel('Date and time in Europe/Berlin').fill(value);
    await bar(of).getByRole('button', { name: 'Go' }).click();
  };

  it("shows the company's date, time and zone, and a person's own time where it is another", async () => {
    await shows(/15:0\d Fri 20 Nov 2026Europe\/Berlin/);
    expect(await bar(page).textContent()).not.toContain('for you');
    const far = await open('wren');
    expect(await bar(far).textContent()).toMatch(/Europe\/Berlin06:0\d for you/);
    await far.close();
  });

  it('turns to what comes next, and says so before it is pressed', async () => {
    await press('Next: OKR check-in in #operators, Monday 08:30');
    await shows(/08:3\d Mon 23 Nov 2026Europe/);
    expect((await slack.messages('operators')).length).toBe(1);
  });

  it('jumps by the keyboard alone, and keeps the focus', async () => {
    const jump = bar(page).getByRole('button', { name: 'Monday 09:00' });
    await jump.focus();
    await page.keyboard.press('Enter');
    await page.getByText('OKR check-in, 23 November 2026').first().waitFor();
    await shows(/09:0\d Mon 23 Nov 2026Europe/);
    await expect.poll(() => jump.evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true);
  });

  it('shows plainly that it stands still, to whoever looks, until it runs again', async () => {
    await press('Pause');
    await bar(page).getByText('Paused', { exact: true }).waitFor();
    const other = await open('ben');
    await bar(other).getByText('Paused', { exact: true }).waitFor();
    const stood = await slack.clock();
    expect(stood.running).toBe(false);
    await press('Run', other);
    await bar(page).getByRole('button', { name: 'Pause' }).waitFor();
    expect(await bar(page).getByText('Paused', { exact: true }).count()).toBe(0);
    await other.close();
  });

  it('turns to any date, in the zone of the company', async () => {
    const far = await open('wren');
    await turnTo('2026-11-24T07:30', far);
    await shows(/07:3\d Tue 24 Nov 2026Europe\/BerlinMon 22:3\d for you/, far);
    expect((await slack.clock()).now).toMatch(/^2026-11-24T06:3/);
    await far.close();
  });

  it('refuses the past in words that are read out, and keeps its time', async () => {
    const before = Date.parse((await slack.clock()).now);
    await turnTo('2026-11-20T09:00');
    await page
      .getByRole('status')
      .getByText('The clock only goes forward: what has happened stays happened.')
      .waitFor();
    const gone = Date.parse((await slack.clock()).now) - before;
    expect(gone >= 0 && gone < 60_000).toBe(true);
  });

  it('keeps what is being typed while time goes on', async () => {
    await bar(page).getByText('Another date…').click();
    const field = bar(page).getByLabel('Date and time in Europe/Berlin');
    await field.fill('2026-12-24T18:00');
    await slack.turn('2026-11-24T07:45:00+01:00');
    await shows(/07:4\d Tue 24 Nov 2026Europe/);
    expect(await field.inputValue()).toBe('2026-12-24T18:00');
    await page.keyboard.press('Escape');
    expect(await field.isVisible()).toBe(false);
  });

  it('says that time passes while it does, follows it, and takes no second turn meanwhile', async () => {
    await slack.turn('2026-11-24T08:00:00+01:00');
    const other = await open('ben');
    await slack.faults.add({ kind: 'slow', ms: 250, method: 'chat.postMessage' });
    await press('In 2 working days');
    for (const each of [page, other]) await bar(each).getByText('Time passes…').waitFor();
    await shows(/(Tue 24|Wed 25) Nov 2026Time passes…/, other);
    // Forced, since Playwright itself would wait until the button may be pressed.
    await bar(other).getByRole('button', { name: 'Tomorrow 09:00' }).click({ force: true });
    await slack.faults.clear();
    for (const each of [page, other]) await shows(/08:0\d Thu 26 Nov 2026Europe/, each);
    expect((await slack.clock()).now).toMatch(/^2026-11-26T07:0/);
    await other.close();
  });

  it('fits a small phone: two rows, with the jumps in a menu', async () => {
    await slack.turn('2026-11-26T09:00:00+01:00');
    const phone = await open('wren', { width: 360, height: 640 });
    await press('Pause', phone);
    await bar(phone).getByText('Paused', { exact: true }).waitFor();
    const box = await bar(phone).boundingBox();
    expect(box?.height).toBeLessThan(120);
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await bar(phone).getByText('Jump…').click();
    await press('Tomorrow 09:00', phone);
    await shows(/09:00 Fri 27 Nov 2026Paused/, phone);
    await slack.run();
    await phone.close();
  });

  it('reads a time in a spring gap as after it, and in an autumn overlap at its first turn', async () => {
    const read = (value: string) =>
      page.evaluate(
        `import('/playground/time.js').then((time) => time.fromField('${value}', 'Europe/Berlin').toISOString())`,
      );
    expect(await read('2026-11-20T15:00')).toBe('2026-11-20T14:00:00.000Z');
    expect(await read('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(await read('2026-10-25T01:59')).toBe('2026-10-24T23:59:00.000Z');
    expect(await read('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(await read('2026-10-25T03:00')).toBe('2026-10-25T02:00:00.000Z');
  });
});
