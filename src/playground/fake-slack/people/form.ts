import { type Block, interactiveOf } from '../blocks/blocks.ts';
import type { Option } from '../blocks/composition.ts';
import type { Interactive } from '../blocks/elements.ts';
import { CannotDo } from '../refusal.ts';
import type { User } from '../state/workspace.ts';
import type { World } from '../world.ts';
import {
  enteredValue,
  holdsValue,
  initialValue,
  isEmpty,
  type StateValue,
  type StateValues,
} from './state-values.ts';

export type Field = {
  block: Block;
  element: Interactive;
  blockId: string;
  actionId: string;
  value: StateValue;
};

/** What a person entered: by `block_id`, `block_id/action_id`, `action_id` or the label they see. */
export type Entries = Readonly<Record<string, unknown>>;

/** What a menu that is filled from outside has suggested so far. */
export type Suggested = (block: Block, element: Interactive) => readonly Option[];

/** Every field of these blocks with what it holds: the initial value, or what the person entered. */
export function fillForm(
  world: World,
  user: User,
  blocks: readonly Block[],
  entries: Entries,
  suggested: Suggested,
): Field[] {
  const fields = blocks.flatMap((block) =>
    interactiveOf(block)
      .filter(holdsValue)
      .map((element) => ({
        block,
        element,
        blockId: block.block_id ?? '',
        actionId: element.action_id ?? '',
        value: initialValue(element),
      })),
  );
  for (const [name, raw] of Object.entries(entries)) {
    const field = fieldNamed(fields, name);
    const offered = suggested(field.block, field.element);
    field.value = enteredValue(world, field.element, raw, { user, suggested: offered });
  }
  return fields;
}

/** The fields in the shape of `state.values`. */
export function stateValues(fields: readonly Field[]): StateValues {
  const values: StateValues = {};
  for (const field of fields) {
    values[field.blockId] = { ...values[field.blockId], [field.actionId]: field.value };
  }
  return values;
}

/** What Slack's client refuses to submit, by block_id. */
export function clientErrors(fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const words = wrongWith(field);
      return words === undefined ? [] : [[field.blockId, words]];
    }),
  );
}

function fieldNamed(fields: readonly Field[], name: string): Field {
  const ways: ((field: Field) => string)[] = [
    (field) => field.blockId,
    (field) => `${field.blockId}/${field.actionId}`,
    (field) => field.actionId,
    (field) => (field.block.type === 'input' ? field.block.label.text : ''),
  ];
  for (const way of ways) {
    const [first, second] = fields.filter((field) => way(field) === name);
    if (second !== undefined)
      throw new CannotDo(`more than one field is called ${name}: say block_id/action_id`);
    if (first !== undefined) return first;
  }
  const known = fields.map((field) =>
    field.block.type === 'input' ? field.block.label.text : field.actionId,
  );
  throw new CannotDo(`there is no field called "${name}" here; there are: ${known.join(', ') || 'none'}`);
}

function wrongWith({ block, element, value }: Field): string | undefined {
  if (block.type !== 'input') return undefined;
  if (isEmpty(value)) return block.optional ? undefined : 'Please complete this required field.';
  const text = typeof value['value'] === 'string' ? value['value'] : '';
  switch (element.type) {
    case 'number_input':
      return wrongNumber(element, text);
    case 'plain_text_input':
      if (element.max_length !== undefined && text.length > element.max_length) {
        return `Please shorten this to ${element.max_length} characters or fewer.`;
      }
      if (element.min_length !== undefined && text.length < element.min_length) {
        return `Please make this at least ${element.min_length} characters.`;
      }
      return undefined;
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\/\S+$/.test(text) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}

function wrongNumber(
  element: Extract<Interactive, { type: 'number_input' }>,
  text: string,
): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return 'Please enter a number.';
  if (!element.is_decimal_allowed && text.includes('.')) return 'Please enter a whole number.';
  const least = Number(element.min_value ?? -Infinity);
  const most = Number(element.max_value ?? Infinity);
  if (Number(text) < least) return `Please enter a number of at least ${least}.`;
  return Number(text) > most ? `Please enter a number of at most ${most}.` : undefined;
}
