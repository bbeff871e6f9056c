import type { Temporal } from 'temporal-polyfill';

/** Why somebody puts a question off, in their own words on the menu. */
export const snoozeReasons = { busy: 'busy today', numbers: 'waiting for numbers' } as const;
export type SnoozeReason = keyof typeof snoozeReasons;

/** Why somebody leaves a ritual. */
export const leaveReasons = {
  area: 'not my area any more',
  often: 'asked too often',
  elsewhere: 'my team does it elsewhere',
} as const;
export type LeaveReason = keyof typeof leaveReasons;

/** What one choice of the menu below a question says. */
export type Choice = { kind: 'snooze'; reason: SnoozeReason } | { kind: 'leave'; reason: LeaveReason };

export function isSnoozeReason(text: string): text is SnoozeReason {
  return text in snoozeReasons;
}

export function isLeaveReason(text: string): text is LeaveReason {
  return text in leaveReasons;
}

export type Who = { id: number; slackId: string | null; name: string };

/** Somebody who is not asked by a cadence any more, by their own word. */
export type Leaving = {
  cadenceId: number;
  person: Who;
  reason: LeaveReason;
  leftAt: Temporal.Instant;
  /** Null: they have not come back. */
  returnedAt: Temporal.Instant | null;
};

/** How often a cadence's questions were put off, by the reason that was said the last time; null: none was. */
export type Snoozes = { cadenceId: number; reason: SnoozeReason | null; count: number };

/** "2 left: asked too often, not my area any more": how many, and why, without names. */
export function leftWords(reasons: readonly LeaveReason[]): string | null {
  return reasons.length === 0 ? null : `${reasons.length} left: ${counted(reasons, leaveReasons)}`;
}

/** "snoozed 5 times: waiting for numbers (3 times), busy today"; whoever says no reason is counted alone. */
export function snoozedWords(snoozes: readonly Omit<Snoozes, 'cadenceId'>[]): string | null {
  const total = snoozes.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const reasons = snoozes.flatMap(({ reason, count }) =>
    reason === null ? [] : Array.from({ length: count }, () => reason),
  );
  const why = reasons.length === 0 ? '' : `: ${counted(reasons, snoozeReasons)}`;
  return `snoozed ${total === 1 ? 'once' : `${total} times`}${why}`;
}

/** Each reason once, the most frequent first, with how often it was given where that is more than once. */
function counted<R extends string>(reasons: readonly R[], words: Readonly<Record<R, string>>): string {
  return [...Map.groupBy(reasons, (reason) => reason)]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([reason, { length }]) => `${words[reason]}${length === 1 ? '' : ` (${length} times)`}`)
    .join(', ');
}
