import type { Database } from '../platform/db/database.ts';
import type { Log } from '../platform/log.ts';
import { findDirectChannel, saveChannelId, saveDirectChannel } from './address-store.ts';
import { buryReplies, type Claimed, claimDue, claimEdits, leaseSeconds, loseLeases } from './claim-store.ts';
import { type Outcome, outcomeOf } from './core/outcome.ts';
import { markSent, settle, settleEdit } from './settle-store.ts';
import { readCallError, type SlackPost } from './slack-post.ts';

const batch = 10;
/** A call may take the client's whole timeout of 10 s, and opening a direct channel before it as much. */
const latestStartMs = (leaseSeconds - 21) * 1000;
/** For somebody whom a file named and Slack does not know yet. */
const strangerPauseMs = 10 * 60_000;

export type SenderDeps = { db: Database; slack: SlackPost; workspaceId: string; log: Log };

/**
 * Sends what is due, one message after the other, until nothing is. Never throws for Slack's troubles:
 * each delivery ends in a state that says what is known of it.
 */
export async function sendDue(deps: SenderDeps, shouldStop: () => boolean = () => false): Promise<number> {
  await loseLeases(deps.db, deps.workspaceId);
  let count = 0;
  while (!shouldStop()) {
    await buryReplies(deps.db, deps.workspaceId);
    // Before the claim, so that the deadline is never later than the leases in the database.
    const deadline = performance.now() + latestStartMs;
    const mayBegin = (): boolean => !shouldStop() && performance.now() < deadline;
    const claimed = await claimDue(deps.db, deps.workspaceId, batch);
    for (const delivery of claimed) {
      if (mayBegin()) await send(deps, delivery);
      else await settle(deps.db, delivery, 'pending', 'its turn had not come');
    }
    const edits = await claimEdits(deps.db, deps.workspaceId, batch);
    for (const edit of edits) {
      if (mayBegin()) await sendEdit(deps, edit);
      else await settleEdit(deps.db, edit, null, null);
    }
    count += claimed.length + edits.length;
    if (claimed.length + edits.length === 0) break;
  }
  return count;
}

async function send(deps: SenderDeps, delivery: Claimed): Promise<void> {
  const { db, slack, log } = deps;
  const outcome = await post({ db, slack }, delivery);
  const context = { delivery: delivery.id, message: delivery.messageId };
  switch (outcome.kind) {
    case 'sent':
      await markSent(db, delivery, outcome);
      await keepChannelId(deps, delivery, outcome.channel);
      log.debug(context, 'sent');
      return;
    case 'not-sent':
      await settle(db, delivery, 'pending', outcome.reason, outcome.pauseMs);
      log.info({ ...context, reason: outcome.reason }, 'not sent yet');
      return;
    case 'unknown':
      await settle(db, delivery, 'unknown', outcome.reason);
      log.warn({ ...context, reason: outcome.reason }, 'whether this was sent is not known');
      return;
    case 'dead':
      await settle(db, delivery, 'dead', outcome.reason);
      log.error({ ...context, reason: outcome.reason }, 'this cannot be sent');
  }
}

async function post({ db, slack }: Pick<SenderDeps, 'db' | 'slack'>, delivery: Claimed): Promise<Outcome> {
  const address = await findAddress({ db, slack }, delivery);
  if (typeof address !== 'string') return address;
  try {
    const posted = await slack.post({ ...delivery, channel: address, deliveryId: delivery.id });
    return { kind: 'sent', ...posted };
  } catch (error) {
    const outcome = outcomeOf(readCallError(error));
    // A channel known by its name alone may not have been made yet, like a person who has not joined.
    const isNotThereYet =
      address.startsWith('#') && outcome.kind === 'dead' && outcome.reason === 'channel_not_found';
    return isNotThereYet ? { kind: 'not-sent', pauseMs: strangerPauseMs, reason: outcome.reason } : outcome;
  }
}

/** Where a message goes, or why it cannot go there now: the thread, else the channel's id or #name, else the person. */
async function findAddress(
  { db, slack }: Pick<SenderDeps, 'db' | 'slack'>,
  delivery: Claimed,
): Promise<string | Outcome> {
  const { personId, personSlackId } = delivery;
  if (delivery.threadChannel !== null) return delivery.threadChannel;
  if (delivery.channelSlackId !== null) return delivery.channelSlackId;
  // Slack takes a name as well, so a directory that could not be read holds no message up.
  if (delivery.channelName !== null) return `#${delivery.channelName}`;
  // A message before it in the same batch may have opened it.
  const known = delivery.directChannel ?? (personId === null ? null : await findDirectChannel(db, personId));
  if (known !== null) return known;
  if (personId === null || personSlackId === null)
    return {
      kind: 'not-sent',
      pauseMs: strangerPauseMs,
      reason: 'nobody in Slack answers to this address yet',
    };
  let opened: string;
  try {
    opened = await slack.openDirect(personSlackId);
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

/** A post to a channel's name tells its id. The message is out: nothing that goes wrong here may change that. */
async function keepChannelId({ db, log }: SenderDeps, delivery: Claimed, slackId: string): Promise<void> {
  const { channelId, channelSlackId, channelName } = delivery;
  if (channelId === null || channelSlackId !== null || slackId === `#${channelName}`) return;
  try {
    await saveChannelId(db, channelId, slackId);
  } catch (error) {
    log.warn({ err: error, channel: slackId }, "a channel's id could not be kept");
  }
}

async function sendEdit({ db, slack, log }: SenderDeps, edit: Claimed): Promise<void> {
  const { slackChannel: channel, slackTs: ts } = edit;
  if (channel === null || ts === null) return;
  try {
    await slack.edit({ channel, ts, text: edit.text, blocks: edit.blocks });
    await settleEdit(db, edit, edit.revision, null);
  } catch (error) {
    const outcome = outcomeOf(readCallError(error));
    const context = { delivery: edit.id, message: edit.messageId };
    if (outcome.kind === 'dead') {
      log.error({ ...context, reason: outcome.reason }, 'this message cannot be edited');
      await settleEdit(db, edit, edit.revision, outcome.reason);
    } else {
      // An edit says how the message shall read, so doing it twice does no harm.
      const pauseMs = outcome.kind === 'not-sent' ? outcome.pauseMs : 5_000;
      await settleEdit(db, edit, null, outcome.kind === 'sent' ? null : outcome.reason, pauseMs);
    }
  }
}
