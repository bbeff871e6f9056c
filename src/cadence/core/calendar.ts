import { Temporal } from 'temporal-polyfill';
import type { Rule } from './cron.ts';

/** What an occurrence covers: the largest of these in which its rule comes at most once, else its own slot. */
export type Period = 'slot' | 'day' | 'week' | 'month' | 'quarter';

/** One planned happening: named by its local date or period, never by its instant. */
export type Slot = {
  local: Temporal.PlainDateTime;
  at: Temporal.Instant;
  name: string;
  /** Local time from (included) to (excluded). */
  covers: { from: Temporal.PlainDateTime; to: Temporal.PlainDateTime };
};

/** A rule that has not come for this long never does; "29 February" waits eight years across 2100. */
const horizonDays = 8 * 366 + 1;
/** After 28 years every date has been every weekday, leap days included. */
const sampleDays = 28 * 366;

type Sample = { date: Temporal.PlainDate } & Record<Exclude<Period, 'slot'>, number>;

/** The days that rules are counted out over, each with the periods it lies in. Made once: there are thousands. */
const samples = onceAsked(() => {
  const monday = new Temporal.PlainDate(2024, 1, 1);
  return Array.from({ length: sampleDays }, (_, day): Sample => {
    const date = monday.add({ days: day });
    const month = date.year * 12 + date.month - 1;
    return { date, day, week: Math.floor(day / 7), month, quarter: Math.floor(month / 3) };
  });
});

/** The largest period in which `rule` fires at most once. Counted out, since a cron has no year. */
export function periodOf(rule: Rule): Period {
  if (rule.times.length > 1) return 'slot';
  const fires = samples().filter(({ date }) => rule.firesOn(date));
  const isOnceIn = (period: keyof Omit<Sample, 'date'>) =>
    fires.every((sample, index) => sample[period] !== fires[index - 1]?.[period]);
  return (['quarter', 'month', 'week'] as const).find(isOnceIn) ?? 'day';
}

/** The first slot after `after`, or null when the rule never comes again ("30 February"). */
export function nextSlot(rule: Rule, zone: string, period: Period, after: Temporal.Instant): Slot | null {
  const today = after.toZonedDateTimeISO(zone).toPlainDate();
  for (let day = 0; day <= horizonDays; day += 1) {
    const date = today.add({ days: day });
    const slot = slotsOn(date, rule, zone, period).find(({ at }) => Temporal.Instant.compare(at, after) > 0);
    if (slot !== undefined) return slot;
  }
  return null;
}

/** The latest slot at or before `at` and not before `notBefore`, or null. History before that is never walked. */
export function latestSlot(
  rule: Rule,
  zone: string,
  period: Period,
  at: Temporal.Instant,
  notBefore: Temporal.Instant,
): Slot | null {
  const first = notBefore.toZonedDateTimeISO(zone).toPlainDate();
  let date = at.toZonedDateTimeISO(zone).toPlainDate();
  for (let day = 0; day <= horizonDays && Temporal.PlainDate.compare(date, first) >= 0; day += 1) {
    const slots = slotsOn(date, rule, zone, period);
    const slot = slots.findLast((each) => Temporal.Instant.compare(each.at, at) <= 0);
    if (slot !== undefined) return Temporal.Instant.compare(slot.at, notBefore) < 0 ? null : slot;
    date = date.subtract({ days: 1 });
  }
  return null;
}

/**
 * The slot of a local time. In a spring gap it happens after the gap, in an autumn overlap at its first turn
 * (Temporal's "compatible"). Its date stays the one that was meant; of several a day each is named by the
 * time at which it happens, so that two which a gap pushes onto one moment are one, and all are in order.
 */
export function slotAt(meant: Temporal.PlainDateTime, zone: string, period: Period): Slot {
  const zoned = meant.toZonedDateTime(zone, { disambiguation: 'compatible' });
  const local = period === 'slot' ? zoned.toPlainDateTime() : meant;
  return {
    local,
    at: zoned.toInstant(),
    name: period === 'slot' ? local.toString({ smallestUnit: 'minute' }) : local.toPlainDate().toString(),
    covers: coverOf(local, period),
  };
}

/**
 * What happens on a date, in order: a gap can push a time behind those after it, and in Greenland, where the
 * last hour of a day is left out, to the day after.
 */
function slotsOn(date: Temporal.PlainDate, rule: Rule, zone: string, period: Period): Slot[] {
  const meant = [date.subtract({ days: 1 }), date].filter((day) => rule.firesOn(day));
  if (meant.length === 0) return [];
  const begins = date.toZonedDateTime(zone).toInstant();
  const ends = date.add({ days: 1 }).toZonedDateTime(zone).toInstant();
  return meant
    .flatMap((day) => rule.times.map((time) => slotAt(day.toPlainDateTime(time), zone, period)))
    .filter(({ at }) => Temporal.Instant.compare(begins, at) <= 0 && Temporal.Instant.compare(at, ends) < 0)
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at));
}

function coverOf(local: Temporal.PlainDateTime, period: Period): Slot['covers'] {
  const date = local.toPlainDate();
  const span = (from: Temporal.PlainDate, length: Temporal.DurationLike): Slot['covers'] => ({
    from: from.toPlainDateTime(),
    to: from.add(length).toPlainDateTime(),
  });
  switch (period) {
    case 'quarter':
      return span(date.with({ day: 1, month: date.month - ((date.month - 1) % 3) }), { months: 3 });
    case 'month':
      return span(date.with({ day: 1 }), { months: 1 });
    case 'week':
      return span(date.subtract({ days: date.dayOfWeek - 1 }), { weeks: 1 });
    case 'day':
      return span(date, { days: 1 });
    case 'slot':
      return { from: local, to: local.add({ minutes: 1 }) };
  }
}

function onceAsked<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
