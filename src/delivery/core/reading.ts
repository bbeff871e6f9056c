/** What a look into a channel came to, for the deliveries that were looked for. */
export type Reading = {
  /** Timestamps of those that stand there, by their deliveries' ids. */
  found: ReadonlyMap<string, string>;
  /** Whether every page was read: only then the others are not there. */
  isComplete: boolean;
};

/** What is done about deliveries in doubt that could not be looked for. */
export type Next = { kind: 'later'; pauseMs: number } | { kind: 'give-up'; words: string };

const longestPauseMs = 10 * 60_000;
/** So long it is tried, and so often at least, before an admin is asked. In seconds. */
const patience = 3600;
const leastReads = 6;

/** Why a channel will not be read until somebody mends it, by Slack's word for it. */
const mends: Readonly<Record<string, string>> = {
  not_in_channel: 'Cairn is not in the channel. Invite it',
  channel_not_found: 'Slack knows no such channel, or Cairn is not in it. Invite it',
  missing_scope: 'Cairn may not read the channel. Install it anew with the scopes of manifest.yml',
  thread_not_found: 'the message that it answers is gone',
};

/** Whether Slack's answer says that a channel cannot be read as things are. */
export function isUnreadable(reason: string): boolean {
  return Object.hasOwn(mends, reason);
}

/**
 * After a look that failed: when to look again, or the words for an admin. `age` is in seconds since the try; the first
 * pause is as long as told, and each further one twice as long.
 */
export function afterFailure(reason: string, reads: number, age: number, firstPauseMs: number): Next {
  const mend = isUnreadable(reason) ? mends[reason] : undefined;
  if (mend !== undefined) {
    return { kind: 'give-up', words: `it may have been posted, and nobody can look: ${mend} (${reason})` };
  }
  if (age > patience && reads >= leastReads) {
    return {
      kind: 'give-up',
      words: `it may have been posted, and the channel could not be read for an hour (${reason})`,
    };
  }
  return { kind: 'later', pauseMs: Math.min(firstPauseMs * 2 ** reads, longestPauseMs) };
}
