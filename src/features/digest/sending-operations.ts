import type { Occurrence } from '../../cadence/ritual.ts';
import { tell } from '../../delivery/outbox.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { unsayUnsent } from '../daily/operations.ts';
import { digestBlocks } from './blocks.ts';
import { type Gathered, type Line, noEdits } from './core/digest.ts';
import type { Digest } from './core/draft.ts';
import { gather } from './gathering.ts';
import { listAdmins } from './people-store.ts';
import { listKeysForFew } from './seen-store.ts';
import { digestPictures, ownerKey, ownersOf, previewKey, showPreview } from './showing.ts';
import { findDigest, insertDraft, lockDraft, markSent } from './store.ts';

/**
 * Sends what an occurrence has to say, in the transaction that opens it: the draft as people have edited it, and where
 * there is none (somebody runs it by hand, or Cairn was not running four hours ahead) what is gathered at this moment.
 */
export async function sendDigest(tx: Tx, occurrence: Occurrence, late: string | null): Promise<void> {
  const { workspaceId, id: occurrenceId, cadenceId, dueAt, channelId, plannedAt, isByHand } = occurrence;
  const draft = isByHand ? undefined : await lockDraft(tx, workspaceId, { cadenceId, dueAt });
  const content = draft?.content ?? {
    gathered: (await gather(tx, workspaceId, cadenceId)).gathered,
    loads: [],
  };
  const gathered = await withoutHidden(tx, workspaceId, content.gathered);
  const id = draft?.id ?? (await insertDraft(tx, { workspaceId, cadenceId, dueAt, content }));
  if (id === undefined) throw new Error(`the digest of ${cadenceId} at ${dueAt} has gone out already`);
  const pictures = await digestPictures(tx, workspaceId, String(id), content);
  const messageId = await tell(tx, {
    workspaceId,
    dedupeKey: `digest:${occurrenceId}`,
    to: { channelId },
    content: digestBlocks(gathered, draft?.edits ?? noEdits, { pictures, late }),
    dueAt,
  });
  await markSent(tx, id, messageId);
  await recordEvent(tx, {
    workspaceId,
    at: plannedAt,
    doer: { kind: 'clock' },
    type: 'digest.sent',
    subject: { kind: 'digest', id },
    after: { cadence: cadenceId, occurrence: occurrenceId, drafted: draft !== undefined },
  });
  if (draft !== undefined) await endDraft(tx, workspaceId, id);
}

/** What was for all when it was drafted and is for few now is not told of any more. */
async function withoutHidden(tx: Tx, workspaceId: string, gathered: Gathered): Promise<Gathered> {
  const few = new Set(await listKeysForFew(tx, workspaceId, gathered.named));
  return { ...gathered, named: gathered.named.filter(({ key }: Line) => !few.has(key)) };
}

/** The preview says that it has gone; what nobody has read of the draft is not said any more. */
async function endDraft(tx: Tx, workspaceId: string, id: number): Promise<void> {
  const digest: Digest | undefined = await findDigest(tx, workspaceId, id);
  if (digest === undefined) return;
  await showPreview(tx, workspaceId, digest);
  const owners = await ownersOf(tx, workspaceId, digest);
  const admins = await listAdmins(tx, workspaceId);
  const keys = [
    ...owners.map(({ personId }) => ownerKey(id, personId)),
    ...admins.map((admin) => previewKey(id, admin.id)),
  ];
  await unsayUnsent(tx, workspaceId, keys, 'the digest has gone out');
}
