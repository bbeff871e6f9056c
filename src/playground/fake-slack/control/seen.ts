import type { Block } from '../blocks/blocks.ts';
import { fileTypeOf } from '../file-types.ts';
import type { StoredFile } from '../state/files.ts';
import type { Message } from '../state/messages.ts';
import type { Modal } from '../state/views.ts';
import { type Channel, type Company, directId, type User } from '../state/workspace.ts';
import type { World } from '../world.ts';

export type SeenPerson = Pick<
  User,
  'id' | 'name' | 'real_name' | 'title' | 'tz' | 'is_admin' | 'is_restricted' | 'deleted'
> & {
  /** unread in their direct channel with the bot and in their talks: what waits for them */
  waiting: number;
  /** where the first of it is */
  waiting_in: string | null;
};

/** A file as the page names it; its bytes are at GET files/ID. */
export type SeenFile = Pick<StoredFile, 'id' | 'name' | 'title' | 'size'> & { pretty_type: string };

export type SeenMessage = {
  channel: string;
  ts: string;
  at: string;
  user: string;
  text: string;
  blocks: readonly Block[];
  thread_ts: string | null;
  edited: boolean;
  ephemeral: boolean;
  only_for: string | null;
  metadata: unknown;
  files: SeenFile[];
  reply_count: number;
  reply_users: string[];
  latest_reply_at: string | null;
};

export type SeenChannel = Pick<Channel, 'id' | 'name' | 'topic' | 'kind' | 'is_private' | 'is_archived'> & {
  unread: number;
  members: number;
  bot_is_in: boolean;
  /** of a direct channel or a talk: whom this person talks to in it; the bot's user id for the bot */
  with: string | null;
  /** set when older messages than these are left out */
  has_more: boolean;
  messages: SeenMessage[];
};

export type SeenModal = Pick<
  Modal,
  | 'id'
  | 'hash'
  | 'title'
  | 'submit'
  | 'close'
  | 'blocks'
  | 'callback_id'
  | 'private_metadata'
  | 'external_id'
  | 'errors'
  | 'trouble'
>;

export type Seen = {
  team: { id: string; name: string };
  /** what Cairn began with here */
  company: Company;
  bot: { user_id: string; name: string };
  me: SeenPerson;
  people: SeenPerson[];
  commands: { command: string; description: string; usage_hint: string }[];
  /** entries of the menu of a message */
  shortcuts: { name: string; description: string }[];
  tabs: { home: boolean; messages: boolean };
  channels: SeenChannel[];
  /** public channels that this person is not in: Slack shows their names to everybody */
  others: { id: string; name: string }[];
  /** those that can be mentioned */
  usergroups: { id: string; handle: string; name: string }[];
  /** bottom first */
  modals: SeenModal[];
  home: { id: string; hash: string; blocks: readonly Block[] } | null;
  refused: number;
};

export type SeenOptions = {
  channel?: string | undefined;
  before?: string | undefined;
  limit?: number | undefined;
};

/** The workspace as one person sees it; `channel` names the one whose messages are wanted, absent: all of them. */
export function seenBy(world: World, user: User, options: SeenOptions = {}): Seen {
  const { workspace, manifest, views } = world;
  workspace.openDirect(user);
  const mine = [...workspace.channels.values()].filter(
    (channel) => channel.members.has(user.id) && isShown(world, user, channel, options.channel),
  );
  const home = views.home(user.id);
  return {
    team: { id: workspace.team.id, name: workspace.team.name },
    company: workspace.company,
    bot: { user_id: workspace.bot.user_id, name: workspace.bot.name },
    me: personSeen(world, user),
    people: workspace.people().map((person) => personSeen(world, person)),
    commands: manifest.features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      usage_hint,
    })),
    shortcuts: manifest.features.shortcuts
      .filter(({ type }) => type === 'message')
      .map(({ name, description }) => ({ name, description })),
    tabs: {
      home: manifest.features.app_home.home_tab_enabled,
      messages: manifest.features.app_home.messages_tab_enabled,
    },
    channels: mine.map((channel) => channelSeen(world, user, channel, options)),
    others: [...workspace.channels.values()]
      .filter((channel) => channel.kind === 'channel' && !channel.is_private && !channel.members.has(user.id))
      .map(({ id, name }) => ({ id, name })),
    usergroups: [...workspace.usergroups.values()]
      .filter((group) => !group.is_disabled)
      .map(({ id, handle, name }) => ({ id, handle, name })),
    modals: views.stack(user.id).map(modalSeen),
    home: home === undefined ? null : { id: home.id, hash: home.hash, blocks: home.blocks },
    refused: world.journal.refusals.length,
  };
}

/** A talk is listed once something was said in it, or for whoever looks into it now. */
function isShown(world: World, user: User, channel: Channel, looksInto: string | undefined): boolean {
  const isTalk = channel.kind === 'im' && !world.workspace.botIsIn(channel);
  return !isTalk || channel.id === looksInto || !world.messages.seenBy(user.id, channel.id).next().done;
}

function personSeen(world: World, user: User): SeenPerson {
  const { id, name, real_name, title, tz, is_admin, is_restricted, deleted } = user;
  const talks = [...world.workspace.channels.values()]
    .filter((channel) => channel.kind === 'im' && channel.members.has(id))
    // What the bot wants comes first, for that is what the playground shows.
    .sort((one, other) => Number(other.id === directId(id)) - Number(one.id === directId(id)))
    .map((channel) => ({ channel: channel.id, unread: world.messages.unread(id, channel.id) }));
  const waiting = talks.reduce((sum, { unread }) => sum + unread, 0);
  const waiting_in = talks.find(({ unread }) => unread > 0)?.channel ?? null;
  return { id, name, real_name, title, tz, is_admin, is_restricted, deleted, waiting, waiting_in };
}

function channelSeen(world: World, user: User, channel: Channel, options: SeenOptions): SeenChannel {
  const { id, name, topic, kind, is_private, is_archived } = channel;
  const wanted = options.channel === undefined || options.channel === id;
  const { messages, has_more } = wanted
    ? world.messages.latest(user.id, id, options.limit ?? 100, options.before)
    : { messages: [], has_more: true };
  return {
    id,
    name,
    topic,
    kind,
    is_private,
    is_archived,
    unread: world.messages.unread(user.id, id),
    members: [...channel.members].filter((member) => member !== world.workspace.bot.user_id).length,
    bot_is_in: world.workspace.botIsIn(channel),
    with: kind === 'im' ? world.workspace.otherIn(channel, user.id) : null,
    has_more,
    messages: messagesSeen(world, messages),
  };
}

/** Messages in the shape of the control API, with what each says about its thread. */
export function messagesSeen(world: World, messages: readonly Message[]): SeenMessage[] {
  const replies = Map.groupBy(
    messages.filter((message) => message.thread_ts !== undefined),
    (message) => message.thread_ts,
  );
  return messages.map((message) => {
    const mine = message.thread_ts === undefined ? (replies.get(message.ts) ?? []) : [];
    return {
      channel: message.channel,
      ts: message.ts,
      at: message.at,
      user: message.user,
      text: message.text,
      blocks: message.blocks,
      thread_ts: message.thread_ts ?? null,
      edited: message.edited !== undefined,
      ephemeral: message.only_for !== undefined,
      only_for: message.only_for ?? null,
      metadata: message.metadata ?? null,
      files: (message.files ?? []).flatMap((id) => world.files.findComplete(id) ?? []).map(fileSeen),
      reply_count: mine.length,
      reply_users: [...new Set(mine.map((reply) => reply.user))],
      latest_reply_at: mine.at(-1)?.at ?? null,
    };
  });
}

/** A file in the shape of the control API. */
export function fileSeen(file: StoredFile): SeenFile {
  const { id, name, title, size } = file;
  return { id, name, title, size, pretty_type: fileTypeOf(file).pretty_type };
}

export function modalSeen(modal: Modal): SeenModal {
  const {
    id,
    hash,
    title,
    submit,
    close,
    blocks,
    callback_id,
    private_metadata,
    external_id,
    errors,
    trouble,
  } = modal;
  return {
    id,
    hash,
    title,
    submit,
    close,
    blocks,
    callback_id,
    private_metadata,
    external_id,
    errors,
    trouble,
  };
}
