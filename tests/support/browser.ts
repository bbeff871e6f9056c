import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/**
 * Where Debian and its like put the browser; CAIRN_TEST_CHROMIUM names another place. The one without windows first: the
 * whole browser draws its own bars and menus even when nobody looks, which is more than half of what a page's test takes.
 */
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser of this machine, or null where there is none: `.ci/run` installs one. */
export function findChromium(): string | null {
  const named = process.env['CAIRN_TEST_CHROMIUM'];
  return [...(named === undefined ? [] : [named]), ...places].find((path) => existsSync(path)) ?? null;
}

export async function openBrowser(executablePath: string): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
