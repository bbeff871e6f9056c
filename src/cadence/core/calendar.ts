import { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../platform/core/time-words.ts';
import { type Day, dateOf, dayOf, dayWritten, msPerDay, msPerMinute, timeWritten } from './days.ts';
import { longestRest } from './exclusions.ts';
import { type Covers, coverOf, localTime, type Period } from './period.ts';
import type { CadenceRule } from './rule.ts';
import { hasDay, localDay, localOf, momentOf } from './wall-clock.ts';

/** One planned happening: named by its local date or period, never by its instant. */
export type Slot = {
  /** The wall time at which it happens, on the day it happens. */
  local: Temporal.PlainDateTime;
  at: Temporal.Instant;
  /** The local date, or time of several a day, that it is meant for, even where a holiday moves it. */
  name: string;
  covers: Covers;
  /** Why nothing is held, such as "Christmas Day"; null: it is held. */
  skip: string | null;
};

/** A slot in numbers: `at` in milliseconds since 1970, `minute` of the day. Objects are made of the one that is wanted. */
type Turn = { meant: Day; on: Day; minute: number; at: number; skip: string | null; isDayMissing: boolean };

/** A rule that has not come for this long never does; "29 February" waits eight years across 2100. */
const horizonDays = 8 * 366 + 1;

/** The first slot after `after`, or null when the rule never comes again. */
export function nextSlot(rule: CadenceRule, after: Temporal.Instant): Slot | null {
  const moment = after.epochMilliseconds;
  const today = localDay(moment, rule.zone);
  const from = Math.max(earliestMeant(rule, today - 1), rule.firstDay ?? Number.NEGATIVE_INFINITY);
  let found: Turn | null = null;
  for (let day = from; day <= from + horizonDays; day += 1) {
    // A gap can push a time behind one of the next day.
    if (found !== null && day > found.on + 1) break;
    for (const turn of turnsOf(rule, day)) {
      if (turn.at > moment && (found === null || turn.at < found.at)) found = turn;
    }
  }
  return found && slotOf(found, rule);
}

/** The latest slot at or before `at` and not before `notBefore`, or null. History before that is never walked. */
export function latestSlot(
  rule: CadenceRule,
  at: Temporal.Instant,
  notBefore: Temporal.Instant,
): Slot | null {
  const moment = at.epochMilliseconds;
  const today = localDay(moment, rule.zone);
  const first = localDay(notBefore.epochMilliseconds, rule.zone);
  const to = Math.max(
    earliestMeant(rule, first - 1),
    today - horizonDays,
    rule.firstDay ?? Number.NEGATIVE_INFINITY,
  );
  let found: Turn | null = null;
  // What a day would have that does not exist comes at the end of the day before.
  for (let day = latestMeant(rule, today + 1); day >= to; day -= 1) {
    if (found !== null && day < found.on - 1) break;
    for (const turn of turnsOf(rule, day)) {
      if (turn.at <= moment && (found === null || turn.at > found.at)) found = turn;
    }
  }
  if (found === null || found.at < notBefore.epochNanoseconds / 1_000_000n) return null;
  const slot = slotOf(found, rule);
  return Temporal.Instant.compare(slot.at, notBefore) < 0 ? null : slot;
}

/** The next `count` slots after `after`, fewer when the rule comes no more often. */
export function nextTimes(rule: CadenceRule, after: Temporal.Instant, count: number): Slot[] {
  const slots: Slot[] = [];
  for (let from = after; slots.length < count; ) {
    const slot = nextSlot(rule, from);
    if (slot === null) break;
    slots.push(slot);
    from = slot.at;
  }
  return slots;
}

/**
 * The slot of a local time, whatever the rule. In a spring gap it happens after the gap, in an autumn overlap at its
 * first turn (Temporal's "compatible"). Its date stays the one that was meant; of several a day each is named by the
 * time at which it happens, so that two which a gap pushes onto one moment are one, and all are in order.
 */
export function slotAt(meant: Temporal.PlainDateTime, zone: string, period: Period): Slot {
  const day = dayOf(meant.toPlainDate());
  const minute = meant.hour * 60 + meant.minute;
  return slotOf(turnAt({ meant: day, on: day, skip: null }, minute, zone), { zone, period });
}

/** What is meant for a day, in order. */
function turnsOf({ rule, zone, exclusions }: CadenceRule, day: Day): Turn[] {
  if (!rule.firesOn(day)) return [];
  const settled = exclusions.settle(day);
  if (!hasDay(zone, settled.on)) {
    // A moment before the clocks pass over it, which is no other slot's.
    const at = momentOf(settled.on * msPerDay, zone) - 1_000;
    const skip = `${dateWords(dateOf(settled.on))} does not exist in ${zone}`;
    return [{ meant: day, on: day, minute: rule.times[0] ?? 0, at, skip, isDayMissing: true }];
  }
  return rule.times
    .map((minute) => turnAt({ meant: day, ...settled }, minute, zone))
    .sort((a, b) => a.at - b.at);
}

function turnAt(of: Pick<Turn, 'meant' | 'on' | 'skip'>, minute: number, zone: string): Turn {
  return { ...of, minute, at: momentOf(of.on * msPerDay + minute * msPerMinute, zone), isDayMissing: false };
}

/** The first day for which something may be meant that happens on `day` or later: holidays move it on past days of rest. */
function earliestMeant({ exclusions: { onHoliday, worksOn } }: CadenceRule, day: Day): Day {
  if (onHoliday !== 'next') return day;
  let meant = day;
  while (!worksOn(meant - 1) && day - meant < longestRest) meant -= 1;
  return meant;
}

/** The last day for which something may be meant that happens on `day` or earlier. */
function latestMeant({ exclusions: { onHoliday, worksOn } }: CadenceRule, day: Day): Day {
  if (onHoliday !== 'previous') return day;
  let meant = day;
  while (!worksOn(meant + 1) && meant - day < longestRest) meant += 1;
  return meant;
}

function slotOf(turn: Turn, { zone, period }: Pick<CadenceRule, 'zone' | 'period'>): Slot {
  const { meant, on, minute, at, skip } = turn;
  const isSeveral = period === 'slot' && !turn.isDayMissing;
  const local = isSeveral ? localOf(at, zone) : on * msPerDay + minute * msPerMinute;
  // What is moved to another day is still named by its own.
  const named = isSeveral && on === meant ? local : meant * msPerDay + minute * msPerMinute;
  const day = Math.floor(named / msPerDay);
  const ofDay = minuteOf(named);
  return {
    local: localTime(Math.floor(local / msPerDay), minuteOf(local)),
    at: Temporal.Instant.fromEpochMilliseconds(at),
    name: isSeveral ? `${dayWritten(day)}T${timeWritten(ofDay)}` : dayWritten(day),
    covers: coverOf(day, ofDay, turn.isDayMissing && period === 'slot' ? 'day' : period),
    skip,
  };
}

function minuteOf(local: number): number {
  return Math.floor((local - Math.floor(local / msPerDay) * msPerDay) / msPerMinute);
}
