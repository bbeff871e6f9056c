import type { KnownBlock } from '@slack/types';
import { ErrorCode, type WebClient } from '@slack/web-api';
import type { CallError } from './core/outcome.ts';

/** What a delivery's message says of itself in its metadata; the payload has the delivery's id. */
export const deliveryEvent = 'cairn_delivery';

export type Posted = { channel: string; ts: string };

/** What the sender needs of Slack; each call is made once and throws what went wrong. */
export type SlackPost = {
  openDirect(slackUserId: string): Promise<string>;
  post(message: {
    channel: string;
    text: string;
    blocks: unknown[];
    threadTs: string | null;
    deliveryId: string;
  }): Promise<Posted>;
  edit(message: { channel: string; ts: string; text: string; blocks: unknown[] }): Promise<void>;
};

/** `client` must not retry by itself: a repeated post is a second message. */
export function slackPost(client: WebClient): SlackPost {
  return {
    async openDirect(slackUserId) {
      const { channel } = await client.conversations.open({ users: slackUserId });
      if (channel?.id === undefined) throw new Error('conversations.open answered without a channel');
      return channel.id;
    },
    async post({ channel, text, blocks, threadTs, deliveryId }) {
      const posted = await client.chat.postMessage({
        channel,
        text,
        blocks: blocks as KnownBlock[],
        unfurl_links: false,
        unfurl_media: false,
        // An opaque id and nothing else: any app in the workspace can read metadata.
        metadata: { event_type: deliveryEvent, event_payload: { id: deliveryId } },
        ...(threadTs === null ? {} : { thread_ts: threadTs }),
      });
      if (posted.ts === undefined) throw new Error('chat.postMessage answered without a ts');
      return { channel: posted.channel ?? channel, ts: posted.ts };
    },
    async edit({ channel, ts, text, blocks }) {
      await client.chat.update({ channel, ts, text, blocks: blocks as KnownBlock[] });
    },
  };
}

/** What an outcome can be decided from. */
export function readCallError(error: unknown): CallError {
  if (!(error instanceof Error)) return { code: String(error) };
  // A 429 without a Retry-After that can be read comes as a plain error of the SDK.
  const isPlain429 = error.message.includes('Retry header did not contain a valid timeout');
  const code = isPlain429 ? ErrorCode.RateLimitedError : 'code' in error ? String(error.code) : error.name;
  return {
    code,
    retryAfterSeconds:
      'retryAfter' in error && typeof error.retryAfter === 'number' ? error.retryAfter : undefined,
    platformError: platformErrorOf(error),
    causeCode: causeCodeOf(error),
  };
}

/** Slack's errors are codes. Of an answer that is no JSON the SDK gives the whole body instead: that says nothing. */
function platformErrorOf(error: Error): string | undefined {
  const data = 'data' in error ? error.data : undefined;
  if (typeof data !== 'object' || data === null || !('error' in data)) return undefined;
  return typeof data.error === 'string' && /^[a-z][\w-]{0,99}$/i.test(data.error) ? data.error : undefined;
}

/** The network's own code lies a few causes deep: the SDK wraps fetch, which wraps the socket. */
function causeCodeOf(error: Error): string | undefined {
  let inner: unknown = 'original' in error ? error.original : error.cause;
  for (let depth = 0; depth < 4 && inner instanceof Error; depth += 1) {
    if ('code' in inner && typeof inner.code === 'string') return inner.code;
    inner = inner.cause;
  }
  return undefined;
}
