import type { Temporal } from 'temporal-polyfill';
import type { PersonRef } from '../../core/rock.ts';

/** What product operations, or whoever may edit a rock, can make of a miss. */
export type Settling = 'alias' | 'rock' | 'not-ours';

/** One line of the list of misses: all questions of the same name that nobody settled. */
export type OpenMiss = {
  /** The latest of them, which stands for all. */
  id: number;
  /** As it was typed last. */
  query: string;
  count: number;
  lastAskedAt: Temporal.Instant;
  /** Only of who pressed `Tell me`. */
  askers: PersonRef[];
  /** Whom somebody suggested as its owner. */
  suggested: PersonRef[];
};

/** A part of the list, most asked first, how many lines it has in all, and what tells the days. */
export type OpenMisses = {
  misses: OpenMiss[];
  total: number;
  offset: number;
  zone: string;
  now: Temporal.Instant;
};

/** The longest question that the miss log keeps, in characters. */
export const longestQuery = 500;

/** As many lines as one page shows: each takes two of Slack's fifty blocks. */
export const pageLength = 15;

/** Whether what was asked for is an address of the web and not a name. */
export function isAddress(query: string): boolean {
  return /^https?:\/\//i.test(query);
}
