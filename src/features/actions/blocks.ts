import type { Button, KnownBlock, ModalView } from '@slack/types';
import { Temporal } from 'temporal-polyfill';
import { shortDateWords } from '../../platform/core/time-words.ts';
import { button, type Content, context, actions as row, section } from '../../platform/slack/elements.ts';
import { textField } from '../../platform/slack/fields.ts';
import { inline, personMention, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Action, ActionsOf } from './core/action.ts';

export const doneAction = 'action:done';
/** In a message of the day, where other things stand beside it: what it settles leaves the message, the rest stays. */
export const doneTodayAction = 'action:done-today';
export const dropAction = 'action:drop';
export const dropModalId = 'action:drop';

/** As many of each side as a list shows, and as long as each line can be in one message. */
export const mostListed = 10;
const longestLine = 300;
const longestWhy = 1_000;

/** `/cairn actions`: what one does, and what others do for one, each with `Done` and `No longer needed`. */
export function actionsBlocks({ mine, given, today }: ActionsOf): Content {
  if (mine.length + given.length === 0) {
    const words =
      'No piece of work is open, neither yours nor one that you gave. `/handoff "launch deck" @ben by Fri` hands one over.';
    return { text: words, blocks: [section(words)] };
  }
  const lines: string[] = [];
  const blocks: KnownBlock[] = [];
  const part = (title: string, actions: Action[], isMine: boolean): void => {
    if (actions.length === 0) return;
    lines.push(title);
    blocks.push(section(`*${title}*`));
    for (const action of actions.slice(0, mostListed)) {
      const line = lineOf(action, isMine, today);
      lines.push(line.replaceAll('*', ''));
      blocks.push(section(line), buttons(action.id));
    }
    if (actions.length > mostListed) {
      lines.push('… and more.');
      blocks.push(context('… and more.'));
    }
  };
  part('Yours to do', mine, true);
  part('What others do for you', given, false);
  return { text: lines.join('\n'), blocks };
}

/** One piece of work of the reader's own, on a line that leaves room for much else around it. */
export function workLine(action: Action, today: Temporal.PlainDate): string {
  return shortenedMrkdwn(lineOf(action, true, today), 200);
}

function lineOf(
  { title, owner, by, dueOn, rock }: Action,
  isMine: boolean,
  today: Temporal.PlainDate,
): string {
  const who = isMine ? `from ${personMention(by)}` : personMention(owner);
  const isLate = dueOn !== null && Temporal.PlainDate.compare(dueOn, today) < 0;
  const due = dueOn === null ? [] : [`${isLate ? 'was due' : 'by'} ${shortDateWords(dueOn, today)}`];
  const about = rock === null ? [] : [inline(rock.name)];
  return shortenedMrkdwn([`*${inline(title)}*`, who, ...due, ...about].join(' · '), longestLine);
}

/** To whoever does it, before and after it is due, with the buttons that settle it. */
export function reminderBlocks(
  { id, title, by }: Pick<Action, 'id' | 'title' | 'by'>,
  when: 'before' | 'after',
  dueWords: string,
): Content {
  const words =
    when === 'before'
      ? `*${inline(title)}* from ${personMention(by)} is due ${dueWords}.`
      : `*${inline(title)}* from ${personMention(by)} was due ${dueWords}. If it takes longer, a word to them helps.`;
  return { text: words.replaceAll('*', ''), blocks: [section(words), buttons(id, doneTodayAction)] };
}

/** To whoever does it from now on, given in a review; `where` says in which. */
export function givenBlocks(
  { id, title, by }: Pick<Action, 'id' | 'title' | 'by'>,
  where: string,
  dueWords: string,
): Content {
  const words = `${personMention(by)} gave you an action ${where}: *${inline(title)}*, by ${dueWords}.`;
  return { text: words.replaceAll('*', ''), blocks: [section(words), buttons(id, doneTodayAction)] };
}

/** Says that it is done; several stand on one surface, each by its id. */
export function doneButton(id: number): Button {
  return button('Done', `${doneAction}/${id}`, String(id));
}

function buttons(id: number, done: string = doneAction): KnownBlock {
  return row(
    button('Done', `${done}/${id}`, String(id)),
    button('No longer needed', `${dropAction}/${id}`, String(id)),
  );
}

/** In place of what was asked for, where nothing else stands in that message of the day. */
export function overWords({ title }: Pick<Action, 'title'>, state: 'done' | 'dropped'): string {
  return `“${inline(title)}” is ${state === 'done' ? 'done' : 'no longer needed'}.`;
}

/** To the other one: whoever gave it, or whoever was to do it. */
export function doneBlocks({ title }: Action, by: { slackId: string | null; name: string }): Content {
  const words = `${personMention(by)} says that *${inline(title)}* is done.`;
  return { text: words.replaceAll('*', ''), blocks: [section(words)] };
}

/** To the other one, when nobody needs it any more. */
export function droppedBlocks(
  { title }: Action,
  by: { slackId: string | null; name: string },
  why: string,
): Content {
  const words = `${personMention(by)} says that *${inline(title)}* is no longer needed:`;
  const text = `${words}\n${quoted(why)}`;
  return { text: text.replaceAll('*', ''), blocks: [section(text)] };
}

/** Why nobody needs it any more: the other one reads it. */
export function dropModal({ id, title, owner, by }: Action, readerId: number): ModalView {
  const other = personMention(readerId === owner.id ? by : owner);
  return {
    type: 'modal',
    callback_id: dropModalId,
    private_metadata: JSON.stringify({ action: id }),
    title: plainText('No longer needed'),
    submit: plainText('Drop it'),
    close: plainText('Cancel'),
    blocks: [
      section(`*${inline(title)}* is dropped, and nobody is reminded of it any more. ${other} reads why.`),
      textField({ blockId: 'why', label: 'Why is it not needed?', limit: longestWhy, isLong: true }),
    ],
  };
}

function plainText(text: string) {
  return { type: 'plain_text', text, emoji: false } as const;
}
