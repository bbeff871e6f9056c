import type { Temporal } from 'temporal-polyfill';
import { shortDateWords } from '../../platform/core/time-words.ts';
import { inline, link, personMention, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { type Decision, urgencyOf } from './core/decision.ts';

/** "by Fri 27 Nov", or that the day is over; nothing where there is none. */
export function dueWords(decision: Decision, today: Temporal.PlainDate): string | null {
  const { dueOn } = decision;
  if (dueOn === null) return null;
  const day = shortDateWords(dueOn, today);
  const urgency = urgencyOf(decision, today);
  if (urgency === 'overdue') return `:warning: was due ${day}`;
  return urgency === 'today' ? 'due today' : `by ${day}`;
}

/** "about Payments". */
export function aboutWords({ about }: Decision): string | null {
  return about.length === 0 ? null : `about ${about.map(({ name }) => inline(name)).join(', ')}`;
}

/** How many characters a card takes of each part. */
type Limits = { option: number; outcome: number; why: number; people: number; about: number };
const whole = Number.POSITIVE_INFINITY;
const all: Limits = { option: whole, outcome: whole, why: whole, people: whole, about: whole };
/** Where all of it is more than a message takes. */
export const excerpts: Limits = { option: 150, outcome: 1_400, why: 2_000, people: 1_200, about: 400 };

/** What a decision says, a line each: what was asked, who has which part, and what came of it. */
export function detailLines(decision: Decision, today: Temporal.PlainDate, limits: Limits = all): string[] {
  const { options, contributors, informed, outcome, why, lookAgainOn, sourceUrl, decidedAt, decidedBy } =
    decision;
  const names = (people: readonly { slackId: string | null; name: string }[]) =>
    people.map(personMention).join(', ');
  const about = aboutWords(decision);
  const people = [
    `Driver ${personMention(decision.driver)}`,
    `Approver ${personMention(decision.approver)}`,
    ...(contributors.length === 0 ? [] : [`Contributors ${names(contributors)}`]),
    ...(informed.length === 0 ? [] : [`Informed ${names(informed)}`]),
  ];
  const made =
    outcome === null || decidedAt === null
      ? []
      : [
          '*What we decided*',
          ...shortenedMrkdwn(quoted(outcome), limits.outcome).split('\n'),
          '*Why*',
          ...shortenedMrkdwn(quoted(why ?? ''), limits.why).split('\n'),
        ];
  const when =
    decidedAt === null || decidedBy === null
      ? []
      : [`Written down by ${personMention(decidedBy)} on ${dayOf(decidedAt, today)}`];
  return [
    ...(options.length === 0
      ? []
      : ['*Options*', ...options.map((option) => shortenedMrkdwn(`• ${inline(option)}`, limits.option))]),
    ...made,
    ...(about === null
      ? []
      : [shortenedMrkdwn(`${about.slice(0, 1).toUpperCase()}${about.slice(1)}`, limits.about)]),
    shortenedMrkdwn(people.join(' · '), limits.people),
    ...when,
    ...(lookAgainOn === null ? [] : [`We look at it again on ${shortDateWords(lookAgainOn, today)}`]),
    ...(decision.supersedes.length === 0 ? [] : [`Takes the place of ${numbers(decision.supersedes)}`]),
    ...(sourceUrl === null ? [] : [link(sourceUrl, 'The message that it began with')]),
  ];
}

function numbers(all: readonly number[]): string {
  return all.map((number) => `decision ${number}`).join(' and ');
}

/** The day of a moment as people write it. Days of decisions are those of UTC for everybody, so that all name the same. */
export function dayOf(at: Temporal.Instant, today: Temporal.PlainDate): string {
  return shortDateWords(at.toZonedDateTimeISO('UTC').toPlainDate(), today);
}

/** One decision on a line: its number, what is asked, and how it stands. */
export function decisionLine(decision: Decision, today: Temporal.PlainDate): string {
  const { number, question, state, outcome, approver, supersededBy, decidedAt } = decision;
  const parts = [`*${number}. ${inline(question)}*`];
  const about = aboutWords(decision);
  if (state === 'open') {
    const due = dueWords(decision, today);
    const facts = [due, `approver ${personMention(approver)}`, about].filter((part) => part !== null);
    return `${parts[0]}\nOpen · ${facts.join(' · ')}`;
  }
  const on = decidedAt === null ? '' : dayOf(decidedAt, today);
  const facts = [
    `approved by ${personMention(approver)}`,
    on,
    about,
    state === 'superseded' ? `superseded by decision ${supersededBy}` : null,
  ].filter((part) => part !== null);
  return `${parts[0]}\n${inline(outcome ?? '')}\n${facts.join(' · ')}`;
}
