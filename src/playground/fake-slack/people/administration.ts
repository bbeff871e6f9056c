import { sendEvent } from '../outbound/events.ts';
import { CannotDo } from '../refusal.ts';
import type { SeedChannel, SeedUser } from '../seed.ts';
import type { Channel, User } from '../state/workspace.ts';
import { channelObject } from '../web-api/conversations.ts';
import { userObject } from '../web-api/people.ts';
import type { World } from '../world.ts';

type Changeable = Pick<
  SeedUser,
  'real_name' | 'title' | 'email' | 'tz' | 'is_admin' | 'is_restricted' | 'deleted'
>;
export type UserChange = { [K in keyof Changeable]?: Changeable[K] | undefined };
export type ChannelChange = {
  name?: string | undefined;
  topic?: string | undefined;
  is_archived?: boolean | undefined;
  /** people and, by its name, the bot who come in or go */
  join?: string[] | undefined;
  leave?: string[] | undefined;
};

/** Somebody's profile changes, or they are deactivated or come back. */
export async function changeUser(world: World, reference: string, change: UserChange): Promise<User> {
  const user = world.workspace.findUser(reference);
  if (user === undefined) throw new CannotDo(`nobody is called ${reference}`);
  Object.assign(user, change);
  world.workspace.keepUser(user);
  world.changes.tell();
  await sendEvent(world, 'user_change', {
    type: 'user_change',
    user: userObject(world, user),
    cache_ts: seconds(world),
  });
  return user;
}

export async function addUser(world: World, seed: SeedUser): Promise<User> {
  if (world.workspace.findUser(seed.name) !== undefined) throw new CannotDo(`${seed.name} is there already`);
  const user = world.workspace.addUser(seed);
  world.changes.tell();
  await sendEvent(world, 'team_join', {
    type: 'team_join',
    user: userObject(world, user),
    cache_ts: seconds(world),
  });
  return user;
}

export async function addChannel(world: World, seed: SeedChannel): Promise<Channel> {
  if (world.workspace.findChannel(seed.name) !== undefined)
    throw new CannotDo(`#${seed.name} is there already`);
  const channel = world.workspace.addChannel(seed);
  world.changes.tell();
  const shown = channelObject(world, channel);
  if (!channel.is_private)
    await sendEvent(world, 'channel_created', { type: 'channel_created', channel: shown });
  return channel;
}

/** A channel is renamed, archived, joined or left. */
export async function changeChannel(
  world: World,
  reference: string,
  change: ChannelChange,
): Promise<Channel> {
  const channel = world.workspace.findChannel(reference);
  if (channel === undefined) throw new CannotDo(`no channel is called ${reference}`);
  const ids = (names: string[] = []) => names.map((name) => memberNamed(world, name));
  const joined = ids(change.join).filter((id) => !channel.members.has(id));
  const left = ids(change.leave).filter((id) => channel.members.has(id));
  for (const id of joined) channel.members.add(id);
  for (const id of left) channel.members.delete(id);
  if (change.topic !== undefined) channel.topic = change.topic;
  const renamed = change.name !== undefined && change.name !== channel.name;
  if (change.name !== undefined) channel.name = change.name;
  const archived = change.is_archived !== undefined && change.is_archived !== channel.is_archived;
  if (change.is_archived !== undefined) channel.is_archived = change.is_archived;
  world.workspace.keepChannel(channel);
  world.changes.tell();
  const { id, name, created } = channel;
  const family = channel.is_private ? 'group' : 'channel';
  if (renamed)
    await sendEvent(world, `${family}_rename`, { type: `${family}_rename`, channel: { id, name, created } });
  if (archived) {
    const type = `${family}_${channel.is_archived ? 'archive' : 'unarchive'}`;
    await sendEvent(world, type, { type, channel: id, user: 'USLACKBOT' });
  }
  for (const user of joined) await sendMembership(world, channel, 'member_joined_channel', user);
  for (const user of left) {
    await sendMembership(world, channel, 'member_left_channel', user);
    // Whoever left is told under another name.
    const type = `${family}_left`;
    if (user === world.workspace.bot.user_id)
      await sendEvent(world, type, { type, channel: id, actor_id: 'USLACKBOT' });
  }
  return channel;
}

/** Of channels that the bot is in or has just left; of others it hears nothing. */
async function sendMembership(world: World, channel: Channel, type: string, user: string): Promise<void> {
  const { bot, team } = world.workspace;
  if (user !== bot.user_id && !world.workspace.botIsIn(channel)) return;
  const channel_type = channel.id.slice(0, 1);
  await sendEvent(world, type, { type, user, channel: channel.id, channel_type, team: team.id });
}

function memberNamed(world: World, name: string): string {
  const user = world.workspace.findUser(name);
  if (user === undefined) throw new CannotDo(`nobody is called ${name}`);
  return user.id;
}

function seconds(world: World): number {
  return Math.floor(world.now() / 1000);
}
