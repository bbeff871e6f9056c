import type { InputBlock, PlainTextOption, StaticSelect } from '@slack/types';
import { shortened } from './mrkdwn.ts';

const limits = { label: 2000, hint: 2000, option: 75, options: 100, group: 75, placeholder: 150, boxes: 10 };

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

/** Picks one person of the workspace; `initial` is their Slack id. */
export function personField(field: Field & { initial?: string | undefined }): InputBlock {
  return {
    ...frame(field),
    element: {
      type: 'users_select',
      action_id: 'input',
      ...(field.initial === undefined ? {} : { initial_user: field.initial }),
    },
  };
}

/** Picks any number of people of the workspace, at most `most`; `initial` are their Slack ids. */
export function peopleField(
  field: Field & { initial?: readonly string[] | undefined; most?: number },
): InputBlock {
  const { initial = [], most = 100 } = field;
  return {
    ...frame(field),
    element: {
      type: 'multi_users_select',
      action_id: 'input',
      max_selected_items: most,
      ...(initial.length === 0 ? {} : { initial_users: initial.slice(0, most) }),
    },
  };
}

/** Picks one channel of the workspace, public or private, that whoever picks is in. */
export function channelField(field: Field & { initial?: string | undefined }): InputBlock {
  return {
    ...frame(field),
    element: {
      type: 'conversations_select',
      action_id: 'input',
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      ...(field.initial === undefined ? {} : { initial_conversation: field.initial }),
    },
  };
}

/** Picks any number of channels, at most `most`, public or private, that whoever picks is in; `initial` are Slack ids. */
export function channelsField(field: Field & { initial?: readonly string[]; most: number }): InputBlock {
  const { initial = [], most } = field;
  return {
    ...frame(field),
    element: {
      type: 'multi_conversations_select',
      action_id: 'input',
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      max_selected_items: most,
      ...(initial.length === 0 ? {} : { initial_conversations: initial.slice(0, most) }),
    },
  };
}

/** A day of the calendar; it is read as an ISO date. */
export function dateField(field: Field & { initial?: string | undefined }): InputBlock {
  return {
    ...frame(field),
    element: {
      type: 'datepicker',
      action_id: 'input',
      ...(field.initial === undefined ? {} : { initial_date: field.initial }),
    },
  };
}

/** One thing that can be picked: an id of ours, of at most 75 characters, and how people call it. */
export type Choice = { id: string; name: string };

/**
 * Picks one of up to 10,000, which stand in groups where there are more than Slack's hundred. An `initial` that is
 * none of them picks nothing.
 */
export function menuField(
  field: Field & { choices: readonly Choice[]; initial?: string | undefined },
): InputBlock {
  const options = field.choices.slice(0, limits.options ** 2).map(option);
  const initial = options.find(({ value }) => value === field.initial);
  return {
    ...frame(field),
    element: {
      type: 'static_select',
      action_id: 'input',
      ...offered(options),
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

/**
 * A menu that stands beside a line of text in a section, whose `block_id` names it when the modal is sent off. `label` is
 * what it is for, in words for whoever does not see the line beside it.
 */
export function menuBeside(menu: {
  actionId: string;
  label: string;
  choices: readonly Choice[];
  initial: string;
}): StaticSelect {
  const options = menu.choices.slice(0, limits.options).map(option);
  const initial = options.find(({ value }) => value === menu.initial);
  return {
    type: 'static_select',
    action_id: menu.actionId,
    placeholder: { type: 'plain_text', text: shortened(menu.label, limits.placeholder), emoji: false },
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

/** Picks any number of up to 10,000, which stand in groups where there are more than Slack's hundred. */
export function menuOfManyField(
  field: Field & { choices: readonly Choice[]; initial?: readonly string[] | undefined },
): InputBlock {
  const options = field.choices.slice(0, limits.options ** 2).map(option);
  const initial = options.filter(({ value = '' }) => field.initial?.includes(value));
  return {
    ...frame(field),
    element: {
      type: 'multi_static_select',
      action_id: 'input',
      ...offered(options),
      ...(initial.length === 0 ? {} : { initial_options: initial }),
    },
  };
}

/** Ticks any number of up to ten; each may have a line of its own below its name. `initial` are ticked already. */
export function boxesField(
  field: Field & { choices: readonly (Choice & { line?: string })[]; initial?: readonly string[] },
): InputBlock {
  const options = field.choices.slice(0, limits.boxes).map(({ line, ...choice }) => ({
    ...option(choice),
    ...(line === undefined
      ? {}
      : {
          description: {
            type: 'plain_text' as const,
            text: shortened(line, limits.option),
            emoji: false,
          },
        }),
  }));
  const initial = options.filter(({ value = '' }) => field.initial?.includes(value));
  return {
    ...frame(field),
    element: {
      type: 'checkboxes',
      action_id: 'input',
      options,
      ...(initial.length === 0 ? {} : { initial_options: initial }),
    },
  };
}

/** Attaches one file; `types` are the ends of names that Slack lets pass. It needs the scope `files:read`. */
export function fileField(field: Field & { types: readonly string[] }): InputBlock {
  return {
    ...frame(field),
    element: { type: 'file_input', action_id: 'input', filetypes: [...field.types], max_files: 1 },
  };
}

/** Picks one thing out of many that are searched for by what is typed: whoever listens to `actionId` offers them. */
export function searchField(
  field: Field & { actionId: string; placeholder: string; initial?: Choice | undefined },
): InputBlock {
  return {
    ...frame(field),
    element: {
      type: 'external_select',
      action_id: field.actionId,
      min_query_length: 1,
      placeholder: {
        type: 'plain_text',
        text: shortened(field.placeholder, limits.placeholder),
        emoji: false,
      },
      ...(field.initial === undefined ? {} : { initial_option: option(field.initial) }),
    },
  };
}

/** What a field of `searchField` offers. */
export function offers(choices: readonly Choice[]): PlainTextOption[] {
  return choices.slice(0, limits.options).map(option);
}

function option({ id, name }: Choice): PlainTextOption {
  return {
    text: { type: 'plain_text', text: shortened(name, limits.option), emoji: false },
    value: id,
  };
}

function offered(options: PlainTextOption[]) {
  return options.length <= limits.options ? { options } : { option_groups: groups(options) };
}

function groups(options: PlainTextOption[]) {
  return Array.from({ length: Math.ceil(options.length / limits.options) }, (_, index) => {
    const own = options.slice(index * limits.options, (index + 1) * limits.options);
    const name = (one: PlainTextOption | undefined) => shortened(one?.text.text ?? '', 36);
    return {
      label: {
        type: 'plain_text' as const,
        text: shortened(`${name(own[0])} – ${name(own.at(-1))}`, limits.group),
        emoji: false,
      },
      options: own,
    };
  });
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
