import { CannotDo } from '../refusal.ts';
import type { Channel, User } from '../state/workspace.ts';
import type { World } from '../world.ts';

/** Whoever acts: an active person of the workspace, by id or name. */
export function actor(world: World, reference: string): User {
  const user = world.workspace.findUser(reference);
  if (user === undefined || user.is_bot || user.id === 'USLACKBOT') {
    throw new CannotDo(`there is no person called ${reference}`);
  }
  if (user.deleted) throw new CannotDo(`${user.name} is deactivated and can do nothing`);
  return user;
}

/**
 * Where they act: a channel they are in, by id or name; `cairn`, `@cairn` or `dm` for their direct channel with
 * the bot; `@ben` for their talk with Ben, which is made when it is first asked for.
 */
export function placeOf(world: World, user: User, reference: string): Channel {
  const { workspace } = world;
  const name = reference.replace(/^@/, '').toLowerCase();
  if (name === 'dm' || name === workspace.bot.name.toLowerCase()) return workspace.openDirect(user);
  if (reference.startsWith('@')) {
    const other = workspace.people().find((it) => it.name === name);
    if (other === undefined) throw new CannotDo(`there is no person called ${reference}`);
    return workspace.openTalk(user, other);
  }
  const channel = workspace.findChannel(reference);
  if (channel === undefined) throw new CannotDo(`there is no channel called ${reference}`);
  if (!channel.members.has(user.id)) {
    const what = channel.kind === 'im' ? 'that talk' : `#${channel.name}`;
    throw new CannotDo(`${user.name} is not in ${what}`);
  }
  return channel;
}

/** How commands and interactions name a channel. */
export function channelNameFor(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.is_private ? 'privategroup' : channel.name;
}

/** Slackbot's words to one person: what Slack itself has to say about a command. */
export async function sayAsSlackbot(world: World, user: User, channel: Channel, text: string): Promise<void> {
  const at = (await world.companyNow()).toISOString();
  world.messages.post({ channel: channel.id, user: 'USLACKBOT', only_for: user.id, at, text, blocks: [] });
}
