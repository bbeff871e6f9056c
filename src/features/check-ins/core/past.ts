import type { Temporal } from 'temporal-polyfill';
import type { SaidHealth } from '../../okrs/core/health.ts';

/** One answer of the past, with its day in UTC. */
export type Past = {
  on: Temporal.PlainDate;
  value: number;
  /** 0 to 10. */
  confidence: number;
  health: SaidHealth | null;
  words: string | null;
  person: { slackId: string | null; name: string };
  isLate: boolean;
};
