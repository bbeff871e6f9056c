import type { Temporal } from 'temporal-polyfill';
import { dateWords, dayWords, monthNames } from '../../../platform/core/time-words.ts';
import { type Content, fitted, sections } from '../../../platform/slack/elements.ts';
import { inline, personMention, shortened, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import { type Chapter, changedWords, type Line, textAt } from './core/story.ts';

const longestLine = 600;

/** Who carried a rock and why it moved, as a story in the reader's zone; latest last, so that it reads as it happened. */
export function storyBlocks(rock: { name: string }, story: readonly Line[], zone: string): Content {
  const told = story
    .flatMap((line) => lineWords(line, zone))
    .map((words) => `• ${shortenedMrkdwn(words, longestLine)}`);
  // Where it is too long for one message, the beginning is what is left out.
  const newest = fitted(told.toReversed(), told.length);
  const hasMore = newest.length > 0 && newest.at(-1)?.startsWith('… and') === true;
  const shown = hasMore
    ? [`… and ${told.length - newest.length + 1} more before.`, ...newest.slice(0, -1).toReversed()]
    : newest.toReversed();
  const lines = [`*${inline(rock.name)}*`, ...(shown.length > 0 ? shown : ['Nobody has carried this yet.'])];
  return { text: lines.join('\n').replaceAll('*', ''), blocks: sections(lines) };
}

function lineWords(line: Line, zone: string): string[] {
  switch (line.kind) {
    case 'carried':
      return [carriedWords(line.chapter, line.next, zone)];
    case 'nobody':
      return [
        line.until === null
          ? `Nobody since ${dayWords(line.at, zone)}`
          : `Nobody from ${dayWords(line.at, zone)} to ${dayWords(line.until, zone)}`,
      ];
    case 'loan': {
      const until =
        line.endedAt !== null
          ? dayWords(line.endedAt, zone)
          : line.until === null
            ? 'now'
            : dateWords(line.until);
      return [`On loan to ${personMention(line.to)} from ${dayWords(line.at, zone)} until ${until}`];
    }
    case 'event':
      return eventWords(line, zone);
  }
}

const beginnings: Record<Chapter['began'], string> = {
  created: 'from the start',
  claimed: 'who took it',
  handoff: '',
  assigned: 'by assignment',
  acting: 'standing in',
};

function carriedWords(
  chapter: Chapter,
  next: { slackId: string | null; name: string } | null,
  zone: string,
): string {
  const began = beginnings[chapter.began];
  const who = `${personMention(chapter.person)} from ${sinceWords(chapter.beganAt, chapter.endedAt, zone)}${began === '' ? '' : ` (${began})`}`;
  if (chapter.endedAt === null) return `${who} until today`;
  const on = `on ${dayWords(chapter.endedAt, zone)}`;
  const why = chapter.endReason === null ? '' : ` because: ${inline(shortened(chapter.endReason, 300))}`;
  const to = next === null ? '' : ` to ${personMention(next)}`;
  const ends: Record<string, string> = {
    'handed-over': `handed${to} ${on}`,
    assigned: `assigned${to} ${on}`,
    'taken-back': `taken back${next === null ? '' : ` by ${personMention(next)}`} ${on}`,
    'set-down': `set down ${on}`,
    released: `left ${on}`,
    retired: `until it was retired ${on}`,
    'given-up': `given up ${on}`,
    imported: `changed by an import ${on}`,
    restored: `until ${next === null ? 'the owner' : personMention(next)} was back ${on}`,
  };
  return `${who}, ${ends[chapter.ended ?? ''] ?? `until ${dayWords(chapter.endedAt, zone)}`}${why}`;
}

/** "March 2025" of what is long ago, the whole day of what is near its end. */
function sinceWords(from: Temporal.Instant, to: Temporal.Instant | null, zone: string): string {
  const start = from.toZonedDateTimeISO(zone);
  const end = to?.toZonedDateTimeISO(zone);
  const isLong = end !== undefined && start.until(end, { largestUnit: 'months' }).months >= 2;
  return isLong ? `${monthNames[start.month - 1]} ${start.year}` : dayWords(from, zone);
}

function eventWords(line: Extract<Line, { kind: 'event' }>, zone: string): string[] {
  const by = line.by === null ? '' : ` by ${personMention(line.by)}`;
  const on = `on ${dayWords(line.at, zone)}`;
  const reason = textAt(line.after, 'reason');
  const why = reason === null ? '' : `: ${inline(shortened(reason, 300))}`;
  switch (line.type) {
    case 'rock.set-down':
      return [`Set down${by} ${on}${why}`];
    case 'rock.retired':
      return [`Retired${by} ${on}${why}`];
    case 'rock.merged':
      return [`Merged${by} ${on}${why}`];
    case 'rock.split':
      return [`A part became a rock of its own${by} ${on}`];
    default: {
      const from = textAt(line.before, 'name');
      const renamed = from === null ? [] : [`Renamed${by} ${on}, from ${inline(shortened(from, 100))}`];
      const others = changedWords(line.before, line.after).map((words) => inline(shortened(words, 150)));
      return [...renamed, ...(others.length === 0 ? [] : [`Changed${by} ${on}: ${others.join(', ')}`])];
    }
  }
}
