import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button, type Content, context, header, section } from '../../platform/slack/elements.ts';
import { numberField, textField } from '../../platform/slack/fields.ts';
import { inline, personMention, quoted, shortened } from '../../platform/slack/mrkdwn.ts';
import { valueWords } from '../okrs/core/key-result.ts';
import {
  type CheckIn,
  isComplete,
  itemsToAsk,
  type Prompt,
  type PromptItem,
  type Tally,
} from './core/check-in.ts';
import { typedNumber } from './core/number.ts';

export const modalId = 'check-in:answer';

/** A message lists this many key results; the rest is counted, so that Slack's limits are never met. */
const mostListed = 15;

/** The one message in the channel, edited as answers come in. `day` is the occurrence's date in words. */
export function runBlocks(day: string, tally: Tally, unasked: number): Content {
  const title = `OKR check-in, ${day}`;
  const count = tally.in === tally.asked ? `All ${tally.asked} are in.` : `${tally.in} of ${tally.asked} in.`;
  const without =
    unasked === 1 ? '1 key result has nobody to ask.' : `${unasked} key results have nobody to ask.`;
  const lines = [count, ...(unasked > 0 ? [without] : []), 'Answers gather in this thread.'];
  return { text: `${title}: ${lines.join(' ')}`, blocks: [header(title), section(lines.join('\n'))] };
}

/** The direct message to somebody who owes answers, or has given them. */
export function promptBlocks(prompt: Pick<Prompt, 'occurrenceId' | 'items'>, day: string): Content {
  return isComplete(prompt.items) ? thanks(prompt, day) : question(prompt, day);
}

function question({ occurrenceId, items }: Pick<Prompt, 'occurrenceId' | 'items'>, day: string): Content {
  const open = items.filter((item) => item.answer === null);
  const done = items.length - open.length;
  const count = open.length === 1 ? 'one key result' : `${open.length} key results`;
  const ask =
    done === 0 ? `Where do you stand with ${count}?` : `${done} of ${items.length} are in. ${count} left:`;
  const lines = listed(open, ({ keyResult, previous }) => {
    const value =
      keyResult.current === null ? 'no value yet' : `last ${valueWords(keyResult.current, keyResult)}`;
    const confidence = previous === null ? '' : `, confidence ${previous.confidence}`;
    return `• *${inline(keyResult.title)}*  ${value}${confidence}, target ${valueWords(keyResult.target, keyResult)}`;
  });
  return {
    text: `${day}: ${ask} ${open
      .map((item) => inline(item.keyResult.title))
      .slice(0, 3)
      .join(', ')}`,
    blocks: [
      section(`*OKR check-in, ${day}*\n${ask}\n${lines}`),
      actions(button('Check in', 'check-in:open', String(occurrenceId), 'primary')),
      context('You are asked because you own these key results. It takes about a minute.'),
    ],
  };
}

function thanks({ occurrenceId, items }: Pick<Prompt, 'occurrenceId' | 'items'>, day: string): Content {
  const text = `*OKR check-in, ${day}*\nThank you, you are in.\n${listed(items, answerLine)}`;
  return {
    text: `Thank you, your check-in of ${day} is in.`,
    blocks: [section(text), actions(button('Change it', 'check-in:open', String(occurrenceId)))],
  };
}

/** What a person answered, for the thread. */
export function answersBlocks(prompt: Pick<Prompt, 'person' | 'items'>): Content {
  const answered = prompt.items.filter((item) => item.answer !== null);
  const blocks: KnownBlock[] = [section(`${personMention(prompt.person)}`)];
  for (const item of answered.slice(0, mostListed)) {
    const words = item.answer?.words ? `\n${quoted(shortened(item.answer.words, 1500))}` : '';
    blocks.push(section(`${answerLine(item)}${words}`));
  }
  if (answered.length > mostListed) blocks.push(context(`… and ${answered.length - mostListed} more.`));
  const text = answered.map((item) => answerLine(item).replaceAll('*', '')).join('\n');
  return { text: shortened(`${personMention(prompt.person)} checked in\n${text}`, 3_500), blocks };
}

/** The modal with all that the person is asked for now, prefilled with the last values. */
export function checkInModal(prompt: Prompt): ModalView {
  const items = itemsToAsk(prompt.items);
  const rest = prompt.items.filter((item) => item.answer === null).length - items.length;
  const blocks = items.flatMap((item) => fieldsOf(item));
  if (rest > 0) blocks.push(context(`${rest} more will be asked when these are in.`));
  return {
    type: 'modal',
    callback_id: modalId,
    private_metadata: JSON.stringify({
      occurrence: prompt.occurrenceId,
      items: items.map((item) => item.keyResult.id),
    }),
    title: { type: 'plain_text', text: 'Check in', emoji: false },
    submit: { type: 'plain_text', text: 'Check in', emoji: false },
    close: { type: 'plain_text', text: 'Not now', emoji: false },
    blocks,
  };
}

function fieldsOf({ keyResult, answer, previous }: PromptItem): KnownBlock[] {
  const last = answer ?? previous;
  const value = answer?.value ?? keyResult.current;
  return [
    section(`*${inline(keyResult.title)}*\n${inline(keyResult.objective)}`),
    textField({
      blockId: `value/${keyResult.id}`,
      label: 'Value',
      hint: valueHint(keyResult),
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
  ];
}

function valueHint(keyResult: PromptItem['keyResult']): string {
  if (keyResult.type === 'milestone' && keyResult.unit === null) return '1 when it is done, 0 until then.';
  const target = `Target ${valueWords(keyResult.target, keyResult)}`;
  return keyResult.start === null
    ? `${target}. This first value becomes the start.`
    : `${target}, started at ${valueWords(keyResult.start, keyResult)}.`;
}

function answerLine({ keyResult, answer, previous }: PromptItem): string {
  if (answer === null) return `• *${inline(keyResult.title)}*`;
  return `• *${inline(keyResult.title)}*  ${moved(keyResult, answer, previous)}, confidence ${confidenceWords(answer, previous)}`;
}

function moved(keyResult: PromptItem['keyResult'], answer: CheckIn, previous: CheckIn | null): string {
  const now = valueWords(answer.value, keyResult);
  const from = previous?.value;
  return from === undefined || from === answer.value ? now : `${valueWords(from, keyResult)} → ${now}`;
}

function confidenceWords(answer: CheckIn, previous: CheckIn | null): string {
  if (previous === null || previous.confidence === answer.confidence) return String(answer.confidence);
  return `${previous.confidence} → ${answer.confidence}`;
}

function listed(items: PromptItem[], line: (item: PromptItem) => string): string {
  const lines = items.slice(0, mostListed).map(line);
  if (items.length > mostListed) lines.push(`… and ${items.length - mostListed} more.`);
  return lines.join('\n');
}
