import { type Block, interactiveOf } from '../blocks/blocks.ts';
import type { Interactive } from '../blocks/elements.ts';
import { messageObject } from '../message-object.ts';
import { CannotDo } from '../refusal.ts';
import type { Message } from '../state/messages.ts';
import type { Home, Modal } from '../state/views.ts';
import type { User } from '../state/workspace.ts';
import { viewObject } from '../view-object.ts';
import type { World } from '../world.ts';
import { channelNameFor } from './person.ts';
import type { StateValues } from './state-values.ts';

/** Which button, menu or field somebody means, and where. */
export type Aim = {
  /** what people see on the button or in the menu, or its action_id */
  target: string;
  /** the block, where several have such a target */
  block_id?: string | undefined;
  /** where: absent, the open modal, else the newest message that this person sees with such a target */
  message?: { channel: string; ts: string } | undefined;
  view_id?: string | undefined;
  /** in what an earlier version of the message had: a client that has not yet caught up */
  stale?: boolean | undefined;
};

export type Found = { block: Block; element: Interactive; blocks: readonly Block[] };
export type Place = { message: Message } | { view: Modal | Home };

/** Finds it as this person sees it at this moment; throws CannotDo where they do not. */
export function locate(world: World, user: User, aim: Aim): { place: Place; found: Found } {
  if (aim.view_id !== undefined) {
    const view = world.views.find(aim.view_id);
    if (view === undefined || view.user !== user.id) throw new CannotDo('that view is not open');
    return { place: { view }, found: mustFind(view.blocks, aim) };
  }
  if (aim.message !== undefined) return inMessage(world, user, aim, aim.message);
  const modal = world.views.top(user.id);
  const inModal = modal && find(modal.blocks, aim);
  if (modal && inModal) return { place: { view: modal }, found: inModal };
  for (const message of newestOf(channelsOf(world, user))) {
    const found = find(message.blocks, aim);
    if (found !== undefined) return { place: { message }, found };
  }
  throw new CannotDo(`${user.name} sees nothing called "${aim.target}" to press`);
}

/** What interactions say of where they happened: container and channel with its message, or the view. */
export function placeParts(world: World, place: Place, values: StateValues): Record<string, unknown> {
  if ('view' in place) {
    const { view } = place;
    return { container: { type: 'view', view_id: view.id }, view: viewObject(world, view, values) };
  }
  const { message } = place;
  const channel = world.workspace.channels.get(message.channel);
  const is_ephemeral = message.only_for !== undefined;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral,
      ...thread,
    },
    channel: { id: message.channel, name: channel === undefined ? '' : channelNameFor(channel) },
    // Slack keeps no ephemeral message, so it has none to send along.
    ...(is_ephemeral ? {} : { message: messageObject(world, message) }),
  };
}

function channelsOf(world: World, user: User): Iterator<Message>[] {
  return [...world.workspace.channels.values()]
    .filter((channel) => channel.members.has(user.id))
    .map((channel) => world.messages.seenBy(user.id, channel.id));
}

/** Several lists, each newest first, as one; each is read only as far as it is needed. */
function* newestOf(lists: Iterator<Message>[]): Generator<Message> {
  const heads = lists.flatMap((list) => headOf(list));
  while (heads.length > 0) {
    const newest = heads.reduce((one, other) => (other.message.ts > one.message.ts ? other : one));
    yield newest.message;
    heads.splice(heads.indexOf(newest), 1, ...headOf(newest.list));
  }
}

function headOf(list: Iterator<Message>): { list: Iterator<Message>; message: Message }[] {
  const next = list.next();
  return next.done ? [] : [{ list, message: next.value }];
}

function inMessage(
  world: World,
  user: User,
  aim: Aim,
  at: { channel: string; ts: string },
): { place: Place; found: Found } {
  const channel = world.workspace.findChannel(at.channel);
  const find_ = aim.stale
    ? world.messages.findEver.bind(world.messages)
    : world.messages.find.bind(world.messages);
  const message = channel && find_(channel.id, at.ts);
  const visible = channel?.members.has(user.id) && (message?.only_for ?? user.id) === user.id;
  if (message === undefined || !visible) throw new CannotDo(`${user.name} sees no such message`);
  if (!aim.stale) return { place: { message }, found: mustFind(message.blocks, aim) };
  for (const version of message.earlier.toReversed()) {
    const found = find(version.blocks, aim);
    if (found !== undefined) return { place: { message: { ...message, ...version } }, found };
  }
  return { place: { message }, found: mustFind(message.blocks, aim) };
}

function mustFind(blocks: readonly Block[], aim: Aim): Found {
  const found = find(blocks, aim);
  if (found === undefined) throw new CannotDo(`there is nothing called "${aim.target}" to press here`);
  return found;
}

function find(blocks: readonly Block[], { target, block_id }: Aim): Found | undefined {
  const all = blocks
    .filter((block) => block_id === undefined || block.block_id === block_id)
    .flatMap((block) => interactiveOf(block).map((element) => ({ block, element, blocks })));
  return all.find(({ element }) => element.action_id === target) ?? all.find((it) => labelOf(it) === target);
}

function labelOf({ block, element }: Found): string | undefined {
  if (element.type === 'button') return element.text.text;
  if (block.type === 'input') return block.label.text;
  return 'placeholder' in element ? element.placeholder?.text : undefined;
}
