/** Company time, which lives in Cairn's database; the playground shows it and turns it forward. */
export type PlaygroundClock = {
  now(): Promise<Date>;
  /** turns company time forward to the instant and runs what came due; refuses the past with words */
  turnTo(instant: Date): Promise<{ ok: true } | { ok: false; words: string }>;
  /** the next moment at which something is due, if any, and what */
  next(): Promise<{ at: Date; what: string } | null>;
};
