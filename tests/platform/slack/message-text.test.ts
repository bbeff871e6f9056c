import { expect, test } from 'vitest';
import { linksIn, wordsWithoutLinks } from '../../../src/platform/slack/message-text.ts';

test('links are read from text, rich text, buttons and attachments, each once, and pictures are none', () => {
  const message = {
    text: 'See <https://bi.example/x?a=1&amp;b=2|the board> and <https://bi.example/y>',
    blocks: [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'https://bi.example/y' }] }],
      },
      { type: 'actions', elements: [{ type: 'button', url: 'https://run.example/z' }] },
      { type: 'image', image_url: 'https://cdn.example/picture.png' },
    ],
    attachments: [{ from_url: 'https://wiki.example/page', title_link: 'javascript:alert(1)' }],
  };
  expect(linksIn(message)).toEqual([
    'https://bi.example/x?a=1&b=2',
    'https://bi.example/y',
    'https://run.example/z',
    'https://wiki.example/page',
  ]);
});

test('a message from anywhere is read as far as anybody needs', () => {
  let nested: object = { text: '<https://deep.example>' };
  for (let depth = 0; depth < 100; depth += 1) nested = { nested };
  expect(linksIn(nested)).toEqual([]);
  const many = Array.from({ length: 50 }, (_, n) => `<https://${n}.example>`).join(' ');
  expect(linksIn({ text: many })).toHaveLength(20);
});

test('words are what is left without mentions and addresses, with the labels of links', () => {
  expect(wordsWithoutLinks('<@U1> see <https://x.example|the refunds> &amp; <https://y.example>')).toBe(
    '  see the refunds &  ',
  );
});
