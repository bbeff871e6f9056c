import type { Channel, User } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { changeChannel } from './administration.ts';
import { sayAsSlackbot } from './person.ts';

/** Commands of Slack's own that change who is in a channel, and what they do there. */
const ownCommands = new Map<string, { change: 'join' | 'leave'; done: string }>([
  ['/invite', { change: 'join', done: 'is in this channel now.' }],
  ['/remove', { change: 'leave', done: 'is not in this channel any more.' }],
]);

/** Does what `/invite @Cairn` and `/remove @Cairn` do in Slack; false for any other command. */
export async function runOwnCommand(
  world: World,
  user: User,
  channel: Channel,
  name: string,
  rest: string,
): Promise<boolean> {
  const command = ownCommands.get(name.toLowerCase());
  if (command === undefined) return false;
  const named = rest.trim().split(/\s+/).filter(Boolean);
  const people = named.map((reference) => world.workspace.findUser(reference));
  const words =
    channel.kind === 'im' || named.length === 0 || people.includes(undefined)
      ? `Whom? For example ${name} @${world.workspace.bot.name}, in a channel.`
      : `${named.join(', ')} ${command.done}`;
  if (channel.kind !== 'im' && !people.includes(undefined)) {
    await changeChannel(world, channel.id, { [command.change]: named });
  }
  await sayAsSlackbot(world, user, channel, words);
  world.changes.tell();
  return true;
}
