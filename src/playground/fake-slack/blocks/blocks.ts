import { z } from 'zod';
import { limits } from '../limits.ts';
import { anyText, bounded, mrkdwn, plainText, slackFile, webUrl } from './composition.ts';
import {
  accessory,
  actionElement,
  type Interactive,
  image as imageElement,
  inputElement,
} from './elements.ts';
import { richText } from './rich-text.ts';

const block_id = bounded(limits.block.id).optional();

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: anyText(limits.block.text).optional(),
    fields: z.array(anyText(limits.block.field)).min(1).max(limits.block.fields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((it) => it.text !== undefined || it.fields !== undefined, 'missing required field: text or fields');

const header = z.strictObject({
  type: z.literal('header'),
  block_id,
  text: plainText(limits.block.header),
});

const context = z.strictObject({
  type: z.literal('context'),
  block_id,
  elements: z
    .array(
      z.discriminatedUnion('type', [imageElement, plainText(limits.block.text), mrkdwn(limits.block.text)]),
    )
    .min(1)
    .max(limits.block.context),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id,
  elements: z.array(actionElement).min(1).max(limits.block.actions),
});

const input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plainText(limits.block.label),
  element: inputElement,
  hint: plainText(limits.block.hint).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const image = z
  .strictObject({
    type: z.literal('image'),
    block_id,
    alt_text: bounded(limits.block.altText),
    image_url: webUrl(limits.block.url).optional(),
    slack_file: slackFile.optional(),
    title: plainText(limits.block.imageTitle).optional(),
  })
  .refine(
    (it) => (it.image_url === undefined) !== (it.slack_file === undefined),
    'one of image_url, slack_file',
  );

const divider = z.strictObject({ type: z.literal('divider'), block_id });

const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id,
  text: bounded(limits.message.markdown),
});

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: bounded(limits.message.tableText) }),
  z.strictObject({
    type: z.literal('raw_number'),
    value: z.number(),
    text: bounded(limits.message.tableText).optional(),
  }),
  richText,
]);
const table = z.strictObject({
  type: z.literal('table'),
  block_id,
  rows: z.array(z.array(cell).min(1).max(limits.block.tableColumns)).min(1).max(limits.block.tableRows),
  column_settings: z
    .array(
      z.strictObject({
        align: z.enum(['left', 'center', 'right']).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    )
    .max(limits.block.tableColumns)
    .optional(),
});

const everywhere = [section, header, context, actions, input, image, divider, richText] as const;

export type Surface = 'message' | 'modal' | 'home';

/** The blocks that each surface takes: tables and markdown are for messages alone. */
export const blockOn = {
  message: z.discriminatedUnion('type', [...everywhere, markdown, table]),
  modal: z.discriminatedUnion('type', [...everywhere]),
  home: z.discriminatedUnion('type', [...everywhere]),
};

export type Block = z.infer<(typeof blockOn)['message']>;

/** Every element of a block that a person can act on, and where in the block it stands. */
export function elementsIn(block: Block): { element: Interactive; at: (string | number)[] }[] {
  if (block.type === 'actions')
    return block.elements.map((element, index) => ({ element, at: ['elements', index] }));
  if (block.type === 'input') return [{ element: block.element, at: ['element'] }];
  if (block.type === 'section' && block.accessory !== undefined && block.accessory.type !== 'image') {
    return [{ element: block.accessory, at: ['accessory'] }];
  }
  return [];
}

/** Every element of a block that a person can act on. */
export function interactiveOf(block: Block): Interactive[] {
  return elementsIn(block).map(({ element }) => element);
}
