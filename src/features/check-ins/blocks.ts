import type { Button, KnownBlock, ModalView } from '@slack/types';
import {
  actions,
  button,
  type Content,
  context,
  header,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { numberField, textField } from '../../platform/slack/fields.ts';
import { inline, personMention, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { valueWords } from '../okrs/core/key-result.ts';
import {
  type CheckIn,
  countForLater,
  isComplete,
  itemsToAsk,
  type Prompt,
  type PromptItem,
  type Tally,
  type WhyAsked,
} from './core/check-in.ts';
import { typedNumber } from './core/number.ts';

export const modalId = 'check-in:answer';

/** A message lists this many key results; the rest is counted, so that Slack's limits are never met. */
const mostListed = 15;
const longestLine = 500;
/** What the answers in a thread may fill together. */
const roomForAnswers = 9_000;

/** What the channel's message says of a run besides its day and its count. */
export type RunWords = {
  /** How many key results nobody is asked about. */
  unasked: number;
  /** Why it comes late, in words; null: it does not. */
  late: string | null;
  isOver: boolean;
};

/** The one message in the channel, edited as answers come in. `day` is the occurrence's date in words. */
export function runBlocks(day: string, tally: Tally, { unasked, late, isOver }: RunWords): Content {
  const title = `OKR check-in, ${day}`;
  const people = tally.asked + tally.away;
  const without =
    unasked === 1 ? '1 key result has nobody to ask.' : `${unasked} key results have nobody to ask.`;
  const end = isOver ? 'This check-in is closed.' : 'Answers gather in this thread.';
  const lines = [
    ...(late === null ? [] : [late]),
    ...(people > 0 ? [countWords(tally)] : []),
    ...(unasked > 0 ? [without] : []),
    ...(people > 0 || isOver ? [end] : []),
  ];
  return { text: `${title}: ${lines.join(' ')}`, blocks: [header(title), section(lines.join('\n'))] };
}

/** "5 of 7 in, 1 away." Who is away was not asked, and is not missing. */
function countWords(tally: Tally): string {
  const isAll = tally.asked > 1 && tally.in === tally.asked && tally.away === 0;
  if (isAll) return `All ${tally.asked} are in.`;
  const away = tally.away > 0 ? `, ${tally.away} away` : '';
  return `${tally.in} of ${tally.asked + tally.away} in${away}.`;
}

/** What a run came to, once and for all, for its thread. It names nobody who was not heard. */
export function summaryBlocks(tally: Tally, answered: readonly PromptItem[], why: 'newer' | 'over'): Content {
  const notHeard = tally.asked - tally.in;
  const missing = notHeard === 0 ? '' : ` ${notHeard} ${notHeard === 1 ? 'has' : 'have'} not been heard.`;
  const begins =
    why === 'newer' ? 'A newer check-in has begun, so this one is closed.' : 'This check-in is closed.';
  const text = `${begins} ${countWords(tally)}${missing}`;
  const lines = answered.length === 0 ? [] : ['*What came in*', ...listed([...answered], answerLine)];
  return { text, blocks: sections([text, ...lines]) };
}

/** The reply below a person's prompt, when they have not answered all of it yet. */
export function nudgeBlocks(occurrenceId: number, day: string): Content {
  const text = `A gentle reminder: your check-in of ${day} is still open.`;
  return {
    text,
    blocks: [section(text), actions(checkInButton(occurrenceId)), context('It takes about a minute.')],
  };
}

/** The direct message to somebody who owes answers, or has given them. */
export function promptBlocks(prompt: Pick<Prompt, 'occurrenceId' | 'items'>, day: string): Content {
  return isComplete(prompt.items) ? thanks(prompt, day) : question(prompt, day);
}

function question({ occurrenceId, items }: Pick<Prompt, 'occurrenceId' | 'items'>, day: string): Content {
  const open = items.filter((item) => item.answer === null);
  const done = items.length - open.length;
  const isOne = open.length === 1;
  const ask =
    done === 0
      ? `Where do you stand with ${isOne ? 'one key result' : `${open.length} key results`}?`
      : `${done} of ${items.length} ${done === 1 ? 'is' : 'are'} in. ${isOne ? 'One key result' : `${open.length} key results`} left:`;
  const lines = listed(open, ({ keyResult, previous, why }) => {
    const value = keyResult.current === null ? 'no value yet' : `last ${words(keyResult.current, keyResult)}`;
    const confidence = previous === null ? '' : `, confidence ${previous.confidence}`;
    return `• *${inline(keyResult.title)}*  ${value}${confidence}, target ${words(keyResult.target, keyResult)}${standInWords(why)}`;
  });
  return {
    text: `${day}: ${ask} ${open
      .map((item) => inline(item.keyResult.title))
      .slice(0, 3)
      .join(', ')}`,
    blocks: [
      ...sections([`*OKR check-in, ${day}*`, ask, ...lines]),
      actions(checkInButton(occurrenceId)),
      context(`${reason(open)}It takes about a minute.`),
    ],
  };
}

/** Opens the modal with all that is asked in an occurrence. */
export function checkInButton(occurrenceId: number): Button {
  return button('Check in', 'check-in:open', String(occurrenceId), 'primary');
}

/** Said once below all; of what somebody else owns, each key result says it itself. */
function reason(items: readonly PromptItem[]): string {
  const owned = items.filter((item) => item.why.as === 'owner').length;
  if (owned === 0) return '';
  return owned === items.length
    ? 'You are asked because you own these key results. '
    : 'You are asked because you own the other key results. ';
}

function standInWords(why: WhyAsked): string {
  if (why.as === 'owner') return '';
  return why.standsInFor === null
    ? '\n   You stand in here: nobody owns it.'
    : `\n   You stand in for ${personMention(why.standsInFor)} here.`;
}

function thanks({ occurrenceId, items }: Pick<Prompt, 'occurrenceId' | 'items'>, day: string): Content {
  const lines = [`*OKR check-in, ${day}*`, 'Thank you, you are in.', ...listed(items, answerLine)];
  return {
    text: `Thank you, your check-in of ${day} is in.`,
    blocks: [...sections(lines), actions(button('Change it', 'check-in:open', String(occurrenceId)))],
  };
}

/** What a person answered, for the thread. */
export function answersBlocks(prompt: Pick<Prompt, 'person' | 'items'>): Content {
  const answered = prompt.items.filter((item) => item.answer !== null);
  const blocks: KnownBlock[] = [section(`${personMention(prompt.person)}`)];
  const shown = answered.slice(0, mostListed);
  const room = Math.floor(roomForAnswers / shown.length);
  for (const item of shown) {
    const said = item.answer?.words ? `\n${quoted(item.answer.words)}` : '';
    blocks.push(section(shortenedMrkdwn(`${answerLine(item)}${said}`, room)));
  }
  if (answered.length > mostListed) blocks.push(context(`… and ${answered.length - mostListed} more.`));
  const text = answered.map((item) => answerLine(item).replaceAll('*', '')).join('\n');
  return { text: shortenedMrkdwn(`${personMention(prompt.person)} checked in\n${text}`, 3_500), blocks };
}

/**
 * The modal with all that the person is asked for now, prefilled with the last values. Of a change in several steps,
 * `behind` is the key result that the step before ended with.
 */
export function checkInModal(prompt: Prompt, behind: number | null = null): ModalView {
  const items = itemsToAsk(prompt.items, behind);
  const rest = countForLater(prompt.items, behind);
  const isChange = isComplete(prompt.items);
  const blocks = items.flatMap((item) => fieldsOf(item));
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
  const now = words(answer.value, keyResult);
  const from = previous?.value;
  return from === undefined || from === answer.value ? now : `${words(from, keyResult)} → ${now}`;
}

function confidenceWords(answer: CheckIn, previous: CheckIn | null): string {
  if (previous === null || previous.confidence === answer.confidence) return String(answer.confidence);
  return `${previous.confidence} → ${answer.confidence}`;
}

function listed(items: PromptItem[], line: (item: PromptItem) => string): string[] {
  const lines = items.slice(0, mostListed).map((item) => shortenedMrkdwn(line(item), longestLine));
  if (items.length > mostListed) lines.push(`… and ${items.length - mostListed} more.`);
  return lines;
}

/** The unit is somebody's words too. */
function words(value: number, keyResult: PromptItem['keyResult']): string {
  return inline(valueWords(value, keyResult));
}
