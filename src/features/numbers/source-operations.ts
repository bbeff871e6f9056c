import { randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { may, type Role } from '../../permission/permissions.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { nextPull } from './core/schedule.ts';
import { type Every, kindWords, type Place, sourceLine } from './core/source.ts';
import { insertReading, listSources } from './reading-store.ts';
import {
  deleteSource,
  findSourced,
  findToldAt,
  lockKeyResult,
  type Sourced,
  saveSecret,
  saveSource,
} from './source-store.ts';
import { takeBackWord } from './telling.ts';

export type { Sourced };

/** A key result with where its number comes from, and how that stands in one line; null: from people alone. */
export type SourceView = { keyResult: Sourced; line: string | null };

/** What a webhook needs: the end of its address, and what it signs with. Shown once, to who made it. */
export type WebhookKeys = { token: string; secret: string };

/** A key result whose source the actor may choose. Refuses one that is not there, is over, or is not theirs to set. */
export async function readSource(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
): Promise<Result<SourceView>> {
  const keyResult = await findChangeable(db, workspaceId, actor, key);
  if (!keyResult.ok) return keyResult;
  const [source] = await listSources(db, workspaceId, [keyResult.value.id]);
  const line = source === undefined ? null : sourceLine(source, source.now, actor.timezone);
  return accepted({ keyResult: keyResult.value, line });
}

/** A webhook gives the number from now on; one that does already gets a new secret, and the old one is good no more. */
export async function useWebhook(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
): Promise<Result<WebhookKeys>> {
  return await changing(db, workspaceId, actor, key, async (tx, keyResult, at) => {
    const secret = randomBytes(32).toString('hex');
    const { source } = keyResult;
    if (source?.kind === 'webhook' && source.token !== null) {
      await saveSecret(tx, source.id, secret);
      return { value: { token: source.token, secret }, happened: 'number-source.new-secret' };
    }
    const token = randomBytes(16).toString('base64url');
    const by = actor.id;
    await saveSource(tx, { workspaceId, keyResultId: keyResult.id, kind: 'webhook', token, secret, by, at });
    return { value: { token, secret }, happened: 'number-source.set', after: { kind: 'webhook' } };
  });
}

/** The number is read at a place from now on. `value` is what was there just now: nothing is saved that does not work. */
export async function usePlace(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
  { place, every, value }: { place: Place; every: Every; value: number },
): Promise<Result<{ next: string }>> {
  return await changing(db, workspaceId, actor, key, async (tx, keyResult, at, zone) => {
    const keyResultId = keyResult.id;
    const nextDueAt = nextPull(every, zone, at);
    const saved = { ...place, workspaceId, keyResultId, every, nextDueAt, by: actor.id, at };
    const sourceId = await saveSource(tx, saved);
    await insertReading(tx, { workspaceId, sourceId, keyResultId, from: place.kind, value, at, now: at });
    return {
      value: { next: nextDueAt.toString() },
      happened: 'number-source.set',
      after: { ...place, every },
    };
  });
}

/** People say the number again, and they alone. Values that came stay. */
export async function useNoSource(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
): Promise<Result<null>> {
  return await changing(db, workspaceId, actor, key, async (tx, { source }) => {
    if (source !== null) await deleteSource(tx, source.id);
    return { value: null, happened: source === null ? null : 'number-source.removed' };
  });
}

type Change<T> = { value: T; happened: string | null; after?: object };

async function changing<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
  change: (tx: Tx, keyResult: Sourced, at: Temporal.Instant, zone: string) => Promise<Change<T>>,
): Promise<Result<T>> {
  return await inTransaction(
    db,
    async (tx) => {
      // First, so that what is read is what whoever came before has left.
      await lockKeyResult(tx, workspaceId, key);
      const keyResult = await findChangeable(tx, workspaceId, actor, key);
      if (!keyResult.ok) return keyResult;
      const { now, zone } = await readCompanyClock(tx, workspaceId);
      const { id, source } = keyResult.value;
      const toldAt = source === null ? null : await findToldAt(tx, source.id);
      if (source !== null && toldAt !== null) await takeBackWord(tx, workspaceId, source.id, toldAt);
      const { value, happened, after } = await change(tx, keyResult.value, now, zone);
      if (happened !== null) {
        await recordEvent(tx, {
          workspaceId,
          at: now,
          doer: { kind: 'person', personId: actor.id },
          type: happened,
          subject: { kind: 'key-result', id },
          ...(source === null ? {} : { before: { from: kindWords(source) } }),
          ...(after === undefined ? {} : { after }),
        });
      }
      return accepted(value);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

async function findChangeable(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
): Promise<Result<Sourced>> {
  const keyResult = await findSourced(db, workspaceId, key);
  if (keyResult === undefined) {
    return refused('unknown', `I know no key result “${inline(key)}”.`);
  }
  if (!may('choose where a number comes from', rolesOn(keyResult, actor))) {
    return refused(
      'not-yours',
      "Where its number comes from is for its owner, its backup, the team's lead and admins to choose.",
    );
  }
  return keyResult.isActive
    ? accepted(keyResult)
    : refused('over', 'This key result is over, so its number stays as it is.');
}

function rolesOn({ ownerId, backupId, leadId }: Sourced, actor: Actor): Role[] {
  return [
    'member',
    ...(actor.isAdmin ? (['admin'] as const) : []),
    ...(actor.id === ownerId ? (['owner'] as const) : []),
    ...(actor.id === backupId ? (['backup'] as const) : []),
    ...(actor.id === leadId ? (['lead'] as const) : []),
  ];
}
