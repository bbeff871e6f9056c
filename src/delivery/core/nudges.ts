import { Temporal } from 'temporal-polyfill';

/** Whom a nudge goes to. */
export type Nudged = {
  /** Theirs, else the company's. */
  zone: string;
  /** ISO weekdays; null: Monday to Friday. */
  workingDays: readonly number[] | null;
  absences: readonly { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate }[];
  /** When the last nudge to them was tried, whatever it was about. Company time. */
  lastNudgeAt: Temporal.Instant | null;
};

/** The name of what keeps a day from being worked on by anybody, or null. */
export type DayOff = (date: Temporal.PlainDate) => string | null;

export type NudgeDecision =
  | { kind: 'send' }
  /** Not today: then, at the same local time. */
  | { kind: 'move'; to: Temporal.Instant }
  | { kind: 'expire'; reason: string };

const usualDays = [1, 2, 3, 4, 5];
/** Whoever works on none of so many days is not to be nudged at all. */
const furthestDays = 60;

/**
 * Whether a nudge that is due goes out now. People are reminded on their working days alone, in their own zone, not
 * while they are away, and once a day at most; else on the next such day at the same local time, unless it has run
 * out by then.
 */
export function decideNudge(
  nudge: { dueAt: Temporal.Instant; expiresAt: Temporal.Instant | null },
  person: Nudged,
  now: Temporal.Instant,
  dayOff: DayOff,
): NudgeDecision {
  const today = now.toZonedDateTimeISO(person.zone).toPlainDate();
  const why = reasonAgainst(today, person, dayOff);
  if (why === null) return { kind: 'send' };
  const time = nudge.dueAt.toZonedDateTimeISO(person.zone).toPlainTime();
  for (let days = 1; days <= furthestDays; days += 1) {
    const date = today.add({ days });
    if (reasonAgainst(date, person, dayOff) !== null) continue;
    const to = date.toZonedDateTime({ timeZone: person.zone, plainTime: time }).toInstant();
    if (nudge.expiresAt !== null && Temporal.Instant.compare(to, nudge.expiresAt) >= 0) break;
    return { kind: 'move', to };
  }
  return { kind: 'expire', reason: `${why}, and later it would have been over` };
}

function reasonAgainst(date: Temporal.PlainDate, person: Nudged, dayOff: DayOff): string | null {
  const isOn = (startsOn: Temporal.PlainDate, endsOn: Temporal.PlainDate): boolean =>
    Temporal.PlainDate.compare(startsOn, date) <= 0 && Temporal.PlainDate.compare(date, endsOn) <= 0;
  if (person.absences.some(({ startsOn, endsOn }) => isOn(startsOn, endsOn))) return 'the person was away';
  if (!(person.workingDays ?? usualDays).includes(date.dayOfWeek)) return 'the person did not work that day';
  const holiday = dayOff(date);
  if (holiday !== null) return `it was ${holiday}`;
  const last = person.lastNudgeAt?.toZonedDateTimeISO(person.zone).toPlainDate();
  return last?.equals(date) === true ? 'the person had been reminded of something that day' : null;
}
