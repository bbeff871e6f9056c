import { sendEvent } from '../outbound/events.ts';
import { CannotDo } from '../refusal.ts';
import type { Message, NewMessage } from '../state/messages.ts';
import type { World } from '../world.ts';
import { actor, placeOf } from './person.ts';
import { linkedText } from './typed-text.ts';

/** A person writes a message, in a channel or a thread. */
export async function say(
  world: World,
  as: string,
  typed: string,
  where: string,
  threadTs?: string,
): Promise<Message> {
  const user = actor(world, as);
  const channel = placeOf(world, user, where);
  if (typed.trim() === '') throw new CannotDo('an empty message cannot be sent');
  if (channel.is_archived) throw new CannotDo(`#${channel.name} is archived`);
  const other = world.workspace.users.get(world.workspace.otherIn(channel, user.id));
  if (channel.kind === 'im' && other?.deleted)
    throw new CannotDo(`${other.name} is deactivated: nobody can write to them`);
  const at = (await world.companyNow()).toISOString();
  const text = linkedText(world, typed, 'message');
  const given: NewMessage = { channel: channel.id, user: user.id, at, text, blocks: [] };
  if (threadTs !== undefined) {
    if (world.messages.find(channel.id, threadTs) === undefined) throw new CannotDo('that thread is gone');
    given.thread_ts = threadTs;
  }
  const message = world.messages.post(given);
  world.changes.tell();
  const [subscription, channel_type] =
    channel.kind === 'im'
      ? ['message.im', 'im']
      : channel.is_private
        ? ['message.groups', 'group']
        : ['message.channels', 'channel'];
  if (world.workspace.botIsIn(channel)) {
    const { ts, thread_ts } = message;
    const thread = thread_ts === undefined ? {} : { thread_ts };
    const event = { type: 'message', channel: channel.id, user: user.id, text, ts, channel_type, ...thread };
    await sendEvent(world, subscription, event);
    // Slack tells of a mention in a direct conversation as of any other message there.
    if (channel.kind !== 'im' && text.includes(`<@${world.workspace.bot.user_id}>`)) {
      const { channel_type: _type, ...mention } = event;
      await sendEvent(world, 'app_mention', { ...mention, type: 'app_mention' });
    }
  }
  return message;
}
