import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pageOf } from '../../src/playground/fake-slack/web-api/pages.ts';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.slack.reset());
afterAll(() => scene.close());

const channel = 'C0PAYMENTS';

describe('pages', () => {
  test('are short while more follows: whoever stops at a short page misses the rest', () => {
    const first = pageOf(['a', 'b', 'c', 'd'], { limit: 3 });
    expect(first.items).toEqual(['a', 'b']);
    const second = pageOf(['a', 'b', 'c', 'd'], { limit: 3, cursor: first.response_metadata.next_cursor });
    expect(second).toEqual({ items: ['c', 'd'], response_metadata: { next_cursor: '' } });
  });

  test('one after the other give everything once, whatever their size', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 12 }), (length, limit) => {
        const all = Array.from({ length }, (_, index) => index);
        const seen: number[] = [];
        let cursor = '';
        do {
          const page = pageOf(all, { limit, cursor });
          seen.push(...page.items);
          cursor = page.response_metadata.next_cursor;
        } while (cursor !== '');
        expect(seen).toEqual(all);
      }),
    );
  });

  test('a history goes on where it stopped, whatever is posted meanwhile', async () => {
    const say = (text: string) => scene.web.chat.postMessage({ channel, text });
    for (const text of ['one', 'two', 'three', 'four']) await say(text);
    const first = await scene.web.conversations.history({ channel, limit: 3 });
    expect(first.messages?.map((it) => it.text)).toEqual(['four', 'three']);
    await say('five');
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await scene.web.conversations.history({ channel, limit: 3, cursor });
    expect(second.messages?.map((it) => it.text)).toEqual(['two', 'one']);
    expect(second.response_metadata?.next_cursor).toBe('');
  });

  test('a cursor of one kind is none of the other', async () => {
    const { response_metadata } = await scene.web.users.list({ limit: 2 });
    const cursor = response_metadata?.next_cursor ?? '';
    expect(await errorOf(scene.web.conversations.history({ channel, cursor }))).toBe('invalid_cursor');
    expect(await errorOf(scene.web.users.list({ cursor }))).toBe('ok');
  });
});
