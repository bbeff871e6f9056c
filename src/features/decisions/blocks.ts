import type { Button, KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { shortDateWords } from '../../platform/core/time-words.ts';
import {
  actions,
  button,
  type Content,
  context,
  header,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { inline, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { press } from './actions.ts';
import type { Decision } from './core/decision.ts';
import { type Found, pageLength } from './core/question.ts';
import { decisionLine, detailLines, dueWords, excerpts } from './words.ts';

/** Longer than any question that can be typed, unless it is full of marks that Slack wants escaped. */
const longestQuestion = 1_000;
const withoutBold = (text: string) => text.replaceAll('*', '');
/** Eight of these, with what stands around them, stay within what one message takes. */
const longestLine = 900;

/** All of one decision, with what can be done with it. `note` says what has just been done. */
export function cardBlocks(
  { decision, today }: { decision: Decision; today: Temporal.PlainDate },
  note: string | null = null,
): Content {
  const head = headOf(decision, today);
  const all = detailLines(decision, today);
  const details = isTooLong(all) ? detailLines(decision, today, excerpts) : all;
  const buttons = buttonsOf(decision);
  const lines = [...(note === null ? [] : [note]), head, ...details];
  return {
    text: withoutBold(lines.join('\n')),
    blocks: [
      ...(note === null ? [] : [section(note)]),
      section(head),
      ...sections(details),
      ...(buttons.length === 0 ? [] : [actions(...buttons)]),
    ],
  };
}

/** What one message takes of it, beside its head. */
const mostOfDetails = 7_500;
const isTooLong = (lines: readonly string[]) => lines.join('\n').length > mostOfDetails;

function headOf(decision: Decision, today: Temporal.PlainDate): string {
  const { number, question, state, supersededBy } = decision;
  const due = dueWords(decision, today);
  const words = {
    open: due === null ? 'Open' : `Open, ${due}`,
    decided: 'Decided',
    superseded: `Superseded by decision ${supersededBy}`,
  };
  return `*Decision ${number}: ${shortenedMrkdwn(inline(question), longestQuestion)}*\n${words[state]}`;
}

function buttonsOf({ id, state, lookAgainOn }: Decision): Button[] {
  const value = String(id);
  if (state === 'open')
    return [button('Decide', press.decide, value, 'primary'), button('Change', press.change, value)];
  if (state === 'superseded') return [];
  return [
    button('Decide anew', press.supersede, value),
    button(lookAgainOn === null ? 'Look at it again' : 'It still holds', press.keep, value),
  ];
}

/** What was found, a line each with a button that opens it. */
export function listBlocks({ question, rock, decisions, today, offset, hasMore }: Found): Content {
  const days = [
    ...(question.since === null ? [] : [`since ${shortDateWords(question.since, today)}`]),
    ...(question.until === null ? [] : [`until ${shortDateWords(question.until, today)}`]),
  ].join(' ');
  const of =
    rock !== null
      ? ` about ${inline(rock.name)}`
      : question.text === null
        ? ''
        : ` with “${inline(question.text)}”`;
  const title = `Decisions${of}${days === '' ? '' : ` ${days}`}`;
  if (decisions.length === 0 && offset === 0) {
    const words = `No decision${of}${days === '' ? '' : ` ${days}`} that you can see. \`/decide\` writes one down.`;
    return { text: words, blocks: [section(words)] };
  }
  const value = JSON.stringify({
    text: question.text,
    since: question.since?.toString() ?? null,
    until: question.until?.toString() ?? null,
  });
  return paged(title, decisions, today, { offset, hasMore, action: press.page, value });
}

/** What waits to be decided. */
export function queueBlocks(queue: {
  decisions: Decision[];
  today: Temporal.PlainDate;
  offset: number;
  hasMore: boolean;
}): Content {
  const { decisions, today, offset, hasMore } = queue;
  if (decisions.length === 0 && offset === 0) {
    const words = 'Nothing waits to be decided. `/decide` writes down what should be.';
    return { text: words, blocks: [section(words), actions(button('Write one down', press.add, 'add'))] };
  }
  return paged('Waiting to be decided', decisions, today, {
    offset,
    hasMore,
    action: press.queue,
    value: '',
  });
}

function paged(
  title: string,
  decisions: readonly Decision[],
  today: Temporal.PlainDate,
  { offset, hasMore, action, value }: { offset: number; hasMore: boolean; action: string; value: string },
): Content {
  const turn = (label: string, to: number) =>
    button(label, `${action}/${label.toLowerCase()}`, JSON.stringify({ offset: to, of: value }));
  const back = offset > 0 ? [turn('Back', Math.max(0, offset - pageLength))] : [];
  if (decisions.length === 0) {
    const words = 'There is nothing on this page any more.';
    return { text: words, blocks: [section(words), actions(...back)] };
  }
  const lines = decisions.map((decision) => shortenedMrkdwn(decisionLine(decision, today), longestLine));
  const blocks: KnownBlock[] = [header(title)];
  decisions.forEach((decision, index) => {
    const { id, state } = decision;
    const own =
      state === 'open'
        ? button('Decide', `${press.decide}/${id}`, String(id))
        : button('Look', `${press.look}/${id}`, String(id));
    blocks.push(section(lines[index] ?? '', own));
  });
  const buttons = [...back, ...(hasMore ? [turn('More', offset + decisions.length)] : [])];
  if (offset > 0 || hasMore) blocks.push(context(`${offset + 1} to ${offset + decisions.length}`));
  if (buttons.length > 0) blocks.push(actions(...buttons));
  return { text: withoutBold([title, ...lines].join('\n')), blocks };
}
