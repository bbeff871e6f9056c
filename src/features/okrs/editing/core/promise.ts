import type { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../../../platform/core/time-words.ts';
import { right, type Typed, wrong } from './typed.ts';

/** When a key result is to be reached: the day now, the first one that was promised, and how often it moved back. */
export type Promised = { dueOn: string | null; firstDueOn: string | null; slips: number };

export const noDate: Promised = { dueOn: null, firstDueOn: null, slips: 0 };

/**
 * What becomes of a promised date. The first one stays; a later day is a slip, which is counted and needs its words; an
 * earlier one is none. Days are ISO dates. Refuses taking a date back, and one from before the cycle.
 */
export function promisedOn(
  present: Promised,
  wanted: string | null,
  why: string | null,
  cycle: { key: string; startsOn: Temporal.PlainDate },
): Typed<Promised & { hasSlipped: boolean }> {
  if (wanted === present.dueOn) return right({ ...present, hasSlipped: false });
  if (wanted === null)
    return wrong('A day that was promised stays. Pick another one, and say why it moves.', 'due');
  if (wanted < cycle.startsOn.toString())
    return wrong(`${cycle.key} begins on ${dateWords(cycle.startsOn)}. Pick a day from then on.`, 'due');
  if (present.dueOn === null)
    return right({ dueOn: wanted, firstDueOn: wanted, slips: 0, hasSlipped: false });
  if (wanted < present.dueOn) return right({ ...present, dueOn: wanted, hasSlipped: false });
  if (why === null) return wrong('The day moves back. A sentence is enough: why?', 'slip');
  return right({ ...present, dueOn: wanted, slips: present.slips + 1, hasSlipped: true });
}
