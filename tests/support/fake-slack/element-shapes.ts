import fc from 'fast-check';
import {
  choice,
  confirm,
  group,
  option,
  overflowOption,
  picture,
  plain,
  stranger,
  style,
} from './composition-shapes.ts';
import { rich } from './rich-text-shapes.ts';
import {
  alsoWrong,
  type Broken,
  formed,
  given,
  list,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  url,
  whole,
  word,
  wrong,
  yesOrNo,
} from './shapes.ts';

const action_id = optional(text(255));
const placeholder = optional(plain(150));
/** One element of a view may have it: here none has. */
const focus_on_load = optional(formed(fc.constant(false), 'yes'));
const selectable = { action_id, confirm, placeholder, focus_on_load };
const choosable = { action_id, confirm, focus_on_load };

const button = object(
  {
    action_id,
    confirm,
    text: plain(75),
    value: optional(text(2_000)),
    url: optional(url(3_000)),
    style: optional(style),
    accessibility_label: optional(text(75)),
  },
  'button',
);
const overflow = object({ action_id, confirm, options: list(overflowOption, 5) }, 'overflow');

type Value = Record<string, unknown>;
const isValue = (it: unknown): it is Value => typeof it === 'object' && it !== null;
const listIn = (value: unknown, key: string): unknown[] => {
  const found = isValue(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
};
const offeredIn = (value: unknown): unknown[] => [
  ...listIn(value, 'options'),
  ...listIn(value, 'option_groups').flatMap((one) => listIn(one, 'options')),
];
const plus = (value: unknown, more: Value): Value => ({ ...(isValue(value) ? value : {}), ...more });

/** A shape whose initial choice, one or many, is among what it offers. */
function offering(shape: Shape, initial: 'initial_option' | 'initial_options'): Shape {
  const chosen = (one: unknown) => ({ [initial]: initial === 'initial_option' ? one : [one] });
  const at = initial === 'initial_option' ? '/initial_option' : '/initial_options/0';
  return {
    valid: fc.tuple(shape.valid, fc.option(fc.nat())).map(([value, nth]) => {
      const offered = offeredIn(value);
      return nth === null ? value : plus(value, chosen(offered[nth % offered.length]));
    }),
    broken: [...shape.broken, shape.valid.map((value) => ({ value: plus(value, chosen(stranger)), at }))],
  };
}

/** A menu in which up to `max_selected_items` may be chosen, from the start too. */
function several(shape: Shape, initial: string, item: fc.Arbitrary<unknown>): Shape {
  const chosen = fc.array(item, { minLength: 1, maxLength: 3 });
  const broken: fc.Arbitrary<Broken>[] = [
    fc.tuple(shape.valid, chosen, item).map(([value, some, more]) => ({
      value: plus(value, { max_selected_items: some.length, [initial]: [...some, more] }),
      at: `/${initial}`,
    })),
    fc.tuple(shape.valid, fc.constantFrom(0, 0.5, '1')).map(([value, max_selected_items]) => ({
      value: plus(value, { max_selected_items }),
      at: '/max_selected_items',
    })),
  ];
  return {
    valid: fc.oneof(
      shape.valid,
      fc
        .tuple(shape.valid, chosen, fc.nat({ max: 3 }))
        .map(([value, some, spare]) =>
          plus(value, { max_selected_items: some.length + spare, [initial]: some }),
        ),
    ),
    broken: [...shape.broken, ...broken],
  };
}

function statics(type: string): Shape {
  return alsoWrong(
    oneOf(
      object({ ...selectable, options: given(list(option, 100)) }, type),
      object({ ...selectable, option_groups: given(list(group, 100)) }, type),
    ),
    wrong({ type }),
    fc.tuple(option.valid, group.valid).map(([one, some]) => ({
      value: { type, options: [one], option_groups: [some] },
      at: '',
    })),
  );
}

const anyWord = fc.string({ minLength: 1, maxLength: 9 });
const anyId = optional(formed(anyWord, 7));
const min_query_length = optional(formed(fc.nat({ max: 9 }), -1, 0.5, 'three'));
const filter = alsoWrong(
  object({
    include: given(list(word('im', 'mpim', 'private', 'public'))),
    exclude_external_shared_channels: optional(yesOrNo),
    exclude_bot_users: optional(yesOrNo),
  }),
  wrong({}),
);
const conversations = {
  ...selectable,
  default_to_current_conversation: optional(yesOrNo),
  filter: optional(filter),
};
const response_url_enabled = optional(yesOrNo);

const pickers: Record<string, Shape> = {
  static_select: offering(statics('static_select'), 'initial_option'),
  external_select: object(
    { ...selectable, min_query_length, initial_option: optional(option) },
    'external_select',
  ),
  users_select: object({ ...selectable, initial_user: anyId }, 'users_select'),
  conversations_select: object(
    { ...conversations, initial_conversation: anyId, response_url_enabled },
    'conversations_select',
  ),
  channels_select: object({ ...selectable, initial_channel: anyId, response_url_enabled }, 'channels_select'),
  multi_static_select: offering(statics('multi_static_select'), 'initial_options'),
  multi_external_select: several(
    object({ ...selectable, min_query_length }, 'multi_external_select'),
    'initial_options',
    option.valid,
  ),
  multi_users_select: several(object(selectable, 'multi_users_select'), 'initial_users', anyWord),
  multi_conversations_select: several(
    object(conversations, 'multi_conversations_select'),
    'initial_conversations',
    anyWord,
  ),
  multi_channels_select: several(object(selectable, 'multi_channels_select'), 'initial_channels', anyWord),
  checkboxes: offering(object({ ...choosable, options: list(choice, 10) }, 'checkboxes'), 'initial_options'),
  radio_buttons: offering(
    object({ ...choosable, options: list(choice, 10) }, 'radio_buttons'),
    'initial_option',
  ),
  datepicker: object(
    {
      ...selectable,
      initial_date: optional(
        formed(fc.constantFrom('2026-10-05', '2024-02-29'), '2026-02-30', 'tomorrow', '2026-1-5'),
      ),
    },
    'datepicker',
  ),
  timepicker: object(
    {
      ...selectable,
      initial_time: optional(formed(fc.constantFrom('00:00', '23:59'), '24:00', '9:00', '09:60')),
      timezone: anyId,
    },
    'timepicker',
  ),
};

const datetimepicker = object(
  { ...choosable, initial_date_time: optional(whole(1_000_000_000, 9_999_999_999)) },
  'datetimepicker',
);
const dispatch_action_config = optional(
  object({
    trigger_actions_on: list(word('on_enter_pressed', 'on_character_entered')),
  }),
);
const typed = { action_id, placeholder, focus_on_load, dispatch_action_config };
const written = { ...typed, initial_value: optional(text(3_000, 0)) };

/** Numbers in strings: the least, the first and the most, in this order. */
const numbers = fc
  .tuple(fc.integer({ min: -99, max: 99 }), fc.nat({ max: 9 }), fc.nat({ max: 9 }))
  .map(([least, more, evenMore]) => [least, least + more, least + more + evenMore].map(String));
const numeric = object({ ...typed, is_decimal_allowed: yesOrNo }, 'number_input');
const numberInput: Shape = {
  valid: fc
    .tuple(numeric.valid, numbers)
    .map(([value, [min_value, initial_value, max_value]]) =>
      plus(value, { min_value, initial_value, max_value }),
    ),
  broken: [
    ...numeric.broken,
    numeric.valid.map((value) => ({
      value: plus(value, { min_value: '2', max_value: '1' }),
      at: '/min_value',
    })),
    numeric.valid.map((value) => ({
      value: plus(value, { max_value: '1', initial_value: '2' }),
      at: '/initial_value',
    })),
    fc.tuple(numeric.valid, fc.constantFrom('ten', '1e3', '', 1)).map(([value, max_value]) => ({
      value: plus(value, { max_value }),
      at: '/max_value',
    })),
  ],
};

const lines = object({ ...typed, multiline: optional(yesOrNo) }, 'plain_text_input');
const textInput: Shape = {
  valid: fc.tuple(lines.valid, fc.integer({ min: 1, max: 3_000 }), fc.nat()).map(([value, max_length, n]) =>
    plus(value, {
      max_length,
      min_length: n % (max_length + 1),
      initial_value: 'x'.repeat(n % (max_length + 1)),
    }),
  ),
  broken: [
    ...lines.broken,
    lines.valid.map((value) => ({ value: plus(value, { min_length: 3, max_length: 2 }), at: '/min_length' })),
    lines.valid.map((value) => ({
      value: plus(value, { max_length: 2, initial_value: 'abc' }),
      at: '/initial_value',
    })),
    ...[
      { max_length: 0 },
      { max_length: 3_001 },
      { min_length: -1 },
      { min_length: 3_001 },
      { initial_value: 'x'.repeat(3_001) },
    ].map((more) =>
      lines.valid.map((value) => ({ value: plus(value, more), at: `/${Object.keys(more)[0]}` })),
    ),
  ],
};

const richInput = object(
  {
    ...typed,
    initial_value: optional(rich),
    min_lines: optional(whole(1, 100)),
    max_lines: optional(whole(1, 100)),
  },
  'rich_text_input',
);

/** What may stand in an input block of a modal, and nowhere else. */
export const fileInput = object(
  {
    action_id,
    filetypes: optional(list(formed(fc.constantFrom('csv', 'XLSX', 'jpg'), '.csv', '', 7))),
    max_files: optional(whole(1, 10)),
  },
  'file_input',
);

/** What may stand beside a section's text. */
export const accessories = { button, overflow, image: picture, ...pickers };
/** What may stand in an actions block. */
export const actionElements = { button, overflow, datetimepicker, rich_text_input: richInput, ...pickers };
/** What may stand in an input block. */
export const inputElements = {
  ...pickers,
  datetimepicker,
  rich_text_input: richInput,
  plain_text_input: textInput,
  number_input: numberInput,
  email_text_input: object(written, 'email_text_input'),
  url_text_input: object(written, 'url_text_input'),
};
