import { editDistance } from '../../../platform/core/edit-distance.ts';
import { comparable, type Page } from './page.ts';

/** The page that somebody means, or those that are nearest to what they typed. */
export type Found = { kind: 'found'; page: Page } | { kind: 'unsure'; pages: Page[] };

const mostOffered = 5;
/** Whoever types more than this is not typing a name. */
const longestTyped = 100;

/**
 * Finds a page by its key or name; else by words that begin words of one name alone, or by a name that differs in a few
 * letters and is nearer than all others. Otherwise offers the nearest ones, best first.
 */
export function findNamed(pages: readonly Page[], text: string): Found {
  const typed = comparable(text.slice(0, longestTyped));
  const exact = pages.find(({ key }) => key === text.trim().toLowerCase());
  const named = exact ?? pages.find((page) => namesOf(page).includes(typed));
  if (named !== undefined) return { kind: 'found', page: named };

  const begun = pages.filter((page) => namesOf(page).some((name) => beginsWords(name, typed)));
  const [only] = begun;
  if (only !== undefined)
    return begun.length === 1
      ? { kind: 'found', page: only }
      : { kind: 'unsure', pages: begun.slice(0, mostOffered) };

  const ranked = pages
    .map((page) => ({ page, slips: Math.min(...namesOf(page).map((name) => editDistance(typed, name))) }))
    .sort((a, b) => a.slips - b.slips);
  const [first, second] = ranked;
  const allowed = Math.max(1, Math.floor(typed.length / 4));
  const isSure = first !== undefined && first.slips <= allowed && first.slips < (second?.slips ?? Infinity);
  return isSure
    ? { kind: 'found', page: first.page }
    : { kind: 'unsure', pages: ranked.slice(0, mostOffered).map(({ page }) => page) };
}

function namesOf({ key, name }: Page): string[] {
  return [comparable(key), comparable(name)];
}

/** Whether every word that was typed begins a word of the name: "road rev" of "roadmap review". */
function beginsWords(name: string, typed: string): boolean {
  const words = name.split(' ');
  return typed !== '' && typed.split(' ').every((part) => words.some((word) => word.startsWith(part)));
}
