import { z } from 'zod';
import { limits } from '../limits.ts';
import {
  bounded,
  choice,
  confirm,
  conversationFilter,
  dispatchActionConfig,
  option,
  optionGroup,
  overflowOption,
  plainText,
  slackFile,
  style,
  webUrl,
} from './composition.ts';
import { richText } from './rich-text.ts';

const action_id = bounded(limits.element.actionId).optional();
const placeholder = plainText(limits.element.placeholder).optional();
const focus_on_load = z.boolean().optional();
const confirmable = { action_id, confirm: confirm.optional() };
const selectable = { ...confirmable, focus_on_load, placeholder };
const min_query_length = z.number().int().min(0).optional();
const max_selected_items = z.number().int().min(1).optional();
const typed = {
  action_id,
  placeholder,
  focus_on_load,
  dispatch_action_config: dispatchActionConfig.optional(),
  initial_value: z.string().max(limits.element.inputLength).optional(),
};
const date = z.iso.date('must be a date such as 2026-10-01');
const options = z.array(option).min(1).max(limits.options.select).optional();
const option_groups = z.array(optionGroup).min(1).max(limits.options.groups).optional();
const choices = z.array(choice).min(1).max(limits.options.choices);
const isNumber = (value: string) => /^-?\d+(\.\d+)?$/.test(value);
const numeric = z.string().refine(isNumber, 'must be a number in a string').optional();

export const image = z
  .strictObject({
    type: z.literal('image'),
    alt_text: bounded(limits.block.altText),
    image_url: webUrl(limits.block.url).optional(),
    slack_file: slackFile.optional(),
  })
  .refine(
    (it) => (it.image_url === undefined) !== (it.slack_file === undefined),
    'one of image_url, slack_file',
  );

const button = z.strictObject({
  type: z.literal('button'),
  ...confirmable,
  text: plainText(limits.element.buttonText),
  value: bounded(limits.element.value).optional(),
  url: webUrl(limits.element.url).optional(),
  style: style.optional(),
  accessibility_label: bounded(limits.element.accessibilityLabel).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...confirmable,
  options: z.array(overflowOption).min(1).max(limits.options.overflow),
});

const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...selectable,
  initial_date: date.optional(),
});
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...selectable,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm')
    .optional(),
  timezone: z.string().optional(),
});
const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...confirmable,
  focus_on_load,
  initial_date_time: z.number().int().min(1_000_000_000).max(9_999_999_999).optional(),
});

const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...confirmable,
  focus_on_load,
  options: choices,
  initial_options: z.array(choice).min(1).optional(),
});
const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...confirmable,
  focus_on_load,
  options: choices,
  initial_option: choice.optional(),
});

const conversations = {
  ...selectable,
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
};
const response_url_enabled = z.boolean().optional();

const selects = [
  z.strictObject({
    type: z.literal('static_select'),
    ...selectable,
    options,
    option_groups,
    initial_option: option.optional(),
  }),
  z.strictObject({
    type: z.literal('external_select'),
    ...selectable,
    min_query_length,
    initial_option: option.optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...selectable, initial_user: z.string().optional() }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...conversations,
    initial_conversation: z.string().optional(),
    response_url_enabled,
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...selectable,
    initial_channel: z.string().optional(),
    response_url_enabled,
  }),
  z.strictObject({
    type: z.literal('multi_static_select'),
    ...selectable,
    options,
    option_groups,
    initial_options: z.array(option).min(1).optional(),
    max_selected_items,
  }),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...selectable,
    min_query_length,
    initial_options: z.array(option).min(1).optional(),
    max_selected_items,
  }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...selectable,
    initial_users: z.array(z.string()).optional(),
    max_selected_items,
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...conversations,
    initial_conversations: z.array(z.string()).optional(),
    max_selected_items,
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...selectable,
    initial_channels: z.array(z.string()).optional(),
    max_selected_items,
  }),
] as const;

const lines = z.number().int().min(1).max(limits.element.lines).optional();
const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  action_id,
  placeholder,
  focus_on_load,
  dispatch_action_config: dispatchActionConfig.optional(),
  initial_value: richText.optional(),
  min_lines: lines,
  max_lines: lines,
});

const inputLength = z.number().int().max(limits.element.inputLength).optional();
const typedInputs = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    multiline: z.boolean().optional(),
    min_length: inputLength.refine((it) => it === undefined || it >= 0),
    max_length: inputLength.refine((it) => it === undefined || it >= 1),
  }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: numeric,
    min_value: numeric,
    max_value: numeric,
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...typed }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed }),
] as const;

/** Only the input blocks of modals take one: reference/block-kit/block-elements/file-input-element. */
const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id,
  filetypes: z
    .array(z.string().regex(/^[a-z0-9]+$/i, 'a file extension without its dot'))
    .min(1)
    .optional(),
  max_files: z.number().int().min(1).max(limits.element.files).optional(),
});

const pickers = [datepicker, timepicker, checkboxes, radioButtons, ...selects] as const;

/** What may stand beside a section's text. */
export const accessory = z.discriminatedUnion('type', [button, overflow, image, ...pickers]);
/** What may stand in an actions block. */
export const actionElement = z.discriminatedUnion('type', [
  button,
  overflow,
  datetimepicker,
  richTextInput,
  ...pickers,
]);
/** What may stand in an input block. */
export const inputElement = z.discriminatedUnion('type', [
  datetimepicker,
  richTextInput,
  ...pickers,
  ...typedInputs,
  fileInput,
]);

export type Interactive = z.infer<typeof actionElement> | z.infer<typeof inputElement>;
export type FileInput = z.infer<typeof fileInput>;
export type Button = z.infer<typeof button>;
