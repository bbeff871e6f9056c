import type { SlackEvent } from '@slack/types';
import type { Said } from './calls.ts';
import { readWords } from './command-text.ts';

/** What was said to Cairn, and where: of an event of Slack's, as far as the event itself says it. */
export type Heard = Pick<Said, 'slackUserId' | 'channelId' | 'ts' | 'threadTs' | 'words'> & {
  kind: 'mention' | 'direct';
};

/**
 * What a person has said to Cairn. Null for all that is not answered: words of bots, Cairn's own among them, edits, and
 * whatever else Slack calls a message. Slack tells of a mention in a direct conversation as of any other words there.
 */
export function readSaid(event: SlackEvent, cairn: string | undefined): Heard | null {
  if (event.type !== 'app_mention' && event.type !== 'message') return null;
  if ('subtype' in event && event.subtype !== undefined) return null;
  if (('bot_id' in event && event.bot_id !== undefined) || ('edited' in event && event.edited !== undefined))
    return null;
  if (event.type === 'message' && (!('channel_type' in event) || event.channel_type !== 'im')) return null;
  const user = 'user' in event ? event.user : undefined;
  const text = 'text' in event ? event.text : undefined;
  if (typeof user !== 'string' || typeof text !== 'string' || user === cairn) return null;
  return {
    kind: event.type === 'message' ? 'direct' : 'mention',
    slackUserId: user,
    channelId: event.channel,
    ts: event.ts,
    threadTs: ('thread_ts' in event ? event.thread_ts : undefined) ?? null,
    words: readWords(withoutName(text, cairn)),
  };
}

function withoutName(text: string, cairn: string | undefined): string {
  return text.replace(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, (all, id: string) => (id === cairn ? ' ' : all));
}
