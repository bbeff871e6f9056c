import type { Asking } from './asking.ts';
import type { Near } from './near-titles.ts';

type Titled = { id: number; title: string };

const mostOffered = 5;
const isNew = 'new';

/**
 * Which of those that are nearly called so is meant, where nobody has said the nearest if it is close; null: none is, it is a
 * new one. `words` say what is asked.
 */
export function whichIsMeant<T extends Titled>(
  asking: Asking,
  line: number,
  given: { key: string; words: string; near: readonly Near<T>[] },
): T | null {
  const near = given.near.slice(0, mostOffered);
  const [first] = near;
  if (first === undefined) return null;
  const answer = asking.ask(line, {
    key: given.key,
    words: (rows) => `${given.words.replace(/\?$/, '')} (${rows})?`,
    choices: [
      ...near.map(({ it: { id, title } }) => ({ value: String(id), name: `Yes: ${title}` })),
      { value: isNew, name: 'No, it is a new one' },
    ],
    suggested: first.isClose ? String(first.it.id) : null,
  });
  return near.find(({ it }) => String(it.id) === answer)?.it ?? null;
}
