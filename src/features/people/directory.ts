import { ErrorCode, type WebClient } from '@slack/web-api';
import {
  type ChannelStory,
  readChannel,
  readStory,
  readUser,
  type SlackChannel,
  type SlackUser,
  type UserGroup,
} from './core/slack-user.ts';

/** What Slack knows of people and channels. */
export type Directory = {
  /** Null for an id that Slack does not know. */
  findUser(slackId: string): Promise<SlackUser | null>;
  /** The channel as it is at this moment; null for one that Slack does not know or does not show to Cairn. */
  findChannel(slackId: string): Promise<SlackChannel | null>;
  /**
   * The Slack ids of a user group's members; `unknown` where Slack knows no such group in use, `unreadable` where Cairn
   * may not ask: the scope is optional, and groups are for paid plans.
   */
  groupMembers(slackId: string): Promise<string[] | 'unknown' | 'unreadable'>;
  /** The user groups in use, by name; `unreadable` where Cairn may not ask. */
  userGroups(): Promise<UserGroup[] | 'unreadable'>;
  /**
   * The Slack ids of who is in a channel, with what it says of itself; null for one that Slack does not show to Cairn.
   * No more than `most` and a page are read: whoever gets more has more than they can use.
   */
  channelMembers(
    slackId: string,
    most: number,
  ): Promise<{ channel: SlackChannel; story: ChannelStory; memberIds: string[] } | null>;
  /** What somebody is by their profile, such as "Head of Payments"; empty where it says nothing. */
  titleOf(slackId: string): Promise<string>;
  users(): AsyncGenerator<SlackUser[]>;
  /** Every channel that Slack shows to Cairn, with what it says of itself where Slack tells. */
  channels(): AsyncGenerator<(SlackChannel & { story?: ChannelStory })[]>;
};

/** Slack's words for a group that is not there, or not in use. */
const unknownGroup = ['no_such_subteam', 'subteam_not_found', 'invalid_arguments'];
/** Slack's words where groups cannot be asked about: no scope, or a plan without them. */
const unreadableGroup = [
  'missing_scope',
  'not_allowed_token_type',
  'no_permission',
  'paid_teams_only',
  'plan_upgrade_required',
  'team_not_eligible',
];

/** Page size that Slack advises for its lists. */
const limit = 200;

/**
 * Reads Slack's directory; `waiting` answers people and gives up soon, `patient` reads whole lists. `ownId` is Cairn's own,
 * which is in channels and no member of anything.
 */
export function slackDirectory(
  workspaceId: string,
  clients: { waiting: WebClient; patient: WebClient },
  ownId?: string,
): Directory {
  return {
    async findUser(slackId) {
      try {
        const { user } = await clients.waiting.users.info({ user: slackId });
        return user === undefined ? null : readUser(user, workspaceId);
      } catch (error) {
        if (isRefused(error, 'user_not_found')) return null;
        throw error;
      }
    },
    async findChannel(slackId) {
      try {
        const { channel } = await clients.waiting.conversations.info({ channel: slackId });
        return channel === undefined ? null : readChannel(channel);
      } catch (error) {
        // A private channel that Cairn is not in is not there, as far as Slack tells it.
        if (isRefused(error, 'channel_not_found')) return null;
        throw error;
      }
    },
    async groupMembers(slackId) {
      try {
        const { users } = await clients.waiting.usergroups.users.list({ usergroup: slackId });
        return users ?? [];
      } catch (error) {
        if (unknownGroup.some((word) => isRefused(error, word))) return 'unknown';
        if (unreadableGroup.some((word) => isRefused(error, word))) return 'unreadable';
        throw error;
      }
    },
    async userGroups() {
      try {
        const { usergroups = [] } = await clients.waiting.usergroups.list();
        return usergroups
          .flatMap(({ id, name, handle }) =>
            id === undefined ? [] : [{ slackId: id, name: name ?? handle ?? id, handle: handle ?? '' }],
          )
          .sort((a, b) => a.name.localeCompare(b.name));
      } catch (error) {
        if (unreadableGroup.some((word) => isRefused(error, word))) return 'unreadable';
        throw error;
      }
    },
    async channelMembers(slackId, most) {
      try {
        const { channel: raw } = await clients.waiting.conversations.info({ channel: slackId });
        const channel = raw === undefined ? null : readChannel(raw);
        if (raw === undefined || channel === null) return null;
        const memberIds: string[] = [];
        let cursor = '';
        do {
          const page = await clients.waiting.conversations.members({ channel: slackId, limit, cursor });
          memberIds.push(...(page.members ?? []).filter((id) => id !== ownId));
          cursor = page.response_metadata?.next_cursor ?? '';
        } while (cursor !== '' && memberIds.length <= most);
        return { channel, story: readStory(raw), memberIds };
      } catch (error) {
        if (isRefused(error, 'channel_not_found')) return null;
        throw error;
      }
    },
    async titleOf(slackId) {
      const { user } = await clients.waiting.users.info({ user: slackId });
      return user?.profile?.title?.trim() ?? '';
    },
    async *users() {
      let cursor = '';
      do {
        const page = await clients.patient.users.list({ limit, cursor });
        yield present(page.members ?? [], (member) => readUser(member, workspaceId));
        cursor = page.response_metadata?.next_cursor ?? '';
      } while (cursor !== '');
    },
    async *channels() {
      let cursor = '';
      do {
        const page = await clients.patient.conversations.list({
          limit,
          cursor,
          types: 'public_channel,private_channel',
        });
        yield present(page.channels ?? [], (raw) => {
          const channel = readChannel(raw);
          return channel === null ? null : { ...channel, story: readStory(raw) };
        });
        cursor = page.response_metadata?.next_cursor ?? '';
      } while (cursor !== '');
    },
  };
}

function present<Raw, Read>(raws: Raw[], read: (raw: Raw) => Read | null): Read[] {
  return raws.map(read).filter((item): item is Awaited<Read> & Read => item !== null);
}

function isRefused(error: unknown, word: string): boolean {
  if (!(error instanceof Error && 'code' in error && error.code === ErrorCode.PlatformError)) return false;
  const data = 'data' in error ? error.data : undefined;
  return typeof data === 'object' && data !== null && 'error' in data && data.error === word;
}
