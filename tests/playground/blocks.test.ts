import { describe, expect, test } from 'vitest';
import type { Surface } from '../../src/playground/fake-slack/blocks/blocks.ts';
import { checkBlocks } from '../../src/playground/fake-slack/blocks/check.ts';
import { inSlacksWords } from '../../src/playground/fake-slack/blocks/problem.ts';
import { checkModal } from '../../src/playground/fake-slack/blocks/view.ts';

const text = { type: 'plain_text', text: 'words' };
const mrkdwn = { type: 'mrkdwn', text: '*words*' };
const option = (value: string) => ({ text, value });
const textInput = { type: 'plain_text_input' };

function problemsIn(surface: Surface, ...blocks: unknown[]): string[] {
  const checked = checkBlocks(surface, blocks, ['blocks']);
  return checked.ok ? [] : checked.problems.map(inSlacksWords);
}

describe('what a block must have', () => {
  const refused: [string, unknown, string][] = [
    ['an unknown field, by its path', { type: 'divider', colour: 'red' }, '/blocks/0/colour'],
    ['a block of no known type', { type: 'chart' }, 'unsupported type: chart in a message'],
    ['a section of nothing', { type: 'section' }, 'missing required field: text or fields'],
    ['empty text', { type: 'section', text: { type: 'mrkdwn', text: '' } }, 'must be more than 0 characters'],
    ['mrkdwn in a header', { type: 'header', text: mrkdwn }, 'must be a plain_text object'],
    ['mrkdwn on a button', { type: 'actions', elements: [{ type: 'button', text: mrkdwn }] }, 'plain_text'],
    ['an input without a label', { type: 'input', element: textInput }, 'missing required field: label'],
    [
      'a text input outside of an input block',
      { type: 'actions', elements: [textInput] },
      '/elements/0/type',
    ],
    ['an actions block of nothing', { type: 'actions', elements: [] }, 'at least 1'],
    ['an image without words', { type: 'image', image_url: 'https://x.example/a.png' }, 'alt_text'],
    [
      'a url that is not of the web',
      { type: 'actions', elements: [{ type: 'button', text, url: 'javascript:alert(1)' }] },
      'valid http or https URL',
    ],
    [
      'a confirm without its buttons',
      { type: 'actions', elements: [{ type: 'button', text, confirm: { title: text, text } }] },
      'missing required field: confirm',
    ],
    [
      'a select with neither options nor groups',
      { type: 'actions', elements: [{ type: 'static_select' }] },
      'exactly one of options and option_groups',
    ],
    [
      'an initial option that is not offered',
      {
        type: 'actions',
        elements: [{ type: 'static_select', options: [option('a')], initial_option: option('b') }],
      },
      'is not one of the options',
    ],
    [
      'a number beyond its own limits',
      {
        type: 'input',
        label: text,
        element: { type: 'number_input', is_decimal_allowed: true, min_value: '5', max_value: '1' },
      },
      'min_value must be less than max_value',
    ],
    [
      'a date that is none',
      { type: 'actions', elements: [{ type: 'datepicker', initial_date: '2026-02-30' }] },
      'date',
    ],
    [
      'more chosen from the start than may be chosen',
      {
        type: 'actions',
        elements: [{ type: 'multi_users_select', initial_users: ['U0ANA', 'U0BEN'], max_selected_items: 1 }],
      },
      'no more than 1 items may be selected [json-pointer:/blocks/0/elements/0/initial_users]',
    ],
    [
      'a file id that is none',
      { type: 'image', alt_text: 'x', slack_file: { id: 'https://files.slack.com/x' } },
      'input must match regex pattern: ^[F][A-Z0-9]{8,}$ [json-pointer:/blocks/0/slack_file/id]',
    ],
    [
      'a file by its id and its address at once',
      { type: 'image', alt_text: 'x', slack_file: { id: 'F000000001', url: 'https://files.slack.com/x' } },
      'exactly one of id and url',
    ],
    [
      'a picture from two places',
      {
        type: 'image',
        alt_text: 'x',
        slack_file: { id: 'F000000001' },
        image_url: 'https://x.example/a.png',
      },
      'one of image_url, slack_file',
    ],
  ];
  test.each(refused)('refuses %s', (_what, block, words) => {
    expect(problemsIn('message', block).join('\n')).toContain(words);
  });

  test('names the place in Slack’s own way', () => {
    expect(
      problemsIn('message', { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }),
    ).toEqual(['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]']);
  });
});

describe('ids', () => {
  const button = (action_id: string) => ({ type: 'button', text, action_id });

  test('an action_id is unique in its block', () => {
    expect(problemsIn('message', { type: 'actions', elements: [button('a'), button('a')] })).toEqual([
      '[ERROR] `action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ]);
    expect(
      problemsIn(
        'message',
        { type: 'actions', elements: [button('a')] },
        { type: 'actions', elements: [button('a')] },
      ),
    ).toEqual([]);
  });

  test('one element takes the focus', () => {
    const field = {
      type: 'input',
      label: text,
      element: { type: 'plain_text_input', focus_on_load: true },
    };
    expect(problemsIn('modal', field)).toEqual([]);
    expect(problemsIn('modal', field, field)).toEqual([
      '[ERROR] only one element may have focus_on_load [json-pointer:/blocks/1/element/focus_on_load]',
    ]);
  });

  test('a block_id is unique in its message', () => {
    const block = { type: 'divider', block_id: 'same' };
    expect(problemsIn('message', block, block)).toEqual([
      '[ERROR] `block_id` "same" already exists [json-pointer:/blocks/1/block_id]',
    ]);
  });
});

describe('surfaces', () => {
  const markdown = { type: 'markdown', text: '**words**' };
  const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] };

  test('tables and markdown are for messages alone', () => {
    expect(problemsIn('message', markdown, table)).toEqual([]);
    expect(problemsIn('modal', markdown, table)).toHaveLength(2);
    expect(problemsIn('home', markdown, table)).toHaveLength(2);
  });

  test('every block that a message, a modal and a Home share passes on each', () => {
    const blocks = [
      { type: 'section', text: mrkdwn, accessory: { type: 'overflow', options: [option('a')] } },
      { type: 'header', text },
      {
        type: 'context',
        elements: [mrkdwn, { type: 'image', image_url: 'https://x.example/a.png', alt_text: 'x' }],
      },
      { type: 'divider' },
      {
        type: 'actions',
        elements: [{ type: 'users_select' }, { type: 'datepicker', initial_date: '2026-10-05' }],
      },
      {
        type: 'input',
        label: text,
        element: { type: 'radio_buttons', options: [{ text: mrkdwn, value: 'a' }] },
      },
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'x', style: { bold: true } }] },
        ],
      },
    ];
    for (const surface of ['message', 'modal', 'home'] as const)
      expect(problemsIn(surface, ...blocks)).toEqual([]);
  });
});

describe('modals', () => {
  const input = { type: 'input', label: text, element: textInput };
  const modal = (more: object) =>
    checkModal({ type: 'modal', title: text, blocks: [input], submit: text, ...more });

  test('one with inputs needs a submit', () => {
    expect(modal({}).ok).toBe(true);
    expect(modal({ submit: undefined })).toMatchObject({ problems: [{ pointer: '/view/submit' }] });
  });

  test('titles are plain text', () => {
    expect(modal({ title: mrkdwn })).toMatchObject({ problems: [{ pointer: '/view/title/type' }] });
  });

  test('unknown fields are named', () => {
    expect(modal({ subtitle: 'x' })).toMatchObject({ problems: [{ pointer: '/view/subtitle' }] });
  });
});
