import { Temporal } from 'temporal-polyfill';
import { type Refusal, refused } from '../../../platform/core/result.ts';

export type PersonRef = { id: number; slackId: string | null; name: string };
export type AboutKind = 'rock' | 'objective' | 'item';
/** What a decision is about. */
export type About = { kind: AboutKind; id: number; key: string; name: string };

export type Decision = {
  id: number;
  /** As people name it: decision 12. */
  number: number;
  question: string;
  options: string[];
  /** Sees to it that it is made. */
  driver: PersonRef & { timezone: string };
  /** The one who approves it; whoever presses may be somebody else. */
  approver: PersonRef;
  contributors: PersonRef[];
  informed: PersonRef[];
  viewers: PersonRef[];
  dueOn: Temporal.PlainDate | null;
  state: 'open' | 'decided' | 'superseded';
  outcome: string | null;
  why: string | null;
  lookAgainOn: Temporal.PlainDate | null;
  /** As far as the reader sees it. */
  about: About[];
  team: { id: number; name: string } | null;
  visibility: 'workspace' | 'team' | 'people';
  /** The number of the later one. */
  supersededBy: number | null;
  /** The numbers of earlier ones. */
  supersedes: number[];
  sourceUrl: string | null;
  createdBy: PersonRef;
  createdAt: Temporal.Instant;
  decidedAt: Temporal.Instant | null;
  decidedBy: PersonRef | null;
};

/** Everybody who has a part in it, each once. */
export function partiesOf(decision: Decision): PersonRef[] {
  const { driver, approver, contributors, informed } = decision;
  const all = [driver, approver, ...contributors, ...informed];
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index);
}

export const longest = { question: 300, option: 200, outcome: 1_000, why: 2_000 };
export const most = { options: 10, people: 20 };

/** Why it cannot be made any more; null: it can. */
export function madeRefusal({ number, state, supersededBy }: Decision): Refusal | null {
  if (state === 'open') return null;
  return state === 'decided'
    ? refused('made', `Decision ${number} is made already. A later one can take its place.`)
    : refused('superseded', `Decision ${number} was superseded by decision ${supersededBy}.`);
}

/** Why no later one can take its place; null: it can. */
export function supersedeRefusal({ number, state, supersededBy }: Decision): Refusal | null {
  if (state === 'decided') return null;
  return state === 'open'
    ? refused('open', `Decision ${number} is still open. Decide it first.`)
    : refused('superseded', `Decision ${number} was superseded by decision ${supersededBy} already.`);
}

/** Refuses a day that is over; `field` is the block of the form that it stands beside. */
export function pastRefusal(
  day: Temporal.PlainDate | null,
  today: Temporal.PlainDate,
  field: string,
): Refusal | null {
  if (day === null || Temporal.PlainDate.compare(day, today) >= 0) return null;
  return { ...refused('past', 'That day is over. Pick today or a later one.'), field };
}

export type Urgency = 'overdue' | 'today' | 'soon' | 'later' | 'undated';

/** How pressing an open decision is on a day: soon is within a week. */
export function urgencyOf({ dueOn }: Pick<Decision, 'dueOn'>, today: Temporal.PlainDate): Urgency {
  if (dueOn === null) return 'undated';
  const { days } = today.until(dueOn, { largestUnit: 'days' });
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  return days <= 7 ? 'soon' : 'later';
}
