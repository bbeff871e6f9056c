import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, type PageScene, startPageScene } from '../support/fake-slack/page.ts';

const skipped = chromium === null;

describe.skipIf(skipped)('a page that nobody touches (skipped where there is no Chromium)', () => {
  let scene: PageScene;
  beforeAll(async () => {
    scene = await startPageScene();
  });
  afterAll(() => scene?.close());

  it('asks for nothing by itself in an hour, and draws the clock alone', async () => {
    await scene.client.as('ben').say('Good morning', { in: 'payments' });
    const { page, message } = await scene.open('ana', 'payments');
    await message('Good morning').waitFor();
    await page.clock.install();
    // Its timers begin anew when somebody looks at it again, and now run by the hand of this test.
    const isRead = async () =>
      (await scene.client.as('ana').state()).channels.every(({ unread }) => unread === 0);
    await expect.poll(isRead).toBe(true);
    const caughtUp = page.waitForResponse(/_fake\/state/);
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await (await caughtUp).finished();

    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.evaluate(`
      globalThis.drawn = new Set();
      new MutationObserver((changes) => {
        for (const { target } of changes) drawn.add(target.parentElement.closest('[id]')?.id ?? target.id);
      }).observe(document.body, { subtree: true, childList: true, characterData: true })`);
    // Its script goes on a moment after the answer came: the hour begins when it ticks.
    const ticks = async () => {
      await page.clock.runFor('00:00:10');
      return await page.evaluate('drawn.size');
    };
    await expect.poll(ticks).toBe(1);
    asked.length = 0;
    await page.clock.runFor('01:00:00');
    // What happened before may still come in; each of its 180 drawings asking would be many.
    expect(asked.length).toBeLessThan(10);
    expect(await page.evaluate('[...drawn]')).toEqual(['clock']);
  });
});
