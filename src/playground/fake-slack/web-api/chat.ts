import { z } from 'zod';
import { checkContent, checkMetadata } from '../content.ts';
import { limits } from '../limits.ts';
import { messageObject } from '../message-object.ts';
import { Refusal } from '../refusal.ts';
import type { Message, NewMessage } from '../state/messages.ts';
import type { Channel } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { channelId, flag, json, method, timestamp } from './method.ts';
import { hasScope, visibleChannel } from './scopes.ts';

const content = {
  text: z.string().optional(),
  blocks: json.optional(),
  parse: z.enum(['full', 'none']).optional(),
  link_names: flag,
};

export const chatMethods = {
  'chat.postMessage': method(
    { tier: 'posting', scopes: ['chat:write'] },
    {
      ...content,
      channel: channelId,
      thread_ts: timestamp.optional(),
      reply_broadcast: flag,
      metadata: json.optional(),
      mrkdwn: flag,
      unfurl_links: flag,
      unfurl_media: flag,
    },
    async (world, args) => {
      const channel = postable(world, args.channel);
      if (args.thread_ts !== undefined) mustBeThread(world, channel, args.thread_ts);
      const { text, blocks } = checkContent(world, args);
      const metadata = checkMetadata(args.metadata);
      const given: NewMessage = {
        channel: channel.id,
        user: world.workspace.bot.user_id,
        at: (await world.companyNow()).toISOString(),
        text: text.slice(0, limits.message.text),
        blocks,
      };
      if (args.thread_ts !== undefined) given.thread_ts = args.thread_ts;
      if (metadata !== undefined) given.metadata = metadata;
      const message = world.messages.post(given);
      return { channel: channel.id, ts: message.ts, message: messageObject(world, message, true) };
    },
  ),
  'chat.postEphemeral': method(
    { tier: 'T4', scopes: ['chat:write'] },
    { ...content, channel: channelId, user: z.string(), thread_ts: timestamp.optional() },
    async (world, args) => {
      const channel = postable(world, args.channel);
      if (!channel.members.has(args.user)) throw new Refusal('user_not_in_channel');
      const { text, blocks } = checkContent(world, args);
      if (text.length > limits.message.text) throw new Refusal('msg_too_long');
      const given: NewMessage = {
        channel: channel.id,
        user: world.workspace.bot.user_id,
        at: (await world.companyNow()).toISOString(),
        only_for: args.user,
        text,
        blocks,
      };
      if (args.thread_ts !== undefined) given.thread_ts = args.thread_ts;
      return { message_ts: world.messages.post(given).ts };
    },
  ),
  'chat.update': method(
    { tier: 'T3', scopes: ['chat:write'] },
    { ...content, channel: channelId, ts: timestamp, metadata: json.optional(), reply_broadcast: flag },
    (world, args) => {
      const message = ownMessage(world, args.channel, args.ts, 'cant_update_message');
      if ((args.text?.length ?? 0) > limits.message.updateText) throw new Refusal('msg_too_long');
      const checked = checkContent(world, args);
      // Slack keeps the blocks when none are given; an empty list takes them away.
      const blocks = args.blocks === undefined ? message.blocks : checked.blocks;
      const metadata = args.metadata === undefined ? message.metadata : checkMetadata(args.metadata);
      world.messages.edit(message, { text: checked.text, blocks }, world.workspace.bot.user_id);
      if (metadata === undefined) delete message.metadata;
      else message.metadata = metadata;
      const { channel, ts, text } = message;
      return { channel, ts, text, message: messageObject(world, message, true) };
    },
  ),
  'chat.delete': method(
    { tier: 'T3', scopes: ['chat:write'] },
    { channel: channelId, ts: timestamp },
    (world, args) => {
      const message = ownMessage(world, args.channel, args.ts, 'cant_delete_message');
      world.messages.delete(message);
      return { channel: message.channel, ts: message.ts };
    },
  ),
  'chat.getPermalink': method(
    { tier: 'special', scopes: [] },
    { channel: channelId, message_ts: timestamp },
    (world, args) => {
      const channel = visibleChannel(world, args.channel);
      const message = world.messages.find(channel.id, args.message_ts);
      if (message === undefined || message.only_for !== undefined) throw new Refusal('message_not_found');
      const link = `https://${world.workspace.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
      const thread =
        message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}&cid=${channel.id}`;
      return { channel: channel.id, permalink: `${link}${thread}` };
    },
  ),
};

/** Where the bot may post now: a channel it is in, by id or #name, or a person's direct channel by user id. */
function postable(world: World, reference: string): Channel {
  const person = world.workspace.users.get(reference);
  if (person !== undefined && !person.is_bot) return directWith(world, person.id);
  const channel = visibleChannel(world, world.workspace.findChannel(reference)?.id ?? reference);
  if (channel.is_archived) throw new Refusal('is_archived');
  if (channel.kind === 'im') return directWith(world, channel.person ?? '');
  const mayPostAnywhere = !channel.is_private && hasScope(world, 'chat:write.public');
  if (!world.workspace.botIsIn(channel) && !mayPostAnywhere) throw new Refusal('not_in_channel');
  return channel;
}

function directWith(world: World, id: string): Channel {
  const person = world.workspace.users.get(id);
  if (person === undefined) throw new Refusal('channel_not_found');
  if (!world.manifest.features.app_home.messages_tab_enabled) throw new Refusal('messages_tab_disabled');
  return world.workspace.openDirect(person);
}

function mustBeThread(world: World, channel: Channel, ts: string): void {
  const parent = world.messages.find(channel.id, ts);
  if (parent === undefined) throw new Refusal('thread_not_found');
  if (parent.only_for !== undefined) throw new Refusal('cannot_reply_to_message');
}

/** A message that the bot wrote and everybody can see; ephemeral ones are beyond the Web API. */
function ownMessage(world: World, channelRef: string, ts: string, notOwn: string): Message {
  const channel = visibleChannel(world, channelRef);
  if (channel.is_archived) throw new Refusal('is_inactive');
  const message = world.messages.find(channel.id, ts);
  if (message === undefined || message.only_for !== undefined) throw new Refusal('message_not_found');
  if (message.user !== world.workspace.bot.user_id) throw new Refusal(notOwn);
  return message;
}
