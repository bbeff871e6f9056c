import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';

/** So many direct messages go out at one moment; of more, each minute of a window takes `aMinute`. */
const atOnce = 60;
/** Half of what Slack takes in a workspace by default (4 a second), so that answers to people need not wait. */
const aMinute = 120;

/** Over how many minutes an occurrence that asks so many people spreads its direct messages; 0: all at once. */
export function spreadMinutes(people: number): number {
  return people <= atOnce ? 0 : Math.ceil(people / aMinute);
}

/** From when until when an occurrence that asks so many people from `at` on asks them; the same moment twice: at once. */
export function spreadWindow(
  at: Temporal.Instant,
  people: number,
): { from: Temporal.Instant; to: Temporal.Instant } {
  return { from: at, to: at.add({ minutes: spreadMinutes(people) }) };
}

/**
 * How many seconds into the window somebody is asked: the same in every process and at every try, and another
 * place in the window from one occurrence to the next, so that nobody is always the last.
 */
export function spreadSeconds(
  of: { cadenceId: number; occurrenceId: number; personId: number },
  people: number,
): number {
  const window = spreadMinutes(people) * 60;
  if (window === 0) return 0;
  const key = `${of.cadenceId}:${of.occurrenceId}:${of.personId}`;
  return createHash('sha256').update(key).digest().readUInt32BE(0) % window;
}
