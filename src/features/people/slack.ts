import type { App } from '@slack/bolt';
import { readChannel, readUser } from './core/slack-user.ts';
import { archiveChannel, keepChannel, keepUser, type PeopleDeps, renameChannel } from './operations.ts';

/** Keeps people and channels as Slack tells of them. Every event may come twice: each says how things are. */
export function listenToPeople(bolt: App, deps: PeopleDeps, workspaceId: string): void {
  bolt.event('user_change', async ({ event }) => {
    const user = readUser(event.user, workspaceId);
    if (user !== null) await keepUser(deps, workspaceId, user);
  });
  bolt.event('team_join', async ({ event }) => {
    const user = readUser(event.user, workspaceId);
    if (user !== null) await keepUser(deps, workspaceId, user);
  });
  bolt.event('channel_created', async ({ event }) => {
    const channel = readChannel(event.channel);
    if (channel !== null) await keepChannel(deps, workspaceId, channel);
  });
  bolt.event('channel_rename', async ({ event }) => {
    await renameChannel(deps, workspaceId, event.channel.id, event.channel.name);
  });
  bolt.event('channel_archive', async ({ event }) => {
    await archiveChannel(deps, workspaceId, event.channel);
  });
}
