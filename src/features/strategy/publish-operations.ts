import { rewrite, tell } from '../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Actor } from '../people/core/person.ts';
import { type Change, differenceOf } from './core/difference.ts';
import { emptyStrategy } from './core/strategy.ts';
import type { Version } from './core/version.ts';
import { draftOf } from './edit-operations.ts';
import { strategyRefusal } from './editing.ts';
import {
  countReaders,
  insertPosting,
  insertReading,
  listCoverage,
  listPostings,
  listUsualChannels,
  lockVersion,
} from './reading-store.ts';
import { findDraft, findInForce, findVersion, listVersions, lockStrategy, publishDraft } from './store.ts';
import { postBlocks, type Told } from './version-blocks.ts';

/** What publishing now would do, for editors. `channels` are those of last time, by their Slack ids. */
export type Publishing = {
  next: number;
  changes: Change[];
  hasVersion: boolean;
  channels: string[];
  stamp: string;
};

export async function readPublishing(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<Publishing>> {
  const problem = await strategyRefusal(db, workspaceId, actor, 'write the strategy');
  if (problem !== null) return problem;
  const { strategy, inForce, changes } = await draftOf(db, workspaceId);
  if (changes.length === 0 && inForce === null) return nothingYet;
  return accepted({
    next: (inForce?.number ?? 0) + 1,
    changes,
    hasVersion: inForce !== null,
    channels: await listUsualChannels(db, workspaceId),
    stamp: stampOf([inForce?.number ?? 0, strategy]),
  });
}

const nothingYet = refused(
  'nothing-yet',
  'There is nothing to publish yet. Write the vision and a first intent with `/strategy edit`.',
);

/**
 * Publishes the draft as the next version, and posts it to channels that Cairn is in. Where the draft says nothing new,
 * the version in force is posted to channels that do not have it yet. Refuses a draft that has changed since `stamp`.
 */
export async function publishStrategy(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { channelIds, stamp }: { channelIds: readonly number[]; stamp: string },
): Promise<Result<{ number: number; posted: number; isNew: boolean }>> {
  return await inTransaction(
    db,
    async (tx) => {
      await lockStrategy(tx, workspaceId);
      const problem = await strategyRefusal(tx, workspaceId, actor, 'write the strategy');
      if (problem !== null) return problem;
      const { strategy, inForce, changes } = await draftOf(tx, workspaceId);
      if (stampOf([inForce?.number ?? 0, strategy]) !== stamp)
        return refused(
          'changed-meanwhile',
          'Somebody has changed the draft since you opened this. Look again: `/strategy publish`.',
        );
      if (changes.length === 0 && inForce === null) return nothingYet;
      if (changes.length === 0 && channelIds.length === 0)
        return {
          ...refused('nothing-new', 'There is nothing new. Pick a channel to post this version to.'),
          field: 'channels',
        };
      const at = await companyNow(tx, workspaceId);
      const draft = await findDraft(tx, workspaceId);
      const isNew = changes.length > 0 && draft !== undefined;
      const number = isNew ? (inForce?.number ?? 0) + 1 : (inForce?.number ?? 0);
      if (isNew) await publishDraft(tx, draft.id, { number, at, byId: actor.id });
      const version = await findInForce(tx, workspaceId);
      if (version === undefined) throw new Error('a version was published and is not there');
      const posted = await postTo(tx, workspaceId, version, channelIds);
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: isNew ? 'strategy.published' : 'strategy.posted',
        subject: { kind: 'strategy', id: version.id },
        after: { number, channels: posted },
      });
      return accepted({ number, posted: posted.length, isNew });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Posts a version to channels that do not have it yet; returns which. */
async function postTo(
  tx: Tx,
  workspaceId: string,
  version: Version,
  channelIds: readonly number[],
): Promise<number[]> {
  const has = new Set((await listPostings(tx, workspaceId, version.id)).map(({ channelId }) => channelId));
  const to = [...new Set(channelIds)].filter((id) => !has.has(id));
  if (to.length === 0) return [];
  const content = await contentOf(tx, workspaceId, version);
  const dueAt = await companyNow(tx, workspaceId);
  for (const channelId of to) {
    const messageId = await tell(tx, {
      workspaceId,
      dedupeKey: `strategy:${version.id}:${channelId}`,
      to: { channelId },
      content,
      dueAt,
      isAnswer: true,
    });
    await insertPosting(tx, workspaceId, { versionId: version.id, channelId, messageId });
  }
  return to;
}

async function contentOf(db: Database, workspaceId: string, version: Version) {
  const [before] = await listVersions(db, workspaceId, { below: version.number, most: 1 });
  const readers = (await countReaders(db, workspaceId, [version.id])).get(version.id) ?? 0;
  return postBlocks(version, differenceOf(before?.strategy ?? emptyStrategy, version.strategy), readers);
}

/** Counts somebody among the readers of a version, once; its messages say how many there are. */
export async function markRead(
  db: Database,
  workspaceId: string,
  actor: Actor,
  versionId: number,
): Promise<Result<{ number: number; isNew: boolean }>> {
  return await inTransaction(db, async (tx) => {
    const version = await findVersion(tx, workspaceId, versionId);
    if (version?.number == null)
      return refused('unknown-version', 'That version of the strategy is not there any more.');
    await lockVersion(tx, version.id);
    const at = await companyNow(tx, workspaceId);
    const isNew = await insertReading(tx, workspaceId, { versionId, personId: actor.id, at });
    if (isNew) {
      const content = await contentOf(tx, workspaceId, version);
      for (const { messageId } of await listPostings(tx, workspaceId, versionId))
        await rewrite(tx, messageId, content);
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: 'strategy.read',
        subject: { kind: 'strategy', id: versionId },
      });
    }
    return accepted({ number: version.number, isNew });
  });
}

const versionsAtOnce = 5;

/** Published versions below a number, the latest first, with what each changed and who has read it, in counts. */
export async function readHistory(
  db: Database,
  workspaceId: string,
  below: number | null,
): Promise<{ told: Told[]; next: number | null }> {
  const versions = await listVersions(db, workspaceId, { below, most: versionsAtOnce + 1 });
  const shown = versions.slice(0, versionsAtOnce);
  const ids = shown.map(({ id }) => id);
  const readers = await countReaders(db, workspaceId, ids);
  const coverage = await listCoverage(db, workspaceId, ids);
  const told = shown.map((version, index) => ({
    version,
    changes: differenceOf(versions[index + 1]?.strategy ?? emptyStrategy, version.strategy),
    readers: readers.get(version.id) ?? 0,
    teams: coverage.get(version.id) ?? [],
  }));
  return { told, next: versions.length > versionsAtOnce ? (shown.at(-1)?.number ?? null) : null };
}
