import type { InputBlock } from '@slack/types';
import { shortened } from './mrkdwn.ts';

const limits = { label: 2000, hint: 2000 };

type Field = { blockId: string; label: string; hint?: string; isOptional?: boolean };

/** A text input; its action id is always `input`, since each of our inputs has a block of its own. */
export function textField(
  field: Field & { initial?: string | undefined; limit: number; isLong?: boolean },
): InputBlock {
  return {
    ...frame(field),
    element: {
      type: 'plain_text_input',
      action_id: 'input',
      multiline: field.isLong === true,
      max_length: field.limit,
      ...(field.initial === undefined || field.initial === ''
        ? {}
        : { initial_value: shortened(field.initial, field.limit) }),
    },
  };
}

/** A whole number between two bounds. Slack checks them in the client; whoever reads it checks them again. */
export function numberField(
  field: Field & { initial?: number | undefined; from: number; to: number },
): InputBlock {
  return {
    ...frame(field),
    element: {
      type: 'number_input',
      action_id: 'input',
      is_decimal_allowed: false,
      min_value: String(field.from),
      max_value: String(field.to),
      ...(field.initial === undefined ? {} : { initial_value: String(field.initial) }),
    },
  };
}

/** Picks one person of the workspace. */
export function personField(field: Field): InputBlock {
  return { ...frame(field), element: { type: 'users_select', action_id: 'input' } };
}

function frame({ blockId, label, hint, isOptional }: Field): Omit<InputBlock, 'element'> {
  return {
    type: 'input',
    block_id: blockId,
    optional: isOptional === true,
    label: { type: 'plain_text', text: shortened(label, limits.label), emoji: false },
    ...(hint === undefined
      ? {}
      : { hint: { type: 'plain_text', text: shortened(hint, limits.hint), emoji: false } }),
  };
}
