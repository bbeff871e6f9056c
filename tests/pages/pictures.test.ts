import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slackUpload } from '../../src/features/pictures/uploading.ts';
import { chromium, type PageScene, startPageScene } from '../support/fake-slack/page.ts';

const skipped = chromium === null;
const docs = new URL('../../docs/pictures/', import.meta.url);

describe.skipIf(skipped)('pictures on the page in Chromium (skipped where there is no Chromium)', () => {
  let scene: PageScene;
  beforeAll(async () => {
    scene = await startPageScene();
  });
  afterAll(() => scene?.close());

  it('shows charts, with words for who cannot see them', async () => {
    const upload = slackUpload(scene.web, 5_000);
    for (const name of ['key-result', 'overview']) {
      const id = await upload(await readFile(new URL(`${name}.png`, docs)), name);
      const block = { type: 'image' as const, alt_text: `The ${name}`, slack_file: { id } };
      await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: name, blocks: [block] });
    }
    const { page, complaints } = await scene.open('ana', 'payments');
    for (const name of ['The key-result', 'The overview']) {
      const image = page.getByRole('img', { name });
      await image.scrollIntoViewIfNeeded();
      const width = () => image.evaluate((node) => ('naturalWidth' in node ? node.naturalWidth : 0));
      await expect.poll(width).toBeGreaterThanOrEqual(1_000);
    }
    const folder = process.env['PICTURES_TO'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/pictures.png` });
    expect(complaints).toEqual([]);
  });
});
