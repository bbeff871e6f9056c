import type { KnownBlock } from '@slack/types';
import { clockTime, momentWords } from '../../platform/core/time-words.ts';
import { actions, button, type Content, context, section } from '../../platform/slack/elements.ts';
import { channelMention, inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { digestBlocks, mostText } from './blocks.ts';
import { type Line, type Section, withWords } from './core/digest.ts';
import type { Digest } from './core/draft.ts';
import { lineWords } from './line-words.ts';

export const editAction = 'digest:edit';
export const readAction = 'digest:read';
export const addWordsAction = 'digest:add-words';

/** What stands around the digest in its preview. */
const frameText = 900;
const lineLength = 420;

/** What product operations reads and edits before the digest goes out; once it has gone it is the same without `Edit`. */
export function previewBlocks(digest: Digest, pictures: Partial<Record<Section, KnownBlock>>): Content {
  const { content, edits, editedBy, state, id } = digest;
  const isDraft = state === 'draft';
  const where = placeOf(digest.channel);
  const time = clockTime(digest.dueAt, digest.timezone);
  const what = isDraft
    ? `This goes to ${where} at ${time}. Whoever answers for a line at risk reads it now, too, and can add words.`
    : `This went to ${where}.`;
  const by = editedBy === null ? [] : [context(`Edited by ${personMention(editedBy)}`)];
  // Whether or not the digest says something about load: product operations looks at it once a week.
  const { load, ...placed } = pictures;
  const shown = digestBlocks(content.gathered, edits, {
    pictures: placed,
    above: [context(what)],
    below: [
      ...(load === undefined ? [] : [load]),
      ...by,
      ...(isDraft ? [actions(button('Edit', editAction, String(id)))] : []),
    ],
    most: mostText - frameText,
  });
  return { ...shown, text: `${what}\n${shown.text}` };
}

/** What is left of a preview whose digest never went out. */
export function unsentBlocks(digest: Digest): Content {
  const when = momentWords(digest.dueAt, digest.dueAt, digest.timezone);
  const words = `This digest was for ${when} and was not sent: its cadence was paused, skipped or moved.`;
  return { text: words, blocks: [section(words)] };
}

/** The same to an admin, where product operations has no channel: a part of their message of the day. */
export function previewPart(digest: Digest, zone: string): Content {
  const words = `The digest for leaders is drafted. It goes to ${placeOf(digest.channel)} at ${clockTime(digest.dueAt, zone)}.`;
  const id = String(digest.id);
  return {
    text: words,
    blocks: [section(words), actions(button('Read it', readAction, id), button('Edit', editAction, id))],
  };
}

/** So many characters stay within what one message takes. */
const mostOfPart = 9_000;

/** To whoever answers for lines at risk: what will be said about them, and a way to say more. */
export function ownerPart(digest: Digest, lines: readonly Line[], zone: string): Content {
  const time = clockTime(digest.dueAt, zone);
  // All of them stand in one message, with what stands around each.
  const room = Math.min(lineLength, Math.floor(mostOfPart / Math.max(1, lines.length)) - 320);
  const said = lines.map((line) => {
    const isOut = digest.edits.hidden.includes(line.key);
    const about = `*${shortenedMrkdwn(inline(line.title), 200)}*`;
    const begin = isOut
      ? `The line about ${about} was taken out of the digest for leaders of ${time}. It read:`
      : `This line about ${about} will be in the digest for leaders at ${time}:`;
    return { line, isOut, words: `${begin}\n${lineWords(withWords(line, digest.edits), room)}` };
  });
  return {
    text: shortenedMrkdwn(said.map(({ words }) => words.replaceAll('*', '')).join('\n'), 3_500),
    blocks: said.map(({ line, isOut, words }) =>
      section(
        words,
        isOut ? undefined : button('Add words', `${addWordsAction}/${line.key}`, `${digest.id}:${line.key}`),
      ),
    ),
  };
}

/** Slack shows a mention of a private channel by name to its members alone. */
export function placeOf(channel: Digest['channel']): string {
  return channel.isPrivate && channel.slackId === null ? 'a private channel' : channelMention(channel);
}
