import { z } from 'zod';
import { messageObject } from '../message-object.ts';
import { Refusal } from '../refusal.ts';
import type { Message } from '../state/messages.ts';
import type { World } from '../world.ts';
import { channelId, count, flag, method, moment, timestamp } from './method.ts';
import { pageOf } from './pages.ts';
import { needScope, scopeFor, visibleChannel } from './scopes.ts';

const span = {
  channel: channelId,
  cursor: z.string().optional(),
  limit: count,
  oldest: moment,
  latest: moment,
  inclusive: flag,
  include_all_metadata: flag,
};

export const historyMethods = {
  'conversations.history': method([], span, (world, args) => {
    readable(world, args.channel);
    const said = world.messages.shared(args.channel).filter((message) => message.thread_ts === undefined);
    const { items, response_metadata } = pageOf(within(said, args).toReversed(), args);
    const messages = items.map((message) => messageObject(world, message, args.include_all_metadata));
    return { messages, has_more: response_metadata.next_cursor !== '', pin_count: 0, response_metadata };
  }),
  'conversations.replies': method([], { ...span, ts: timestamp }, (world, args) => {
    readable(world, args.channel);
    const parent = world.messages.find(args.channel, args.ts);
    if (parent === undefined || parent.only_for !== undefined) throw new Refusal('thread_not_found');
    const replies = within(world.messages.replies(args.channel, args.ts), args);
    const shared = replies.filter((reply) => reply.only_for === undefined);
    const { items, response_metadata } = pageOf([parent, ...shared], args);
    const messages = items.map((message) => messageObject(world, message, args.include_all_metadata));
    return { messages, has_more: response_metadata.next_cursor !== '', response_metadata };
  }),
};

function readable(world: World, id: string): void {
  const channel = visibleChannel(world, id);
  needScope(world, scopeFor(channel, 'history'));
  if (!world.workspace.botIsIn(channel)) throw new Refusal('not_in_channel');
}

type Span = { oldest?: string | undefined; latest?: string | undefined; inclusive?: boolean | undefined };

function within(messages: Message[], { oldest, latest, inclusive }: Span): Message[] {
  const after = oldest === undefined ? -Infinity : micros(oldest);
  const before = latest === undefined ? Infinity : micros(latest);
  return messages.filter(({ ts }) => {
    const at = micros(ts);
    return (at > after && at < before) || (inclusive === true && (at === after || at === before));
  });
}

/** Whole microseconds: a timestamp has more digits than a float of seconds can hold exactly. */
function micros(ts: string): number {
  const [seconds, fraction = ''] = ts.split('.');
  return Number(seconds) * 1e6 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
