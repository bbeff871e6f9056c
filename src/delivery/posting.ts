import type { Database } from '../platform/db/database.ts';
import { findDirectChannel, saveDirectChannel } from './address-store.ts';
import type { Claimed } from './claim-store.ts';
import { late, type Outcome, outcomeOf } from './core/outcome.ts';
import { inWords, type PlacePictures, placeNone } from './pictures.ts';
import { readCallError, type SlackPost } from './slack-post.ts';

export type PostingDeps = {
  db: Database;
  slack: SlackPost;
  /** Absent: pictures are said in words. */
  placePictures?: PlacePictures;
};

/** Who is written to: what finds the channel. */
export type Addressee = Pick<
  Claimed,
  'personId' | 'personSlackId' | 'directChannel' | 'channelSlackId' | 'channelName' | 'threadChannel'
>;

/** For somebody whom a file named and Slack does not know yet. */
const strangerPauseMs = 10 * 60_000;

/** Whether it is still time to call Slack: `isTimely` asks the database as well where that may know more. */
export type Timing = { isTimely(): Promise<boolean>; mayBegin(): boolean };

const always: Timing = { isTimely: async () => true, mayBegin: () => true };

/** Posts one message, once. Never throws for Slack's troubles; what is known of the post is its outcome. */
export async function post(deps: PostingDeps, delivery: Claimed, timing: Timing): Promise<Outcome> {
  const { isTimely, mayBegin } = timing;
  if (!(await isTimely())) return late;
  const address = await findAddress(deps, delivery, timing);
  if (typeof address !== 'string') return address;
  const placed = await (deps.placePictures ?? placeNone)(delivery.blocks);
  if (placed.kind === 'later') return { ...placed, kind: 'not-sent' };
  if (!(await isTimely())) return late;
  const send = async (blocks: unknown[]): Promise<Outcome> => {
    try {
      const posted = await deps.slack.post(
        { ...delivery, blocks, channel: address, deliveryId: delivery.id },
        mayBegin,
      );
      return { kind: 'sent', ...posted };
    } catch (error) {
      return outcomeOf(readCallError(error));
    }
  };
  const first = await send(placed.blocks);
  // Slack refused the message, so it is not there: a picture that it cannot show must not take the words along.
  const isPictureRefused =
    first.kind === 'dead' && first.reason === 'invalid_blocks' && placed.hasPictures && (await isTimely());
  const outcome = isPictureRefused ? await send(inWords(delivery.blocks)) : first;
  // A channel known by its name alone may not have been made yet, like a person who has not joined.
  const isNotThereYet =
    address.startsWith('#') && outcome.kind === 'dead' && outcome.reason === 'channel_not_found';
  return isNotThereYet ? { kind: 'not-sent', pauseMs: strangerPauseMs, reason: outcome.reason } : outcome;
}

/** Where a message goes, or why it cannot go there now: the thread, else the channel's id or #name, else the person. */
export async function findAddress(
  { db, slack }: PostingDeps,
  { personId, personSlackId, ...to }: Addressee,
  { isTimely, mayBegin }: Timing = always,
): Promise<string | Outcome> {
  if (to.threadChannel !== null) return to.threadChannel;
  if (to.channelSlackId !== null) return to.channelSlackId;
  // Slack takes a name as well, so a directory that could not be read holds no message up.
  if (to.channelName !== null) return `#${to.channelName}`;
  // Another process may have opened it since.
  const known = to.directChannel ?? (personId === null ? null : await findDirectChannel(db, personId));
  if (known !== null) return known;
  if (personId === null || personSlackId === null)
    return {
      kind: 'not-sent',
      pauseMs: strangerPauseMs,
      reason: 'nobody in Slack answers to this address yet',
    };
  if (!(await isTimely())) return late;
  let opened: string;
  try {
    opened = await slack.openDirect(personSlackId, mayBegin);
  } catch (error) {
    // Opening a direct channel says nothing to anybody, so it can always be tried again.
    const outcome = outcomeOf(readCallError(error));
    return outcome.kind === 'unknown'
      ? { kind: 'not-sent', pauseMs: 5_000, reason: outcome.reason }
      : outcome;
  }
  await saveDirectChannel(db, personId, opened);
  return opened;
}
