import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';

/** The intent to tell somebody something. */
export type NewMessage = {
  workspaceId: string;
  /** What this message is, once and for all: a second one with the same key is not written. */
  dedupeKey: string;
  to: { personId: number } | { channelId: number };
  /** The message in whose thread it stands; it waits until that one is sent. */
  threadOf?: number;
  /** The same for a message of somebody else's, by Slack's timestamp of it; not both. */
  threadTs?: string;
  content: { text: string; blocks: KnownBlock[] };
  /** Company time. */
  dueAt: Temporal.Instant;
  /** Tells of what somebody has just done: it need not wait behind planned messages to others. */
  isAnswer?: boolean;
  /** Reminds a person: sent on their working days alone, while they are not away, and once a day at most. */
  isNudge?: boolean;
  /** Company time: from then on it is not sent any more. */
  expiresAt?: Temporal.Instant;
};
