import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { actions, button, type Content, context, header, section } from '../../platform/slack/elements.ts';
import { inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { press } from './actions.ts';
import type { Line } from './core/line.ts';
import { minutesOf, sumWords } from './core/minutes.ts';
import type { Answered, Review } from './core/review.ts';
import { dayOf, headings, lineWords, type Size, sizes, titleOf } from './words.ts';

/** What Slack takes in all blocks of a message together, and as the text of one that is edited, with some room. */
const mostOfBlocks = 9_500;
const mostOfText = 3_900;

type Page = {
  number: number;
  pages: number;
  lines: readonly Line[];
  all: readonly Line[];
  answered: Answered;
};
/** Words with the blocks that say them. */
type Part = { words: string; blocks: KnownBlock[] };

/**
 * One message of an agenda: the first stands in the channel, the others in its thread. Where there is no room for all that
 * is known and came of its lines, each says less of it.
 */
export function agendaBlocks(review: Review, page: Page): Content {
  return fitted(sizes.map((size) => partsOf(review, page, size)));
}

/** The lines of an agenda that is to come: nothing can be pressed yet. */
export function comingBlocks(lines: readonly Line[], on: Temporal.PlainDate): Content {
  return fitted(sizes.map((size) => linesOf(lines, on, size, () => [])));
}

/** What fits of the same, drawn from long to short; the text is fitted apart, since Slack takes less of it. */
function fitted(drawn: readonly Part[][]): Content {
  const blocks = fitting(drawn, mostOfBlocks).flatMap((part) => part.blocks);
  const text = fitting(drawn, mostOfText)
    .flatMap(({ words }) => (words === '' ? [] : [words]))
    .join('\n');
  return { text: shortenedMrkdwn(text.replaceAll('*', ''), mostOfText), blocks };
}

/** The first that is short enough, else the shortest. */
function fitting(drawn: readonly Part[][], most: number): Part[] {
  const lengthOf = (parts: readonly Part[]) => parts.reduce((sum, { words }) => sum + words.length + 1, 0);
  return drawn.find((parts) => lengthOf(parts) <= most) ?? drawn.at(-1) ?? [];
}

function partsOf(review: Review, { number, pages, lines, all, answered }: Page, size: Size): Part[] {
  const isOpen = review.endedAt === null;
  const parts: Part[] = [];
  const say = (words: string, ...blocks: KnownBlock[]) => parts.push({ words, blocks });
  if (number === 1) {
    const title = titleOf(review);
    say(inline(title), header(title));
    const intro = introOf(review, all, answered, pages);
    say(intro, section(intro));
  } else {
    const words = `More of the agenda, ${number} of ${pages}`;
    say(words, context(words));
  }
  const below = (line: Line) => (isOpen ? [buttonsOf(line)] : []);
  parts.push(...linesOf(lines, dayOf(review.occurrenceName), size, below));
  if (number === pages && review.leftOut > 0) {
    const words = `${review.leftOut} more had no room. What still waits comes next time; \`/roadmap moved\` tells of every change.`;
    say(words, context(words));
  }
  if (number === 1 && isOpen)
    say('', actions(button('Close review', press.close, String(review.occurrenceId), 'primary')));
  return parts;
}

/** Lines with what stands above those of one source, and what stands below each. */
function linesOf(
  lines: readonly Line[],
  on: Temporal.PlainDate,
  size: Size,
  below: (line: Line) => KnownBlock[],
): Part[] {
  let heading: string | null = null;
  return lines.flatMap((line): Part[] => {
    const own = headings[line.source];
    const above = own === heading ? [] : [{ words: own, blocks: [context(own)] }];
    heading = own;
    const words = lineWords(line, on, size);
    return [...above, { words, blocks: [section(words), ...below(line)] }];
  });
}

function introOf(review: Review, all: readonly Line[], answered: Answered, pages: number): string {
  const { endedAt, endedBy } = review;
  if (endedAt !== null) {
    const sum = sumWords(review.minutes ?? minutesOf(all));
    const closed = endedBy === null ? 'Closed by itself.' : `Closed by ${personMention(endedBy)}.`;
    return `${closed} ${sum === null ? 'Nothing was written down.' : `${sum.slice(0, 1).toUpperCase()}${sum.slice(1)}; the minutes are in the thread.`}`;
  }
  const asked =
    answered === null ? '' : ` ${answered.in} of ${answered.asked} have answered; see the thread.`;
  if (all.length === 0)
    return `Nothing has changed and nothing waits: a short one, or none at all. Enjoy the hour.${asked}`;
  const count = all.length === 1 ? 'One line' : `${all.length} lines`;
  const more = pages > 1 ? ', the rest of them in the thread' : '';
  return `${count} to talk about${more}. Press what comes of each as you go; \`Close review\` posts the minutes.${asked}`;
}

/** A line that was put off once can still be decided. */
function buttonsOf({ id, deferredBy }: Line): KnownBlock {
  const value = String(id);
  return actions(
    button('Decide', `${press.decide}/${id}`, value),
    button('Add action', `${press.action}/${id}`, value),
    ...(deferredBy === null ? [button('Defer', `${press.defer}/${id}`, value)] : []),
  );
}
