import type { Asking } from './asking.ts';
import { shownCell } from './cells.ts';
import { titleIndex } from './near-titles.ts';

export type KnownRock = { id: number; key: string; name: string; names: readonly string[] };

/** The rock that a cell names, or null, and why it names none that is there. */
export type NamedRock = { rock: KnownRock | null; note: string };
export type FindRock = (cell: string, line: number) => NamedRock;

const mostOffered = 20;
const noRock = 'none';

/** Finds which rock a cell names, by any of its names; where several are or one nearly is, somebody is asked. */
export function findingRocks(rocks: readonly KnownRock[], asking: Asking): FindRock {
  const names = rocks.flatMap((rock) => rock.names.map((name) => ({ rock, name })));
  const index = titleIndex(names, ({ name }) => name);
  const looked = new Map<string, { same: KnownRock[]; near: KnownRock[]; isClose: boolean }>();
  const look = (cell: string) => {
    const near = index.near(cell);
    const isClose = near[0]?.isClose ?? false;
    return { same: unique(index.same(cell)), near: unique(near.map(({ it }) => it)), isClose };
  };
  return (cell, line) => {
    if (cell === '') return { rock: null, note: '' };
    const found = looked.get(cell) ?? look(cell);
    looked.set(cell, found);
    const [only, ...others] = found.same;
    if (only !== undefined && others.length === 0) return { rock: only, note: '' };
    const offered = (only === undefined ? found.near : found.same).slice(0, mostOffered);
    const [first] = offered;
    if (first === undefined)
      return { rock: null, note: `There is no rock ${shownCell(cell)}, so it hangs from none.` };
    const answer = asking.ask(line, {
      key: `rock:${cell.toLowerCase().slice(0, 80)}`,
      words: (rows) => `Which rock is ${shownCell(cell)} (${rows})?`,
      choices: [
        ...offered.map(({ id, name }) => ({ value: String(id), name })),
        { value: noRock, name: 'None of these' },
      ],
      suggested: only === undefined && found.isClose ? String(first.id) : null,
    });
    const rock = offered.find(({ id }) => String(id) === answer) ?? null;
    return { rock, note: rock === null ? `${shownCell(cell)} is left open, so it hangs from no rock.` : '' };
  };
}

function unique(found: readonly { rock: KnownRock }[]): KnownRock[] {
  return [...new Set(found.map(({ rock }) => rock))];
}
