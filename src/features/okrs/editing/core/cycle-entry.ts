import type { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../../../platform/core/time-words.ts';
import type { Cycle } from '../../core/cycle.ts';
import { right, type Typed, wrong } from './typed.ts';

/** What the form of a cycle says; days are ISO dates, both included. */
export type CycleEntry = { key: string; starts: string; ends: string; parentId: number | null };

/** A key as a file may have it. */
export function readCycleKey(text: string | null | undefined): Typed<string> {
  const key = text?.trim() ?? '';
  if (key === '') return wrong('Give it a key, such as 2027-Q1.');
  if (!/^[A-Za-z0-9-]+$/.test(key))
    return wrong('A key has letters a to z, digits and hyphens, such as 2027-Q1.');
  if (key.length > 80) return wrong(`80 characters are the most; these are ${key.length}.`);
  return key.toLowerCase() === 'current'
    ? wrong('“current” means the cycle of the day. Choose another key.')
    : right(key);
}

/** Whether the days of a cycle fit together, and into its year. `parent` null: it lies in none. */
export function cycleProblem(
  entry: { starts: string; ends: string },
  parent: Cycle | null,
  children: readonly Cycle[],
): { field: 'ends' | 'parent' | 'starts'; words: string } | null {
  if (entry.ends < entry.starts) return { field: 'ends', words: 'It would end before it starts.' };
  const lies = (inner: { starts: string; ends: string }, outer: { starts: string; ends: string }) =>
    outer.starts <= inner.starts && inner.ends <= outer.ends;
  if (parent !== null && !lies(entry, daysOf(parent))) {
    const { key, startsOn, endsOn } = parent;
    return { field: 'parent', words: `${key} is ${span({ startsOn, endsOn })}, so this does not lie in it.` };
  }
  const outside = children.find((child) => !lies(daysOf(child), entry));
  if (outside !== undefined)
    return { field: 'starts', words: `${outside.key} lies in it and would not any more (${span(outside)}).` };
  return null;
}

function daysOf({ startsOn, endsOn }: Cycle): { starts: string; ends: string } {
  return { starts: startsOn.toString(), ends: endsOn.toString() };
}

function span({ startsOn, endsOn }: { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate }): string {
  return `${dateWords(startsOn)} to ${dateWords(endsOn)}`;
}
