import { Temporal } from 'temporal-polyfill';

export type CycleState = 'draft' | 'active' | 'grading' | 'closed';

/** A period for which objectives are set; quarters may lie in a year. */
export type Cycle = {
  id: number;
  key: string;
  startsOn: Temporal.PlainDate;
  endsOn: Temporal.PlainDate;
  state: CycleState;
  parentId: number | null;
};

const after: Record<CycleState, CycleState | null> = {
  draft: 'active',
  active: 'grading',
  grading: 'closed',
  closed: null,
};

/** The state that comes next; null: it is closed. */
export function nextState(state: CycleState): CycleState | null {
  return after[state];
}

/** Whether what belongs to the cycle may still be added to and edited. */
export function isOpen(state: CycleState): boolean {
  return state === 'draft' || state === 'active';
}

/** Why nothing is added to or changed in a cycle any more, by anybody; null: it is open. */
export function overWords({ key, state }: Pick<Cycle, 'key' | 'state'>): string | null {
  if (state === 'closed') return `${key} is closed. Nothing in it changes any more.`;
  return state === 'grading' ? `${key} is being graded. Nothing is added to it or edited any more.` : null;
}

/**
 * The cycle that `current` means on a day: of those that the day lies in, not closed ones last, the shortest, since a
 * quarter is nearer to people than its year.
 */
export function currentCycle<C extends Pick<Cycle, 'startsOn' | 'endsOn' | 'key'>>(
  cycles: readonly C[],
  on: Temporal.PlainDate,
): C | null {
  const { compare } = Temporal.PlainDate;
  const days = ({ startsOn, endsOn }: C) => startsOn.until(endsOn).days;
  const around = cycles.filter(
    ({ startsOn, endsOn }) => compare(startsOn, on) <= 0 && compare(on, endsOn) <= 0,
  );
  return around.sort((one, other) => days(one) - days(other) || (one.key < other.key ? -1 : 1))[0] ?? null;
}
