import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Usergroup } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { flag, method } from './method.ts';

type Shown = { include_users?: boolean | undefined; include_count?: boolean | undefined };

/** A user group as Slack's usergroups.* methods show it. Who is deactivated is in none. */
function usergroupObject(world: World, group: Usergroup, shown: Shown): Record<string, unknown> {
  const { workspace } = world;
  const users = activeMembers(world, group);
  return {
    id: group.id,
    team_id: workspace.team.id,
    is_usergroup: true,
    is_subteam: true,
    is_external: false,
    name: group.name,
    description: group.description,
    handle: group.handle,
    date_create: workspace.created,
    date_update: workspace.created,
    date_delete: group.is_disabled ? workspace.created : 0,
    auto_type: null,
    auto_provision: false,
    enterprise_subteam_id: '',
    created_by: 'USLACKBOT',
    updated_by: 'USLACKBOT',
    deleted_by: group.is_disabled ? 'USLACKBOT' : null,
    prefs: { channels: [], groups: [] },
    ...(shown.include_users ? { users } : {}),
    ...(shown.include_count ? { user_count: users.length } : {}),
  };
}

export const usergroupMethods = {
  'usergroups.list': method(
    { tier: 'T2', scopes: ['usergroups:read'] },
    { include_users: flag, include_count: flag, include_disabled: flag, team_id: z.string().optional() },
    (world, args) => {
      const shown = [...world.workspace.usergroups.values()].filter(
        (group) => !group.is_disabled || args.include_disabled,
      );
      return { usergroups: shown.map((group) => usergroupObject(world, group, args)) };
    },
  ),
  'usergroups.users.list': method(
    { tier: 'T2', scopes: ['usergroups:read'] },
    { usergroup: z.string(), include_disabled: flag, team_id: z.string().optional() },
    (world, args) => {
      const group = world.workspace.usergroups.get(args.usergroup);
      if (group === undefined || (group.is_disabled && !args.include_disabled))
        throw new Refusal('no_such_subteam');
      return { users: activeMembers(world, group) };
    },
  ),
};

function activeMembers({ workspace }: World, group: Usergroup): string[] {
  return group.members.filter((id) => workspace.users.get(id)?.deleted === false);
}
