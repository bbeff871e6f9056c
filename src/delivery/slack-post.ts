import type { KnownBlock } from '@slack/types';
import { ErrorCode, type WebClient, type WebClientOptions } from '@slack/web-api';
import type { CallError } from './core/outcome.ts';
import { NeverBegan, timelyFetch } from './timely-fetch.ts';

/** What a delivery's message says of itself in its metadata; the payload has the delivery's id. */
export const deliveryEvent = 'cairn_delivery';

export type Posted = { channel: string; ts: string };

/** A part of what stands in a channel or a thread. */
export type HistoryPage = {
  /** Cairn's own messages on it, by their deliveries' ids. */
  deliveries: { id: string; ts: string }[];
  /** Where the next page begins; null: this was the last one. */
  next: string | null;
};

/** What deliveries need of Slack; each call is made once and throws what went wrong. */
export type SlackPost = {
  /** `mayBegin` is asked just before the request is written; the call is not made when it says no. */
  openDirect(slackUserId: string, mayBegin: () => boolean): Promise<string>;
  /** The same of `mayBegin`. */
  post(
    message: {
      channel: string;
      text: string;
      blocks: unknown[];
      threadTs: string | null;
      deliveryId: string;
    },
    mayBegin: () => boolean,
  ): Promise<Posted>;
  edit(message: { channel: string; ts: string; text: string; blocks: unknown[] }): Promise<void>;
  /** Reads what was said after `oldest`, a timestamp of Slack's, in a channel or below one message. */
  history(place: {
    channel: string;
    threadTs: string | null;
    oldest: string;
    cursor: string | null;
  }): Promise<HistoryPage>;
};

/** Makes a client for deliveries, with a fetch of its own if one is given. It must not retry by itself. */
export type Connect = (fetch?: WebClientOptions['fetch']) => WebClient;

/** As many as Slack advises to ask for. */
const pageSize = 200;

export function slackPost(connect: Connect): SlackPost {
  const client = connect();
  return {
    async openDirect(slackUserId, mayBegin) {
      const { channel } = await connect(timelyFetch(mayBegin)).conversations.open({ users: slackUserId });
      if (channel?.id === undefined) throw new Error('conversations.open answered without a channel');
      return channel.id;
    },
    async post({ channel, text, blocks, threadTs, deliveryId }, mayBegin) {
      const posted = await connect(timelyFetch(mayBegin)).chat.postMessage({
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
    async history({ channel, threadTs, oldest, cursor }) {
      const asked = {
        channel,
        oldest,
        limit: pageSize,
        include_all_metadata: true,
        ...(cursor === null ? {} : { cursor }),
      };
      const page =
        threadTs === null
          ? await client.conversations.history(asked)
          : await client.conversations.replies({ ...asked, ts: threadTs });
      const next = page.response_metadata?.next_cursor ?? '';
      // Short and empty pages are no end; one that says there is more and not where has none either.
      if (page.messages === undefined || (page.has_more === true && next === '')) {
        throw new Error('a page of history came without its messages or without the way to the next one');
      }
      return {
        deliveries: page.messages.flatMap(({ ts, metadata }) => {
          const id = deliveryIdOf(metadata);
          return ts === undefined || id === null ? [] : [{ id, ts }];
        }),
        next: next === '' ? null : next,
      };
    },
  };
}

/** The delivery's id in a message's metadata; null where it is nobody's of Cairn. */
function deliveryIdOf(metadata: unknown): string | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  if (!('event_type' in metadata) || metadata.event_type !== deliveryEvent) return null;
  const payload = 'event_payload' in metadata ? metadata.event_payload : null;
  if (typeof payload !== 'object' || payload === null || !('id' in payload)) return null;
  return typeof payload.id === 'string' ? payload.id : null;
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
    neverBegan: causesOf(error).find((cause) => cause instanceof NeverBegan)?.why,
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
  for (const cause of causesOf(error).slice(1)) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}

/** An error and what brought it about, a few deep: causes may go in a circle. */
function causesOf(error: Error): Error[] {
  const causes = [error];
  for (let inner: Error | undefined = error; inner !== undefined && causes.length < 6; ) {
    const cause: unknown = 'original' in inner ? inner.original : inner.cause;
    inner = cause instanceof Error ? cause : undefined;
    if (inner !== undefined) causes.push(inner);
  }
  return causes;
}
