import type { Browser, Locator, Page } from 'playwright-core';

/** One person's way through the playground's page, by what they see. */
export type Visit = {
  page: Page;
  /** What the browser complained of. */
  complaints: string[];
  /** Types into the message box of the open channel, and sends. */
  send(text: string): Promise<void>;
  /** Opens a channel, or the talk with the app, by its name in the sidebar. */
  open(name: string): Promise<void>;
  /** Becomes somebody else. */
  become(name: string): Promise<void>;
  /** The newest message that says this. */
  message(text: string | RegExp): Locator;
  modal: Locator;
};

/** Opens the page at this address, as Ana, in a window of a desktop's size. */
export async function visit(browser: Browser, url: string): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.locator('#composer').waitFor();
  return {
    page,
    complaints,
    modal: page.getByRole('dialog'),
    message: (text) => page.locator('#channel').getByRole('listitem').filter({ hasText: text }).last(),
    async send(text) {
      await page.locator('#composer').fill(text);
      await page.getByRole('button', { name: 'Send' }).first().click();
    },
    async open(name) {
      const sidebar = page.getByRole('navigation', { name: 'Channels and people' });
      await sidebar.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    },
    async become(name) {
      await page.getByRole('button', { name: /Be somebody else/ }).click();
      await page.getByRole('searchbox', { name: 'Find a person' }).fill(name);
      await page
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .first()
        .click();
      await page.getByRole('button', { name: new RegExp(`^You are ${name}`) }).waitFor();
    },
  };
}
