import { isTimeZone } from '../../../platform/core/time-zone.ts';
import type { Person } from './person.ts';

/** What Cairn keeps of a user in Slack. */
export type SlackUser = {
  slackId: string;
  name: string;
  /** In full, where that is another name; absent or null: it is not. */
  realName?: string | null;
  email: string | null;
  timezone: string | null;
  kind: Person['kind'];
  isSlackAdmin: boolean;
  isDeactivated: boolean;
};

export type SlackChannel = {
  slackId: string;
  name: string;
  isPrivate: boolean;
  hasCairn: boolean;
  isArchived: boolean;
};

/** What a channel says of itself, for who might answer for it. */
export type ChannelStory = { topic: string; purpose: string; creatorId: string | null };

/** A user group in use. */
export type UserGroup = { slackId: string; name: string; handle: string };

/** A user object of Slack's, as far as it is read; every field but the id may be missing. */
export type RawUser = {
  id?: string;
  team_id?: string;
  name?: string;
  real_name?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_admin?: boolean;
  is_owner?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  tz?: string;
  profile?: { email?: string; display_name?: string; real_name?: string };
};

export type RawChannel = {
  id?: string;
  name?: string;
  is_private?: boolean;
  is_member?: boolean;
  is_archived?: boolean;
  creator?: string;
  topic?: { value?: string };
  purpose?: { value?: string };
};

/** Null for an object without an id. `workspaceId` tells who is of another company in a shared channel. */
export function readUser(raw: RawUser, workspaceId: string): SlackUser | null {
  if (raw.id === undefined) return null;
  const names = [raw.profile?.display_name, raw.profile?.real_name, raw.real_name, raw.name];
  const name = firstOf(names) ?? raw.id;
  const realName = firstOf([raw.profile?.real_name, raw.real_name]) ?? null;
  return {
    slackId: raw.id,
    name,
    realName: realName === name ? null : realName,
    email: raw.profile?.email?.trim() || null,
    // One that nobody can reckon with would break whatever is planned for its owner.
    timezone: raw.tz !== undefined && isTimeZone(raw.tz) ? raw.tz : null,
    kind: kindOf(raw, workspaceId),
    isSlackAdmin: raw.is_admin === true || raw.is_owner === true,
    isDeactivated: raw.deleted === true,
  };
}

function firstOf(names: readonly (string | undefined)[]): string | undefined {
  return names.map((name) => name?.trim()).find((name) => name);
}

/** Null for an object without an id or a name, such as a direct channel. */
export function readChannel(raw: RawChannel): SlackChannel | null {
  if (raw.id === undefined || raw.name === undefined) return null;
  return {
    slackId: raw.id,
    name: raw.name,
    isPrivate: raw.is_private === true,
    hasCairn: raw.is_member === true,
    isArchived: raw.is_archived === true,
  };
}

export function readStory({ topic, purpose, creator }: RawChannel): ChannelStory {
  return { topic: topic?.value ?? '', purpose: purpose?.value ?? '', creatorId: creator ?? null };
}

function kindOf(raw: RawUser, workspaceId: string): Person['kind'] {
  // Slackbot is no bot in Slack's own data.
  if (raw.is_bot === true || raw.id === 'USLACKBOT') return 'bot';
  if (raw.is_stranger === true || (raw.team_id !== undefined && raw.team_id !== workspaceId))
    return 'outsider';
  return raw.is_restricted === true || raw.is_ultra_restricted === true ? 'guest' : 'member';
}
