import type { Temporal } from 'temporal-polyfill';

/** How deliveries of a workspace stand. */
export type DeliveryCounts = {
  /** Due and not sent yet. */
  waiting: number;
  /** Since when the oldest of them is due, in company time, and why it waits where that is known. */
  oldest: { dueAt: Temporal.Instant; reason: string | null } | null;
  /** It is not known whether Slack took them. */
  unknown: number;
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
