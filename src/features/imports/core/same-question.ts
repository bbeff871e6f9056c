import type { Asking } from './asking.ts';

type Titled = { id: number; title: string };

const mostOffered = 5;
const isNew = 'new';

/**
 * Which of those that are nearly called so is meant, the nearest where nobody has said otherwise; null: none is, it is a new
 * one. `words` say what is asked.
 */
export function whichIsMeant<T extends Titled>(
  asking: Asking,
  line: number,
  given: { key: string; words: string; near: readonly T[] },
): T | null {
  const near = given.near.slice(0, mostOffered);
  const [first] = near;
  if (first === undefined) return null;
  const answer = asking.ask(line, {
    key: given.key,
    words: (rows) => `${given.words.replace(/\?$/, '')} (${rows})?`,
    choices: [
      ...near.map(({ id, title }) => ({ value: String(id), name: `Yes: ${title}` })),
      { value: isNew, name: 'No, it is a new one' },
    ],
    suggested: String(first.id),
  });
  return near.find(({ id }) => String(id) === answer) ?? null;
}
