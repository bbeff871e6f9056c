import { Temporal } from 'temporal-polyfill';
import type { DayOff } from './rule.ts';
import { later, type WorksOn, workingDaysLater, worksOn } from './working-days.ts';

/** Somebody who may be asked, with when they work. */
export type Askable = {
  id: number;
  timezone: string;
  workingDays: number[] | null;
  /** Whole days of their own zone, both included. */
  absences: { from: Temporal.PlainDate; to: Temporal.PlainDate }[];
};

type Moment = { local: Temporal.PlainDateTime; dueAt: Temporal.Instant; isAtMostDaily: boolean };
type Span = Moment & { beginsAt: Temporal.Instant; closeAt: Temporal.Instant | null };
type Remindable = Pick<Span, 'beginsAt' | 'closeAt'> & { nudgeAfter: string | null };

/**
 * When a person is asked: at the rule's wall time in their own zone on that day, but never before the message in the
 * channel. What comes more than once a day goes out at once.
 */
export function promptAt({ local, dueAt, isAtMostDaily }: Moment, zone: string): Temporal.Instant {
  return isAtMostDaily ? laterOf(local.toZonedDateTime(zone).toInstant(), dueAt) : dueAt;
}

/**
 * The same, so many seconds on where many are asked. Whose own time comes when the check-in is closed already is asked
 * with the channel.
 */
export function askAt(occurrence: Span, zone: string, seconds: number): Temporal.Instant {
  const { dueAt, closeAt } = occurrence;
  const times = [promptAt(occurrence, zone).add({ seconds }), dueAt.add({ seconds })];
  return times.find((at) => isOpenAt(at, closeAt)) ?? dueAt;
}

/**
 * When a backup is asked what somebody else was to be asked later: at the same wall time in their own zone, neither
 * before the channel nor in the past. Whose own time comes when it is closed already is asked at once.
 */
export function passedAt(
  { askedAt, dueAt, closeAt }: { askedAt: Temporal.Instant } & Pick<Span, 'dueAt' | 'closeAt'>,
  from: string,
  to: string,
  now: Temporal.Instant,
): Temporal.Instant {
  const own = askedAt.toZonedDateTimeISO(from).toPlainDateTime().toZonedDateTime(to).toInstant();
  const soonest = laterOf(dueAt, now);
  const at = laterOf(own, soonest);
  return isOpenAt(at, closeAt) ? at : soonest;
}

/**
 * When somebody who still owes is reminded: `nudgeAfter` later, by their own working days. Null: never, since by then
 * it is closed, or they do not work within a year.
 */
export function nudgeAt(
  occurrence: Remindable & { dayOff: DayOff },
  askedAt: Temporal.Instant,
  person: Askable,
): Temporal.Instant | null {
  const works = worksOn({
    workingDays: person.workingDays,
    awayOn: (date) => isAwayOn(person, date),
    dayOff: occurrence.dayOff,
  });
  return remindAt(occurrence, askedAt, { timezone: person.timezone, worksOn: works });
}

/** The same of somebody whose working days are known already. */
export function remindAt(
  { nudgeAfter, beginsAt, closeAt }: Remindable,
  askedAt: Temporal.Instant,
  person: { timezone: string; worksOn: WorksOn },
): Temporal.Instant | null {
  if (nudgeAfter === null) return null;
  try {
    const at = later(laterOf(askedAt, beginsAt), nudgeAfter, person.timezone, person.worksOn);
    return isOpenAt(at, closeAt) ? at : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * When somebody is asked who was to be asked at `askedAt`: then, or, where they are away on that day, at the same local
 * time on the first working day on which they are back. Null: by then it is closed, or they do not work within a year.
 */
export function askWhenBack(
  askedAt: Temporal.Instant,
  closeAt: Temporal.Instant | null,
  { timezone, awayOn, worksOn }: { timezone: string; awayOn: WorksOn; worksOn: WorksOn },
): Temporal.Instant | null {
  if (!awayOn(askedAt.toZonedDateTimeISO(timezone).toPlainDate())) return askedAt;
  try {
    const at = workingDaysLater(askedAt, timezone, 1, worksOn);
    return isOpenAt(at, closeAt) ? at : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The same of somebody whose time away has changed since they were to be asked at `askedAt`, and who has not been yet:
 * at that local time on the day of the rule `on`, or today if that is over, neither before the channel nor in the past.
 */
export function askAnew(
  {
    askedAt,
    on,
    dueAt,
    closeAt,
  }: {
    askedAt: Temporal.Instant;
    on: Temporal.PlainDate;
    dueAt: Temporal.Instant;
    closeAt: Temporal.Instant | null;
  },
  person: { timezone: string; awayOn: WorksOn; worksOn: WorksOn },
  now: Temporal.Instant,
): Temporal.Instant | null {
  const { timezone } = person;
  const soonest = laterOf(dueAt, now);
  const days = [on, soonest.toZonedDateTimeISO(timezone).toPlainDate()];
  const day = days.reduce((one, other) => (Temporal.PlainDate.compare(one, other) < 0 ? other : one));
  const time = askedAt.toZonedDateTimeISO(timezone).toPlainTime();
  const at = laterOf(day.toPlainDateTime(time).toZonedDateTime(timezone).toInstant(), soonest);
  return askWhenBack(at, closeAt, person);
}

/** Whether somebody is away on a date of their own zone. */
export function isAwayOn({ absences }: Pick<Askable, 'absences'>, date: Temporal.PlainDate): boolean {
  const { compare } = Temporal.PlainDate;
  return absences.some(({ from, to }) => compare(from, date) <= 0 && compare(date, to) <= 0);
}

/** Who is asked what, who is away instead, and how many are asked of nobody. */
export type Assigned<Item> = { asked: Map<number, Item[]>; away: Set<number>; unasked: number };

/**
 * Who answers for each: its owner, or its backup where the owner cannot be asked. Who is away on the day is not asked,
 * and what nobody stands in for then waits for them.
 */
export function assign<Item extends { owner: { id: number } | null; backupId: number | null }>(
  items: readonly Item[],
  availability: (personId: number) => 'asked' | 'away' | 'unreachable',
): Assigned<Item> {
  const assigned: Assigned<Item> = { asked: new Map(), away: new Set(), unasked: 0 };
  for (const item of items) {
    const ids = [item.owner?.id ?? null, item.backupId].filter((id) => id !== null);
    const personId = ids.find((id) => availability(id) === 'asked');
    const before = personId === undefined ? ids : ids.slice(0, ids.indexOf(personId));
    const absent = before.find((id) => availability(id) === 'away');
    if (absent !== undefined) assigned.away.add(absent);
    if (personId !== undefined) {
      const own = assigned.asked.get(personId) ?? [];
      own.push(item);
      assigned.asked.set(personId, own);
    } else if (absent === undefined) assigned.unasked += 1;
  }
  return assigned;
}

function isOpenAt(at: Temporal.Instant, closeAt: Temporal.Instant | null): boolean {
  return closeAt === null || Temporal.Instant.compare(at, closeAt) < 0;
}

function laterOf(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
