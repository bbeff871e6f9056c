import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../src/playground/fake-slack/blocks/check.ts';
import { checkModal } from '../../src/playground/fake-slack/blocks/view.ts';

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const many = <T>(count: number, build: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => build(index));
const option = (value: string) => ({ text: plain(3), value });
const button = (more: object = {}) => ({ type: 'button', text: plain(3), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const section = (more: object = {}) => ({ type: 'section', text: mrkdwn(3), ...more });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain(5), element, ...more });
const confirm = (more: object) => ({
  title: plain(5),
  text: plain(5),
  confirm: plain(2),
  deny: plain(2),
  ...more,
});
const select = (more: object) => ({ type: 'static_select', ...more });
const url = (length: number) => `https://x.example/${'x'.repeat(length - 'https://x.example/'.length)}`;

/** What, the most that Slack takes, and a message with this many of it. */
const inMessages: [string, number, (size: number) => object[]][] = [
  ['blocks of a message', 50, (n) => many(n, () => ({ type: 'divider' }))],
  ['block_id', 255, (n) => [section({ block_id: 'x'.repeat(n) })]],
  ['text of a section', 3000, (n) => [{ type: 'section', text: mrkdwn(n) }]],
  ['fields of a section', 10, (n) => [section({ fields: many(n, () => mrkdwn(2)) })]],
  ['text of a field', 2000, (n) => [section({ fields: [mrkdwn(n)] })]],
  ['header', 150, (n) => [{ type: 'header', text: plain(n) }]],
  ['elements of a context', 10, (n) => [{ type: 'context', elements: many(n, () => mrkdwn(2)) }]],
  ['elements of an actions block', 25, (n) => [actions(...many(n, (i) => button({ action_id: `${i}` })))]],
  ['action_id', 255, (n) => [actions(button({ action_id: 'x'.repeat(n) }))]],
  ['text of a button', 75, (n) => [actions(button({ text: plain(n) }))]],
  ['value of a button', 2000, (n) => [actions(button({ value: 'x'.repeat(n) }))]],
  ['url of a button', 3000, (n) => [actions(button({ url: url(n) }))]],
  ['accessibility_label of a button', 75, (n) => [actions(button({ accessibility_label: 'x'.repeat(n) }))]],
  ['title of a confirm', 100, (n) => [actions(button({ confirm: confirm({ title: plain(n) }) }))]],
  ['text of a confirm', 300, (n) => [actions(button({ confirm: confirm({ text: plain(n) }) }))]],
  ['button of a confirm', 30, (n) => [actions(button({ confirm: confirm({ deny: plain(n) }) }))]],
  ['options of a select', 100, (n) => [actions(select({ options: many(n, (i) => option(`${i}`)) }))]],
  [
    'groups of a select',
    100,
    (n) => [
      actions(select({ option_groups: many(n, (i) => ({ label: plain(3), options: [option(`${i}`)] })) })),
    ],
  ],
  [
    'label of a group',
    75,
    (n) => [actions(select({ option_groups: [{ label: plain(n), options: [option('1')] }] }))],
  ],
  ['text of an option', 75, (n) => [actions(select({ options: [{ text: plain(n), value: '1' }] }))]],
  ['value of an option', 75, (n) => [actions(select({ options: [option('x'.repeat(n))] }))]],
  [
    'description of an option',
    75,
    (n) => [actions(select({ options: [{ ...option('1'), description: plain(n) }] }))],
  ],
  ['placeholder', 150, (n) => [actions(select({ options: [option('1')], placeholder: plain(n) }))]],
  [
    'options of an overflow',
    5,
    (n) => [actions({ type: 'overflow', options: many(n, (i) => option(`${i}`)) })],
  ],
  ['checkboxes', 10, (n) => [actions({ type: 'checkboxes', options: many(n, (i) => option(`${i}`)) })]],
  ['radio buttons', 10, (n) => [actions({ type: 'radio_buttons', options: many(n, (i) => option(`${i}`)) })]],
  ['alt_text of an image', 2000, (n) => [{ type: 'image', image_url: url(30), alt_text: 'x'.repeat(n) }]],
  ['image_url', 3000, (n) => [{ type: 'image', image_url: url(n), alt_text: 'x' }]],
  ['title of an image', 2000, (n) => [{ type: 'image', image_url: url(30), alt_text: 'x', title: plain(n) }]],
  ['label of an input', 2000, (n) => [input({ type: 'plain_text_input' }, { label: plain(n) })]],
  ['hint of an input', 2000, (n) => [input({ type: 'plain_text_input' }, { hint: plain(n) })]],
  ['max_length of an input', 3000, (n) => [input({ type: 'plain_text_input', max_length: n })]],
  ['markdown', 12000, (n) => [{ type: 'markdown', text: 'x'.repeat(n) }]],
  [
    'rows of a table',
    100,
    (n) => [{ type: 'table', rows: many(n, () => [{ type: 'raw_text', text: 'x' }]) }],
  ],
  [
    'columns of a table',
    20,
    (n) => [{ type: 'table', rows: [many(n, () => ({ type: 'raw_text', text: 'x' }))] }],
  ],
];

const modal = (more: object) => ({ type: 'modal', title: plain(5), blocks: [section()], ...more });

const inModals: [string, number, (size: number) => object][] = [
  ['blocks of a modal', 100, (n) => modal({ blocks: many(n, () => ({ type: 'divider' })) })],
  ['title', 24, (n) => modal({ title: plain(n) })],
  ['submit', 24, (n) => modal({ submit: plain(n) })],
  ['close', 24, (n) => modal({ close: plain(n) })],
  ['private_metadata', 3000, (n) => modal({ private_metadata: 'x'.repeat(n) })],
  ['callback_id', 255, (n) => modal({ callback_id: 'x'.repeat(n) })],
  ['external_id', 255, (n) => modal({ external_id: 'x'.repeat(n) })],
];

describe('a message takes as much as Slack does and not one more', () => {
  test.each(inMessages)('%s: %i', (_what, most, build) => {
    expect(checkBlocks('message', build(most), ['blocks'])).toMatchObject({ ok: true });
    expect(checkBlocks('message', build(most + 1), ['blocks'])).toMatchObject({ ok: false });
  });
});

describe('a modal takes as much as Slack does and not one more', () => {
  test.each(inModals)('%s: %i', (_what, most, build) => {
    expect(checkModal(build(most))).toMatchObject({ ok: true });
    expect(checkModal(build(most + 1))).toMatchObject({ ok: false });
  });
});
