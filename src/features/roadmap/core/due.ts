import { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../../platform/core/time-words.ts';
import type { Horizon } from './item.ts';

/** The dates of an item; days are ISO dates. `last`: what it was due last, also where it is due no more. */
export type Dates = { due: string | null; first: string | null; last: string | null; slips: number };
export const noDates: Dates = { due: null, first: null, last: null, slips: 0 };

/** A date that moved back. */
export type Moved = { from: string; to: string };

export type DatesAfter =
  | { ok: true; dates: Dates; slip: Moved | null }
  | { ok: false; field: 'due' | 'why'; code: 'no-date-here' | 'past' | 'why-slip'; words: string };

export const datesInNowAlone = 'Only what is in now has a date. Move it to now, or leave the date out.';

/**
 * What becomes of an item's dates in a horizon. Only `now` has one: whoever goes back to next or later loses it, but not the
 * first one, and what is over keeps its last. A later date than the last known one is a slip, which is counted and needs its
 * words; an earlier one is none. `wanted` null: no date. Refuses a date elsewhere than in now, and a new one that is over.
 */
export function datesAfter(
  present: Dates,
  {
    horizon,
    wanted,
    why,
    today,
  }: { horizon: Horizon; wanted: string | null; why: string | null; today: Temporal.PlainDate },
): DatesAfter {
  if (horizon !== 'now') {
    if (wanted !== null) return { ok: false, field: 'due', code: 'no-date-here', words: datesInNowAlone };
    const isPlanned = horizon === 'next' || horizon === 'later';
    return { ok: true, dates: { ...present, due: isPlanned ? null : present.due }, slip: null };
  }
  if (wanted === null || wanted === present.due)
    return { ok: true, dates: { ...present, due: wanted }, slip: null };
  if (wanted < today.toString())
    return {
      ok: false,
      field: 'due',
      code: 'past',
      words: 'That day is over. Pick today or a later one.',
    };
  const known = present.last ?? present.due ?? present.first;
  const dates = { due: wanted, first: present.first ?? wanted, last: wanted, slips: present.slips };
  if (known === null || wanted <= known) return { ok: true, dates, slip: null };
  if (why === null) {
    const words = `The date moves from ${dayWords(known)} to ${dayWords(wanted)}. Please say in a few words why.`;
    return { ok: false, field: 'why', code: 'why-slip', words };
  }
  return { ok: true, dates: { ...dates, slips: dates.slips + 1 }, slip: { from: known, to: wanted } };
}

function dayWords(iso: string): string {
  return dateWords(Temporal.PlainDate.from(iso));
}
