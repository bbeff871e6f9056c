import { dateWords } from '../../platform/core/time-words.ts';
import { type Day, dateOf } from './days.ts';

/** What becomes of an occurrence on a day off: held all the same, skipped, or moved to a working day beside it. */
export type OnHoliday = 'hold' | 'skip' | 'previous' | 'next';

export type Exclusions = {
  onHoliday: OnHoliday;
  worksOn(day: Day): boolean;
  /** On which day that happens which a rule means for a day; `skip` says why it does not. */
  settle(day: Day): Settled;
};
export type Settled = { on: Day; skip: string | null };

/** Who has no working day for so long has none to move to. */
export const longestRest = 366;

/** The exclusions of a rule that fires as `firesOn` says; `nameOf` names days off. */
export function excluding(of: {
  onHoliday: OnHoliday;
  firstDay: Day | null;
  nameOf(day: Day): string | null;
  worksOn(day: Day): boolean;
  firesOn(day: Day): boolean;
}): Exclusions {
  const { onHoliday, nameOf, worksOn } = of;
  return {
    onHoliday,
    worksOn,
    settle(day) {
      const name = onHoliday === 'hold' ? null : nameOf(day);
      if (name === null || onHoliday === 'hold') return { on: day, skip: null };
      return onHoliday === 'skip' ? { on: day, skip: name } : move(day, name, of);
    },
  };
}

/**
 * Moves past weekends and days off. One that would meet or pass another of its rule stays away instead, so that
 * what happens keeps the order of what was meant, and no day has two.
 */
function move(day: Day, name: string, of: Parameters<typeof excluding>[0]): Settled {
  const { firstDay, nameOf, worksOn, firesOn } = of;
  const step = of.onHoliday === 'previous' ? -1 : 1;
  let heldOn: Day | null = null;
  let isMet = false;
  for (let rest = 1; rest <= longestRest; rest += 1) {
    const to = day + rest * step;
    if (firesOn(to)) {
      isMet = true;
      if (nameOf(to) === null) heldOn ??= to;
    }
    if (!worksOn(to)) continue;
    if (firstDay !== null && to < firstDay) {
      return { on: day, skip: `${name}; the working day before it is earlier than the first day` };
    }
    if (!isMet) return { on: to, skip: null };
    return { on: day, skip: `${name}; it comes on ${dateWords(dateOf(heldOn ?? to))} anyway` };
  }
  return { on: day, skip: `${name}; there is no working day within a year of it` };
}
