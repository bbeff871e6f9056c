import type { Temporal } from 'temporal-polyfill';
import { readDaysOff } from '../../cadence/days-off.ts';
import { rewriteAll, setExpiry, tellAll } from '../../delivery/outbox.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Job } from '../../platform/job.ts';
import { merged } from './blocks.ts';
import { type DuePart, type Fate, fateOf } from './core/days.ts';
import {
  findNextPart,
  listToRecheck,
  lockDue,
  moveParts,
  readCalendars,
  saveMessageIds,
  sayOnDay,
} from './due-store.ts';
import { postpone, unsayUnsent } from './operations.ts';
import { endParts, lockSaid } from './store.ts';

/** So many parts are put into messages in one transaction. */
const batch = 1_000;

/** Puts what has come due into people's messages of the day. */
export function dailyJob({ db }: { db: Database }, workspaceId: string): Job {
  return {
    name: 'daily messages',
    async run() {
      await inTransaction(db, async (tx) => recheck(tx, workspaceId));
      while ((await inTransaction(db, async (tx) => sayDue(tx, workspaceId))) === batch);
    },
    async next(after) {
      const next = await findNextPart(db, workspaceId, after);
      return next === undefined ? null : { at: next.at, what: `a message to ${next.name}` };
    },
  };
}

/**
 * What waits to be sent is looked at again: a reminder of somebody who went away meanwhile comes another day, and what
 * has run out leaves its message.
 */
async function recheck(tx: Tx, workspaceId: string): Promise<void> {
  const now = await companyNow(tx, workspaceId);
  const parts = await listToRecheck(tx, workspaceId, now, batch);
  if (parts.length === 0) return;
  for (const { part, fate } of await fatesOf(tx, workspaceId, parts, now)) {
    if (fate.kind === 'move') await postpone(tx, workspaceId, [part.key], fate.to);
    else if (fate.kind === 'end') await unsayUnsent(tx, workspaceId, [part.key], fate.reason);
  }
}

async function fatesOf<Part extends DuePart>(
  tx: Tx,
  workspaceId: string,
  parts: readonly Part[],
  now: Temporal.Instant,
): Promise<{ part: Part; fate: Fate }[]> {
  const calendars = await readCalendars(tx, workspaceId, [...new Set(parts.map(({ personId }) => personId))]);
  const dayOff = await readDaysOff(tx, workspaceId);
  return parts.map((part) => {
    const calendar = calendars.get(part.personId);
    if (calendar === undefined)
      throw new Error(`person ${part.personId} is to be told something and is not there`);
    return { part, fate: fateOf(part, calendar, now, dayOff) };
  });
}

/** Gives how many parts had come due, at most a batch of them. */
export async function sayDue(tx: Tx, workspaceId: string): Promise<number> {
  const now = await companyNow(tx, workspaceId);
  const due = await lockDue(tx, workspaceId, now, batch);
  if (due.length === 0) return 0;
  const fates = await fatesOf(tx, workspaceId, due, now);
  await moveParts(
    tx,
    fates.flatMap(({ part, fate }) => (fate.kind === 'move' ? [{ id: part.id, to: fate.to }] : [])),
  );
  const ended = fates.flatMap(({ part, fate }) =>
    fate.kind === 'end' ? [{ id: part.id, reason: fate.reason }] : [],
  );
  for (const [reason, own] of Map.groupBy(ended, (it) => it.reason))
    await endParts(
      tx,
      own.map(({ id }) => id),
      reason,
    );
  const said = fates.flatMap(({ part, fate }) =>
    fate.kind === 'say' ? [{ id: part.id, personId: part.personId, day: fate.day }] : [],
  );
  if (said.length > 0) await write(tx, workspaceId, await sayOnDay(tx, workspaceId, said), now);
  return due.length;
}

/** Writes messages of days that have none yet, and lets the others say what has come. */
async function write(
  tx: Tx,
  workspaceId: string,
  days: readonly { id: number; personId: number }[],
  now: Temporal.Instant,
): Promise<void> {
  const personOf = new Map(days.map(({ id, personId }) => [id, personId]));
  const said = await lockSaid(
    tx,
    days.map(({ id }) => id),
  );
  const fresh = said.filter(({ messageId, isOver }) => messageId === null || isOver);
  const ids = await tellAll(
    tx,
    fresh.map(({ id, messageId, parts, expiresAt }) => ({
      workspaceId,
      // What ran out before it was sent has a key of its own.
      dedupeKey: messageId === null ? `daily:${id}` : `daily:${id}:${messageId}`,
      to: { personId: personOf.get(id) ?? 0 },
      content: merged(parts),
      dueAt: now,
      ...(expiresAt === null ? {} : { expiresAt }),
    })),
  );
  await saveMessageIds(
    tx,
    fresh.map(({ id }, index) => ({ id, messageId: ids[index] ?? 0 })),
  );
  const more = said.flatMap(({ messageId, ...rest }) =>
    messageId === null || rest.isOver ? [] : [{ ...rest, messageId }],
  );
  await rewriteAll(
    tx,
    more.map(({ messageId, parts }) => ({ id: messageId, content: merged(parts) })),
  );
  await setExpiry(
    tx,
    more.filter(({ isUnsent }) => isUnsent).map(({ messageId, expiresAt }) => ({ messageId, expiresAt })),
  );
}
