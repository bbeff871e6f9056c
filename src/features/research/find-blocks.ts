import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { actions, button, type Content, context, section } from '../../platform/slack/elements.ts';
import { inline, inlineHits, link, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Found, Hit } from './core/lists.ts';
import { dayMonth } from './core/words.ts';
import { plainWords } from './standing-words.ts';

export const findPageAction = 'research:find';

/** What was found, the best first: each with the words around its hits, which are bold. */
export function foundBlocks({ typed, hits, pageNumber, pages, total, isMore, today }: Found): Content {
  // A phrase is typed in quotes, and is named in quotes here.
  const name = inline(typed.replace(/^"([^"]*)"$/, '$1'));
  if (hits.length === 0) {
    const words =
      pageNumber === 0
        ? `No conversation has “${name}” in it. Fewer words find more, and so does another word for the same.`
        : `There are no more conversations with “${name}”.`;
    return { text: words, blocks: [section(words)] };
  }
  const notes = [
    isMore
      ? `The latest ${total} conversations with “${name}”, the best first`
      : `${total} ${total === 1 ? 'conversation' : 'conversations'} with “${name}”`,
    ...(pages > 1 ? [`Page ${pageNumber + 1} of ${pages}`] : []),
  ].join(' · ');
  const lines = hits.map((hit) => hitLines(hit, today));
  const value = (to: number) => JSON.stringify({ typed, page: to });
  const buttons = [
    ...(pageNumber > 0 ? [button('Back', `${findPageAction}/back`, value(pageNumber - 1))] : []),
    ...(pageNumber + 1 < pages ? [button('More', `${findPageAction}/more`, value(pageNumber + 1))] : []),
  ];
  const blocks: KnownBlock[] = [context(notes), ...lines.map((line) => section(line))];
  if (buttons.length > 0) blocks.push(actions(...buttons));
  return { text: plainWords([notes, ...lines]), blocks };
}

function hitLines(
  { account, on, by, contact, topic, notes, recordingUrl }: Hit,
  today: Temporal.PlainDate,
): string {
  const first = [
    inline(account),
    dayMonth(on, today),
    personMention(by),
    ...(contact === null ? [] : [`with ${inline(contact)}`]),
    ...(recordingUrl === null ? [] : [link(recordingUrl, 'Recording')]),
  ].join(' · ');
  const snippet = notes === '' ? [] : [`> ${shortenedMrkdwn(inlineHits(notes), 700)}`];
  return [first, inlineHits(topic), ...snippet].join('\n');
}
