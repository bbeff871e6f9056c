import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../platform/db/database.ts';

/** An occurrence that has just been planned, with what a ritual needs to know of its cadence. */
export type Occurrence = {
  id: number;
  workspaceId: string;
  cadenceId: number;
  /** The local date or time that names it. */
  name: string;
  channelId: number;
  /** `current`, or a cycle's key. */
  cycle: string;
  timezone: string;
  /** The rule's wall time; `dueAt` is the instant of it in the cadence's zone. */
  local: Temporal.PlainDateTime;
  dueAt: Temporal.Instant;
  /** Company time of the planning. */
  now: Temporal.Instant;
  /** Whether the rule fires at most once a day, so that people can be asked at their own local time. */
  isAtMostDaily: boolean;
};

/**
 * What a feature does when an occurrence of its ritual comes due: writes its messages in the transaction that
 * makes the occurrence. A reason means that there is nothing to hold.
 */
export type Ritual = {
  key: string;
  /** As people call it. */
  name: string;
  open(tx: Tx, occurrence: Occurrence): Promise<{ held: true } | { held: false; reason: string }>;
  /** Takes back what still waits to be sent for occurrences that a newer one has ended, in its transaction. */
  close?(tx: Tx, workspaceId: string, occurrenceIds: number[]): Promise<void>;
};
