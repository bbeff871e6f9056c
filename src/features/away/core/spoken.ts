import type { Temporal } from 'temporal-polyfill';
import { readDate } from '../../../platform/core/date-words.ts';
import { type Result, refused } from '../../../platform/core/result.ts';
import { type Absence, absenceOf } from './absence.ts';

/** How to say it, in every refusal. */
export const examples = '`/ooo until Fri`, `/ooo 24 Dec - 2 Jan`, `/ooo tomorrow`, or `/ooo back`';

/** "from 24 Dec to 2 Jan": words or a dash between the days; a hyphen only between spaces, since dates have their own. */
const between = /\s*[–—]\s*|\s+-\s+|\s+(?:to|until|till)\s+/i;
const untilOnly = /^(?:until|till|to)\s+/i;
const fromOnly = /^from\s+/i;
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$/i;

/**
 * The days that somebody says they are away, as "until Fri", "24 Dec - 2 Jan", "from Mon to Wed" or one day alone.
 * `today` is the day in their own zone, from which the words are reckoned. Refuses what it cannot read, and what
 * nobody can mean.
 */
export function readAbsence(text: string, today: Temporal.PlainDate): Result<Absence> {
  const said = text.trim();
  if (untilOnly.test(said)) {
    const until = readDate(said.replace(untilOnly, ''), today);
    return until.ok ? absenceOf(today, until.value, today) : until;
  }
  const [first = '', last, ...more] = said.replace(fromOnly, '').split(between);
  if (more.length > 0) {
    return refused('many-days', `I read more than two days in that. Type ${examples}.`);
  }
  const from = readDate(first, today);
  if (!from.ok) return from;
  if (last === undefined) {
    return fromOnly.test(said)
      ? refused('open-end', 'Until when? Such as `/ooo from 24 Dec to 2 Jan`.')
      : absenceOf(from.value, from.value, today);
  }
  // A weekday is the first one after the day on which it begins: from Mon to Wed, said on a Tuesday.
  const until = readDate(last, weekday.test(last.trim()) ? from.value : today);
  return until.ok ? absenceOf(from.value, until.value, today) : until;
}
