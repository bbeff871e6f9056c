import type { Answers, Question } from './import.ts';

type Doubt = Omit<Question, 'words'> & { words: (rows: string) => string; lines: number[] };

/** Gathers the questions of a sheet: each doubt once, however many rows it is about. */
export class Asking {
  readonly #answers: Answers;
  readonly #doubts = new Map<string, Doubt>();

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /**
   * Asks about a row, and gives what was answered, else what is suggested. An answer that is not among the choices is
   * none: they may have changed since. `words` are given the rows, in words.
   */
  ask(line: number, doubt: Omit<Doubt, 'lines'>): string | null {
    const known = this.#doubts.get(doubt.key);
    if (known === undefined) this.#doubts.set(doubt.key, { ...doubt, lines: [line] });
    else if (!known.lines.includes(line)) known.lines.push(line);
    const answer = this.#answers[doubt.key];
    const isChoice = doubt.choices.some(({ value }) => value === answer);
    return isChoice && answer !== undefined ? answer : doubt.suggested;
  }

  questions(): Question[] {
    return [...this.#doubts.values()].map(({ key, words, choices, suggested, lines }) => ({
      ...{ key, choices, suggested },
      words: words(rowsInWords(lines)),
    }));
  }
}

/** "row 4", "rows 4 and 31", "rows 4, 31, 32 and 7 more". */
export function rowsInWords(lines: readonly number[]): string {
  const [first, ...others] = lines;
  if (first === undefined) return 'no row';
  if (others.length === 0) return `row ${first}`;
  const shown = lines.slice(0, 3);
  const more = lines.length - shown.length;
  const last = shown.at(-1);
  return more > 0
    ? `rows ${shown.join(', ')} and ${more} more`
    : `rows ${shown.slice(0, -1).join(', ')} and ${last}`;
}
