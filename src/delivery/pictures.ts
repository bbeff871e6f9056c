import type { ImageBlock } from '@slack/types';

/** Stands in front of a picture's key, where a picture that Slack has names its file. */
const mark = 'picture:';

/** A picture in a message, before Slack has it: an image block whose file is still to be uploaded under this key. */
export function pictureBlock(key: string, altText: string): ImageBlock {
  return { type: 'image', alt_text: altText, slack_file: { id: `${mark}${key}` } };
}

/** The key of a picture that is still to be uploaded; null: this block is none. */
export function keyOf(block: unknown): string | null {
  if (typeof block !== 'object' || block === null || !('slack_file' in block)) return null;
  const file = block.slack_file;
  if (typeof file !== 'object' || file === null || !('id' in file) || typeof file.id !== 'string')
    return null;
  return file.id.startsWith(mark) ? file.id.slice(mark.length) : null;
}

/** The same blocks with each picture's words in its place, for where Slack takes no picture. */
export function inWords(blocks: readonly unknown[]): unknown[] {
  return blocks.map((block) => (keyOf(block) === null ? block : wordsOf(block)));
}

/** What a picture says, as a small line. */
export function wordsOf(block: unknown): object {
  const given = typeof block === 'object' && block !== null && 'alt_text' in block ? block.alt_text : '';
  return {
    type: 'context',
    elements: [{ type: 'plain_text', text: String(given) || 'Picture', emoji: false }],
  };
}

export type Placed =
  | { kind: 'ready'; blocks: unknown[]; hasPictures: boolean }
  /** Not yet: try again after the pause. */
  | { kind: 'later'; pauseMs: number; reason: string };

/** Puts the files of pictures into blocks, uploading what Slack has not got yet. Never throws for Slack's troubles. */
export type PlacePictures = (blocks: unknown[]) => Promise<Placed>;

export const placeNone: PlacePictures = async (blocks) => ({
  kind: 'ready',
  blocks: inWords(blocks),
  hasPictures: false,
});
