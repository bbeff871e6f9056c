import type { Temporal } from 'temporal-polyfill';

/** Rocks on a page of those that somebody is asked about. */
export const pageLength = 15;

/** A rock as somebody is asked whether it is still theirs. */
export type Asked = {
  id: number;
  key: string;
  name: string;
  /** Null: proposed for them, and never confirmed. */
  confirmedAt: Temporal.Instant | null;
};

/** How an audit stands, without names: of the rocks that it asks about, how many are confirmed since it began. */
export type AuditTally = { owned: number; confirmed: number; unowned: number; lookAgain: number };
