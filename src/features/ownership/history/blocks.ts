import type { Temporal } from 'temporal-polyfill';
import { dateWords, dayWords, monthNames } from '../../../platform/core/time-words.ts';
import { type Content, fitted, sections } from '../../../platform/slack/elements.ts';
import { inline, personMention, shortened, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import { type Chapter, changedWords, type Line, textAt, valueAt } from './core/story.ts';

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
  const name = line.other === null ? null : inline(shortened(line.other.name, 100));
  const other = name ?? 'another rock';
  switch (line.type) {
    case 'rock.set-down':
      return [`Set down${by} ${on}${because(textAt(line.after, 'reason'))}`];
    case 'rock.retired': {
      const why = because(textAt(line.after, 'reason'));
      return [`Retired${by} ${on}${why}${valueAt(line.after, 'successor') === null ? '' : wentInto(other)}`];
    }
    case 'rock.merged':
      return [`Merged into ${other}${by} ${on}`];
    case 'rock.took-in':
      return [`${name ?? 'Another rock'} went into it ${on}${by}`];
    case 'rock.split':
      return [`A part became a rock of its own${by} ${on}: ${other}`];
    case 'rock.created':
      return [`Split from ${other}${by} ${on}`];
    case 'rock.brought-back':
      return [`Brought back${by} ${on}`];
    default: {
      const from = textAt(line.before, 'name');
      const renamed = from === null ? [] : [`Renamed${by} ${on}, from ${inline(shortened(from, 100))}`];
      const others = changedWords(line.before, line.after).map((words) => inline(shortened(words, 150)));
      const changed = others.length === 0 ? [] : [`Changed${by} ${on}: ${others.join(', ')}`];
      return [...renamed, ...changed, ...standingWords(line, `${by} ${on}`, other)];
    }
  }
}

/** How a file has made it stand. */
function standingWords({ before, after }: { before: unknown; after: unknown }, when: string, other: string) {
  const [setDown, retired] = [valueAt(after, 'set_down'), valueAt(after, 'retired')];
  if (setDown !== null) return [`Set down${when}${because(textAt(setDown, 'why'))}`];
  if (retired !== null)
    return [
      `Retired${when}${because(textAt(retired, 'why'))}${textAt(retired, 'into') === null ? '' : wentInto(other)}`,
    ];
  return valueAt(before, 'retired') === null ? [] : [`Brought back${when}`];
}

const because = (reason: string | null) => (reason === null ? '' : `: ${inline(shortened(reason, 300))}`);
const wentInto = (other: string) => ` · it went into ${other}`;
