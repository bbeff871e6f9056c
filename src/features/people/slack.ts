import type { App } from '@slack/bolt';
import type { SlackEvent } from '@slack/types';
import { readChannel, readUser } from './core/slack-user.ts';
import {
  archiveChannel,
  keepChannel,
  keepUser,
  type PeopleDeps,
  renameChannel,
  unarchiveChannel,
} from './operations.ts';

const wanted = /^(user_change|team_join|channel_created|channel_rename|channel_archive|channel_unarchive)$/;

/**
 * Keeps people and channels as Slack tells of them. Every event may come twice: each says how things are.
 * One listener for all of them, since Bolt asks every listener about every request.
 */
export function listenToPeople(bolt: App, deps: PeopleDeps, workspaceId: string): void {
  bolt.event(wanted, async ({ event }) => keep(deps, workspaceId, event));
}

async function keep(deps: PeopleDeps, workspaceId: string, event: SlackEvent): Promise<void> {
  switch (event.type) {
    case 'user_change':
    case 'team_join': {
      const user = readUser(event.user, workspaceId);
      if (user !== null) await keepUser(deps, workspaceId, user);
      return;
    }
    case 'channel_created': {
      const channel = readChannel(event.channel);
      if (channel !== null) await keepChannel(deps, workspaceId, channel);
      return;
    }
    case 'channel_rename':
      return await renameChannel(deps, workspaceId, event.channel.id, event.channel.name);
    case 'channel_archive':
      return await archiveChannel(deps, workspaceId, event.channel);
    case 'channel_unarchive':
      return await unarchiveChannel(deps, workspaceId, event.channel);
  }
}
