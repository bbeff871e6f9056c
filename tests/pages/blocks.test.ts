import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromium, type PageScene, startPageScene } from '../support/fake-slack/page.ts';
import { actingBlocks, shownBlocks, tableBlock } from './gallery.ts';

const skipped = chromium === null;

describe.skipIf(skipped)('the blocks of the page in Chromium (skipped where there is no Chromium)', () => {
  let scene: PageScene;
  beforeAll(async () => {
    scene = await startPageScene();
  });
  afterAll(() => scene?.close());
  beforeEach(async () => {
    await scene.client.reset();
    scene.bot.received.length = 0;
    scene.bot.answer(() => undefined);
  });

  it('draws every block that only shows something', async () => {
    const picture = await upload(scene);
    await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'all', blocks: shownBlocks(picture) });
    await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'table', blocks: [tableBlock] });
    const { page, message, complaints } = await scene.open('ana', 'payments');
    const all = message('A header');
    await all.getByRole('heading', { name: 'A header 🎉' }).waitFor();

    for (const name of ['A thumbnail', 'A small picture', 'A chart'])
      await expect.poll(() => loads(all.getByRole('img', { name }))).toBe(true);
    expect(await all.getByRole('link', { name: 'a link' }).getAttribute('href')).toBe('https://a.example/x');
    expect(await all.locator('.b-fields').innerText()).toBe('Field\none\nField two');

    const markdown = all.locator('.b-markdown');
    expect(await markdown.getByRole('heading', { name: 'Heading' }).count()).toBe(1);
    expect(await markdown.locator('strong, em, s, code').allInnerTexts()).toEqual([
      'bold',
      'italic',
      'gone',
      'code',
      '1',
    ]);
    expect(await markdown.locator('ol').getAttribute('start')).toBe('3');
    expect(await markdown.locator('ol ul li').innerText()).toBe('nested');
    expect(await markdown.locator('.task').evaluateAll((all) => all.map((it) => it.ariaLabel))).toEqual([
      'done',
      'to do',
    ]);
    expect(await markdown.locator('pre').innerText()).toBe('let a = "<b>";');
    expect(await markdown.innerText()).toContain('<b>no markup</b>');
    expect(
      await markdown
        .locator('td')
        .last()
        .evaluate((it) => it.style.textAlign),
    ).toBe('right');

    const rich = all.locator('.b-rich');
    expect(await rich.locator('p').innerText()).toBe(
      'styled@Ben Okafor@S0PM#payments@here👋#0b6e4flinked2026-10-05 at 10:00',
    );
    expect(await rich.locator('ol').evaluateAll((all) => all.map((it) => it.getAttribute('start')))).toEqual([
      null,
      '3',
    ]);
    expect(await rich.locator('ol > li > ul > li').innerText()).toBe('below the second');

    const cells = message('How much').getByRole('table');
    expect(await cells.getByRole('cell').allInnerTexts()).toEqual(['@Ben Okafor carries', '12 %']);
    expect(await page.locator('.not-drawn').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('shows what it cannot draw as an error, and draws the rest', async () => {
    await scene.web.chat.postMessage({
      channel: 'C0PAYMENTS',
      text: 'x',
      blocks: [{ type: 'divider' }, ...actingBlocks(['button'])],
    });
    const { page } = await scene.open('ana', 'general');
    await page.route('**/_fake/state*', async (route) => {
      const body = await fetch(route.request().url()).then((answer) => answer.text());
      await route.fulfill({
        body: body.replace('"divider"', '"hologram"').replace('"type":"button"', '"type":"lever"'),
      });
    });
    await page.getByRole('button', { name: 'payments' }).click();
    await page.getByText('This page cannot draw the block "hologram".').waitFor();
    await page.getByText('This page cannot draw the element "lever".').waitFor();
  });

  it('says the words of a picture that does not load', async () => {
    const image = { type: 'image', image_url: 'https://127.0.0.1:9/none.png', alt_text: 'A chart of load' };
    await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'x', blocks: [image] });
    const { page } = await scene.open('ana', 'payments');
    await page.locator('.no-picture', { hasText: 'A chart of load' }).waitFor();
  });
});

async function loads(picture: Locator): Promise<boolean> {
  // Pictures are loaded once they come into sight.
  await picture.scrollIntoViewIfNeeded();
  return await picture.evaluate((it) => 'naturalWidth' in it && Number(it.naturalWidth) > 0);
}

/** The smallest picture there is, uploaded as Cairn does it; its id. */
async function upload(scene: PageScene): Promise<string> {
  const bytes = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgzvMHAAFQAMmqFjo2AAAAAElFTkSuQmCC',
    'base64',
  );
  const asked = await scene.web.files.getUploadURLExternal({
    filename: 'a.png',
    length: bytes.length,
    alt_text: 'A chart',
  });
  await fetch(asked.upload_url ?? '', { method: 'POST', body: bytes });
  await scene.web.files.completeUploadExternal({ files: [{ id: asked.file_id ?? '' }] });
  return asked.file_id ?? '';
}
