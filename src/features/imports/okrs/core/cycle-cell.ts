import { Temporal } from 'temporal-polyfill';
import { type Cycle, currentCycle, isOpen } from '../../../okrs/core/cycle.ts';
import type { NewCycle } from '../../../okrs/core/sheet.ts';
import type { Asking } from '../../core/asking.ts';
import { shownCell } from '../../core/cells.ts';

/** A cycle that is there, or a quarter that is to be added: one that has begun runs at once. Days are ISO dates. */
export type WantedCycle = { kind: 'present'; cycle: Cycle } | { kind: 'new'; cycle: NewCycle };
export type FoundCycle = WantedCycle | { kind: 'unknown'; words: string };

type Given = {
  cycles: readonly Cycle[];
  today: Temporal.PlainDate;
  asking: Asking;
  line: number;
};

/** Reads "Q4 2026", "2026-Q4", "Q4/26", "4Q26" or "2026 Q4"; null: it is none of these. */
export function readQuarter(cell: string): { year: number; quarter: number } | null {
  const typed = cell
    .toLowerCase()
    .replace(/^quarter\s*/, 'q')
    .replace(/[\s\-/.,'’]+/g, '');
  const read =
    /^(?<year>\d{4}|\d{2})q(?<quarter>[1-4])$/.exec(typed) ??
    /^q(?<quarter>[1-4])(?<year>\d{4}|\d{2})$/.exec(typed) ??
    /^(?<quarter>[1-4])q(?<year>\d{4}|\d{2})$/.exec(typed);
  const { year, quarter } = read?.groups ?? {};
  if (year === undefined || quarter === undefined) return null;
  return { year: year.length === 2 ? 2000 + Number(year) : Number(year), quarter: Number(quarter) };
}

/**
 * Which cycle a cell means. One that says nothing is the cycle of the day; where none is active, somebody is asked once for
 * all such rows. A quarter that is not there is to be added; anything else is not known.
 */
export function cycleOf(cell: string, given: Given): FoundCycle {
  const { cycles, today } = given;
  const active = cycles.filter(({ state }) => state === 'active');
  if (cell === '' || /^(?:current|this quarter|this cycle)$/i.test(cell)) {
    const current = currentCycle(active, today);
    return current === null ? askedCycle(given) : { kind: 'present', cycle: current };
  }
  const plain = plainKey(cell);
  const named = cycles.find(({ key }) => plainKey(key) === plain);
  if (named !== undefined) return { kind: 'present', cycle: named };
  const quarter = readQuarter(cell) ?? readQuarter(`${cell} ${yearOfQuarter(cell, today)}`);
  if (quarter === null) {
    const open = cycles.filter(({ state }) => isOpen(state)).map(({ key }) => key);
    const or = open.length === 0 ? '' : `, or one of these: ${open.slice(0, 6).join(', ')}`;
    return {
      kind: 'unknown',
      words: `There is no cycle ${shownCell(cell)}. Write a quarter such as 2026-Q4${or}.`,
    };
  }
  return presentOrNew(quarter, given);
}

/** "Q4" alone is the one that is not over yet. */
function yearOfQuarter(cell: string, today: Temporal.PlainDate): number {
  const quarter = Number(/[1-4]/.exec(cell)?.[0] ?? 1);
  return quarter * 3 >= today.month ? today.year : today.year + 1;
}

function presentOrNew(
  quarter: { year: number; quarter: number },
  { cycles, today }: Pick<Given, 'cycles' | 'today'>,
): WantedCycle {
  const cycle = newCycle(quarter, today);
  const there = cycles.find(
    ({ key, startsOn, endsOn }) =>
      key.toLowerCase() === cycle.key.toLowerCase() ||
      (startsOn.toString() === cycle.starts && endsOn.toString() === cycle.ends),
  );
  return there === undefined ? { kind: 'new', cycle } : { kind: 'present', cycle: there };
}

function newCycle({ year, quarter }: { year: number; quarter: number }, today: Temporal.PlainDate): NewCycle {
  const starts = Temporal.PlainDate.from({ year, month: quarter * 3 - 2, day: 1 });
  const ends = starts.add({ months: 3 }).subtract({ days: 1 });
  const hasBegun = Temporal.PlainDate.compare(starts, today) <= 0;
  const state = hasBegun ? 'active' : 'draft';
  return { key: `${year}-Q${quarter}`, starts: starts.toString(), ends: ends.toString(), state };
}

/** Without hyphens, spaces and case; a word before it, as in "OKRs 2026-H2", makes it another one. */
function plainKey(text: string): string {
  return text.toLowerCase().replace(/[\s\-_/.]+/g, '');
}

function askedCycle(given: Given): WantedCycle {
  const { cycles, today, asking, line } = given;
  const open = cycles.filter(({ state }) => isOpen(state));
  const quarter = { year: today.year, quarter: Math.ceil(today.month / 3) };
  const next =
    quarter.quarter === 4
      ? { year: today.year + 1, quarter: 1 }
      : { ...quarter, quarter: quarter.quarter + 1 };
  const own = presentOrNew(quarter, given);
  const offered = [
    ...open.map((cycle): WantedCycle => ({ kind: 'present', cycle })),
    ...[own, presentOrNew(next, given)].filter(({ kind }) => kind === 'new'),
  ];
  const first = offered[0] ?? own;
  const answer = asking.ask(line, {
    key: 'cycle',
    words: (rows) => `For which cycle are the rows that name none (${rows})?`,
    choices: offered.map(({ kind, cycle }) => ({
      value: cycle.key,
      name: kind === 'new' ? `${cycle.key}, to be added${asDraft(cycle)}` : cycle.key,
    })),
    suggested: first.cycle.key,
  });
  return offered.find(({ cycle }) => cycle.key === answer) ?? first;
}

/** A quarter that lies ahead is planned first. */
function asDraft({ state }: Pick<NewCycle, 'state'>): string {
  return state === 'draft' ? ' as a draft' : '';
}
