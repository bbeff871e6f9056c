import type { Temporal } from 'temporal-polyfill';

/** What keeps messages of a workspace from people. */
export type Troubles = {
  /** Why the message waits that is due for longest, where that is known. */
  oldestReason: string | null;
  /** Dead ones that wait for a decision; a reply that died with its parent is decided with it. */
  dead: number;
};

/** A message that could not be delivered: what it was and for whom, never what it says. */
export type DeadLetter = {
  deliveryId: string;
  messageId: number;
  dedupeKey: string;
  person: { slackId: string | null; name: string } | null;
  channel: { slackId: string | null; name: string; isPrivate: boolean } | null;
  /** Company time. */
  dueAt: Temporal.Instant;
  reason: string | null;
};
