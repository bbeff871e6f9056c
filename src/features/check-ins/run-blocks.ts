import { type Content, header, section, sections } from '../../platform/slack/elements.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { isAtRisk, type PromptItem, type Tally } from './core/check-in.ts';
import { answerLine, countOf, listed } from './item-words.ts';

/** What the channel's message says of a run besides its day and its count. */
export type RunWords = {
  /** How many key results nobody is asked about. */
  unasked: number;
  /** Why it comes late, in words; null: it does not. */
  late: string | null;
  isOver: boolean;
};

/** The one message in the channel, edited as answers come in. `day` is the occurrence's date in words. */
export function runBlocks(day: string, tally: Tally, { unasked, late, isOver }: RunWords): Content {
  const title = `OKR check-in, ${day}`;
  const people = tally.asked + tally.away;
  const without =
    unasked === 1 ? '1 key result has nobody to ask.' : `${unasked} key results have nobody to ask.`;
  const end = isOver
    ? 'This check-in is closed. Late answers still count, until the next one.'
    : 'Answers gather in this thread.';
  const lines = [
    ...(late === null ? [] : [late]),
    ...(people > 0 ? [countWords(tally)] : []),
    ...(unasked > 0 ? [without] : []),
    ...(people > 0 || isOver ? [end] : []),
  ];
  return { text: `${title}: ${lines.join(' ')}`, blocks: [header(title), section(lines.join('\n'))] };
}

/** "5 of 7 in, 1 away." Who is away was not asked, and is not missing. */
function countWords(tally: Tally): string {
  const late = tally.late > 0 ? `, ${tally.late} late` : '';
  const isAll = tally.asked > 1 && tally.in === tally.asked && tally.away === 0;
  if (isAll) return `All ${tally.asked} are in${late}.`;
  const away = tally.away > 0 ? `, ${tally.away} away` : '';
  return `${tally.in} of ${tally.asked + tally.away} in${away}${late}.`;
}

/**
 * What a run came to, for its thread: what moved, what is at risk, and how many have not been heard, without a name.
 */
export function summaryBlocks(tally: Tally, answered: readonly PromptItem[], why: 'newer' | 'over'): Content {
  const notHeard = tally.asked - tally.in;
  const missing = notHeard === 0 ? '' : ` ${notHeard} ${notHeard === 1 ? 'has' : 'have'} not been heard.`;
  const begins =
    why === 'newer' ? 'A newer check-in has begun, so this one is closed.' : 'This check-in is closed.';
  const text = `${begins} ${countWords(tally)}${missing}`;
  const atRisk = answered.filter(isAtRisk);
  const others = answered.filter((item) => !isAtRisk(item));
  const moved = others.filter(({ answer, previous }) => hasMoved(answer, previous));
  const still = others.length - moved.length;
  const parts = [
    ...part('At risk', atRisk),
    ...part('What moved', moved),
    ...(still > 0 ? [`${countOf(still).replace(/^o/, 'O')} on track as before.`] : []),
  ];
  return {
    text: [text, ...(atRisk.length > 0 ? [`${countOf(atRisk.length)} at risk or off track.`] : [])].join(' '),
    blocks: sections([text, ...parts]),
  };
}

function hasMoved(answer: PromptItem['answer'], previous: PromptItem['previous']): boolean {
  return (
    answer !== null &&
    (previous === null || previous.value !== answer.value || previous.confidence !== answer.confidence)
  );
}

function part(title: string, items: readonly PromptItem[]): string[] {
  return items.length === 0 ? [] : [`*${title}*`, ...listed(items, answerLine)];
}

/** A key result that nobody answered for, with who was asked. */
export type UnheardLine = { title: string; person: { slackId: string | null; name: string } };

/** For the reviewer alone, once: what reads outdated now, and who was asked. */
export function outdatedBlocks(day: string, lines: readonly UnheardLine[]): Content {
  const text = `No answer came for ${countOf(lines.length)} in the check-in of ${day}. You review ${lines.length === 1 ? 'it' : 'them'}, so you are told, once and alone.`;
  return {
    text,
    blocks: sections([
      text,
      ...listed(
        lines,
        ({ title, person }) => `:hourglass: *${inline(title)}*  asked of ${personMention(person)}`,
      ),
    ]),
  };
}

/** For the reviewer: somebody doubts a committed key result, early enough to do something about it. */
export function doubtBlocks(item: PromptItem, by: { slackId: string | null; name: string }): Content {
  const text = `${personMention(by)} has doubts about a committed key result that you review.`;
  return { text, blocks: sections([text, answerLine(item), ...said(item)]) };
}

function said({ answer }: PromptItem): string[] {
  return answer?.words ? [`"${inline(answer.words)}"`] : [];
}
