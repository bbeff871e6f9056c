import { Temporal } from 'temporal-polyfill';
import { type Day, msPerDay } from './days.ts';

/**
 * How a zone's clocks stand around a day of UTC, in milliseconds ahead of UTC: `before` until the moment at which
 * they are changed, `after` from then on. That moment is infinite where they are not.
 */
type Clocks = { before: number; after: number; changedAt: number };

/** No zone is further than 14 hours from UTC or leaves out more than a day: this far around all that matters lies. */
const reach = 1.5 * msPerDay;
/** So many days of zones are kept: a second or two to read anew, a megabyte or two to keep. */
const most = 20_000;

const known = new Map<string, Map<Day, Clocks>>();
let count = 0;

/**
 * The moment, in milliseconds since 1970, of a local time given in the same unit as if it were UTC's. In a gap it
 * lies after the gap, in an overlap at its first turn: Temporal's "compatible", in a hundredth of the time.
 */
export function momentOf(local: number, zone: string): number {
  const { before, after, changedAt } = clocksAround(Math.floor(local / msPerDay), zone);
  const byFormer = local - before;
  if (byFormer < changedAt) return byFormer;
  const byLatter = local - after;
  return byLatter >= changedAt ? byLatter : byFormer;
}

/** The local time of a moment, both in milliseconds since 1970. */
export function localOf(moment: number, zone: string): number {
  const { before, after, changedAt } = clocksAround(Math.floor(moment / msPerDay), zone);
  return moment + (moment < changedAt ? before : after);
}

/** The date that the clocks of a zone show at a moment. */
export function localDay(moment: number, zone: string): Day {
  return Math.floor(localOf(moment, zone) / msPerDay);
}

/** Whether a zone has a date at all: Samoa went from 29 to 31 December 2011. */
export function hasDay(zone: string, day: Day): boolean {
  return localDay(momentOf(day * msPerDay, zone), zone) === day;
}

function clocksAround(day: Day, zone: string): Clocks {
  let ofZone = known.get(zone);
  if (ofZone === undefined) {
    ofZone = new Map();
    known.set(zone, ofZone);
  }
  let clocks = ofZone.get(day);
  if (clocks === undefined) {
    if (count >= most) {
      for (const each of known.values()) each.clear();
      count = 0;
    }
    clocks = readClocks(day, zone);
    ofZone.set(day, clocks);
    count += 1;
  }
  return clocks;
}

/** Clocks are changed once in these four days or not at all. */
function readClocks(day: Day, zone: string): Clocks {
  let low = day * msPerDay - reach;
  let high = (day + 1) * msPerDay + reach;
  const before = offsetAt(low, zone);
  const after = offsetAt(high, zone);
  if (before === after) return { before, after, changedAt: Number.POSITIVE_INFINITY };
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return { before, after, changedAt: high };
}

function offsetAt(moment: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
}
