import type { Temporal } from 'temporal-polyfill';
import { momentWords } from '../../platform/core/time-words.ts';
import { type Content, context, section, sections } from '../../platform/slack/elements.ts';
import { channelMention, inline, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { GatheredLine, LineSource } from './core/line.ts';

const mostLines = 8;
const longestLine = 260;

/** What is wished of somebody about a line, by where it comes from. */
const wishes: Partial<Record<LineSource, string>> = {
  'changed-items': 'a word on what changed, and the date you believe in, if it has one',
  slips: 'whether the new date holds, and what would help',
  'stale-key-results': 'its number and how sure you are; `/checkin` takes both before',
  'confidence-drops': 'what is in the way',
  'unowned-rocks': 'who could carry it',
  'open-decisions': 'the options, and the one you would take',
  needs: 'where it stands',
  'overdue-actions': 'done, or another day',
  'look-again': 'whether it still holds',
  intents: 'how you see it, in two sentences',
  deferred: 'what you need to settle it this time',
};

/** Two working days before a review, to somebody who owes something to it. */
export function bringBlocks(
  review: { name: string; channel: { slackId: string | null; name: string }; dueAt: Temporal.Instant },
  lines: readonly GatheredLine[],
  reader: { now: Temporal.Instant; zone: string },
): Content {
  const when = momentWords(review.dueAt, reader.now, reader.zone);
  const head = `*${inline(review.name)}* is on ${when}, in ${channelMention(review.channel)}. Please bring:`;
  const own = lines.slice(0, mostLines).map(({ title, source }) => {
    const wish = wishes[source];
    return shortenedMrkdwn(`• *${inline(title)}*${wish === undefined ? '' : `: ${wish}`}`, longestLine);
  });
  const more = lines.length > mostLines ? `… and ${lines.length - mostLines} more of yours.` : null;
  return {
    text: [head, ...own, ...(more === null ? [] : [more])].join('\n').replaceAll('*', ''),
    blocks: [section(head), ...sections(own), ...(more === null ? [] : [context(more)])],
  };
}
