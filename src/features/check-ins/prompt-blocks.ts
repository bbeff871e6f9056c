import type { Button, KnownBlock } from '@slack/types';
import { dateWords } from '../../platform/core/time-words.ts';
import { actions, button, type Content, context, section, sections } from '../../platform/slack/elements.ts';
import { inline, personMention, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { dayOf, isComplete, type Prompt, type PromptItem } from './core/check-in.ts';
import { answerLine, countOf, listed, mostListed, standInWords, words } from './item-words.ts';
import { laterMenu } from './leaving/blocks.ts';

/** What the answers in a thread may fill together. */
const roomForAnswers = 9_000;

/** The buttons below a prompt, by what they do. */
export const actionsOfPrompt = {
  open: 'check-in:open',
  noChange: 'check-in:no-change',
  snooze: 'check-in:snooze',
  away: 'check-in:away',
  notMine: 'check-in:not-mine',
  why: 'check-in:why',
} as const;

/** What somebody is asked in their direct message of the day, or has answered. */
export function promptBlocks(prompt: Prompt): Content {
  const day = dateWords(dayOf(prompt.occurrenceName));
  if (prompt.items.length === 0) return nothingLeft(day, prompt.isAway);
  return isComplete(prompt.items) ? thanks(prompt, day) : question(prompt, day);
}

function nothingLeft(day: string, isAway: boolean): Content {
  const text = isAway
    ? `You are away, so somebody else answers your check-in of ${day}. Have a good time.`
    : `Nothing is left for you in the check-in of ${day}.`;
  return { text, blocks: [section(text)] };
}

function question({ occurrenceId, items, isAway }: Prompt, day: string): Content {
  if (isAway) return waitsForYou(occurrenceId, day);
  const open = items.filter((item) => item.answer === null);
  const done = items.length - open.length;
  const ask =
    done === 0
      ? `Where do you stand with ${countOf(open.length)}?`
      : `${done} of ${items.length} ${done === 1 ? 'is' : 'are'} in. ${countOf(open.length).replace(/^o/, 'O')} left:`;
  const lines = listed(open, (item, before) => `${servesLine(item, before)}${openLine(item)}`);
  const value = String(occurrenceId ?? 0);
  const buttons = [
    checkInButton(occurrenceId ?? 0),
    button('No change', actionsOfPrompt.noChange, value),
    button('Snooze', actionsOfPrompt.snooze, value),
    button("I'm away", actionsOfPrompt.away, value),
    button('Not mine', actionsOfPrompt.notMine, value),
  ];
  return {
    text: `${day}: ${ask} ${open
      .map((item) => inline(item.keyResult.title))
      .slice(0, 3)
      .join(', ')}`,
    blocks: [
      ...sections([`*OKR check-in, ${day}*`, ask, ...lines]),
      actions(...buttons),
      {
        type: 'actions',
        elements: [laterMenu(occurrenceId ?? 0), button('Why am I seeing this?', actionsOfPrompt.why, value)],
      },
    ],
  };
}

/** Nobody can stand in for who is away, so nobody is asked. */
function waitsForYou(occurrenceId: number | null, day: string): Content {
  const text = `You are away, so nobody waits for your check-in of ${day}. You may answer all the same.`;
  return { text, blocks: [section(text), actions(checkInButton(occurrenceId ?? 0))] };
}

/** The line of the strategy and the objective that key results serve, once above those that serve the same. */
function servesLine({ keyResult, line }: PromptItem, before: PromptItem | undefined): string {
  if (before?.keyResult.objectiveId === keyResult.objectiveId) return '';
  const serves = line === null ? '' : `${inline(line)} > `;
  return `${serves}${inline(keyResult.objective)}\n`;
}

function openLine({ keyResult, previous, why, suggestion }: PromptItem): string {
  const value = keyResult.current === null ? 'no value yet' : `last ${words(keyResult.current, keyResult)}`;
  const confidence = previous === null ? '' : `, confidence ${previous.confidence}`;
  const found =
    suggestion === null ? '' : `\n   ${inline(suggestion.from)} says ${words(suggestion.value, keyResult)}.`;
  return `• *${inline(keyResult.title)}*  ${value}${confidence}, target ${words(keyResult.target, keyResult)}${found}${standInWords(why, personMention)}`;
}

/** Opens the modal with all that is asked in an occurrence. */
export function checkInButton(occurrenceId: number): Button {
  return button('Check in', actionsOfPrompt.open, String(occurrenceId), 'primary');
}

function thanks({ occurrenceId, items }: Prompt, day: string): Content {
  const lines = [`*OKR check-in, ${day}*`, 'Thank you, you are in.', ...listed(items, answerLine)];
  return {
    text: `Thank you, your check-in of ${day} is in.`,
    blocks: [
      ...sections(lines),
      actions(button('Change it', actionsOfPrompt.open, String(occurrenceId ?? 0))),
    ],
  };
}

/** A reminder to who still owes, once. */
export function nudgeBlocks(prompt: Pick<Prompt, 'occurrenceId' | 'occurrenceName'>): Content {
  const text = `A gentle reminder: your check-in of ${dateWords(dayOf(prompt.occurrenceName))} is still open.`;
  return {
    text,
    blocks: [
      section(text),
      actions(checkInButton(prompt.occurrenceId ?? 0)),
      context('It takes about a minute.'),
    ],
  };
}

/** What a reminder reads once all is answered. */
export function nudgeAnsweredBlocks({ occurrenceName }: Pick<Prompt, 'occurrenceName'>): Content {
  const text = `Your check-in of ${dateWords(dayOf(occurrenceName))} is in. Thank you.`;
  return { text, blocks: [section(text)] };
}

/** What a person answered, for the thread. */
export function answersBlocks(prompt: Pick<Prompt, 'person' | 'items'>, isLate: boolean): Content {
  const answered = prompt.items.filter((item) => item.answer !== null);
  const late = isLate ? ' (late)' : '';
  const blocks: KnownBlock[] = [section(`${personMention(prompt.person)}${late}`)];
  const shown = answered.slice(0, mostListed);
  const room = Math.floor(roomForAnswers / Math.max(1, shown.length));
  for (const item of shown) {
    const said = item.answer?.words ? `\n${quoted(item.answer.words)}` : '';
    blocks.push(section(shortenedMrkdwn(`${answerLine(item)}${said}`, room)));
  }
  if (answered.length > mostListed) blocks.push(context(`… and ${answered.length - mostListed} more.`));
  const text = answered.map((item) => answerLine(item).replaceAll('*', '')).join('\n');
  return {
    text: shortenedMrkdwn(`${personMention(prompt.person)} checked in${late}\n${text}`, 3_500),
    blocks,
  };
}
