import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import type { DeadLetter } from '../../delivery/core/health.ts';
import { lengthWords, momentWords } from '../../platform/core/time-words.ts';
import { actions, button, type Content, header, section, sections } from '../../platform/slack/elements.ts';
import { channelMention, inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { kindWords, reasonWords } from './core/dead-letter.ts';
import type { OptionalScope } from './core/optional-scopes.ts';

export const tryAgainAction = 'health:try-again';
export const letGoAction = 'health:let-go';

/** A beat comes every five seconds; a message that is due goes out within a few more. */
const longestSilence = 60;
const longestWait = 5 * 60;
/** So that ten dead letters and the paused cadences stay within one message. */
const longestLine = 400;
const mostPaused = 5;

export type HealthShown = {
  now: Temporal.Instant;
  /** Messages that should have gone out by now, for how long the oldest of them has waited, and why. */
  due: number;
  oldestSeconds: number;
  oldestReason: string | null;
  unknown: number;
  dead: number;
  deadLetters: readonly DeadLetter[];
  paused: readonly { key: string; channel: Channel; reason: string | null }[];
  /** Seconds since the heart of the process that answers has beaten. */
  tickAge: number;
  /** What is off for want of a scope that is optional. */
  off: readonly OptionalScope[];
  /** The reader's own. */
  zone: string;
};

type Channel = { slackId: string | null; name: string; isPrivate: boolean };

/** How Cairn is, and what waits for an admin's decision. */
export function healthBlocks(health: HealthShown): Content {
  const title = verdict(health);
  const paused = health.paused.slice(0, mostPaused).map(pausedLine);
  if (health.paused.length > mostPaused) paused.push('More are paused: `/cadence list` shows them');
  const lines = [
    ...[...figures(health), ...paused].map((line) => shortenedMrkdwn(`• ${line}`, longestLine)),
    ...health.off.map(offLine),
  ];
  const letters = health.deadLetters.map((letter) => ({ letter, line: deadLine(letter, health) }));
  const hidden = health.dead - letters.length;
  const more = hidden > 0 ? [`… and ${hidden} more that could not be delivered.`] : [];
  const blocks: KnownBlock[] = [
    header(title),
    ...sections(lines),
    ...letters.flatMap(({ letter, line }) => [section(line), decision(letter)]),
    ...more.map((line) => section(line)),
  ];
  const text = [title, ...lines, ...letters.map(({ line }) => line), ...more].join('\n').replaceAll('*', '');
  return { text, blocks };
}

/** What is off, why, and how it comes on; for `/cairn health` and for Home. */
export function offLine({ scope, off }: OptionalScope): string {
  return `• Off, since Slack has not granted \`${scope}\`: ${off} A Slack admin can install me again with it.`;
}

function verdict({ tickAge, oldestSeconds, dead, paused }: HealthShown): string {
  if (tickAge > longestSilence) return 'Cairn is stuck: its heart does not beat.';
  if (dead > 0) return dead === 1 ? 'One message needs you.' : `${dead} messages need you.`;
  if (oldestSeconds > longestWait) return 'Cairn is behind.';
  return paused.length > 0 ? 'Cairn is well, and something is paused.' : 'Cairn is well.';
}

function figures({ tickAge, due, oldestSeconds, oldestReason, unknown, dead }: HealthShown): string[] {
  const why = oldestReason === null ? '' : ` (${shownReason(oldestReason)})`;
  const waiting = `${counted(due, 'message waits', 'messages wait')} to be sent, the oldest for ${lengthWords(oldestSeconds)}${why}`;
  return [
    `Last heartbeat: ${lengthWords(tickAge)} ago`,
    due === 0 ? 'No message waits to be sent' : waiting,
    unknown === 0
      ? 'No message is in doubt'
      : `${counted(unknown, 'message is', 'messages are')} in doubt: I am finding out whether Slack took them`,
    dead === 0
      ? 'Every message reached whom it was for'
      : `${counted(dead, 'message', 'messages')} could not be delivered`,
  ];
}

function pausedLine({ key, channel, reason }: HealthShown['paused'][number]): string {
  return `Paused: *${inline(key)}* in ${placeOf(channel)}: ${inline(reason ?? 'without a reason')}`;
}

function deadLine(
  { dedupeKey, person, channel, dueAt, reason }: DeadLetter,
  { now, zone }: HealthShown,
): string {
  const to = channel !== null ? placeOf(channel) : person === null ? 'somebody' : personMention(person);
  const what = `*${kindWords(dedupeKey)}* for ${to}, due ${momentWords(dueAt, now, zone)}`;
  return shortenedMrkdwn(`${what}\nNot delivered: ${shownReason(reason)}`, longestLine);
}

function shownReason(reason: string | null): string {
  return reasonWords(reason) ?? inline(reason ?? '');
}

/** Slack shows a mention of a private channel by name to its members alone. */
function placeOf(channel: Channel): string {
  return channel.isPrivate && channel.slackId === null ? 'a private channel' : channelMention(channel);
}

function decision({ deliveryId }: DeadLetter) {
  return actions(
    button('Try again', `${tryAgainAction}/${deliveryId}`, deliveryId, 'primary'),
    button('Let go', `${letGoAction}/${deliveryId}`, deliveryId),
  );
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
