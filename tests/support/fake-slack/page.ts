import type { Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { findChromium, openBrowser } from '../browser.ts';
import { type Scene, startScene } from './scene.ts';
import type { FakeSlackServerOptions } from './server.ts';

/** The browser of this machine, or null: tests of the page are skipped without one. */
export const chromium = findChromium();

/** A fake of Slack with its page, a bot to answer, and one browser. */
export type PageScene = Scene & {
  /** The page as this person, in a channel by name or id; `dm`: their talk with the bot. Every test opens its own. */
  open(as: string, place: string, size?: { width: number; height: number }): Promise<OpenPage>;
};

export type OpenPage = {
  page: Page;
  /** the newest message in the open channel that holds these words */
  message(words: string): Locator;
  dialog: Locator;
  /** what the browser complained of */
  complaints: string[];
};

/** Home is on, menus may be filled from outside; what a test needs besides it gives itself. */
export async function startPageScene(options: FakeSlackServerOptions = {}): Promise<PageScene> {
  const browser = await openBrowser(chromium ?? '');
  const scene = await startScene({
    ...options,
    page: true,
    manifest: (manifest) => ({
      ...manifest,
      features: {
        ...manifest.features,
        app_home: { ...manifest.features.app_home, home_tab_enabled: true },
        slash_commands: [
          {
            command: '/cairn',
            description: 'Everything',
            usage_hint: 'help | owner payments',
            should_escape: true,
          },
          ...manifest.features.slash_commands,
        ],
      },
      oauth_config: {
        scopes: { bot: [...manifest.oauth_config.scopes.bot, 'files:read', 'files:write'] },
      },
      settings: {
        ...manifest.settings,
        interactivity: {
          is_enabled: true,
          message_menu_options_url: 'https://cairn.example.com/slack/events',
        },
      },
    }),
  });
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  return {
    ...scene,
    async open(as, place, size = { width: 1280, height: 800 }) {
      const page = await context.newPage();
      // A browser keeps six connections to one place, and each page holds one for what changes.
      onTestFinished(() => page.close());
      await page.setViewportSize(size);
      page.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
      page.on('pageerror', (error) => void complaints.push(error.message));
      const where = place === 'dm' ? `D${await idOf(scene, as)}` : place;
      await page.goto(`${scene.url}/#/${as}/${where}`);
      await page.locator('.channel-head h1').waitFor();
      return {
        page,
        message: (words) => page.locator('#channel li.message').filter({ hasText: words }).last(),
        dialog: page.locator('dialog.modal[open]').last(),
        complaints,
      };
    },
    async close() {
      await browser.close();
      await scene.close();
    },
  };
}

async function idOf(scene: Scene, name: string): Promise<string> {
  return (await scene.client.as(name).state()).me.id.slice(1);
}
