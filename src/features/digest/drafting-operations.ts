import type { Temporal } from 'temporal-polyfill';
import { rewrite, tell } from '../../delivery/outbox.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { sayAll } from '../daily/operations.ts';
import type { Digest } from './core/draft.ts';
import { gather } from './gathering.ts';
import { findOperationsChannel, listAdmins } from './people-store.ts';
import { previewBlocks, previewPart, unsentBlocks } from './preview-blocks.ts';
import { previewKey, previewPictures, tellOwners } from './showing.ts';
import {
  findDigest,
  forgetPreview,
  insertDraft,
  listToDraft,
  listUnsent,
  lockDigest,
  savePreview,
} from './store.ts';

/** Drafts each digest that is due within four hours, once, and shows it to product operations and to owners. */
export async function draftDue(db: Database, workspaceId: string): Promise<void> {
  const now = await companyNow(db, workspaceId);
  for (const due of await listToDraft(db, workspaceId, now))
    await inTransaction(db, async (tx) => await draft(tx, workspaceId, due));
}

async function draft(
  tx: Tx,
  workspaceId: string,
  { cadenceId, dueAt }: { cadenceId: number; dueAt: Temporal.Instant },
): Promise<void> {
  const channel = await findOperationsChannel(tx, workspaceId);
  const { gathered, loads } = await gather(tx, workspaceId, cadenceId);
  // What one person carries is not for whoever may join a public channel.
  const content = { gathered, loads: channel?.isPrivate === true ? loads : [] };
  const id = await insertDraft(tx, { workspaceId, cadenceId, dueAt, content });
  // Another process was faster.
  if (id === undefined) return;
  const digest = await findDigest(tx, workspaceId, id);
  if (digest === undefined) throw new Error(`the digest ${id} just drafted is not there`);
  await recordEvent(tx, {
    workspaceId,
    at: await companyNow(tx, workspaceId),
    doer: { kind: 'clock' },
    type: 'digest.drafted',
    subject: { kind: 'digest', id },
    after: { cadence: cadenceId, due: dueAt.toString(), named: gathered.named.map(({ key }) => key) },
  });
  await showFirst(tx, workspaceId, digest, channel?.id);
  await tellOwners(tx, workspaceId, digest);
}

/** To the channel of product operations; where there is none, to each admin. */
async function showFirst(
  tx: Tx,
  workspaceId: string,
  digest: Digest,
  channelId: number | undefined,
): Promise<void> {
  const now = await companyNow(tx, workspaceId);
  if (channelId !== undefined) {
    const messageId = await tell(tx, {
      workspaceId,
      dedupeKey: `digest-preview:${digest.id}`,
      to: { channelId },
      content: previewBlocks(digest, await previewPictures(tx, workspaceId, digest)),
      dueAt: now,
    });
    return await savePreview(tx, digest.id, messageId);
  }
  await sayAll(
    tx,
    (await listAdmins(tx, workspaceId)).map(({ id, timezone }) => ({
      workspaceId,
      personId: id,
      key: previewKey(digest.id, id),
      at: now,
      expiresAt: digest.dueAt,
      content: previewPart(digest, timezone),
    })),
  );
}

/** Says in the preview of each draft whose occurrence did not come that it was not sent, once. */
export async function letGoUnsent(db: Database, workspaceId: string): Promise<void> {
  const now = await companyNow(db, workspaceId);
  for (const id of await listUnsent(db, workspaceId, now)) {
    await inTransaction(db, async (tx) => {
      const digest = await lockDigest(tx, workspaceId, id);
      if (digest?.state !== 'draft' || digest.previewMessageId === null) return;
      await rewrite(tx, digest.previewMessageId, unsentBlocks(digest));
      await forgetPreview(tx, id);
    });
  }
}
