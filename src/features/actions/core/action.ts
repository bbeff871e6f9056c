import type { Temporal } from 'temporal-polyfill';
import { type Refusal, refused } from '../../../platform/core/result.ts';

export type Doing = { id: number; slackId: string | null; name: string; timezone: string };

/** What somebody does for somebody, once. */
export type Action = {
  id: number;
  title: string;
  /** Who does it. */
  owner: Doing;
  /** Who gave it to them. */
  by: Doing;
  rock: { id: number; name: string } | null;
  /** The handoff by which it came. */
  handoffId: number | null;
  dueOn: Temporal.PlainDate | null;
  state: 'open' | 'done' | 'dropped';
};

/** What is open of one person: what they do, and what others do for them. */
export type ActionsOf = { mine: Action[]; given: Action[]; today: Temporal.PlainDate };

/** Why `personId` cannot say that it is done; null when they can. */
export function finishRefusal({ owner, by, state }: Action, personId: number): Refusal | null {
  if (personId !== owner.id && personId !== by.id) {
    return refused('not-yours', 'Only who does it, or who gave it, can say that it is done.');
  }
  if (state === 'done') return refused('already-done', 'That is done already.');
  return state === 'dropped' ? refused('dropped', 'Nobody needs that any more.') : null;
}

/** Why `personId` cannot say that nobody needs it any more; null when they can. */
export function dropRefusal({ owner, by, state }: Action, personId: number): Refusal | null {
  if (personId !== owner.id && personId !== by.id) {
    return refused('not-yours', 'Only who does it, or who gave it, can say that nobody needs it any more.');
  }
  if (state === 'dropped') return refused('already-dropped', 'Nobody needs that any more.');
  return state === 'done' ? refused('done', 'That is done already.') : null;
}

const nine = { hour: 9 };
/** Whoever does not work for so long is reminded on the day itself. */
const longestRest = 30;

/**
 * When the owner of an action is reminded, in their zone: at nine on the working day before it is due, unless that is
 * past at `at`, and once after it was due.
 */
export function reminderTimes(
  dueOn: Temporal.PlainDate,
  at: Temporal.Instant,
  owner: { timezone: string; worksOn: (date: Temporal.PlainDate) => boolean },
): { before: Temporal.Instant | null; after: Temporal.Instant } {
  const nearest = (step: 1 | -1): Temporal.PlainDate => {
    let day = dueOn.add({ days: step });
    for (let rest = 0; rest < longestRest && !owner.worksOn(day); rest += 1) day = day.add({ days: step });
    return owner.worksOn(day) ? day : dueOn.add({ days: step });
  };
  const atNine = (day: Temporal.PlainDate): Temporal.Instant =>
    day.toZonedDateTime({ timeZone: owner.timezone, plainTime: nine }).toInstant();
  const before = atNine(nearest(-1));
  return {
    before: before.epochMilliseconds > at.epochMilliseconds ? before : null,
    after: atNine(nearest(1)),
  };
}
