import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { View } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromium, type OpenPage, type PageScene, startPageScene } from '../support/fake-slack/page.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const form = (max_files: number): View => ({
  type: 'modal',
  title: plain('Import rocks'),
  submit: plain('Read it'),
  blocks: [
    {
      type: 'input',
      block_id: 'sheet',
      label: plain('Spreadsheet'),
      hint: plain('One row a rock'),
      element: { type: 'file_input', action_id: 'file', filetypes: ['csv', 'xlsx'], max_files },
    },
  ],
});
const sheet = (name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('Rock;Owner\n') });

describe.skipIf(chromium === null)(
  'files attached in a form, in Chromium (skipped where there is no Chromium)',
  () => {
    let scene: PageScene;
    beforeAll(async () => {
      scene = await startPageScene();
    });
    afterAll(() => scene?.close());
    beforeEach(async () => {
      await scene.client.reset();
      scene.bot.received.length = 0;
    });

    async function opened(most = 1): Promise<OpenPage> {
      scene.bot.answer(async ({ form: { trigger_id, command } }) => {
        if (command !== undefined)
          await scene.web.views.open({ trigger_id: trigger_id ?? '', view: form(most) });
        return undefined;
      });
      const open = await scene.open('ana', 'payments');
      await open.page.locator('#composer').fill('/owner x');
      await open.page.keyboard.press('Enter');
      await open.dialog.waitFor();
      return open;
    }

    /** The files that the bot was sent: name and size. */
    const sent = () => {
      const value = scene.bot.received.at(-1)?.payload.view.state.values['sheet']?.['file'];
      const files: { name: string; size: number }[] = JSON.parse(JSON.stringify(value?.['files'] ?? null));
      return files.map(({ name, size }) => [name, size]);
    };

    it('are shown with their names and sizes, can be removed, and are sent along', async () => {
      const { dialog, complaints } = await opened(2);
      const field = dialog.getByLabel('Spreadsheet');
      await field.setInputFiles([sheet('a.csv'), sheet('b.csv')]);
      await dialog.getByRole('listitem').filter({ hasText: 'b.csv' }).getByText('11 bytes').waitFor();
      await dialog
        .getByRole('status')
        .filter({ hasText: 'b.csv is attached.' })
        .waitFor({ state: 'attached' });
      await field.setInputFiles(sheet('c.csv'));
      await dialog.getByText('No more than 2 can be attached here.').waitFor();
      await dialog.getByRole('button', { name: 'Remove a.csv' }).click();
      expect(await dialog.getByRole('listitem').count()).toBe(1);
      await dialog.getByRole('button', { name: 'Read it' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(sent()).toEqual([['b.csv', 11]]);
      expect(complaints).toEqual([]);
    });

    it('of the wrong type are not taken, and a required one is asked for on the field', async () => {
      const { dialog, page } = await opened();
      const field = dialog.getByLabel('Spreadsheet');
      expect(await field.getAttribute('accept')).toBe('.csv,.xlsx');
      await field.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('x') });
      await dialog.getByText('a.png cannot be attached here: csv, xlsx can.').waitFor();
      await dialog.getByRole('button', { name: 'Read it' }).click();
      await dialog.getByText('Please complete this required field.').waitFor();
      expect(await page.locator(':focus').getAttribute('type')).toBe('file');
    });

    it('are replaced where one is enough, and dropped onto the field', async () => {
      const { dialog, page } = await opened();
      await dialog.getByLabel('Spreadsheet').setInputFiles(sheet('a.csv'));
      await dialog.getByText('a.csv', { exact: true }).waitFor();
      const transfer = await page.evaluateHandle(
        "(() => { const it = new DataTransfer(); it.items.add(new File(['x;y'], 'dropped.csv')); return it; })()",
      );
      await dialog.locator('.file-place').dispatchEvent('drop', { dataTransfer: transfer });
      await dialog.getByText('dropped.csv', { exact: true }).waitFor();
      expect(await dialog.getByRole('listitem').count()).toBe(1);
    });

    it('can be the sample spreadsheet, by one press', async () => {
      const { dialog } = await opened();
      const link = dialog.getByRole('link', { name: 'Sample spreadsheet (rocks.xlsx)' });
      expect(await link.getAttribute('download')).toBe('rocks.xlsx');
      await dialog.getByRole('button', { name: 'Use the sample spreadsheet' }).click();
      await dialog.getByRole('button', { name: 'Remove rocks.xlsx' }).waitFor();
      await dialog.getByRole('button', { name: 'Read it' }).click();
      await dialog.waitFor({ state: 'detached' });
      const sample = await readFile(new URL('../../src/playground/sample/rocks.xlsx', import.meta.url));
      expect(sent()).toEqual([['rocks.xlsx', sample.length]]);
    });

    it('stay through a reload of the page', async () => {
      const { dialog, page } = await opened();
      await dialog.getByRole('button', { name: 'Use the sample spreadsheet' }).click();
      await dialog.getByRole('button', { name: 'Remove rocks.xlsx' }).waitFor();
      await page.reload();
      await dialog.getByRole('button', { name: 'Remove rocks.xlsx' }).waitFor();
    });

    it('are for everybody: reached by the keyboard, and nothing in the way', async () => {
      const { dialog, page } = await opened();
      await dialog.getByLabel('Spreadsheet').setInputFiles(sheet('a.csv'));
      await dialog.getByText('a.csv', { exact: true }).waitFor();
      await dialog.getByLabel('Spreadsheet').focus();
      const stops: (string | null)[] = [];
      for (let stop = 0; stop < 3; stop += 1) {
        await page.keyboard.press('Tab');
        const focused = page.locator(':focus');
        stops.push((await focused.getAttribute('aria-label')) ?? (await focused.textContent()));
      }
      expect(stops).toEqual([
        'Remove a.csv',
        'Use the sample spreadsheet',
        'Sample spreadsheet (rocks.xlsx)',
      ]);
      await page.evaluate(
        await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
      );
      expect(
        await page.evaluate(
          "axe.run('dialog', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((it) => it.violations.map(({ id }) => id))",
        ),
      ).toEqual([]);
      const shots = process.env['CAIRN_SHOTS'];
      if (shots !== undefined) await page.screenshot({ path: `${shots}/file-input.png` });
    });

    it('of a message are a link to keep them by', async () => {
      const body = Buffer.from('Rock;Owner\n');
      const { upload_url = '', file_id = '' } = await scene.web.files.getUploadURLExternal({
        filename: 'All rocks.csv',
        length: body.length,
      });
      await fetch(upload_url, { method: 'POST', body });
      await scene.web.files.completeUploadExternal({
        files: [{ id: file_id, title: 'All rocks' }],
        channel_id: 'C0PAYMENTS',
        initial_comment: 'As of today',
      });
      const { message, page } = await scene.open('ana', 'payments');
      const link = message('As of today').getByRole('link', { name: 'All rocks' });
      await link.waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(download.suggestedFilename()).toBe('All rocks.csv');
      expect(await readFile(await download.path(), 'utf8')).toBe('Rock;Owner\n');
    });
  },
);
