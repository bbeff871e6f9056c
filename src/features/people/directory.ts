import { ErrorCode, type WebClient } from '@slack/web-api';
import { readChannel, readUser, type SlackChannel, type SlackUser } from './core/slack-user.ts';

/** What Slack knows of people and channels. */
export type Directory = {
  /** Null for an id that Slack does not know. */
  findUser(slackId: string): Promise<SlackUser | null>;
  /** The channel as it is at this moment; null for one that Slack does not know or does not show to Cairn. */
  findChannel(slackId: string): Promise<SlackChannel | null>;
  users(): AsyncGenerator<SlackUser[]>;
  channels(): AsyncGenerator<SlackChannel[]>;
};

/** Page size that Slack advises for its lists. */
const limit = 200;

/** Reads Slack's directory; `waiting` answers people and gives up soon, `patient` reads whole lists. */
export function slackDirectory(
  workspaceId: string,
  clients: { waiting: WebClient; patient: WebClient },
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
        yield present(page.channels ?? [], readChannel);
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
