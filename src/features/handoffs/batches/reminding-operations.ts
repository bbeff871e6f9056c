import type { Temporal } from 'temporal-polyfill';
import { tell } from '../../../delivery/outbox.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { standingOf } from './core/batch.ts';
import { batchExpiredBlocks, batchLeadBlocks, batchReminderBlocks } from './message-blocks.ts';
import { findBatch, listBatchMessages, listMoves } from './store.ts';

/**
 * The clock's words about handoffs that were offered together: one reminder a person, however many wait for them, in the
 * thread of the message that shows them.
 */
export async function remindOfBatch(
  tx: Tx,
  workspaceId: string,
  batchId: number,
  personId: number,
  at: Temporal.Instant,
): Promise<void> {
  const moves = await listMoves(tx, workspaceId, batchId);
  const waiting = moves.filter(({ to, state }) => to.id === personId && standingOf(state) === 'waiting');
  const threadOf = await messageOf(tx, batchId, 'concerned', personId);
  await say(
    tx,
    workspaceId,
    `batch:${batchId}:reminder:${personId}`,
    personId,
    at,
    batchReminderBlocks(waiting),
    threadOf,
  );
}

/** The same for whoever offered them, when some were not answered: once, in the thread of their message. */
export async function tellBatchExpired(
  tx: Tx,
  workspaceId: string,
  batchId: number,
  at: Temporal.Instant,
): Promise<void> {
  const batch = await findBatch(tx, workspaceId, batchId);
  if (batch === undefined) return;
  const threadOf = await messageOf(tx, batchId, 'author', batch.by.id);
  await say(tx, workspaceId, `batch:${batchId}:expired`, batch.by.id, at, batchExpiredBlocks(), threadOf);
}

/** A word to the lead of a team, once for each person who is waited for, however many rocks of the team it concerns. */
export async function tellLeadOfBatch(
  tx: Tx,
  workspaceId: string,
  batchId: number,
  leadId: number,
  { to, sender }: { to: PersonName & { id: number }; sender: PersonName },
  at: Temporal.Instant,
): Promise<void> {
  const about = `batch:${batchId}:waits:${to.id}:${leadId}`;
  await say(tx, workspaceId, about, leadId, at, batchLeadBlocks(to, sender), undefined);
}

type PersonName = { slackId: string | null; name: string };

async function messageOf(
  tx: Tx,
  batchId: number,
  side: 'author' | 'concerned',
  personId: number,
): Promise<number | undefined> {
  const messages = await listBatchMessages(tx, batchId);
  return messages.find((it) => it.side === side && it.personId === personId)?.messageId;
}

/** At most one a day: all that wait for somebody since one moment are due at one moment. */
async function say(
  tx: Tx,
  workspaceId: string,
  about: string,
  personId: number,
  at: Temporal.Instant,
  content: Content,
  threadOf: number | undefined,
): Promise<void> {
  const day = at.toZonedDateTimeISO('UTC').toPlainDate().toString();
  await tell(tx, {
    workspaceId,
    dedupeKey: `${about}:${day}`,
    to: { personId },
    content,
    dueAt: at,
    isNudge: true,
    ...(threadOf === undefined ? {} : { threadOf }),
  });
}
