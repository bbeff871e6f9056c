import Fuse, { type IFuseOptions } from 'fuse.js';
import type { SetRock } from './company.ts';
import type { Found } from './measure.ts';

/** What Fuse's score (0 is perfect) must be, and how far the second one away, to call its first result sure. */
const sure = { score: 0.2, ahead: 0.1 };

/** Anywhere in a text and without accents: of the settings that were tried the ones that find most. */
const options: IFuseOptions<SetRock> = { includeScore: true, ignoreLocation: true, ignoreDiacritics: true };

/**
 * The same rocks in Fuse.js: names, aliases and keys for words, links for addresses. Fuse knows no sureness; it is read
 * from its scores.
 */
export function fuseWith(rocks: readonly SetRock[]): (typed: string) => Found {
  const byName = new Fuse(rocks, { ...options, keys: ['name', 'aliases', 'key'] });
  const byLink = new Fuse(rocks, { ...options, keys: ['links'] });
  return (typed) => {
    const results = (typed.includes('://') ? byLink : byName).search(typed, { limit: 5 });
    const [first, second] = results.map(({ score = 1 }) => score);
    const isSure = first !== undefined && first <= sure.score && (second ?? 1) - first >= sure.ahead;
    return { keys: results.map(({ item }) => item.key), isSure };
  };
}
