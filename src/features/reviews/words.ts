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

const longestTitle = 150;
const longestFacts = 420;
const longestOutcome = 160;
/** As much as came of a line is named; the minutes have all of it. */
const mostNamed = 3;

/** A line of an agenda: its number, what it is about, what is known of it, and what came of it so far. */
export function lineWords(line: Line, on: Temporal.PlainDate): string {
  const facts = line.facts === '' ? [] : [shortenedMrkdwn(line.facts, longestFacts)];
  return [
    `*${line.position}. ${shortenedMrkdwn(inline(line.title), longestTitle)}*`,
    ...facts,
    ...outcomeLines(line, on),
  ].join('\n');
}

/** What came of a line, a line each. */
function outcomeLines({ decisions, actions, deferredBy }: Line, on: Temporal.PlainDate): string[] {
  const more = (count: number, what: string) =>
    count > mostNamed ? [`… and ${count - mostNamed} more ${what}`] : [];
  return [
    ...decisions
      .slice(0, mostNamed)
      .map(
        ({ number, outcome, approver }) =>
          `:white_check_mark: Decision ${number}: ${shortenedMrkdwn(inline(outcome), longestOutcome)} (${personMention(approver)})`,
      ),
    ...more(decisions.length, 'decisions'),
    ...actions
      .slice(0, mostNamed)
      .map(
        ({ title, owner, dueOn }) =>
          `:arrow_right: ${personMention(owner)}: ${shortenedMrkdwn(inline(title), longestOutcome)}${dueOn === null ? '' : `, by ${shortDateWords(Temporal.PlainDate.from(dueOn), on)}`}`,
      ),
    ...more(actions.length, 'actions'),
    ...(deferredBy === null
      ? []
      : [`:fast_forward: Put off to the next one by ${personMention(deferredBy)}`]),
  ];
}
