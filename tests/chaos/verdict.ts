import { deliveryEvent } from '../../src/delivery/slack-post.ts';
import type { Message } from '../../src/playground/fake-slack/state/messages.ts';
import type { Written } from './load.ts';

/** What is wrong with what stands in Slack; all zero when nothing is. */
export type Verdict = {
  /** were written and do not stand there */
  lost: number;
  /** stand there more often than once: so many too many */
  doubled: number;
  /** stand there although they were cancelled long before they were due */
  unwanted: number;
  /** read differently from what they shall */
  stale: number;
  /** stand after one in the same channel that was written later */
  outOfOrder: number;
};

/** Judges by what stands in Slack alone: by each delivery's id in the metadata, and by the words that were written. */
export function judge(said: readonly Message[], written: readonly Written[]): Verdict {
  const ours = said.filter(({ metadata }) => metadata?.event_type === deliveryEvent);
  const texts = new Map<string, Message[]>();
  for (const message of ours) {
    const key = /^m\d+\./.exec(message.text)?.[0] ?? `delivery ${deliveryOf(message)}`;
    texts.set(key, [...(texts.get(key) ?? []), message]);
  }
  const copies = (key: string): number => texts.get(key)?.length ?? 0;
  const due = written.filter(({ shall }) => shall === 'sent');
  return {
    lost: due.filter(({ key }) => copies(key) === 0).length,
    doubled: Math.max(ours.length - texts.size, ours.length - new Set(ours.map(deliveryOf)).size),
    unwanted: written.filter(({ key, shall }) => shall === 'never' && copies(key) > 0).length,
    stale: due.filter(({ key, text }) => texts.get(key)?.some((message) => message.text !== text)).length,
    outOfOrder: misplaced(due, texts),
  };
}

/** The delivery that a message in Slack says it is. */
export function deliveryOf(message: Message): string {
  return String(message.metadata?.event_payload['id']);
}

/** How many stand after one that was written later, to the same place. */
function misplaced(due: readonly Written[], texts: ReadonlyMap<string, readonly Message[]>): number {
  let count = 0;
  for (const place of new Set(due.map((it) => it.place))) {
    let latest = '';
    for (const { key } of due.filter((it) => it.place === place)) {
      const ts = texts.get(key)?.[0]?.ts ?? '';
      if (ts !== '' && ts < latest) count += 1;
      else if (ts !== '') latest = ts;
    }
  }
  return count;
}
