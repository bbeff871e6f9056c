import type { ModalView } from '@slack/types';
import { type Figures, figureWords } from '../../cadence/core/figures.ts';
import {
  actions,
  button,
  type Content,
  context,
  fitted,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { textField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { channelMention, inline, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { press as cadencePress } from '../cadences/blocks.ts';
import { type LeaveReason, leftWords, type Snoozes, snoozedWords } from '../check-ins/core/leaving.ts';
import { longestWords, type Tally, type Verdict, verdicts } from './core/round.ts';

/** With the verdict behind a slash. */
export const opinionAction = 'feedback:say';
export const opinionModalId = 'feedback:words';

const labels: Record<Verdict, string> = { keep: 'Keep it', change: 'Change it', stop: 'Stop it' };
const spoken: Record<Verdict, string> = { keep: 'keep it', change: 'change it', stop: 'stop it' };

type Channel = { slackId: string | null; name: string; isPrivate: boolean };

const where = (channel: Channel): string =>
  channel.isPrivate && channel.slackId === null ? '' : ` in ${channelMention(channel)}`;

function buttonsOf(roundId: number) {
  return verdicts.map((verdict) =>
    button(labels[verdict], `${opinionAction}/${verdict}`, `${roundId}/${verdict}`),
  );
}

/** To whoever takes part in a ritual, in the message of their day. */
export function askBlocks(asked: {
  roundId: number;
  name: string;
  channel: Channel;
  figures: Figures;
}): Content {
  const question = `*${inline(asked.name)}*${where(asked.channel)}: keep it, change it, or stop it?`;
  const lines = [question, `This quarter: ${figureWords(asked.figures)}.`];
  return {
    text: lines.join('\n').replaceAll('*', ''),
    blocks: [
      ...sections(lines),
      actions(...buttonsOf(asked.roundId)),
      context(
        'Once a quarter each ritual is asked about. Product operations reads your words, without your name.',
      ),
    ],
  };
}

/** What stands in place of the question once it is answered; it can be said otherwise until the round is closed. */
export function saidBlocks(said: {
  roundId: number;
  name: string;
  verdict: Verdict;
  words: string | null;
}): Content {
  const line = `*${inline(said.name)}*: you said ${spoken[said.verdict]}. Thank you.`;
  const lines = said.words === null ? [line] : [line, quoted(said.words)];
  return {
    text: lines.join('\n').replaceAll('*', ''),
    blocks: [...sections(lines), actions(...buttonsOf(said.roundId))],
  };
}

/** What stands in place of a question that was not answered in time. */
export function overBlocks(name: string): Content {
  const words = `The question about *${inline(name)}* is closed. You are asked again next quarter.`;
  return { text: words.replaceAll('*', ''), blocks: [section(words)] };
}

export function opinionModal(
  asked: { roundId: number; name: string; words: string | null },
  verdict: Verdict,
): ModalView {
  return formModal({
    title: labels[verdict],
    submit: 'Send',
    callbackId: opinionModalId,
    metadata: { round: asked.roundId, verdict },
    blocks: [
      section(`*${inline(asked.name)}*: ${spoken[verdict]}.`),
      textField({
        blockId: 'words',
        label: verdict === 'change' ? 'What should be different?' : 'Why should it stop?',
        hint: 'A sentence is enough. Product operations reads it, without your name.',
        initial: asked.words ?? undefined,
        limit: longestWords,
        isLong: true,
      }),
    ],
  });
}

/** To product operations, when the week is over. */
export function resultBlocks(result: {
  cadenceId: number;
  key: string;
  name: string;
  channel: Channel;
  quarter: string;
  figures: Figures;
  /** Why each of those left who have, in the quarter. */
  left: readonly LeaveReason[];
  snoozes: readonly Omit<Snoozes, 'cadenceId'>[];
  tally: Tally;
  said: readonly { verdict: Verdict; words: string }[];
}): Content {
  const { keep, change, stop, silent } = result.tally;
  const head = `*${inline(result.name)}*${where(result.channel)}: what people think of it (${result.quarter})`;
  const counts = `*${keep}* keep it · *${change}* change it · *${stop}* stop it · ${silent} said nothing`;
  const gone = [leftWords(result.left), snoozedWords(result.snoozes)].flatMap((line) =>
    line === null ? [] : [`${line.charAt(0).toUpperCase()}${line.slice(1)}.`],
  );
  const lines = [head, counts, `This quarter: ${figureWords(result.figures)}.`, ...gone];
  const words = result.said.map(({ verdict, words }) => `${labels[verdict]}:\n${quoted(words)}`);
  const all = [...lines, ...fitted(words, words.length)];
  const value = String(result.cadenceId);
  return {
    text: shortenedMrkdwn(all.join('\n').replaceAll('*', ''), 3_500),
    blocks: [
      ...sections(all),
      actions(button('Edit it', cadencePress.edit, value, 'primary')),
      context(
        `Words come without names. \`/cadence pause ${inline(result.key)}\` pauses it; everybody is asked again next quarter.`,
      ),
    ],
  };
}
