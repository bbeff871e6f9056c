import { describe, expect, test } from 'vitest';
import { emojiByName, findPageLibraries, MissingPageLibrary } from '../../src/playground/page-libraries.ts';

describe('what the page is made with', () => {
  test('names the package that is not installed, before anything is served', () => {
    const find = (module: string) => {
      if (module === 'marked') return '/somewhere/marked.js';
      throw new Error('Cannot find module');
    };
    expect(() => findPageLibraries(find)).toThrow(MissingPageLibrary);
    expect(() => findPageLibraries(find)).toThrow(
      "the playground's page needs the package emoji-datasource, which is not installed",
    );
  });

  test('has every emoji of Slack by each of its names, and its tones of skin', async () => {
    const known: unknown = JSON.parse(await findPageLibraries().emoji());
    expect(known).toMatchObject({
      tada: '🎉',
      email: '✉️',
      envelope: '✉️',
      'flag-de': '🇩🇪',
      wave: '👋',
      'wave::skin-tone-2': '👋🏻',
      'wave::skin-tone-6': '👋🏿',
    });
    expect(known).not.toHaveProperty('tada::skin-tone-2');
  });

  test('refuses a list of another shape', () => {
    expect(() => emojiByName([{ name: 'WAVING HAND' }])).toThrow();
  });
});
