import type { Block, KnownBlock, View } from '@slack/types';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const options = ['Red', 'Green', 'Blue'].map((text) => ({ text: plain(text), value: text.toLowerCase() }));
const [red, green] = options;
if (red === undefined || green === undefined) throw new Error('there are three options');
const text = (words: string, style = {}) => ({ type: 'text' as const, text: words, style });
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const list = (style: string, indent: number, words: string[], more = {}) => ({
  type: 'rich_text_list',
  style,
  indent,
  elements: words.map((it) => section(text(it))),
  ...more,
});

/** Every block that only shows something, with all that can be in it. `file` is the id of an uploaded picture. */
export function shownBlocks(file: string): (KnownBlock | Block)[] {
  const blocks: object[] = [
    { type: 'header', text: plain('A header :tada:') },
    { type: 'divider' },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '*Bold* <https://a.example/x|a link> <@U0BEN> <#C0PAYMENTS> <!subteam^S0PM>',
      },
      fields: [
        { type: 'mrkdwn', text: '*Field*\none' },
        { type: 'plain_text', text: 'Field two' },
      ],
      accessory: { type: 'image', slack_file: { id: file }, alt_text: 'A thumbnail' },
    },
    {
      type: 'context',
      elements: [
        { type: 'image', slack_file: { id: file }, alt_text: 'A small picture' },
        { type: 'mrkdwn', text: 'in a _context_' },
      ],
    },
    { type: 'image', slack_file: { id: file }, alt_text: 'A chart', title: plain('Its title') },
    {
      type: 'markdown',
      text: '# Heading\n\nSome **bold**, *italic*, ~~gone~~ and `code`.\n\n3. three\n4. four\n   - nested\n\n- [x] done\n- [ ] open\n\n> quoted\n\n```js\nlet a = "<b>";\n```\n\n| Left | Right |\n| --- | ---: |\n| one | **1** |\n\n---\n\n<b>no markup</b> [link](https://a.example/y)',
    },
    {
      type: 'rich_text',
      elements: [
        section(
          text('styled', { bold: true, italic: true, strike: true }),
          { type: 'user', user_id: 'U0BEN' },
          { type: 'usergroup', usergroup_id: 'S0PM' },
          { type: 'channel', channel_id: 'C0PAYMENTS' },
          { type: 'broadcast', range: 'here' },
          { type: 'emoji', name: 'wave', unicode: '1f44b' },
          { type: 'color', value: '#0b6e4f' },
          { type: 'link', url: 'https://a.example/z', text: 'linked' },
          { type: 'date', timestamp: 1_791_187_200, format: '{date_num} at {time}', fallback: 'a day' },
        ),
        list('ordered', 0, ['first', 'second']),
        list('bullet', 1, ['below the second']),
        list('ordered', 0, ['third'], { offset: 2 }),
        { type: 'rich_text_quote', elements: [text('a quote')] },
        { type: 'rich_text_preformatted', elements: [text('a  block')] },
      ],
    },
  ];
  return blocks as KnownBlock[];
}

export const tableBlock = {
  type: 'table',
  column_settings: [{ is_wrapped: true }, { align: 'right' }],
  rows: [
    [
      { type: 'raw_text', text: 'What' },
      { type: 'raw_text', text: 'How much' },
    ],
    [
      {
        type: 'rich_text',
        elements: [section({ type: 'user', user_id: 'U0BEN' }, text(' carries', { bold: true }))],
      },
      { type: 'raw_number', value: 12, text: '12 %' },
    ],
  ],
};

/** Every element that acts at once, each in a block of its own. */
export const actingElements = {
  button: { type: 'button', text: plain('Press me'), value: 'pressed' },
  danger: {
    type: 'button',
    text: plain('Delete it'),
    style: 'danger',
    confirm: {
      title: plain('Sure?'),
      text: { type: 'mrkdwn', text: 'It *cannot* be undone.' },
      confirm: plain('Delete'),
      deny: plain('Keep'),
      style: 'danger',
    },
  },
  overflow: { type: 'overflow', options },
  static_select: { type: 'static_select', placeholder: plain('A colour'), options },
  grouped: {
    type: 'static_select',
    placeholder: plain('A shade'),
    option_groups: [
      { label: plain('Warm'), options: [red] },
      { label: plain('Cold'), options: [green] },
    ],
  },
  users_select: { type: 'users_select', placeholder: plain('Somebody') },
  channels_select: { type: 'channels_select', placeholder: plain('A channel') },
  conversations_select: { type: 'conversations_select', placeholder: plain('A conversation') },
  external_select: { type: 'external_select', placeholder: plain('A rock'), min_query_length: 2 },
  multi_static_select: {
    type: 'multi_static_select',
    placeholder: plain('Colours'),
    options,
    initial_options: [red],
  },
  multi_users_select: { type: 'multi_users_select', placeholder: plain('People'), max_selected_items: 2 },
  multi_channels_select: { type: 'multi_channels_select', placeholder: plain('Channels') },
  multi_conversations_select: { type: 'multi_conversations_select', placeholder: plain('Conversations') },
  multi_external_select: { type: 'multi_external_select', placeholder: plain('Rocks'), min_query_length: 0 },
  checkboxes: { type: 'checkboxes', options, initial_options: [red] },
  radio_buttons: { type: 'radio_buttons', options },
  datepicker: { type: 'datepicker', placeholder: plain('A day'), initial_date: '2026-10-05' },
  timepicker: { type: 'timepicker', placeholder: plain('A time') },
  datetimepicker: { type: 'datetimepicker' },
  rich_text_input: { type: 'rich_text_input', placeholder: plain('Words') },
} as const;

export function actingBlocks(names: readonly (keyof typeof actingElements)[]): (KnownBlock | Block)[] {
  const blocks = names.map((name) => ({
    type: 'actions',
    block_id: name,
    elements: [{ ...actingElements[name], action_id: name }],
  }));
  return blocks as (KnownBlock | Block)[];
}

/** A modal with a field of every kind. */
export const everyField: View = {
  type: 'modal',
  callback_id: 'every-field',
  title: plain('Every field'),
  submit: plain('Save'),
  blocks: [
    ['Name', { type: 'plain_text_input', max_length: 40 }],
    ['Story', { type: 'plain_text_input', multiline: true }],
    ['Amount', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' }],
    ['Email', { type: 'email_text_input' }],
    ['Link', { type: 'url_text_input' }],
    ['Formatted', { type: 'rich_text_input' }],
    ['Colour', { type: 'static_select', options }],
    ['Owner', { type: 'users_select' }],
    ['Helpers', { type: 'multi_users_select' }],
    ['Rock', { type: 'external_select', min_query_length: 2 }],
    ['Boxes', { type: 'checkboxes', options }],
    ['One of', { type: 'radio_buttons', options }],
    ['Day', { type: 'datepicker' }],
    ['Hour', { type: 'timepicker' }],
    ['Moment', { type: 'datetimepicker' }],
  ].map(([label, element]) => ({
    type: 'input',
    block_id: String(label),
    label: plain(String(label)),
    hint: plain(`What ${label} is for`),
    element: { action_id: 'input', ...(element as object) },
  })) as KnownBlock[],
};

/** A small modal with one field, and buttons that open the next one. */
export function smallModal(title: string, more: object[] = []): View {
  return {
    type: 'modal',
    callback_id: title,
    title: plain(title),
    submit: plain('Save'),
    blocks: [
      {
        type: 'input',
        block_id: 'name',
        label: plain('Name'),
        element: { type: 'plain_text_input', action_id: 'input' },
      },
      ...more,
    ] as KnownBlock[],
  };
}

export const openNext = (value: string) => ({
  type: 'actions',
  elements: [{ type: 'button', action_id: 'next', text: plain('Open the next'), value }],
});
