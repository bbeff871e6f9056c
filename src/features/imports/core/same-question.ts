import type { Question } from './import.ts';

/** Asks whether something is one of those that are nearly called so. */
export function sameQuestion(
  key: string,
  words: string,
  near: readonly { id: number; title: string }[],
): Question {
  return {
    ...{ key, words },
    choices: [
      ...near.map(({ id, title }) => ({ value: String(id), name: `Yes: ${title}` })),
      { value: 'new', name: 'No, it is a new one' },
    ],
    suggested: near[0] === undefined ? null : String(near[0].id),
  };
}
