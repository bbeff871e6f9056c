import { type Block, interactiveOf } from '../blocks/blocks.ts';
import type { Interactive } from '../blocks/elements.ts';
import { messageObject } from '../message-object.ts';
import { failureOf } from '../outbound/post.ts';
import { CannotDo } from '../refusal.ts';
import type { Message } from '../state/messages.ts';
import type { Home, Modal } from '../state/views.ts';
import type { User } from '../state/workspace.ts';
import { viewObject } from '../view-object.ts';
import type { World } from '../world.ts';
import { responseUrl } from './command.ts';
import { type Entries, fillForm, stateValues } from './form.ts';
import { interactionBase, sendInteraction } from './interaction.ts';
import { actor, channelNameFor } from './person.ts';
import { enteredValue } from './state-values.ts';

export type Press = {
  as: string;
  /** what people see on the button or in the menu, or its action_id */
  target: string;
  /** the block, where several have such a target */
  block_id?: string | undefined;
  /** where: absent, the open modal, else the newest message that this person sees with such a target */
  message?: { channel: string; ts: string } | undefined;
  view_id?: string | undefined;
  /** what is chosen, for menus, pickers and the like */
  value?: unknown;
  /** what else has been entered in the modal so far */
  entries?: Entries | undefined;
  /** press what an earlier version of the message had: a client that has not yet caught up */
  stale?: boolean | undefined;
};

export type PressResult = { ok: true } | { ok: false; error: string };

type Found = { block: Block; element: Interactive; blocks: readonly Block[] };
type Place = { message: Message } | { view: Modal | Home };

/** A person presses a button or chooses in a menu. What is not there at that moment cannot be pressed. */
export async function press(world: World, given: Press): Promise<PressResult> {
  const user = actor(world, given.as);
  const { place, found } = locate(world, user, given);
  const { block, element, blocks } = found;
  if (block.type === 'input' && !block.dispatch_action) {
    throw new CannotDo('this field sends nothing until the form is submitted');
  }
  const fields = fillForm(world, blocks, given.entries ?? {});
  const held = element.type === 'button' ? buttonParts(element) : enteredValue(world, element, given.value);
  const touched = fields.find((field) => field.element === element);
  if (touched !== undefined) touched.value = enteredValue(world, element, given.value);
  const { placeholder, confirm } = { placeholder: undefined, confirm: undefined, ...element };
  const action = {
    ...held,
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(confirm === undefined ? {} : { confirm }),
    action_ts: world.messages.nextTs(),
  };
  const values = stateValues(fields);
  const outcome = await sendInteraction(world, {
    ...interactionBase(world, 'block_actions', user),
    ...('message' in place
      ? fromMessage(world, user, place.message, values)
      : fromView(world, user, place.view, values)),
    actions: [action],
  });
  const failure = failureOf(outcome);
  world.changes.tell();
  return failure === undefined ? { ok: true } : { ok: false, error: failure };
}

function buttonParts(button: Extract<Interactive, { type: 'button' }>): Record<string, unknown> {
  const { text, value, style, url } = button;
  return {
    text,
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
  };
}

function fromMessage(world: World, user: User, message: Message, values: object): Record<string, unknown> {
  const channel = world.workspace.channels.get(message.channel);
  const origin = { channel: message.channel, ts: message.ts };
  const isEphemeral = message.only_for !== undefined;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...thread,
    },
    trigger_id: world.triggers.issue(user.id),
    channel: { id: message.channel, name: channel === undefined ? '' : channelNameFor(channel) },
    // Slack keeps no ephemeral message, so it has none to send along.
    ...(isEphemeral ? {} : { message: messageObject(world, message) }),
    state: { values },
    response_url: responseUrl(world, { user: user.id, channel: message.channel, origin }),
  };
}

function fromView(
  world: World,
  user: User,
  view: Modal | Home,
  values: ReturnType<typeof stateValues>,
): Record<string, unknown> {
  return {
    container: { type: 'view', view_id: view.id },
    trigger_id: world.triggers.issue(user.id, view.type === 'modal' ? view.id : undefined),
    view: viewObject(world, view, values),
  };
}

function locate(world: World, user: User, given: Press): { place: Place; found: Found } {
  if (given.view_id !== undefined) {
    const view = world.views.find(given.view_id);
    if (view === undefined || view.user !== user.id) throw new CannotDo('that view is not open');
    return { place: { view }, found: mustFind(view.blocks, given) };
  }
  if (given.message !== undefined) return inMessage(world, user, given, given.message);
  const modal = world.views.top(user.id);
  const inModal = modal && find(modal.blocks, given);
  if (modal && inModal) return { place: { view: modal }, found: inModal };
  const seen = [...world.workspace.channels.values()]
    .filter((channel) => channel.members.has(user.id))
    .flatMap((channel) => world.messages.seenBy(user.id, channel.id))
    .sort((one, other) => (one.ts < other.ts ? 1 : -1));
  for (const message of seen) {
    const found = find(message.blocks, given);
    if (found !== undefined) return { place: { message }, found };
  }
  throw new CannotDo(`${user.name} sees nothing called "${given.target}" to press`);
}

function inMessage(
  world: World,
  user: User,
  given: Press,
  at: { channel: string; ts: string },
): { place: Place; found: Found } {
  const channel = world.workspace.findChannel(at.channel);
  const find_ = given.stale
    ? world.messages.findEver.bind(world.messages)
    : world.messages.find.bind(world.messages);
  const message = channel && find_(channel.id, at.ts);
  const visible = channel?.members.has(user.id) && (message?.only_for ?? user.id) === user.id;
  if (message === undefined || !visible) throw new CannotDo(`${user.name} sees no such message`);
  if (!given.stale) return { place: { message }, found: mustFind(message.blocks, given) };
  for (const version of message.earlier.toReversed()) {
    const found = find(version.blocks, given);
    if (found !== undefined) return { place: { message: { ...message, ...version } }, found };
  }
  return { place: { message }, found: mustFind(message.blocks, given) };
}

function mustFind(blocks: readonly Block[], given: Press): Found {
  const found = find(blocks, given);
  if (found === undefined) throw new CannotDo(`there is nothing called "${given.target}" to press here`);
  return found;
}

function find(blocks: readonly Block[], { target, block_id }: Press): Found | undefined {
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
