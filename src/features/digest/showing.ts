import type { KnownBlock } from '@slack/types';
import { rewrite } from '../../delivery/outbox.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Tx } from '../../platform/db/database.ts';
import { type NewPart, resay, sayAll } from '../daily/operations.ts';
import { pictureOf } from '../pictures/operations.ts';
import type { Line, Section } from './core/digest.ts';
import type { Digest, Drafted } from './core/draft.ts';
import { tellOwnerAt } from './core/times.ts';
import { listTellable } from './people-store.ts';
import { drawingsOf, previewDrawingsOf, type SectionDrawing } from './pictures.ts';
import { ownerPart, previewBlocks } from './preview-blocks.ts';

type Pictures = Partial<Record<Section, KnownBlock>>;

/** Keeps pictures to be drawn, and gives their blocks by where they stand. */
async function placed(
  tx: Tx,
  workspaceId: string,
  key: string,
  drawings: readonly SectionDrawing[],
): Promise<Pictures> {
  const blocks: Pictures = {};
  for (const { section, drawing } of drawings)
    blocks[section] = await pictureOf(tx, { workspaceId, key: `${key}:${section}`, drawing });
  return blocks;
}

/** The pictures of the message to leaders, of which none shows a person. */
export async function digestPictures(
  tx: Tx,
  workspaceId: string,
  key: string,
  { gathered }: Drafted,
): Promise<Pictures> {
  return await placed(tx, workspaceId, `digest:${key}`, drawingsOf(gathered));
}

/** The pictures of a preview; loads by name are there only where they may be seen, and kept only then. */
export async function previewPictures(tx: Tx, workspaceId: string, digest: Digest): Promise<Pictures> {
  const { gathered, loads } = digest.content;
  return await placed(tx, workspaceId, `digest-preview:${digest.id}`, previewDrawingsOf(gathered, loads));
}

/** Lets the preview, and what owners were told, say how a digest reads now. */
export async function showDraft(tx: Tx, workspaceId: string, digest: Digest): Promise<void> {
  await showPreview(tx, workspaceId, digest);
  for (const { personId, lines, timezone } of await ownersOf(tx, workspaceId, digest))
    await resay(tx, workspaceId, ownerKey(digest.id, personId), ownerPart(digest, lines, timezone));
}

export async function showPreview(tx: Tx, workspaceId: string, digest: Digest): Promise<void> {
  if (digest.previewMessageId === null) return;
  const pictures = await previewPictures(tx, workspaceId, digest);
  await rewrite(tx, digest.previewMessageId, previewBlocks(digest, pictures));
}

/** Tells each owner of a line at risk what it says, in their message of the day. */
export async function tellOwners(tx: Tx, workspaceId: string, digest: Digest): Promise<void> {
  const now = await companyNow(tx, workspaceId);
  const owners = await ownersOf(tx, workspaceId, digest);
  await sayAll(
    tx,
    owners.map(
      ({ personId, lines, timezone }): NewPart => ({
        workspaceId,
        personId,
        key: ownerKey(digest.id, personId),
        at: tellOwnerAt(now, digest.dueAt, timezone),
        expiresAt: digest.dueAt,
        content: ownerPart(digest, lines, timezone),
      }),
    ),
  );
}

export function ownerKey(digestId: number, personId: number): string {
  return `digest-lines:${digestId}:${personId}`;
}

type Owner = { personId: number; timezone: string; lines: Line[] };

/** Who answers for lines at risk and can be told so, each with all of theirs. */
export async function ownersOf(tx: Tx, workspaceId: string, { content }: Digest): Promise<Owner[]> {
  const byOwner = Map.groupBy(content.gathered.named, ({ owner }) => owner?.id ?? 0);
  byOwner.delete(0);
  const people = await listTellable(tx, workspaceId, [...byOwner.keys()]);
  return people.map(({ id, timezone }) => ({ personId: id, timezone, lines: byOwner.get(id) ?? [] }));
}

/** The part of an admin's message of the day that tells of a draft. */
export function previewKey(digestId: number, personId: number): string {
  return `digest-preview:${digestId}:${personId}`;
}
