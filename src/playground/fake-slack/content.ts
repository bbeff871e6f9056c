import { z } from 'zod';
import { checkBlocks, textLength } from './blocks/check.ts';
import { completeBlocks } from './blocks/complete.ts';
import { pictureProblems } from './blocks/pictures.ts';
import { isPicture } from './file-object.ts';
import { isObject } from './http.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { Content, Metadata } from './state/messages.ts';
import type { World } from './world.ts';

/**
 * Checks what a message would say, and gives it as Slack would keep it.
 * Stricter than Slack in one thing: blocks without `text` are no_text, because Cairn's contract is
 * that every message says the same in plain text.
 */
export function checkContent(world: World, given: { text?: unknown; blocks?: unknown }): Content {
  noteBroadcasts(world, given);
  const text = typeof given.text === 'string' ? given.text : '';
  if (text.trim() === '') {
    const hint =
      given.blocks === undefined ? [] : ['[ERROR] Cairn gives every message a text beside its blocks'];
    throw new Refusal('no_text', { messages: hint });
  }
  if (given.blocks === undefined || given.blocks === null) return { text, blocks: [] };
  if (!Array.isArray(given.blocks)) throw new Refusal('invalid_blocks_format');
  const checked = checkBlocks('message', given.blocks, ['blocks']);
  if (!checked.ok) throw new Refusal('invalid_blocks', { problems: checked.problems });
  const lost = pictureProblems(checked.value, ['blocks'], (file) => isPicture(world, file));
  if (lost.length > 0) throw new Refusal('invalid_blocks', { problems: lost });
  if (textLength(checked.value) > limits.message.allText) throw new Refusal('msg_blocks_too_long');
  return { text, blocks: completeBlocks(checked.value, world.newBlockId) };
}

/** A message that pings everybody is let through, as in Slack, and kept as odd: Cairn never means to. */
function noteBroadcasts(world: World, given: { text?: unknown; blocks?: unknown }): void {
  if (!pings({ ...given, type: 'mrkdwn' })) return;
  const messages = ['[ODD] the message pings everybody: <!channel>, <!here> or <!everyone>'];
  world.journal.refuse({ method: 'a message', error: 'broadcast', messages, arguments: given });
}

function pings(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(pings);
  if (!isObject(value)) return false;
  if (value['type'] === 'broadcast') return true;
  const text = value['type'] === 'mrkdwn' && typeof value['text'] === 'string' ? value['text'] : '';
  return /<!(channel|here|everyone)\b/.test(text) || Object.values(value).some(pings);
}

const metadataShape = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.unknown()),
});

/** Checks message metadata; `{}` and nothing mean none. */
export function checkMetadata(given: unknown): Metadata | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'object' && Object.keys(given).length === 0) return undefined;
  const parsed = metadataShape.safeParse(given);
  if (!parsed.success)
    throw new Refusal('invalid_metadata_format', { messages: [z.prettifyError(parsed.error)] });
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > limits.message.metadataBytes)
    throw new Refusal('metadata_too_large');
  return parsed.data;
}
