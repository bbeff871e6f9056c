import { editDistance } from '../../../platform/core/edit-distance.ts';
import { normalName } from '../../ownership/core/names.ts';

/** Below this two titles are about different things. */
const leastLikeness = 0.64;
/** A beginning of a word that so many titles have says nothing about any of them. */
const mostWithOne = 200;
const begin = 4;

/** Things by their titles. `same`: but for case, accents, hyphens and plural; `near`: nearly so, the nearest first. */
export type TitleIndex<T> = { same(title: string): T[]; near(title: string): Near<T>[] };
/** Something of a title that is nearly the same; `isClose`: so nearly that it is most likely meant. */
export type Near<T> = { it: T; isClose: boolean };

/**
 * Finds among many titles those that are nearly a given one: typed otherwise, or with a word more. Each comparison is with
 * titles that begin a word alike, so that thousands cost no minutes.
 */
export function titleIndex<T>(all: readonly T[], titleOf: (it: T) => string): TitleIndex<T> {
  const entries = all.map((it) => ({ it, normal: normalName(titleOf(it)) }));
  const byBeginning = new Map<string, number[]>();
  for (const [index, { normal }] of entries.entries()) {
    for (const word of beginnings(normal)) {
      const list = byBeginning.get(word);
      if (list === undefined) byBeginning.set(word, [index]);
      else list.push(index);
    }
  }
  const byTitle = Map.groupBy(entries, ({ normal }) => normal);
  const near = (title: string): Near<T>[] => {
    const normal = normalName(title);
    const lists = beginnings(normal).map((word) => byBeginning.get(word) ?? []);
    const telling = lists.filter((list) => list.length <= mostWithOne);
    const candidates = new Set(
      (telling.length > 0 ? telling : lists.map((list) => list.slice(0, mostWithOne))).flat(),
    );
    return [...candidates]
      .flatMap((index) => entries[index] ?? [])
      .map(({ it, normal: other }) => ({ it, other, likeness: likeness(normal, other) }))
      .filter((found) => found.likeness >= leastLikeness)
      .sort((a, b) => b.likeness - a.likeness)
      .map((found) => ({ it: found.it, isClose: isClose(normal, found.other) }));
  };
  const same = (title: string) => (byTitle.get(normalName(title)) ?? []).map(({ it }) => it);
  return { same, near };
}

function beginnings(normal: string): string[] {
  return [...new Set(normal.split(' ').map((word) => word.slice(0, begin)))];
}

/** How many pairs of letters two titles share, 0 to 1; numbers that differ make two titles of them. */
function likeness(one: string, other: string): number {
  if (one === other) return 1;
  if (numbersIn(one) !== numbersIn(other)) return 0;
  const pairs = pairsOf(one);
  const left = pairsOf(other);
  const total = sum(pairs) + sum(left);
  let shared = 0;
  for (const [pair, count] of pairs) shared += Math.min(count, left.get(pair) ?? 0);
  return total === 0 ? 0 : (2 * shared) / total;
}

/** A slip of the finger or two apart; "Plan A" and "Plan B" are two. */
function isClose(one: string, other: string): boolean {
  const least = Math.min(one.length, other.length);
  const slips = least < 4 ? 0 : least < 8 ? 1 : 2;
  const letters = (text: string) =>
    text
      .split(' ')
      .filter((word) => word.length === 1)
      .join(' ');
  return letters(one) === letters(other) && editDistance(one, other, slips) <= slips;
}

function numbersIn(normal: string): string {
  return (normal.match(/\d+/g) ?? []).sort().join(' ');
}

function pairsOf(normal: string): Map<string, number> {
  const letters = normal.replaceAll(' ', '');
  const pairs = new Map<string, number>();
  for (let index = 0; index < letters.length - 1; index += 1) {
    const pair = letters.slice(index, index + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

function sum(pairs: ReadonlyMap<string, number>): number {
  return [...pairs.values()].reduce((total, count) => total + count, 0);
}
