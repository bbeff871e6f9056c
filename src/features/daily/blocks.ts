import type { KnownBlock } from '@slack/types';
import { type Content, context, header, textLength } from '../../platform/slack/elements.ts';
import { shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';

/** Slack takes 50 blocks a message, and refuses one whose texts are longer than this together. */
const mostBlocks = 48;
const mostText = 9_500;

/**
 * What several features say, as one message: each part with its own blocks, in the order given, below a heading where there
 * are two or more. What does not fit is counted, and Home has it.
 */
export function merged(parts: readonly Content[]): Content {
  const [only, ...others] = parts;
  if (only === undefined) return { text: goneText, blocks: [context(goneText)] };
  if (others.length === 0) return only;
  const title = `${numberWords[parts.length] ?? parts.length} things for today`;
  const blocks: KnownBlock[] = [header(title)];
  let length = 0;
  let shown = 0;
  for (const part of parts) {
    const own: KnownBlock[] = shown === 0 ? part.blocks : [{ type: 'divider' }, ...part.blocks];
    length += textLength(part.blocks);
    // The first is always shown: it fits, since it was to be a message of its own.
    if (shown > 0 && (blocks.length + own.length > mostBlocks || length > mostText)) break;
    blocks.push(...own);
    shown += 1;
  }
  const hidden = parts.length - shown;
  if (hidden > 0) blocks.push(context(`… and ${hidden} more. My Home shows all that waits for you.`));
  const texts = parts.slice(0, shown).map(({ text }) => (text.split('\n')[0] ?? '').replace(/:$/, ''));
  return { text: shortenedMrkdwn(`${title}: ${texts.join(' · ')}`, 3_500), blocks };
}

const goneText = 'There is nothing left to do here.';
const numberWords: Record<number, string> = {
  2: 'Two',
  3: 'Three',
  4: 'Four',
  5: 'Five',
  6: 'Six',
  7: 'Seven',
  8: 'Eight',
  9: 'Nine',
  10: 'Ten',
};
