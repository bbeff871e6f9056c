import { Temporal } from 'temporal-polyfill';
import type { WorksOn } from '../../../cadence/core/working-days.ts';

/** What somebody thinks should become of a ritual. */
export type Verdict = 'keep' | 'change' | 'stop';
export const verdicts: readonly Verdict[] = ['keep', 'change', 'stop'];

export const longestWords = 500;

/** Two weeks before the end: there is time to change what is held next, and most of the quarter is behind. */
const daysBeforeEnd = 13;
const askedAt = Temporal.PlainTime.from('10:00');
/** For so many days opinions are taken. */
const openDays = 7;
const longestRest = 60;

/** A quarter of the calendar, such as 2026-Q4. */
export type Quarter = { key: string; from: Temporal.PlainDate; until: Temporal.PlainDate };

/** The quarter in which a day lies; `until` is the first day of the next one. */
export function quarterOf(day: Temporal.PlainDate): Quarter {
  const number = Math.ceil(day.month / 3);
  const from = Temporal.PlainDate.from({ year: day.year, month: number * 3 - 2, day: 1 });
  return { key: `${day.year}-Q${number}`, from, until: from.add({ months: 3 }) };
}

/** When the people of a ritual are asked about it, and until when they can say something. */
export type Window = { asked: Temporal.Instant; closes: Temporal.Instant };

/**
 * Ten in the morning in `zone`, on the last working day that is two weeks before the end of the quarter or earlier, and a
 * week from then.
 */
export function windowOf({ until }: Quarter, zone: string, worksOn: WorksOn): Window {
  let day = until.subtract({ days: daysBeforeEnd + 1 });
  for (let rest = 0; rest < longestRest && !worksOn(day); rest += 1) day = day.subtract({ days: 1 });
  const at = (date: Temporal.PlainDate) =>
    date.toZonedDateTime({ timeZone: zone, plainTime: askedAt }).toInstant();
  return { asked: at(day), closes: at(day.add({ days: openDays })) };
}

/** The part of somebody's daily message that asks. */
export function opinionKey(roundId: number, personId: number): string {
  return `ritual-opinion:${roundId}:${personId}`;
}

/** How many said what, and how many said nothing. */
export type Tally = Record<Verdict, number> & { silent: number };

export function tallyOf(said: readonly (Verdict | null)[]): Tally {
  const count = (verdict: Verdict | null) => said.filter((each) => each === verdict).length;
  return { keep: count('keep'), change: count('change'), stop: count('stop'), silent: count(null) };
}
