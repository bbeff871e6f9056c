import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { User } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { count, flag, method } from './method.ts';
import { pageOf } from './pages.ts';
import { hasScope } from './scopes.ts';

/** A person as Slack's users.* methods and user events show them. */
export function userObject(world: World, user: User): Record<string, unknown> {
  const email = hasScope(world, 'users:read.email') && user.email !== undefined ? { email: user.email } : {};
  const known = {
    id: user.id,
    team_id: world.workspace.team.id,
    name: user.name,
    deleted: user.deleted,
    is_bot: user.is_bot,
    is_app_user: false,
    updated: Math.floor(world.now() / 1000),
    profile: {
      title: user.title,
      real_name: user.real_name,
      real_name_normalized: user.real_name,
      display_name: user.display_name ?? user.name,
      display_name_normalized: user.display_name ?? user.name,
      team: world.workspace.team.id,
      ...email,
    },
  };
  // Slack tells nothing of where and what somebody is once they are deactivated.
  if (user.deleted) return known;
  return {
    ...known,
    real_name: user.real_name,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetSeconds(user.tz, world.now()),
    is_admin: user.is_admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.is_restricted,
    is_ultra_restricted: false,
  };
}

export const peopleMethods = {
  'users.list': method(
    { tier: 'T2', scopes: ['users:read'] },
    { cursor: z.string().optional(), limit: count, include_locale: flag, team_id: z.string().optional() },
    (world, args) => {
      const { items, response_metadata } = pageOf([...world.workspace.users.values()], args);
      const members = items.map((user) => userObject(world, user));
      return { members, cache_ts: Math.floor(world.now() / 1000), response_metadata };
    },
  ),
  'users.info': method(
    { tier: 'T4', scopes: ['users:read'] },
    { user: z.string(), include_locale: flag },
    (world, { user: id }) => {
      const user = world.workspace.users.get(id);
      if (user === undefined) throw new Refusal('user_not_found');
      return { user: userObject(world, user) };
    },
  ),
  'users.lookupByEmail': method(
    { tier: 'T3', scopes: ['users:read.email'] },
    { email: z.string() },
    (world, { email }) => {
      const asked = email.toLowerCase();
      const user = world.workspace.people().find((it) => !it.deleted && it.email?.toLowerCase() === asked);
      if (user === undefined) throw new Refusal('users_not_found');
      return { user: userObject(world, user) };
    },
  ),
};

function offsetSeconds(zone: string, nowMs: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = parts.formatToParts(nowMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
