import type { ImportKind, Outcome } from './core/import.ts';

export const kindWords: Record<ImportKind, string> = { rocks: 'rocks', okrs: 'OKRs', roadmap: 'the roadmap' };

const outcomeWords: Record<Outcome, string> = {
  refused: 'refused',
  added: 'to add',
  changed: 'to change',
  'left-out': 'left out',
  unchanged: 'as they are',
};
/** Trouble first: that is what people can mend. */
export const outcomeOrder = ['refused', 'added', 'changed', 'left-out', 'unchanged'] as const;

/** "112 to add, 3 to change, 4 refused, 1 left out". */
export function countWords(counts: Readonly<Record<Outcome, number>>): string {
  const order: readonly Outcome[] = ['added', 'changed', 'refused', 'left-out', 'unchanged'];
  const said = order.flatMap((outcome) => {
    const count = counts[outcome];
    return count === 0 ? [] : [`${count} ${outcomeWords[outcome]}`];
  });
  return said.length === 0 ? 'No rows' : said.join(', ');
}

export function outcomeTitle(outcome: Outcome, count: number): string {
  const words = outcomeWords[outcome];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${count})`;
}

/** What is promised before anything is written. Only rocks are proposals. */
export function promiseOf(kind: ImportKind): string {
  const quiet = 'Nobody is told by this.';
  return kind === 'rocks' ? `${quiet} Owners are asked once their team is live.` : quiet;
}
