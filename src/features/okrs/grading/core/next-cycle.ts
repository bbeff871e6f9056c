import { Temporal } from 'temporal-polyfill';
import type { Cycle } from '../../core/cycle.ts';
import { freeKey } from '../../editing/core/key.ts';

const { compare } = Temporal.PlainDate;
type Span = Pick<Cycle, 'startsOn' | 'endsOn'>;
const daysOf = ({ startsOn, endsOn }: Span) => startsOn.until(endsOn).days + 1;

/**
 * The cycle into which is carried over what another leaves: the first one of about its length that begins after it, and is
 * not being graded or closed. Null: there is none yet.
 */
export function nextOf<C extends Cycle>(cycles: readonly C[], cycle: Cycle): C | null {
  const days = daysOf(cycle);
  const later = cycles.filter(
    (it) =>
      (it.state === 'draft' || it.state === 'active') &&
      compare(it.startsOn, cycle.endsOn) > 0 &&
      daysOf(it) >= days / 2 &&
      daysOf(it) <= days * 1.5,
  );
  return later.toSorted((a, b) => compare(a.startsOn, b.startsOn) || a.id - b.id)[0] ?? null;
}

/**
 * The days and the key of a cycle that follows on another: whole months follow on whole months, else as many days. Called
 * `2027-Q1` or `2027` where the other is called so or its days are such.
 */
export function following(cycle: Pick<Cycle, 'key'> & Span, taken: ReadonlySet<string>) {
  const startsOn = cycle.endsOn.add({ days: 1 });
  const isWholeMonths = cycle.startsOn.day === 1 && startsOn.day === 1;
  const length = isWholeMonths
    ? { months: cycle.startsOn.until(startsOn, { largestUnit: 'months' }).months }
    : { days: daysOf(cycle) };
  const endsOn = startsOn.add(length).subtract({ days: 1 });
  return { startsOn, endsOn, key: freeKey(keyOf(cycle.key, startsOn, length.months), taken) };
}

function keyOf(key: string, startsOn: Temporal.PlainDate, months: number | undefined): string {
  const { year, month } = startsOn;
  if (months === 3 && month % 3 === 1) return `${year}-Q${(month + 2) / 3}`;
  if (months === 12 && month === 1) return String(year);
  return `${key}-next`;
}

/** How many days before its end a cycle may be closed without being named. */
const daysBefore = 14;

/** The cycle that a close without a name means on a day: the active one that ends first, if it is over or about to be. */
export function cycleToClose<C extends Cycle>(cycles: readonly C[], on: Temporal.PlainDate): C | null {
  const ripe = cycles.filter(
    ({ state, endsOn }) => state === 'active' && compare(endsOn.subtract({ days: daysBefore }), on) <= 0,
  );
  return ripe.toSorted((a, b) => compare(a.endsOn, b.endsOn) || daysOf(a) - daysOf(b))[0] ?? null;
}

/** The cycle that a planning without a name means on a day: the first draft that is not over, the shorter of two. */
export function cycleToPlan<C extends Cycle>(cycles: readonly C[], on: Temporal.PlainDate): C | null {
  const drafts = cycles.filter(({ state, endsOn }) => state === 'draft' && compare(endsOn, on) >= 0);
  return drafts.toSorted((a, b) => compare(a.startsOn, b.startsOn) || daysOf(a) - daysOf(b))[0] ?? null;
}
