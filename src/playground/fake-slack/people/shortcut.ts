import { messageObject } from '../message-object.ts';
import { failureOf } from '../outbound/post.ts';
import { CannotDo } from '../refusal.ts';
import type { World } from '../world.ts';
import { responseUrl } from './command.ts';
import { interactionBase, sendInteraction } from './interaction.ts';
import { actor, channelNameFor } from './person.ts';
import type { PressResult } from './press.ts';

export type UseShortcut = {
  as: string;
  /** its name in the menu, or its callback_id */
  target: string;
  message: { channel: string; ts: string };
};

/** A person chooses one of Cairn's entries in the menu of a message. One that they alone see has no such menu. */
export async function useShortcut(
  world: World,
  { as, target, message: at }: UseShortcut,
): Promise<PressResult> {
  const user = actor(world, as);
  const shortcut = world.manifest.features.shortcuts.find(
    (it) => it.type === 'message' && (it.name === target || it.callback_id === target),
  );
  if (shortcut === undefined) throw new CannotDo(`no message has "${target}" in its menu`);
  const channel = world.workspace.findChannel(at.channel);
  const message = channel && world.messages.find(channel.id, at.ts);
  if (channel === undefined || message === undefined || !channel.members.has(user.id))
    throw new CannotDo(`${user.name} sees no such message`);
  if (message.only_for !== undefined) throw new CannotDo('a message that one person sees has no such menu');
  const outcome = await sendInteraction(world, {
    ...interactionBase(world, 'message_action', user),
    callback_id: shortcut.callback_id,
    action_ts: world.messages.nextTs(),
    trigger_id: world.triggers.issue(user.id),
    response_url: responseUrl(world, { user: user.id, channel: channel.id }),
    channel: { id: channel.id, name: channelNameFor(channel) },
    message_ts: message.ts,
    message: messageObject(world, message),
  });
  const failure = failureOf(outcome);
  world.changes.tell();
  return failure === undefined ? { ok: true } : { ok: false, error: failure };
}
