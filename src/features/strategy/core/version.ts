import type { Temporal } from 'temporal-polyfill';
import type { Named, Strategy } from './strategy.ts';

/** The strategy as it was published, or as the draft has it. */
export type Version = {
  id: number;
  /** Null: the draft. */
  number: number | null;
  changedAt: Temporal.Instant;
  publishedAt: Temporal.Instant | null;
  /** Null: an operator, with a file. */
  publishedBy: Named | null;
  strategy: Strategy;
};
