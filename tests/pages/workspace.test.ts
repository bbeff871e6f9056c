import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromium, type PageScene, startPageScene } from '../support/fake-slack/page.ts';

describe.skipIf(chromium === null)(
  'the workspace page in Chromium (skipped where there is no Chromium)',
  () => {
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

    const post = (text: string, channel = 'C0PAYMENTS') => scene.web.chat.postMessage({ channel, text });

    it('makes one somebody else in one press, where something waits for them', async () => {
      await post('Your check-in', 'U0BEN');
      const { page } = await scene.open('ana', 'payments');
      await page.getByText('1 other has something waiting').waitFor();
      const me = page.getByRole('button', { name: 'You are Ana Silva' });
      expect(await me.locator('.badge').count()).toBe(0);
      await me.click();
      await page
        .getByRole('dialog', { name: 'Be somebody else' })
        .getByRole('button', { name: /Ben Okafor.*1 waiting/ })
        .click();
      await page.getByRole('heading', { name: 'Cairn', level: 1 }).waitFor();
      await page.getByText('Your check-in').waitFor();
      await page.getByRole('button', { name: 'You are Ben Okafor' }).waitFor();
      await expect.poll(() => page.getByText('has something waiting').count()).toBe(0);
    });

    it('lets two people talk, and neither the bot nor anybody else sees it', async () => {
      const { page } = await scene.open('ana', 'payments');
      await page.getByRole('button', { name: 'Write to somebody' }).click();
      await page.getByRole('searchbox', { name: 'Find a person' }).fill('ben');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Ben Okafor', level: 1 }).waitFor();
      await page.locator('#composer').fill('Do you carry Payments?');
      await page.keyboard.press('Enter');
      await page.locator('.message', { hasText: 'Do you carry Payments?' }).waitFor();
      expect(scene.bot.received).toEqual([]);

      const ben = await scene.open('ben', 'general');
      await ben.page.getByRole('button', { name: /Ana Silva.*1 unread/ }).click();
      await ben.message('Do you carry Payments?').waitFor();
      await expect.poll(() => ben.page.locator('.sidebar .place .badge').count()).toBe(0);
    });

    it('marks what is unread, and where it begins', async () => {
      await post('Seen');
      const { page } = await scene.open('ana', 'payments');
      await page.getByText('Seen').waitFor();
      await page.getByRole('button', { name: 'general' }).click();
      await page.getByRole('heading', { name: '#general', level: 1 }).waitFor();
      for (const text of ['First new', 'Second new']) await post(text);
      await page.getByRole('button', { name: /payments.*2 unread/ }).click();
      await page.locator('.new-from + .message', { hasText: 'First new' }).waitFor();
    });

    it('keeps a thread beside the channel, and marks edits and what only one person sees', async () => {
      const { ts = '' } = await post('The parent');
      await scene.web.chat.postMessage({ channel: 'C0PAYMENTS', text: 'A reply', thread_ts: ts });
      await scene.web.chat.update({ channel: 'C0PAYMENTS', ts, text: 'The parent, changed' });
      await scene.web.chat.postEphemeral({ channel: 'C0PAYMENTS', user: 'U0ANA', text: 'A secret' });
      const { page, message } = await scene.open('ana', 'payments');
      await message('A secret').getByText('Only visible to you').waitFor();
      await message('The parent, changed').getByText('(edited)').waitFor();
      await message('The parent, changed').getByRole('button', { name: '1 reply' }).click();
      const thread = page.getByRole('complementary', { name: 'Thread' });
      await thread.getByText('A reply').waitFor();
      await thread.getByRole('combobox').fill('My answer');
      await page.keyboard.press('Enter');
      await thread.locator('.message', { hasText: 'My answer' }).waitFor();
      await thread.getByRole('combobox').fill('/owner x');
      await page.keyboard.press('Enter');
      await page.getByText('/owner is not supported in threads. Sorry!').waitFor();
      await page.keyboard.press('Escape');
      await thread.waitFor({ state: 'hidden' });
      expect(await page.locator(':focus').innerText()).toContain('2 replies');
    });

    it('shows the Home that the bot gave somebody', async () => {
      const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'What waits for you' } }];
      await scene.web.views.publish({ user_id: 'U0ANA', view: { type: 'home', blocks } });
      const { page } = await scene.open('ana', 'dm');
      await page.getByRole('button', { name: 'Home', exact: true }).click();
      await page.getByRole('heading', { name: 'What waits for you' }).waitFor();
      await page.getByRole('button', { name: 'Messages', exact: true }).click();
      await page.locator('#composer').waitFor();
    });

    it('completes commands with their hints, people, groups, channels and emoji', async () => {
      const { page } = await scene.open('ana', 'payments');
      const box = page.locator('#composer');
      const offered = async (typed: string) => {
        await box.fill(typed);
        return await page.locator('#composer-list').getByRole('option').allInnerTexts();
      };
      expect(await offered('/ow')).toEqual(['/owner payments\nDoes /owner']);
      expect(await offered('/cairn ')).toEqual([
        'help',
        'owner payments\nDoes /owner',
        'checkin payments\nDoes /checkin',
      ]);
      expect(await offered('/cairn che')).toEqual(['checkin payments\nDoes /checkin']);
      expect(await offered('Ask @be')).toEqual(['Ben Okafor\n@ben']);
      expect((await offered('in #pay'))[0]).toContain('#payments');
      expect((await offered('well :tad'))[0]).toBe('🎉 :tada:');
      await box.press('Enter');
      expect(await box.inputValue()).toBe('well :tada: ');
      await box.fill('/ow');
      await box.press('Tab');
      expect(await box.inputValue()).toBe('/owner ');
      expect(await page.locator('.hint').first().innerText()).toBe('/owner payments');
    });

    it('keeps what is begun in one place when one goes elsewhere', async () => {
      const { page } = await scene.open('ana', 'payments');
      await page.locator('#composer').fill('half a');
      await page.getByRole('button', { name: 'general' }).click();
      await expect.poll(() => page.locator('#composer').inputValue()).toBe('');
      await page.getByRole('button', { name: 'payments' }).click();
      await expect.poll(() => page.locator('#composer').inputValue()).toBe('half a');
    });

    it('opens a channel of ten thousand messages as quickly as a short one, and stays where one reads', async () => {
      const { messages } = scene.slack.world();
      const at = new Date(scene.time.ms).toISOString();
      for (let count = 0; count < 10_000; count += 1)
        messages.post({ channel: 'C0PAYMENTS', user: 'U0BEN', at, text: `Message ${count}`, blocks: [] });
      const { page, message } = await scene.open('ana', 'payments');
      await message('Message 9999').waitFor();
      const shown = page.locator('#channel .message');
      expect(await shown.count()).toBe(60);
      await page.getByRole('button', { name: 'Show earlier messages' }).scrollIntoViewIfNeeded();
      const before = await shown.first().boundingBox();
      const text = await shown.first().innerText();
      await page.getByRole('button', { name: 'Show earlier messages' }).click();
      await expect.poll(() => shown.count()).toBe(260);
      const after = await shown
        .filter({ hasText: text.split('\n').at(-1) ?? '' })
        .first()
        .boundingBox();
      expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(60);
    });

    it('draws nothing anew that did not change', async () => {
      await post('Stays');
      const { page, message } = await scene.open('ana', 'payments');
      const node = await message('Stays').elementHandle();
      await post('Comes');
      await message('Comes').waitFor();
      expect(await node?.evaluate((it) => it.isConnected)).toBe(true);
      await page.locator('#channel .messages').focus();
      await page.keyboard.press('ArrowUp');
      expect(await page.locator(':focus').innerText()).toContain('Comes');
      await page.keyboard.press('ArrowUp');
      expect(await page.locator(':focus').innerText()).toContain('Stays');
    });

    it('tells screen readers the newest of others, and nothing of oneself', async () => {
      const { page } = await scene.open('ana', 'payments');
      await post('Hello <@U0ANA>');
      const news = page.locator('#news');
      await expect.poll(() => news.innerText()).toBe('Cairn: Hello Ana Silva');
      await page.locator('#composer').fill('Mine');
      await page.keyboard.press('Enter');
      await page.locator('.message', { hasText: 'Mine' }).waitFor();
      expect(await news.innerText()).toBe('Cairn: Hello Ana Silva');
    });
  },
);
