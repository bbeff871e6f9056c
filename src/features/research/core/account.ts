import type { Temporal } from 'temporal-polyfill';

/** Somebody of the company, as messages name them. */
export type Who = { id: number; slackId: string | null; name: string };

/** A customer, as far as asking them goes. */
export type Account = { id: number; key: string; name: string; coolDown: string };

/** The latest conversation with an account. */
export type Talk = { on: Temporal.PlainDate; by: Who; topic: string };

/** Somebody who would like to talk to an account. */
export type Wait = {
  id: number;
  person: Who;
  topic: string;
  /** `next`: it is their turn, until `until`. */
  state: 'waiting' | 'next';
  since: Temporal.Instant;
  nextSince: Temporal.Instant | null;
  until: Temporal.Instant | null;
  /** They have said that they contact the account. */
  isTaken: boolean;
};

/** How an account stands on `today`, a day of the workspace's zone. `waits` are all that are open, in turn. */
export type Standing = { account: Account; last: Talk | null; waits: Wait[]; today: Temporal.PlainDate };

/** So many characters people may write. */
export const longest = { name: 80, contact: 100, topic: 150, notes: 3_000, recording: 1_000 };
/** The longest rest, in days. */
export const mostDays = 999;
