import type { Temporal } from 'temporal-polyfill';
import { cancelAll, rewriteAll, setExpiry } from '../../delivery/outbox.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Content, context } from '../../platform/slack/elements.ts';
import { merged } from './blocks.ts';
import type { NewPart } from './part.ts';
import {
  deleteSaid,
  endParts,
  endUnread,
  findMessageOf,
  lockParts,
  lockSaid,
  putOff,
  type Said,
  savePartContent,
  saveParts,
} from './store.ts';

export type { NewPart };

/**
 * Says all of these, each when its time has come: in the one message that a person has a local day, which is edited when
 * more comes. A part that is there already says this from now on. A handful of statements, however many they are.
 */
export async function sayAll(tx: Tx, parts: readonly NewPart[]): Promise<void> {
  if (parts.length === 0) return;
  await redraw(tx, await saveParts(tx, parts), nothingLeft);
}

/** Says something else in a part's place, whether it was said already or not. A part that is over stays so. */
export async function resay(tx: Tx, workspaceId: string, key: string, content: Content): Promise<void> {
  const [part] = await lockParts(tx, workspaceId, [key]);
  if (part === undefined || part.state === 'over') return;
  await savePartContent(tx, part.id, content);
  if (part.dailyMessageId !== null) await redraw(tx, [part.dailyMessageId], nothingLeft);
}

/** Lets parts be said at another time: what was said already leaves its message and comes again. */
export async function postpone(
  tx: Tx,
  workspaceId: string,
  keys: readonly string[],
  until: Temporal.Instant,
): Promise<void> {
  const parts = (await lockParts(tx, workspaceId, keys)).filter(({ state }) => state !== 'over');
  await putOff(
    tx,
    parts.map(({ id }) => id),
    until,
  );
  await redraw(tx, messagesOf(parts), 'Put off, as you asked. It comes again.');
}

/** Takes parts back: they leave their message; one that people have read and that would be empty says `why`. */
export async function unsay(
  tx: Tx,
  workspaceId: string,
  keys: readonly string[],
  why: string,
): Promise<void> {
  const parts = await lockParts(tx, workspaceId, keys);
  const idsOf = (some: typeof parts) => some.map(({ id }) => id);
  // What stands in a message that nobody has read yet was not said: it does not count as a reminder that was sent.
  const unread = new Set(
    (await lockSaid(tx, messagesOf(parts))).flatMap(({ id, isUnsent }) => (isUnsent ? [id] : [])),
  );
  const isUnread = (part: (typeof parts)[number]) =>
    part.dailyMessageId !== null && unread.has(part.dailyMessageId);
  await endUnread(tx, idsOf(parts.filter(isUnread)), why);
  await endParts(tx, idsOf(parts.filter((part) => !isUnread(part))), why);
  await redraw(tx, messagesOf(parts), why);
}

/** Takes back what nobody has read yet; what was sent stays. */
export async function unsayUnsent(
  tx: Tx,
  workspaceId: string,
  keys: readonly string[],
  why: string,
): Promise<void> {
  const parts = (await lockParts(tx, workspaceId, keys)).filter(({ state }) => state !== 'over');
  const said = await lockSaid(tx, messagesOf(parts));
  const sent = new Set(said.filter(({ isUnsent }) => !isUnsent).map(({ id }) => id));
  const unsent = parts.filter(({ dailyMessageId }) => dailyMessageId === null || !sent.has(dailyMessageId));
  await endUnread(
    tx,
    unsent.map(({ id }) => id),
    why,
  );
  await redraw(tx, messagesOf(unsent), why);
}

/** The message in which a part stands; null while it stands in none. */
export async function messageOf(db: Database, workspaceId: string, key: string): Promise<number | null> {
  return await findMessageOf(db, workspaceId, key);
}

const nothingLeft = 'There is nothing left to do here.';

function messagesOf(parts: readonly { dailyMessageId: number | null }[]): number[] {
  return [
    ...new Set(parts.flatMap(({ dailyMessageId }) => (dailyMessageId === null ? [] : [dailyMessageId]))),
  ];
}

/** Lets messages of the day say what their parts say now. Those without one are not sent; sent ones say `why`. */
async function redraw(tx: Tx, ids: readonly number[], why: string): Promise<void> {
  const said = await lockSaid(tx, ids);
  const idle = said.filter(({ parts, isUnsent }) => parts.length === 0 && isUnsent);
  await cancelAll(tx, idle.flatMap(messageIdOf), 'nothing is left to say');
  await deleteSaid(
    tx,
    idle.map(({ id }) => id),
  );
  const kept = said.filter((each) => !idle.includes(each));
  await rewriteAll(
    tx,
    kept.flatMap((each) => messageIdOf(each).map((id) => ({ id, content: contentOf(each, why) }))),
  );
  await setExpiry(
    tx,
    kept.flatMap((each) => messageIdOf(each).map((messageId) => ({ messageId, expiresAt: each.expiresAt }))),
  );
}

function messageIdOf({ messageId }: Said): number[] {
  return messageId === null ? [] : [messageId];
}

function contentOf({ parts }: Said, why: string): Content {
  return parts.length === 0 ? { text: why, blocks: [context(why)] } : merged(parts);
}
