import type { App } from '@slack/bolt';
import type { SlackEvent } from '@slack/types';
import { readChannel, readUser } from './core/slack-user.ts';
import {
  archiveChannel,
  keepChannel,
  keepUser,
  leaveChannel,
  lookUpChannel,
  type PeopleDeps,
  renameChannel,
  unarchiveChannel,
} from './operations.ts';

/** Slack tells of private channels under names of their own. */
const wanted =
  /^(user_change|team_join|channel_created|(channel|group)_(rename|archive|unarchive|left)|member_(joined|left)_channel)$/;

/**
 * Keeps people and channels as Slack tells of them. Every event may come twice: each says how things are.
 * One listener for all of them, since Bolt asks every listener about every request.
 */
export function listenToPeople(bolt: App, deps: PeopleDeps, workspaceId: string): void {
  bolt.event(wanted, async ({ event, context }) => keep(deps, workspaceId, context.botUserId, event));
}

async function keep(
  deps: PeopleDeps,
  workspaceId: string,
  cairn: string | undefined,
  event: SlackEvent,
): Promise<void> {
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
    case 'group_rename':
      return await renameChannel(deps, workspaceId, event.channel.id, event.channel.name);
    case 'channel_archive':
    case 'group_archive':
      return await archiveChannel(deps, workspaceId, event.channel);
    case 'channel_unarchive':
    case 'group_unarchive':
      return await unarchiveChannel(deps, workspaceId, event.channel);
    case 'member_joined_channel':
      // A private channel is seen for the first time when Cairn comes in, so all of it is asked for.
      if (event.user === cairn) await lookUpChannel(deps, workspaceId, event.channel);
      return;
    case 'member_left_channel':
      if (event.user === cairn) await leaveChannel(deps, workspaceId, event.channel);
      return;
    // Slack sends these to whoever left, and sometimes withholds them: both ways are listened to.
    case 'channel_left':
    case 'group_left':
      return await leaveChannel(deps, workspaceId, event.channel);
  }
}
