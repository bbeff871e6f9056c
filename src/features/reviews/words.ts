import { Temporal } from 'temporal-polyfill';
import { dateWords, shortDateWords } from '../../platform/core/time-words.ts';
import { inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Line, LineSource } from './core/line.ts';
import type { Review } from './core/review.ts';

/** "Roadmap review, 2 November 2026". */
export function titleOf({ name, occurrenceName }: Pick<Review, 'name' | 'occurrenceName'>): string {
  return `${name}, ${dateWords(dayOf(occurrenceName))}`;
}

/** The local day of an occurrence, whose name begins with it. */
export function dayOf(occurrenceName: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(occurrenceName.slice(0, 10));
}

/** What stands above lines of one source. */
export const headings: Record<LineSource, string> = {
  deferred: 'Put off last time',
  point: 'To talk about',
  'changed-items': 'Changed on the roadmap',
  slips: 'Slipped',
  'stale-key-results': 'Key results that went quiet',
  'confidence-drops': 'Less sure than last time',
  'unowned-rocks': 'Rocks that nobody carries',
  'waiting-handoffs': 'Handoffs that wait',
  'open-decisions': 'Open decisions',
  needs: 'What teams need of each other',
  'overdue-actions': 'Actions to follow up',
  'look-again': 'Decisions due for another look',
  intents: 'Intents, and how their work stands',
  'loose-lines': 'Strategy and work that do not meet',
};

/** How much is told of a line: of its title, its facts and of each thing that came of it, and of how many of these. */
export type Size = { title: number; facts: number; outcome: number; named: number };
/** From all there is room for to the least that still says what came of each line; the minutes have all of it. */
export const sizes: readonly Size[] = [
  { title: 150, facts: 420, outcome: 160, named: 3 },
  { title: 120, facts: 240, outcome: 80, named: 1 },
  { title: 90, facts: 80, outcome: 0, named: 0 },
];

/** A line of an agenda: its number, what it is about, what is known of it, and what came of it so far. */
export function lineWords(line: Line, on: Temporal.PlainDate, size: Size): string {
  const facts = line.facts === '' ? [] : [shortenedMrkdwn(line.facts, size.facts)];
  return [
    `*${line.position}. ${shortenedMrkdwn(inline(line.title), size.title)}*`,
    ...facts,
    ...outcomeLines(line, on, size),
  ].join('\n');
}

/** What came of a line, a line each. */
function outcomeLines(
  { decisions, actions, deferredBy }: Line,
  on: Temporal.PlainDate,
  { outcome: longest, named }: Size,
): string[] {
  return [
    ...decisions
      .slice(0, named)
      .map(
        ({ number, outcome, approver }) =>
          `:white_check_mark: Decision ${number}: ${shortenedMrkdwn(inline(outcome), longest)} (${personMention(approver)})`,
      ),
    ...rest(decisions.length, named, ':white_check_mark:', ['decision', 'decisions']),
    ...actions
      .slice(0, named)
      .map(
        ({ title, owner, dueOn }) =>
          `:arrow_right: ${personMention(owner)}: ${shortenedMrkdwn(inline(title), longest)}${dueOn === null ? '' : `, by ${shortDateWords(Temporal.PlainDate.from(dueOn), on)}`}`,
      ),
    ...rest(actions.length, named, ':arrow_right:', ['action', 'actions']),
    ...(deferredBy === null
      ? []
      : [`:fast_forward: Put off to the next one by ${personMention(deferredBy)}`]),
  ];
}

/** How many there are besides those that are named. */
function rest(count: number, named: number, mark: string, [one, several]: [string, string]): string[] {
  const left = count - named;
  if (left <= 0) return [];
  const noun = left === 1 ? one : several;
  return [named === 0 ? `${mark} ${left} ${noun}` : `… and ${left} more ${noun}`];
}
