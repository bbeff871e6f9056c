import type { KnownBlock, ModalView } from '@slack/types';
import { dateWords } from '../../platform/core/time-words.ts';
import { context, section } from '../../platform/slack/elements.ts';
import { dateField, menuField, numberField, textField } from '../../platform/slack/fields.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { valueWords } from '../okrs/core/key-result.ts';
import {
  countForLater,
  isComplete,
  itemsToAsk,
  mayBecomeDoubtful,
  type Prompt,
  type PromptItem,
} from './core/check-in.ts';
import { typedNumber } from './core/number.ts';
import { doubtQuestion } from './core/questions.ts';

export const modalId = 'check-in:answer';

/** What can be said against what confidence says; `follows` takes it back. */
export const healthChoices = [
  { id: 'follows', name: 'What my confidence says' },
  { id: 'on-track', name: 'On track' },
  { id: 'at-risk', name: 'At risk' },
  { id: 'off-track', name: 'Off track' },
];

/**
 * The modal with all that the person is asked for now, prefilled with the last values. Of a change in several steps,
 * `behind` is the key result that the step before ended with; `openedAt`, in milliseconds of machine time, is remembered
 * so that its answer tells how long it took.
 */
export function checkInModal(
  prompt: Prompt,
  { behind = null, openedAt = null }: { behind?: number | null; openedAt?: number | null } = {},
): ModalView {
  const items = itemsToAsk(prompt.items, behind);
  const rest = countForLater(prompt.items, behind);
  const isChange = isComplete(prompt.items);
  const blocks = [...notes(prompt), ...items.flatMap((item) => fieldsOf(item))];
  if (rest > 0) {
    blocks.push(context(`${rest} more ${isChange ? 'can be changed' : 'will be asked'} when these are in.`));
  }
  return {
    type: 'modal',
    callback_id: modalId,
    private_metadata: JSON.stringify({
      occurrence: prompt.occurrenceId,
      items: items.map((item) => item.keyResult.id),
      isChange,
      ...(openedAt === null ? {} : { openedAt }),
    }),
    title: { type: 'plain_text', text: 'Check in', emoji: false },
    submit: { type: 'plain_text', text: 'Check in', emoji: false },
    close: { type: 'plain_text', text: 'Not now', emoji: false },
    blocks,
  };
}

function notes(prompt: Prompt): KnownBlock[] {
  if (prompt.occurrenceId === null) {
    return [
      context('The next check-in has not begun. What you say now counts for it, and you will not be asked.'),
    ];
  }
  return prompt.standing === 'late'
    ? [context('This check-in is closed. Your answer still counts, as a late one.')]
    : [];
}

function fieldsOf(item: PromptItem): KnownBlock[] {
  const { keyResult, answer, previous, suggestion } = item;
  const last = answer ?? previous;
  const value = answer?.value ?? suggestion?.value ?? keyResult.current;
  return [
    section(`*${inline(keyResult.title)}*\n${lineOf(item)}`),
    textField({
      blockId: `value/${keyResult.id}`,
      label: 'Value',
      hint: valueHint(item),
      initial: value === null ? undefined : typedNumber(value),
      limit: 40,
    }),
    numberField({
      blockId: `confidence/${keyResult.id}`,
      label: 'Confidence',
      hint: '0 to 10: the chance, in your eyes, of reaching the full target.',
      initial: last?.confidence,
      from: 0,
      to: 10,
    }),
    textField({
      blockId: `words/${keyResult.id}`,
      label: 'What changed?',
      initial: answer?.words ?? undefined,
      limit: 1500,
      isLong: true,
      isOptional: true,
    }),
    ...doubtField(item),
    ...dueField(item),
    healthField(item),
  ];
}

/** The strategy line that it serves, its objective, and what was said last. */
function lineOf({ keyResult, line, previous }: PromptItem): string {
  const serves = line === null ? '' : `${inline(line)} > `;
  const said = previous?.words ? `\nLast time: "${inline(previous.words)}"` : '';
  return `${serves}${inline(keyResult.objective)}${said}`;
}

function valueHint({ keyResult, suggestion, previous }: PromptItem): string {
  if (keyResult.type === 'milestone' && keyResult.unit === null) return '1 when it is done, 0 until then.';
  const target = `Target ${valueWords(keyResult.target, keyResult)}`;
  const start =
    keyResult.start === null
      ? `${target}. This first value becomes the start.`
      : `${target}, started at ${valueWords(keyResult.start, keyResult)}.`;
  const before = previous === null ? '' : ` Last time ${valueWords(previous.value, keyResult)}.`;
  const found =
    suggestion === null ? '' : ` ${suggestion.from} says ${valueWords(suggestion.value, keyResult)}.`;
  return `${start}${before}${found}`;
}

/** Stands there already where this answer may be the third green one in a row that the numbers do not bear out. */
function doubtField(item: PromptItem): KnownBlock[] {
  if (!mayBecomeDoubtful(item)) return [];
  return [
    textField({
      blockId: `doubt/${item.keyResult.id}`,
      label: 'What makes you sure?',
      hint: doubtQuestion,
      limit: 1500,
      isLong: true,
      isOptional: true,
    }),
  ];
}

function dueField({ keyResult }: PromptItem): KnownBlock[] {
  const { dueOn, firstDueOn, slips } = keyResult;
  if (dueOn === null) return [];
  const times = slips === 1 ? 'once' : `${slips} times`;
  const slipped =
    slips === 0 || firstDueOn === null ? '' : ` First promised for ${dateWords(firstDueOn)}, moved ${times}.`;
  return [
    dateField({
      blockId: `due/${keyResult.id}`,
      label: 'Due',
      hint: `A later date asks why.${slipped}`,
      initial: dueOn.toString(),
    }),
  ];
}

/** Prefilled only where it is overruled; else it follows from confidence and needs no press. */
function healthField({ keyResult, answer, previous }: PromptItem): KnownBlock {
  return menuField({
    blockId: `health/${keyResult.id}`,
    label: 'Health, if it is not what your confidence says',
    choices: healthChoices,
    initial: (answer ?? previous)?.health ?? undefined,
    isOptional: true,
  });
}
