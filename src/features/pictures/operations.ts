import type { ImageBlock, KnownBlock } from '@slack/types';
import { keyOf, type PlacePictures, pictureBlock, wordsOf } from '../../delivery/pictures.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Log } from '../../platform/log.ts';
import { altTextOf, altTextOfAll, shortened } from './core/alt-text.ts';
import type { Drawing } from './core/company-spec.ts';
import type { Series } from './core/series.ts';
import { type Spec, specOf, specOfAll } from './core/spec.ts';
import { draw } from './drawing.ts';
import { findPicture, saveFailure, saveFile, savePicture } from './store.ts';
import type { Upload } from './uploading.ts';

export type PictureDeps = {
  db: Database;
  log: Log;
  upload: Upload;
  /** Absent: in a thread of its own. */
  draw?: (spec: Spec) => Promise<Uint8Array>;
};

/** One key result's course, several side by side, or a drawing of another kind with its words. */
export type NewPicture = {
  workspaceId: string;
  /** What this picture is, such as `key-result:7:2026-11-23`: the same key and data are uploaded once. */
  key: string;
} & ({ series: Series | readonly Series[] } | { drawing: Drawing });

/** A message goes without its picture, in words, after so many tries. */
const mostTries = 3;
const againMs = 2_000;
/** Nothing that trying again would mend. */
const hopeless = ['missing_scope', 'not_allowed_token_type', 'file_uploads_disabled', 'unknown_method'];

/** Keeps what is to be drawn and gives the block for a message's content: it is drawn and uploaded before it is sent. */
export async function pictureOf(tx: Tx, picture: NewPicture): Promise<ImageBlock> {
  const { workspaceId, key } = picture;
  const drawing = 'drawing' in picture ? picture.drawing : drawingOf(picture.series);
  await savePicture(tx, { workspaceId, key, ...drawing });
  return pictureBlock(key, drawing.altText);
}

function drawingOf(series: Series | readonly Series[]): Drawing {
  return 'title' in series
    ? { spec: specOf(series), altText: altTextOf(series) }
    : { spec: specOfAll(series), altText: altTextOfAll(series) };
}

/**
 * The block of a picture that Slack has, for answers that do not go through the outbox; where it cannot be uploaded,
 * its words. Calls Slack: never in a transaction.
 */
export async function uploadNow(deps: PictureDeps, picture: NewPicture): Promise<KnownBlock> {
  const block = await inTransaction(deps.db, async (tx) => await pictureOf(tx, picture));
  const found = await fileOf(deps, picture.workspaceId, picture.key);
  return found.kind === 'file'
    ? { type: 'image', alt_text: block.alt_text, slack_file: { id: found.id } }
    : { type: 'context', elements: [{ type: 'plain_text', text: block.alt_text, emoji: false }] };
}

/** What delivery asks before it sends: uploads what Slack has not got yet, and says in words what it does not take. */
export function placing(deps: PictureDeps, workspaceId: string): PlacePictures {
  return async (blocks) => {
    const placed: unknown[] = [];
    let hasPictures = false;
    for (const block of blocks) {
      const key = keyOf(block);
      if (key === null) {
        placed.push(block);
        continue;
      }
      const found = await fileOf(deps, workspaceId, key);
      if (found.kind === 'later') return { kind: 'later', pauseMs: againMs, reason: found.reason };
      hasPictures ||= found.kind === 'file';
      placed.push(
        found.kind === 'file' ? { ...Object(block), slack_file: { id: found.id } } : wordsOf(block),
      );
    }
    return { kind: 'ready', blocks: placed, hasPictures };
  };
}

type Found = { kind: 'file'; id: string } | { kind: 'later'; reason: string } | { kind: 'none' };

async function fileOf(
  { db, log, upload, ...deps }: PictureDeps,
  workspaceId: string,
  key: string,
): Promise<Found> {
  const picture = await findPicture(db, workspaceId, key);
  if (picture === undefined || picture.state === 'given-up') return { kind: 'none' };
  if (picture.fileId !== null) return { kind: 'file', id: picture.fileId };
  const { spec } = picture;
  try {
    const png = await (deps.draw ?? draw)(spec);
    const fileId = await upload(png, shortened(picture.altText, 100));
    await saveFile(db, workspaceId, key, { spec, fileId });
    return { kind: 'file', id: fileId };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const most = hopeless.some((code) => reason.includes(code)) ? 1 : mostTries;
    await saveFailure(db, workspaceId, key, { reason, most });
    log.warn({ reason, key }, 'a picture was not uploaded');
    return picture.attempts + 1 >= most ? { kind: 'none' } : { kind: 'later', reason };
  }
}
