import type { limits } from '../../../src/playground/fake-slack/limits.ts';

/** The name of a figure in the table, such as message.text. */
export type LimitPath = PathOf<typeof limits>;
type PathOf<T> = {
  [K in keyof T & string]: T[K] extends number | readonly number[] ? K : `${K}.${PathOf<T[K]>}`;
}[keyof T & string];

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
export const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
export const many = <T>(count: number, build: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => build(index));
const option = (value: string) => ({ text: plain(3), value });
const button = (more: object = {}) => ({ type: 'button', text: plain(3), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const section = (more: object = {}) => ({ type: 'section', text: mrkdwn(3), ...more });
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

/** Which limit, of what, the most that Slack takes, and a message with this many of it. */
export const inMessages: [LimitPath, string, number, (size: number) => object[]][] = [
  ['message.blocks', 'blocks of a message', 50, (n) => many(n, () => ({ type: 'divider' }))],
  ['block.id', 'block_id', 255, (n) => [section({ block_id: 'x'.repeat(n) })]],
  ['block.text', 'text of a section', 3000, (n) => [{ type: 'section', text: mrkdwn(n) }]],
  ['block.fields', 'fields of a section', 10, (n) => [section({ fields: many(n, () => mrkdwn(2)) })]],
  ['block.field', 'text of a field', 2000, (n) => [section({ fields: [mrkdwn(n)] })]],
  ['block.header', 'header', 150, (n) => [{ type: 'header', text: plain(n) }]],
  [
    'block.context',
    'elements of a context',
    10,
    (n) => [{ type: 'context', elements: many(n, () => mrkdwn(2)) }],
  ],
  [
    'block.actions',
    'elements of an actions block',
    25,
    (n) => [actions(...many(n, (i) => button({ action_id: `${i}` })))],
  ],
  ['element.actionId', 'action_id', 255, (n) => [actions(button({ action_id: 'x'.repeat(n) }))]],
  ['element.buttonText', 'text of a button', 75, (n) => [actions(button({ text: plain(n) }))]],
  ['element.value', 'value of a button', 2000, (n) => [actions(button({ value: 'x'.repeat(n) }))]],
  ['element.url', 'url of a button', 3000, (n) => [actions(button({ url: url(n) }))]],
  [
    'element.accessibilityLabel',
    'accessibility_label of a button',
    75,
    (n) => [actions(button({ accessibility_label: 'x'.repeat(n) }))],
  ],
  [
    'confirm.title',
    'title of a confirm',
    100,
    (n) => [actions(button({ confirm: confirm({ title: plain(n) }) }))],
  ],
  [
    'confirm.text',
    'text of a confirm',
    300,
    (n) => [actions(button({ confirm: confirm({ text: plain(n) }) }))],
  ],
  [
    'confirm.button',
    'button of a confirm',
    30,
    (n) => [actions(button({ confirm: confirm({ deny: plain(n) }) }))],
  ],
  [
    'options.select',
    'options of a select',
    100,
    (n) => [actions(select({ options: many(n, (i) => option(`${i}`)) }))],
  ],
  [
    'options.groups',
    'groups of a select',
    100,
    (n) => [
      actions(select({ option_groups: many(n, (i) => ({ label: plain(3), options: [option(`${i}`)] })) })),
    ],
  ],
  [
    'option.groupLabel',
    'label of a group',
    75,
    (n) => [actions(select({ option_groups: [{ label: plain(n), options: [option('1')] }] }))],
  ],
  [
    'option.text',
    'text of an option',
    75,
    (n) => [actions(select({ options: [{ text: plain(n), value: '1' }] }))],
  ],
  ['option.value', 'value of an option', 75, (n) => [actions(select({ options: [option('x'.repeat(n))] }))]],
  [
    'option.description',
    'description of an option',
    75,
    (n) => [actions(select({ options: [{ ...option('1'), description: plain(n) }] }))],
  ],
  [
    'element.placeholder',
    'placeholder',
    150,
    (n) => [actions(select({ options: [option('1')], placeholder: plain(n) }))],
  ],
  [
    'options.overflow',
    'options of an overflow',
    5,
    (n) => [actions({ type: 'overflow', options: many(n, (i) => option(`${i}`)) })],
  ],
  [
    'options.choices',
    'checkboxes',
    10,
    (n) => [actions({ type: 'checkboxes', options: many(n, (i) => option(`${i}`)) })],
  ],
  [
    'options.choices',
    'radio buttons',
    10,
    (n) => [actions({ type: 'radio_buttons', options: many(n, (i) => option(`${i}`)) })],
  ],
  [
    'block.altText',
    'alt_text of an image',
    2000,
    (n) => [{ type: 'image', image_url: url(30), alt_text: 'x'.repeat(n) }],
  ],
  ['block.url', 'image_url', 3000, (n) => [{ type: 'image', image_url: url(n), alt_text: 'x' }]],
  [
    'block.imageTitle',
    'title of an image',
    2000,
    (n) => [{ type: 'image', image_url: url(30), alt_text: 'x', title: plain(n) }],
  ],
  [
    'block.label',
    'label of an input',
    2000,
    (n) => [input({ type: 'plain_text_input' }, { label: plain(n) })],
  ],
  ['block.hint', 'hint of an input', 2000, (n) => [input({ type: 'plain_text_input' }, { hint: plain(n) })]],
  [
    'element.inputLength',
    'max_length of an input',
    3000,
    (n) => [input({ type: 'plain_text_input', max_length: n })],
  ],
  ['message.markdown', 'markdown', 12000, (n) => [{ type: 'markdown', text: 'x'.repeat(n) }]],
  [
    'block.tableRows',
    'rows of a table',
    100,
    (n) => [{ type: 'table', rows: many(n, () => [{ type: 'raw_text', text: 'x' }]) }],
  ],
  [
    'block.tableColumns',
    'columns of a table',
    20,
    (n) => [{ type: 'table', rows: [many(n, () => ({ type: 'raw_text', text: 'x' }))] }],
  ],
  [
    'message.markdown',
    'markdown in several blocks',
    12000,
    (n) => [7000, n - 7000].map((length) => ({ type: 'markdown', text: 'x'.repeat(length) })),
  ],
  [
    'message.tableText',
    'text of tables in several blocks',
    10000,
    (n) =>
      [4000, n - 4000].map((length) => ({
        type: 'table',
        rows: [[{ type: 'raw_text', text: 'x'.repeat(length) }]],
      })),
  ],
  [
    'block.listIndent',
    'indent of a list',
    8,
    (n) => [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_list', style: 'bullet', indent: n, elements: [] }],
      },
    ],
  ],
  [
    'element.lines',
    'lines of a rich text input',
    100,
    (n) => [input({ type: 'rich_text_input', max_lines: n })],
  ],
  [
    'option.url',
    'url of an option',
    3000,
    (n) => [actions({ type: 'overflow', options: [{ text: plain(3), url: url(n) }] })],
  ],
  [
    'element.inputLength',
    'initial_value of an input',
    3000,
    (n) => [input({ type: 'plain_text_input', initial_value: 'x'.repeat(n) })],
  ],
];

export const modal = (more: object) => ({ type: 'modal', title: plain(5), blocks: [section()], ...more });

export const inModals: [LimitPath, string, number, (size: number) => object][] = [
  [
    'element.files',
    'max_files of a file input',
    10,
    (n) => modal({ submit: plain(4), blocks: [input({ type: 'file_input', max_files: n })] }),
  ],
  ['view.blocks', 'blocks of a modal', 100, (n) => modal({ blocks: many(n, () => ({ type: 'divider' })) })],
  ['view.title', 'title', 24, (n) => modal({ title: plain(n) })],
  ['view.submit', 'submit', 24, (n) => modal({ submit: plain(n) })],
  ['view.close', 'close', 24, (n) => modal({ close: plain(n) })],
  ['view.privateMetadata', 'private_metadata', 3000, (n) => modal({ private_metadata: 'x'.repeat(n) })],
  ['view.callbackId', 'callback_id', 255, (n) => modal({ callback_id: 'x'.repeat(n) })],
  ['view.externalId', 'external_id', 255, (n) => modal({ external_id: 'x'.repeat(n) })],
];
