import type { NewMessage } from './message.ts';

/** What shares a lane goes out one by one, in order: a channel with its threads, or a person's direct messages. */
export function laneOf(to: NewMessage['to']): string {
  return 'personId' in to ? `p${to.personId}` : `c${to.channelId}`;
}

/** Postgres channel of LISTEN and NOTIFY on which the writing of messages is told. */
export const hintChannel = 'cairn_outbox';
