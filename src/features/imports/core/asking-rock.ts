import { shownCell } from './cells.ts';
import type { Answers, Question } from './import.ts';
import { titleIndex } from './near-titles.ts';

export type KnownRock = { id: number; key: string; name: string; names: readonly string[] };

export const answeredNoRock = 'none';

/** Which rock a cell names; `unknown` where none is even nearly called so. */
export type NamedRock =
  | { kind: 'rock'; rock: KnownRock }
  | { kind: 'none' }
  | { kind: 'unknown'; words: string }
  | { kind: 'asked'; question: Question };

const mostOffered = 20;

/** Finds out which rocks the cells of a sheet name, by any of their names, each once, and keeps what is to be asked. */
export function askingRock(
  rocks: readonly KnownRock[],
  answers: Answers,
): { rock(cell: string): NamedRock; questions(): Question[] } {
  const names = rocks.flatMap((rock) => rock.names.map((name) => ({ rock, name })));
  const index = titleIndex(names, ({ name }) => name);
  const questions = new Map<string, Question>();
  const known = new Map<string, NamedRock>();
  const find = (cell: string): NamedRock => {
    const same = unique(index.same(cell));
    const [only] = same;
    if (only !== undefined && same.length === 1) return { kind: 'rock', rock: only };
    const near = (same.length > 0 ? same : unique(index.near(cell))).slice(0, mostOffered);
    const [first] = near;
    if (first === undefined)
      return { kind: 'unknown', words: `There is no rock ${shownCell(cell)}, so it hangs from none.` };
    const question: Question = {
      key: `rock:${cell.toLowerCase().slice(0, 80)}`,
      words: `Which rock is ${shownCell(cell)}?`,
      choices: [
        ...near.map(({ id, name }) => ({ value: String(id), name })),
        { value: answeredNoRock, name: 'None of these' },
      ],
      suggested: same.length > 0 ? null : String(first.id),
    };
    questions.set(question.key, question);
    const answer = answers[question.key];
    if (answer === answeredNoRock) return { kind: 'none' };
    const picked = near.find(({ id }) => String(id) === answer);
    return picked === undefined ? { kind: 'asked', question } : { kind: 'rock', rock: picked };
  };
  return {
    rock(cell) {
      if (cell === '') return { kind: 'none' };
      const found = known.get(cell) ?? find(cell);
      known.set(cell, found);
      return found;
    },
    questions: () => [...questions.values()],
  };
}

function unique(found: readonly { rock: KnownRock }[]): KnownRock[] {
  return [...new Set(found.map(({ rock }) => rock))];
}
