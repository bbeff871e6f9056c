import type { SlackChannel, SlackUser } from '../../../src/features/people/core/slack-user.ts';
import type { Directory } from '../../../src/features/people/directory.ts';

/** Slack's directory in pages of one test's making; `asked` are the ids that were looked up one by one. */
export function fakeDirectory(
  given: { users?: SlackUser[][]; channels?: SlackChannel[][]; groups?: Record<string, string[]> } = {},
): Directory & { asked: string[] } {
  const { users = [], channels = [], groups = {} } = given;
  const asked: string[] = [];
  return {
    asked,
    async findUser(id) {
      asked.push(id);
      return users.flat().find((user) => user.slackId === id) ?? null;
    },
    async findChannel(id) {
      return channels.flat().find((channel) => channel.slackId === id) ?? null;
    },
    async groupMembers(id) {
      return groups[id] ?? 'unknown';
    },
    async userGroups() {
      return Object.keys(groups).map((id) => ({ slackId: id, name: id, handle: id.toLowerCase() }));
    },
    async channelMembers() {
      return null;
    },
    async titleOf() {
      return '';
    },
    async *users() {
      yield* users;
    },
    async *channels() {
      yield* channels;
    },
  };
}

export function slackUser(id: string, given: Partial<SlackUser> = {}): SlackUser {
  return {
    slackId: id,
    name: 'Ana',
    email: null,
    timezone: 'Europe/Berlin',
    kind: 'member',
    isSlackAdmin: false,
    isDeactivated: false,
    ...given,
  };
}

export function slackChannel(id: string, name: string, given: Partial<SlackChannel> = {}): SlackChannel {
  return { slackId: id, name, isPrivate: false, hasCairn: true, isArchived: false, ...given };
}
