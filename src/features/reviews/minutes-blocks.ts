import { Temporal } from 'temporal-polyfill';
import { shortDateWords } from '../../platform/core/time-words.ts';
import { type Content, fitted, header, sections } from '../../platform/slack/elements.ts';
import { inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { type ClosedFor, type Minutes, sumWords } from './core/minutes.ts';
import type { Review } from './core/review.ts';
import { dayOf, titleOf } from './words.ts';

/** One message holds so many characters of them beside its title. */
const mostOfMessage = 8_000;
/** So much one paragraph takes: what was decided stands there in full. */
const longestLine = 2_900;
/** In the channel, where they are cut anyway, each line is. */
const longestOfChannel = 400;

const endsItself = /[?!.:…]$/;

/** Everything that came of a review, a line each. */
function minuteLines(
  { decided, actions, deferred, untouched }: Minutes,
  on: Temporal.PlainDate,
  longest: number,
): string[] {
  const titled = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`*${title}*`, ...lines.map((line) => shortenedMrkdwn(`• ${line}`, longest))];
  return [
    ...titled(
      'Decided',
      decided.map(
        ({ line, number, outcome, approver }) =>
          `${number}. ${inline(line)}${endsItself.test(line) ? '' : ':'} ${inline(outcome)} (approved by ${personMention(approver)})`,
      ),
    ),
    ...titled(
      'Actions',
      actions.map(({ title, owner, dueOn }) => {
        const by = dueOn === null ? '' : `, by ${shortDateWords(Temporal.PlainDate.from(dueOn), on)}`;
        return `${personMention(owner)}: ${inline(title)}${by}`;
      }),
    ),
    ...titled(
      'Put off to the next one',
      deferred.map(({ line }) => inline(line)),
    ),
    ...titled(
      'Nothing was written down about',
      untouched.map((line) => inline(line)),
    ),
  ];
}

const nothing = 'Nothing was on the agenda, and nothing was written down.';

/** How it ended, as a sentence. Nobody is blamed for not being there. */
function endWords({ endedBy }: Review, minutes: Minutes): string {
  const sum = sumWords(minutes);
  if (endedBy !== null) return `${personMention(endedBy)} closed it${sum === null ? '' : `: ${sum}`}.`;
  const why = reasons[minutes.closedFor ?? 'two-days'];
  return sum === null
    ? `${why} and nobody wrote anything down, so it closed by itself. What still matters comes back next time.`
    : `${why}, so it closed by itself: ${sum}.`;
}

const reasons: Record<ClosedFor, string> = {
  'two-days': 'Two working days went by',
  over: 'Its time went by',
  newer: 'The next one began',
};

/** The minutes in full, in as many messages as they take. */
export function minutesMessages(review: Review, minutes: Minutes): Content[] {
  const title = `Minutes: ${titleOf(review)}`;
  const lines = [
    endWords(review, minutes),
    ...minuteLines(minutes, dayOf(review.occurrenceName), longestLine),
  ];
  if (
    lines.length === 1 &&
    minutes.untouched.length === 0 &&
    sumWords(minutes) === null &&
    review.endedBy !== null
  )
    lines.push(nothing);
  const parts: string[][] = [[]];
  let length = 0;
  for (const line of lines) {
    if (length + line.length > mostOfMessage) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(line);
    length += line.length + 1;
  }
  return parts.map((own, index) => {
    const named = parts.length === 1 ? title : `${title} (${index + 1} of ${parts.length})`;
    return {
      text: [inline(named), ...own].join('\n').replaceAll('*', ''),
      blocks: [header(named), ...sections(own)],
    };
  });
}

/** The channel names so many lines of which nothing came; of more it is enough to know that there were some. */
const mostUntouched = 5;
const inThread = 'All of them are in the thread of the agenda.';

/** The minutes for the channel: all of them where they are few, else their beginning. */
export function minutesForChannel(review: Review, minutes: Minutes): Content {
  const [only, ...others] = minutesMessages(review, minutes);
  const { untouched } = minutes;
  if (only !== undefined && others.length === 0 && untouched.length <= mostUntouched) return only;
  const title = `Minutes: ${titleOf(review)}`;
  const more =
    untouched.length > mostUntouched ? [`Nothing was written down about ${untouched.length} lines.`] : [];
  const few = more.length === 0 ? minutes : { ...minutes, untouched: [] };
  const all = [...minuteLines(few, dayOf(review.occurrenceName), longestOfChannel), ...more];
  const shown = [endWords(review, minutes), ...fitted(all, all.length), inThread];
  return {
    text: [inline(title), ...shown].join('\n').replaceAll('*', ''),
    blocks: [header(title), ...sections(shown)],
  };
}
