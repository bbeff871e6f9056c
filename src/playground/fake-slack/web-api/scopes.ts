import { Refusal } from '../refusal.ts';
import type { Channel } from '../state/workspace.ts';
import type { World } from '../world.ts';

export function grantedScopes(world: World): string[] {
  return world.scopes.granted;
}

export function hasScope(world: World, scope: string): boolean {
  return grantedScopes(world).includes(scope);
}

/** Refuses with missing_scope unless manifest.yml asks for the scope and nobody took it away. */
export function needScope(world: World, scope: string): void {
  if (hasScope(world, scope)) return;
  throw new Refusal('missing_scope', { extra: { needed: scope, provided: grantedScopes(world).join(',') } });
}

/** The scope that opens this kind of conversation: channels:read, groups:history, im:read … */
export function scopeFor(channel: Channel, ending: 'read' | 'history'): string {
  if (channel.kind === 'im') return `im:${ending}`;
  return channel.is_private ? `groups:${ending}` : `channels:${ending}`;
}

/** The id of the conversation that a `channel` argument names: by its id, a channel's name or a person's id. */
export function conversationNamed({ workspace }: World, reference: unknown): string | null {
  if (typeof reference !== 'string' || reference === '') return null;
  if (workspace.users.has(reference)) return `D${reference.slice(1)}`;
  return workspace.findChannel(reference)?.id ?? reference;
}

/** The channel, unless it does not exist or is private and the bot is not in it: Slack does not tell these apart. */
export function visibleChannel(world: World, id: string): Channel {
  const channel = world.workspace.channels.get(id);
  if (channel === undefined) throw new Refusal('channel_not_found');
  if (channel.is_private && !world.workspace.botIsIn(channel)) throw new Refusal('channel_not_found');
  return channel;
}
