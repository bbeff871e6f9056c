import type { Asking } from '../../core/asking.ts';
import type { Looked, Names } from './duplicates.ts';
import type { RowAsRead } from './reading-row.ts';
import type { KnownRock } from './rock-row.ts';

/** So many that look alike are worth a question; more would be no choice. */
const mostAlike = 3;

/** Which earlier row of the sheet is the same rock; null: none. */
export function sameInSheet(
  read: RowAsRead,
  looked: Looked,
  earlier: Names<number>,
  asking: Asking,
): number | null {
  const [closest] = earlier.like(looked);
  if (closest === undefined) return null;
  const { thing: line, name, sameness } = closest;
  const words =
    sameness === 'same'
      ? `“${read.name}” stands in rows ${line} and ${read.line}.`
      : `“${name}” and “${read.name}” (rows ${line} and ${read.line}) look the same.`;
  const answer = asking.ask(read.line, {
    key: `same:${read.line}`,
    words: () => words,
    choices: [
      { value: 'one', name: `One rock: leave row ${read.line} out` },
      { value: 'two', name: 'Two rocks' },
    ],
    // Of two that a letter tells apart, each may be meant.
    suggested: sameness === 'near' ? 'two' : 'one',
  });
  return answer === 'one' ? line : null;
}

/** Which rock of the register a row is about; null: a new one. */
export function sameInRegister(
  read: RowAsRead,
  looked: Looked,
  register: Names<KnownRock>,
  asking: Asking,
): KnownRock | null {
  const alike = register.like(looked).slice(0, mostAlike);
  const same = alike.filter(({ sameness }) => sameness === 'same');
  const [first] = same.length > 0 ? same : alike;
  if (first === undefined) return null;
  if (same.length === 1) return first.thing;
  const offered = same.length > 0 ? same : alike;
  const names = offered.map(({ name }) => `“${name}”`).join(' and ');
  const words =
    same.length > 0
      ? `The register has ${same.length} rocks called “${read.name}” (row ${read.line}).`
      : `“${read.name}” (row ${read.line}) looks like ${names} in the register.`;
  const answer = asking.ask(read.line, {
    key: `rock:${read.line}`,
    words: () => words,
    choices: [
      ...offered.map(({ thing }) => ({
        value: String(thing.id),
        name: offered.length === 1 ? 'The same rock' : `It is ${thing.rock.name} (${thing.key})`,
      })),
      { value: 'new', name: 'A new one' },
    ],
    suggested: first.sameness === 'near' ? 'new' : String(first.thing.id),
  });
  return offered.find(({ thing }) => String(thing.id) === answer)?.thing ?? null;
}
