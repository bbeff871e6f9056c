import { z } from 'zod';
import { limits } from '../limits.ts';

/** A plain_text object of at most `max` characters; empty text is refused as Slack does. */
export const plainText = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text', 'must be a plain_text object'),
    text: bounded(max),
    emoji: z.boolean().optional(),
  });

/** A mrkdwn object of at most `max` characters. */
export const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: bounded(max),
    verbatim: z.boolean().optional(),
  });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

/** Slack's own words for a text that is too long. */
export const bounded = (max: number, min = 1) =>
  z
    .string()
    .min(min, `must be more than ${min - 1} characters`)
    .max(max, `must be less than ${max + 1} characters`);

export const webUrl = (max: number) =>
  bounded(max).refine((value) => /^https?:$/.test(protocolOf(value)), 'must be a valid http or https URL');

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}

/** An uploaded picture, by its id or by an address that Slack gave it; never both. */
export const slackFile = z
  .strictObject({
    id: z
      .string()
      .regex(/^F[A-Z0-9]{8,}$/, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$')
      .optional(),
    url: webUrl(limits.block.url).optional(),
  })
  .refine((it) => (it.id === undefined) !== (it.url === undefined), 'exactly one of id and url is required');

export const style = z.enum(['primary', 'danger']);

export const confirm = z.strictObject({
  title: plainText(limits.confirm.title),
  text: anyText(limits.confirm.text),
  confirm: plainText(limits.confirm.button),
  deny: plainText(limits.confirm.button),
  style: style.optional(),
});

const optionValue = bounded(limits.option.value);
const description = plainText(limits.option.description).optional();

/** What a select offers. */
export const option = z.strictObject({
  text: plainText(limits.option.text),
  value: optionValue,
  description,
});

/** What checkboxes and radio buttons offer: mrkdwn is allowed here and nowhere else. */
export const choice = z.strictObject({
  text: anyText(limits.option.text),
  value: optionValue,
  description: anyText(limits.option.description).optional(),
});

/** What an overflow menu offers: the only place where an option may carry a url. */
export const overflowOption = z.strictObject({
  text: plainText(limits.option.text),
  value: optionValue.optional(),
  description,
  url: webUrl(limits.option.url).optional(),
});

export const optionGroup = z.strictObject({
  label: plainText(limits.option.groupLabel),
  options: z.array(option).min(1).max(limits.options.select),
});

export const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.keys(filter).length > 0, 'filter must name at least one thing');

export const dispatchActionConfig = z.strictObject({
  trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
});

export type PlainText = z.infer<ReturnType<typeof plainText>>;
export type AnyText = z.infer<ReturnType<typeof anyText>>;
export type Option = z.infer<typeof choice>;
export type OptionGroup = z.infer<typeof optionGroup>;
