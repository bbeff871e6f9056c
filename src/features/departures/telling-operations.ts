import { rewrite, tell } from '../../delivery/outbox.ts';
import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { dayWords } from '../../platform/core/time-words.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent, recordEvents } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { personMention } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { putOffBlocks, type Reader, toldBlocks } from './blocks.ts';
import { type Departure, isAnythingLeft } from './core/departure.ts';
import { readLeft } from './left-store.ts';
import { findMessageAt, listMessages, saveMessages, type ToldMessage } from './message-store.ts';
import {
  findDeparture,
  findQuietChannel,
  insertDepartures,
  listAdmins,
  lockDeparture,
  markTold,
} from './store.ts';

/**
 * Notes who was deactivated and has something left; each departure once, however often it is told or found. Returns how
 * many it noted: at most a portion.
 */
export async function noteDepartures(db: Database, workspaceId: string): Promise<number> {
  return await inTransaction(db, async (tx) => {
    const noted = await insertDepartures(tx, workspaceId);
    if (noted.length === 0) return 0;
    const at = await companyNow(tx, workspaceId);
    await recordEvents(
      tx,
      noted.map(({ id, personId }) => ({
        workspaceId,
        at,
        doer: { kind: 'clock' },
        type: 'departure.noticed',
        subject: { kind: 'departure', id },
        after: { person: personId },
      })),
    );
    return noted.length;
  });
}

/**
 * Tells admins, each by a direct message, and the channel of product operations where it is private, what somebody
 * who left carried. Does nothing for a departure that was told, is over, or of which nothing is left.
 */
export async function tellDeparture(db: Database, workspaceId: string, departureId: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const departure = await lockDeparture(tx, workspaceId, departureId);
    if (departure === undefined || departure.toldAt !== null || departure.returnedAt !== null) return;
    if (!departure.person.isDeactivated) return;
    const left = await readLeft(tx, workspaceId, departure.person.id);
    if (!isAnythingLeft(left)) return;
    const at = await companyNow(tx, workspaceId);
    const send = async (to: { personId: number } | { channelId: number }, reader: Reader): Promise<number> =>
      await tell(tx, {
        workspaceId,
        dedupeKey: `departure:${departureId}:${'personId' in to ? to.personId : 'product-operations'}`,
        to,
        content: toldBlocks(departure, left, reader),
        dueAt: at,
      });
    const messageIds: number[] = [];
    for (const { id, timezone } of await listAdmins(tx, workspaceId))
      messageIds.push(await send({ personId: id }, { isChannel: false, timezone }));
    const channel = await findQuietChannel(tx, workspaceId);
    if (channel !== undefined)
      messageIds.push(await send({ channelId: channel.id }, { isChannel: true, timezone: channel.timezone }));
    // With nobody to tell it stays as it is, until there is somebody.
    if (messageIds.length === 0) return;
    await saveMessages(tx, workspaceId, departureId, messageIds);
    await markTold(tx, departureId, at);
    await recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'clock' },
      type: 'departure.told',
      subject: { kind: 'departure', id: departureId },
      after: {
        person: departure.person.id,
        rocks: left.rocks.map(({ id }) => id),
        messages: messageIds.length,
      },
    });
  });
}

/**
 * An admin leaves everything as it is for now; the message that they pressed says so, and `Release` stays in it.
 * Refuses whoever is no admin, and what is over.
 */
export async function putOffRelease(
  db: Database,
  workspaceId: string,
  actor: Actor,
  departureId: number,
  place: { channel: string; ts: string } | null,
): Promise<Result<Departure>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(db, async (tx) => {
    const departure = await lockDeparture(tx, workspaceId, departureId);
    const over = departure === undefined ? gone : overRefusal(departure);
    if (departure === undefined || over !== null) return over ?? gone;
    const message = place === null ? undefined : await findMessageAt(tx, workspaceId, departureId, place);
    if (message !== undefined) {
      const left = await readLeft(tx, workspaceId, departure.person.id);
      await rewrite(tx, message.messageId, putOffBlocks(departure, left, readerOf(message), actor));
    }
    await recordEvent(tx, {
      workspaceId,
      at: await companyNow(tx, workspaceId),
      doer: { kind: 'person', personId: actor.id },
      type: 'departure.put-off',
      subject: { kind: 'departure', id: departureId },
      after: { person: departure.person.id },
    });
    return accepted(departure);
  });
}

/** Says in every message that told of a departure how it stands. */
export async function rewriteAll(
  tx: Tx,
  workspaceId: string,
  departureId: number,
  content: (reader: Reader) => Content,
): Promise<void> {
  for (const message of await listMessages(tx, workspaceId, departureId))
    await rewrite(tx, message.messageId, content(readerOf(message)));
}

function readerOf({ personId, timezone }: ToldMessage): Reader {
  return { isChannel: personId === null, timezone };
}

/** No for whoever is no admin. */
export function refusalFor(actor: Actor): Refusal | null {
  return may('release what somebody who left carried', rolesInWorkspace(actor)) ? null : notAnAdmin;
}

/** Why nothing can be released any more; null while it can. */
export function overRefusal(
  { person, released, returnedAt }: Departure,
  zone = person.timezone,
): Refusal | null {
  const who = personMention(person);
  if (returnedAt !== null || !person.isDeactivated)
    return refused('returned', `${who} is back, so there is nothing to release.`);
  if (released === null) return null;
  const by = released.by === null ? 'Somebody' : personMention(released.by);
  return refused('already-released', `${by} released it already, on ${dayWords(released.at, zone)}.`);
}

export const gone = refused('gone', 'I know nothing of this departure any more.');
const notAnAdmin = refused(
  'not-an-admin',
  'What somebody who left carried is released by admins: those of Slack, and whom they named in `/cairn setup`. Ask one of them.',
);

/** A departure, for admins. */
export async function readDeparture(
  db: Database,
  workspaceId: string,
  actor: Actor,
  departureId: number,
): Promise<Result<Departure>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const departure = await findDeparture(db, workspaceId, departureId);
  return departure === undefined ? gone : accepted(departure);
}
