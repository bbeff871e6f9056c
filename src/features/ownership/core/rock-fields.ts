import { normalName } from './names.ts';
import { placeOf } from './places.ts';

/** What may be said of a rock, in a file and in the modals of `/rock` alike. */

export const rockTypes = ['area', 'activity'] as const;
export const disciplines = [
  'product-marketing',
  'strategy',
  'product-operations',
  'technical-pm',
  'project-management',
  'design',
  'research',
  'engineering',
  'data',
] as const;
export const importances = [
  'critical',
  'very-important',
  'important',
  'nice-to-have',
  'not-important',
] as const;

export type RockType = (typeof rockTypes)[number];
export type Discipline = (typeof disciplines)[number];
export type Importance = (typeof importances)[number];

/** The most characters of each text. A key is at most 80 long as well. */
export const longest = { name: 100, summary: 500, alias: 80, reason: 500, linkLabel: 80, linkUrl: 2_000 };
/** The most entries of each list. */
export const most = { aliases: 20, backups: 20, links: 10, viewers: 100, contributors: 30 };

export const weights = { least: 1, most: 5, usual: 1 };

export function isWeight(value: number): boolean {
  return Number.isInteger(value) && value >= weights.least && value <= weights.most;
}

/** Whether a name has a letter or a digit, by which the search can find it. */
export function isFindable(name: string): boolean {
  return normalName(name) !== '';
}

/** Whether it is a whole address of the web. `javascript:…` is none. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\/\S+$/.test(url) && placeOf(url) !== null;
}
