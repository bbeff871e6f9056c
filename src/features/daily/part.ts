import type { Temporal } from 'temporal-polyfill';
import type { NewMessage } from '../../delivery/message.ts';

/** What one feature wants to say to somebody unasked. */
export type NewPart = {
  workspaceId: string;
  personId: number;
  /** What this is, once and for all, such as `check-in:12:7`. */
  key: string;
  /** Company time from which on it is said, in the message of that day. */
  at: Temporal.Instant;
  /** From then on it is not said any more. */
  expiresAt?: Temporal.Instant;
  content: NewMessage['content'];
  /** Reminds: said on working days alone, and not while the person is away. */
  isNudge?: boolean;
};
