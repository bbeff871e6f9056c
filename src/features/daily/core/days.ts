import type { Temporal } from 'temporal-polyfill';
import { type DayOff, decideNudge } from '../../../delivery/core/nudges.ts';

/** Somebody's calendar, as far as it decides on which day they are told something. */
export type Calendar = {
  zone: string;
  /** ISO weekdays; null: Monday to Friday. */
  workingDays: readonly number[] | null;
  absences: readonly { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate }[];
};

/** A part whose time has come. */
export type DuePart = {
  id: number;
  personId: number;
  at: Temporal.Instant;
  expiresAt: Temporal.Instant | null;
  isNudge: boolean;
};

/** What becomes of such a part: it is said today, on another day, or not at all. */
export type Fate =
  | { kind: 'say'; day: Temporal.PlainDate }
  | { kind: 'move'; to: Temporal.Instant }
  | { kind: 'end'; reason: string };

/**
 * Whether a part is said now. What has run out is not said any more; reminders come on the person's working days alone,
 * and not while they are away; anything else comes on the day that its own rule names.
 */
export function fateOf(part: DuePart, person: Calendar, now: Temporal.Instant, dayOff: DayOff): Fate {
  const { expiresAt } = part;
  if (expiresAt !== null && expiresAt.epochMilliseconds <= now.epochMilliseconds) {
    return { kind: 'end', reason: 'its time was over before it was said' };
  }
  if (part.isNudge) {
    const decision = decideNudge(
      { dueAt: part.at, expiresAt },
      { ...person, lastNudgeAt: null },
      now,
      dayOff,
    );
    if (decision.kind === 'move') return decision;
    if (decision.kind === 'expire') return { kind: 'end', reason: decision.reason };
  }
  return { kind: 'say', day: now.toZonedDateTimeISO(person.zone).toPlainDate() };
}
