import { z } from 'zod';
import { messageObject } from '../message-object.ts';
import { Refusal } from '../refusal.ts';
import { isWithin, microsOf, tsOf } from '../state/timeline.ts';
import type { World } from '../world.ts';
import { channelId, count, flag, method, moment, timestamp } from './method.ts';
import { cursorAt, pageOf, positionIn, shortPage } from './pages.ts';
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

const reading = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

export const historyMethods = {
  'conversations.history': method({ tier: 'T3', scopes: [], oneOf: reading }, span, (world, args) => {
    readable(world, args.channel);
    const rest = before(positionIn(args, 'next_ts'), args.inclusive);
    const said = world.messages.history(args.channel, { ...args, ...rest });
    const { items, isLast } = shortPage(said, args);
    const last = items.at(-1);
    const next_cursor = isLast || last === undefined ? '' : cursorAt('next_ts', microsOf(last.ts));
    const messages = items.map((message) => messageObject(world, message, args.include_all_metadata));
    return { messages, has_more: !isLast, pin_count: 0, response_metadata: { next_cursor } };
  }),
  'conversations.replies': method(
    { tier: 'T3', scopes: [], oneOf: reading },
    { ...span, ts: timestamp },
    (world, args) => {
      readable(world, args.channel);
      const parent = world.messages.find(args.channel, args.ts);
      if (parent === undefined || parent.only_for !== undefined) throw new Refusal('thread_not_found');
      const shared = world.messages
        .replies(args.channel, args.ts)
        .filter((reply) => reply.only_for === undefined && isWithin(reply.ts, args));
      const { items, response_metadata } = pageOf([parent, ...shared], args);
      const messages = items.map((message) => messageObject(world, message, args.include_all_metadata));
      return { messages, has_more: response_metadata.next_cursor !== '', response_metadata };
    },
  ),
};

/** A history's cursor is the moment of the last message that was given: what is posted between two pages moves nothing. */
function before(micros: number | undefined, inclusive = false): { latest?: string } {
  return micros === undefined ? {} : { latest: tsOf(inclusive ? micros - 1 : micros) };
}

function readable(world: World, id: string): void {
  const channel = visibleChannel(world, id);
  needScope(world, scopeFor(channel, 'history'));
  if (!world.workspace.botIsIn(channel)) throw new Refusal('not_in_channel');
}
