import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { PersonRef } from '../ownership/core/rock.ts';
import type { ReleasedRock } from './core/departure.ts';

export function restoredLines(rocks: readonly ReleasedRock[], carries: string): string[] {
  const back = rocks.filter(({ isUntouched }) => isUntouched);
  const gone = rocks.filter(({ isUntouched }) => !isUntouched);
  const again = carries === 'carries' ? 'Theirs again' : 'Yours again';
  return [
    ...list(back, (own) => `• ${again}: ${names(own)}.`),
    ...byPerson(gone, ({ owner }) => owner).map(
      ([owner, own]) =>
        `• ${names(own)} moved on meanwhile: ${personMention(owner)} carries ${own.length === 1 ? 'it' : 'them'}.`,
    ),
    ...list(
      gone.filter(({ owner }) => owner === null),
      (own) => `• ${names(own)} moved on meanwhile.`,
    ),
  ];
}

export function byPerson<T>(items: readonly T[], of: (item: T) => PersonRef | null): [PersonRef, T[]][] {
  const groups = new Map<number, [PersonRef, T[]]>();
  for (const item of items) {
    const person = of(item);
    if (person === null) continue;
    const group = groups.get(person.id);
    if (group === undefined) groups.set(person.id, [person, [item]]);
    else group[1].push(item);
  }
  return [...groups.values()];
}

/** A line for what there is, none where there is nothing. */
export function list<T>(items: readonly T[], line: (items: readonly T[]) => string): string[] {
  return items.length === 0 ? [] : [line(items)];
}

export function names(rocks: readonly { name: string }[]): string {
  const shown = rocks.slice(0, mostNamed).map(({ name }) => `*${inline(name)}*`);
  const more = rocks.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : shown;
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

/** As many rocks as one sentence names. */
const mostNamed = 20;

export function unnamed(hidden: number): string[] {
  return hidden === 0 ? [] : [`• ${count(hidden, 'rock')} that not everybody may see`];
}

export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
