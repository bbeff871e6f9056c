import type { KnownBlock } from '@slack/types';
import { dateWords, dayWords } from '../../platform/core/time-words.ts';
import { actions, type Content, context, section } from '../../platform/slack/elements.ts';
import { personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { inList, longestLine, named, returnButton, waitingButtons, waitingLine } from './blocks.ts';
import type { Handoff, Waiting } from './core/handoff.ts';

type Lists = { forActor: Waiting; forOthers: Waiting; loans: Waiting; overlaps: Waiting };

/** `/handoff` alone: what waits for me, what I wait for, what is on loan, and who still helps whom. */
export function handoffsBlocks({ forActor, forOthers, loans, overlaps }: Lists, readerId: number): Content {
  const parts = [
    part('Waits for you', forActor, (handoff) => ({
      line: waitingLine(handoff, true),
      buttons: waitingButtons(handoff, readerId, inList),
    })),
    part('You wait for', forOthers, (handoff) => ({
      line: waitingLine(handoff, false),
      buttons: waitingButtons(handoff, readerId, inList),
    })),
    part('On loan', loans, (handoff) => ({
      line: loanLine(handoff, readerId),
      buttons: [returnButton(handoff.id, handoff.to.id === readerId, inList)],
    })),
    part('Just handed over', overlaps, (handoff) => ({ line: overlapLine(handoff, readerId), buttons: [] })),
  ];
  const lines = parts.flatMap((one) => one.lines);
  if (lines.length === 0) {
    const words = 'No handoff waits for you or for others.';
    return { text: words, blocks: [section(words)] };
  }
  return { text: lines.join('\n'), blocks: parts.flatMap((one) => one.blocks) };
}

function part(
  title: string,
  { handoffs, total }: Waiting,
  show: (handoff: Handoff) => { line: string; buttons: ReturnType<typeof waitingButtons> },
): { lines: string[]; blocks: KnownBlock[] } {
  if (handoffs.length === 0) return { lines: [], blocks: [] };
  const shown = handoffs.map(show);
  const more = total > handoffs.length ? [`… and ${total - handoffs.length} more.`] : [];
  return {
    lines: [title, ...shown.map(({ line }) => line.replaceAll('*', '')), ...more],
    blocks: [
      section(`*${title}*`),
      ...shown.flatMap(({ line, buttons: [first, ...others] }): KnownBlock[] =>
        others.length === 0 || first === undefined
          ? [section(line, first)]
          : [section(line), actions(first, ...others)],
      ),
      ...more.map((words) => context(words)),
    ],
  };
}

function loanLine(handoff: Handoff, readerId: number): string {
  const until = handoff.untilOn === null ? '' : ` until ${dateWords(handoff.untilOn)}`;
  const line =
    handoff.to.id === readerId
      ? `${named(handoff)} is with you on loan${until}.`
      : `${named(handoff)} is on loan to ${personMention(handoff.to)}${until}.`;
  return shortenedMrkdwn(line, longestLine);
}

function overlapLine(handoff: Handoff, readerId: number): string {
  const { from, to, overlapUntil } = handoff;
  const reader = to.id === readerId ? to : (from ?? to);
  const until = overlapUntil === null ? '' : ` until ${dayWords(overlapUntil, reader.timezone)}`;
  const line =
    to.id === readerId
      ? `${from === null ? 'Nobody' : personMention(from)} still helps you with ${named(handoff)}${until}.`
      : `You still help ${personMention(to)} with ${named(handoff)}${until}.`;
  return shortenedMrkdwn(line, longestLine);
}
