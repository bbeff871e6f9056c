import type { Temporal } from 'temporal-polyfill';
import { tellAll } from '../../../delivery/outbox.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Content, section } from '../../../platform/slack/elements.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { cardBlocks } from '../blocks.ts';
import { findCard } from '../lookup-store.ts';
import { notOurs, typedWords } from './blocks.ts';
import type { Settling } from './core/miss.ts';

/**
 * Tells whoever pressed `Tell me` what became of their question, each once, in private. Somebody who does not see the
 * rock hears nothing of it. Returns how many are told.
 */
export async function tellAskers(
  tx: Tx,
  {
    workspaceId,
    settled,
    rockId,
    at,
  }: {
    workspaceId: string;
    settled: Settling;
    rockId: number | null;
    at: Temporal.Instant;
  },
  waiting: readonly { id: number; query: string; askerId: number }[],
): Promise<number> {
  const messages = [];
  for (const { id, query, askerId } of new Map(waiting.map((one) => [one.askerId, one])).values()) {
    const content = await contentFor(tx, workspaceId, settled, rockId, query, askerId);
    if (content === null) continue;
    messages.push({
      workspaceId,
      dedupeKey: `miss-settled:${id}`,
      to: { personId: askerId },
      content,
      dueAt: at,
    });
  }
  await tellAll(tx, messages);
  return messages.length;
}

async function contentFor(
  tx: Tx,
  workspaceId: string,
  settled: Settling,
  rockId: number | null,
  query: string,
  askerId: number,
): Promise<Content | null> {
  if (settled === 'not-ours' || rockId === null) {
    const text = `You asked who owns ${typedWords(query)}. Product operations has looked into it: ${notOurs}.`;
    return { text, blocks: [section(text)] };
  }
  const card = await findCard(tx, workspaceId, rockId, askerId);
  if (card === undefined) return null;
  const note = `You asked who owns ${typedWords(query)}. It leads to *${inline(card.name)}* now.`;
  const shown = cardBlocks(card, { id: askerId });
  return { text: `${note.replaceAll('*', '')} ${shown.text}`, blocks: [section(note), ...shown.blocks] };
}
