import { Temporal } from 'temporal-polyfill';

/** Rocks on a page of those that somebody is asked about; with two blocks each they stay within one message. */
export const pageLength = 20;

/** A rock as somebody is asked whether it is still theirs. */
export type Asked = {
  id: number;
  key: string;
  name: string;
  /** Null: proposed for them, and never confirmed. */
  confirmedAt: Temporal.Instant | null;
};

/** How an audit stands, without names. Of rocks that it asks about, `confirmed` are so since it began. */
export type AuditTally = {
  /** Their owners are asked, or have confirmed them anyway. */
  owned: number;
  confirmed: number;
  /** Their owners are away at the moment, and have not confirmed them: they are asked when they are back. */
  away: number;
  /** Their owners are not in Slack, or have left the ritual: nobody is asked. */
  unasked: number;
  /** Of these, how many belong to somebody who has left the ritual. */
  left: number;
  unowned: number;
  /** Set down, and the day to look again has come. */
  lookAgain: number;
};

/** Of what an audit asks one person: how many rocks there are, and how many wait for their word. */
export type Standing = { owned: number; left: number };

/** Whoever presses twice within the hour says the same thing twice. */
const sameWord = { hours: 1 };

/**
 * What was confirmed before this moment is confirmed anew by a press at `at`. What an audit has asked since `askedAt`
 * (null: none is open) is answered by words that came after it, however short ago those before it were.
 */
export function olderThan(at: Temporal.Instant, askedAt: Temporal.Instant | null): Temporal.Instant {
  const recently = at.subtract(sameWord);
  return askedAt !== null && Temporal.Instant.compare(askedAt, recently) > 0 ? askedAt : recently;
}
