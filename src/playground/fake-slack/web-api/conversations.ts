import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Channel } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { channelId, count, flag, method } from './method.ts';
import { pageOf } from './pages.ts';
import { needScope, scopeFor, visibleChannel } from './scopes.ts';

/** A conversation as Slack's conversations.* methods and channel events show it. */
export function channelObject(world: World, channel: Channel): Record<string, unknown> {
  const common = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.is_archived,
    is_im: channel.kind === 'im',
    is_org_shared: false,
    context_team_id: world.workspace.team.id,
  };
  if (channel.kind === 'im') {
    const person = world.workspace.users.get(channel.person ?? '');
    return { ...common, user: channel.person, is_user_deleted: person?.deleted ?? false, is_open: true };
  }
  const { creator, topic, purpose, created: last_set } = channel;
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.is_private,
    is_group: channel.is_private,
    is_mpim: false,
    is_private: channel.is_private,
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_member: world.workspace.botIsIn(channel),
    creator,
    topic: { value: topic, creator: topic === '' ? '' : creator, last_set: topic === '' ? 0 : last_set },
    purpose: {
      value: purpose,
      creator: purpose === '' ? '' : creator,
      last_set: purpose === '' ? 0 : last_set,
    },
    num_members: [...channel.members].filter((id) => id !== world.workspace.bot.user_id).length,
  };
}

const kinds = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};
type Kind = keyof typeof kinds;
const reading = Object.values(kinds);
const isKind = (word: string): word is Kind => Object.hasOwn(kinds, word);

function kindOf(channel: Channel): Kind {
  if (channel.kind === 'im') return 'im';
  return channel.is_private ? 'private_channel' : 'public_channel';
}

function parseKinds(words: string): Kind[] {
  return words.split(',').map((word) => {
    const kind = word.trim();
    if (!isKind(kind)) throw new Refusal('invalid_types');
    return kind;
  });
}

export const conversationMethods = {
  'conversations.list': method(
    { tier: 'T2', scopes: [], oneOf: reading },
    {
      types: z.string().default('public_channel'),
      exclude_archived: flag,
      cursor: z.string().optional(),
      limit: count,
      team_id: z.string().optional(),
    },
    (world, args) => {
      const wanted = parseKinds(args.types);
      for (const kind of wanted) needScope(world, kinds[kind]);
      const shown = [...world.workspace.channels.values()].filter(
        (channel) =>
          wanted.includes(kindOf(channel)) &&
          (!channel.is_private || world.workspace.botIsIn(channel)) &&
          !(args.exclude_archived && channel.is_archived),
      );
      const { items, response_metadata } = pageOf(shown, args);
      return { channels: items.map((channel) => channelObject(world, channel)), response_metadata };
    },
  ),
  'conversations.info': method(
    { tier: 'T3', scopes: [], oneOf: reading },
    { channel: channelId, include_locale: flag, include_num_members: flag },
    (world, args) => {
      const channel = visibleChannel(world, args.channel);
      needScope(world, scopeFor(channel, 'read'));
      const { num_members, ...rest } = channelObject(world, channel);
      return { channel: args.include_num_members ? { ...rest, num_members } : rest };
    },
  ),
  'conversations.members': method(
    { tier: 'T4', scopes: [], oneOf: reading },
    { channel: channelId, cursor: z.string().optional(), limit: count },
    (world, args) => {
      const channel = visibleChannel(world, args.channel);
      needScope(world, scopeFor(channel, 'read'));
      const { items, response_metadata } = pageOf([...channel.members], args);
      return { members: items, response_metadata };
    },
  ),
  'conversations.open': method(
    { tier: 'T3', scopes: ['im:write'] },
    {
      users: z.string().optional(),
      channel: channelId.optional(),
      return_im: flag,
      prevent_creation: flag,
    },
    (world, args) => openDirect(world, args),
  ),
};

function openDirect(
  world: World,
  args: { users?: string | undefined; channel?: string | undefined; return_im?: boolean | undefined },
): Record<string, unknown> {
  if (args.channel !== undefined) {
    const known = visibleChannel(world, args.channel);
    if (known.kind !== 'im') throw new Refusal('method_not_supported_for_channel_type');
    return { channel: args.return_im ? channelObject(world, known) : { id: known.id } };
  }
  const ids = (args.users ?? '').split(',').filter((id) => id !== '');
  const [first] = ids;
  if (first === undefined) throw new Refusal('users_list_not_supplied');
  if (ids.length > 1) needScope(world, 'mpim:write');
  if (ids.length > 1) throw new Refusal('method_not_supported_for_channel_type');
  const user = world.workspace.users.get(first);
  if (user === undefined || user.is_bot) throw new Refusal('user_not_found');
  if (user.deleted) throw new Refusal('user_disabled');
  const known = world.workspace.channels.has(`D${user.id.slice(1)}`);
  const channel = world.workspace.openDirect(user);
  const found = known ? { no_op: true, already_open: true } : {};
  return { ...found, channel: args.return_im ? channelObject(world, channel) : { id: channel.id } };
}
