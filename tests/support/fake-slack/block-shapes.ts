import fc from 'fast-check';
import type { Surface } from '../../../src/playground/fake-slack/blocks/blocks.ts';
import { picture, pictures, plain, textObject } from './composition-shapes.ts';
import { accessories, actionElements, fileInput, inputElements } from './element-shapes.ts';
import { rich } from './rich-text-shapes.ts';
import {
  alsoWrong,
  formed,
  given,
  list,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  word,
  wrong,
  yesOrNo,
} from './shapes.ts';

const block_id = optional(text(255));

const beside = {
  block_id,
  accessory: optional(oneOf(...Object.values(accessories))),
  expand: optional(yesOrNo),
};
const fields = list(textObject(2_000), 10);
const section = alsoWrong(
  oneOf(
    object({ ...beside, text: given(textObject(3_000)), fields: optional(fields) }, 'section'),
    object({ block_id, fields: given(fields) }, 'section'),
  ),
  wrong({ type: 'section' }),
);

const shortText = formed(fc.string({ minLength: 1, maxLength: 4 }), '', 7);
const cell = oneOf(
  object({ text: shortText }, 'raw_text'),
  object({ value: formed(fc.integer(), 'seven'), text: optional(shortText) }, 'raw_number'),
);
const settings = object({ align: optional(word('left', 'center', 'right')), is_wrapped: optional(yesOrNo) });
const tables = { block_id, column_settings: optional(list(settings, 20, 0)) };
const table = oneOf(
  object({ ...tables, rows: list(list(cell, 20), 100) }, 'table'),
  object({ ...tables, rows: list(list(rich)) }, 'table'),
);

const inputOf = (element: Shape) =>
  object(
    {
      block_id,
      label: plain(2_000),
      element,
      hint: optional(plain(2_000)),
      optional: optional(yesOrNo),
      dispatch_action: optional(yesOrNo),
    },
    'input',
  );

const everywhere: Record<string, Shape> = {
  section,
  header: object({ block_id, text: plain(150) }, 'header'),
  context: object({ block_id, elements: list(oneOf(textObject(3_000), picture), 10) }, 'context'),
  actions: object({ block_id, elements: list(oneOf(...Object.values(actionElements)), 25) }, 'actions'),
  input: inputOf(oneOf(...Object.values(inputElements))),
  image: pictures({ block_id, title: optional(plain(2_000)) }),
  divider: object({ block_id }, 'divider'),
  rich_text: rich,
};

export const inMessagesAlone: Record<string, Shape> = {
  markdown: object({ block_id, text: text(12_000) }, 'markdown'),
  table,
};

/** Every type of block that each surface takes. */
export const blocksOn: Record<Surface, Record<string, Shape>> = {
  message: { ...everywhere, ...inMessagesAlone },
  modal: { ...everywhere, input_of_files: inputOf(fileInput) },
  home: everywhere,
};

type Value = Record<string, unknown>;
const isValue = (it: unknown): it is Value => typeof it === 'object' && it !== null && !Array.isArray(it);

/** Some blocks that agree with each other: ids are unique, and one table and one markdown are enough. */
export function someBlocks(surface: Surface): fc.Arbitrary<unknown[]> {
  const any = fc.oneof(...Object.values(blocksOn[surface]).map((shape) => shape.valid));
  return fc.array(any, { maxLength: 4 }).map(agreeing);
}

export function agreeing(blocks: unknown[]): unknown[] {
  const only = blocks.filter(
    (block, index) =>
      !isValue(block) ||
      typeof block['type'] !== 'string' ||
      !(block['type'] in inMessagesAlone) ||
      blocks.findIndex((it) => isValue(it) && it['type'] === block['type']) === index,
  );
  return withoutRepeated(only, 'block_id').map((block) => {
    const elements = isValue(block) && block['type'] === 'actions' ? block['elements'] : undefined;
    if (!isValue(block) || !Array.isArray(elements)) return block;
    return { ...block, elements: withoutRepeated(elements, 'action_id') };
  });
}

/** Takes an id away where another one before has the same. */
function withoutRepeated(items: unknown[], id: 'block_id' | 'action_id'): unknown[] {
  const seen = new Set<unknown>();
  return items.map((item) => {
    if (!isValue(item) || item[id] === undefined) return item;
    const { [id]: held, ...rest } = item;
    if (seen.has(held)) return rest;
    seen.add(held);
    return item;
  });
}
