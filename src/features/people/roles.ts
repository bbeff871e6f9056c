import { type Role, rolesInWorkspace } from '../../permission/permissions.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Actor } from './core/person.ts';
import { leadsAnyTeam, leadsPerson, leadsTeam } from './role-store.ts';

export { leadsTeam };

/**
 * What the actor is to a person at this moment: `owner` of what is their own, `lead` of a team that the person is a
 * member of or owns a rock of, `admin`, and always a member. Nobody leads themself.
 */
export async function rolesOverPerson(
  db: Database,
  workspaceId: string,
  actor: Actor,
  personId: number,
): Promise<Role[]> {
  const roles: Role[] = ['member'];
  if (actor.isAdmin) roles.push('admin');
  if (actor.id === personId) roles.push('owner');
  else if (await leadsPerson(db, workspaceId, actor.id, personId)) roles.push('lead');
  return roles;
}

/** What the actor is where something concerns no team more than another: `lead` of any team, `admin`, always a member. */
export async function rolesInCompany(db: Database, workspaceId: string, actor: Actor): Promise<Role[]> {
  const roles = rolesInWorkspace(actor);
  if (await leadsAnyTeam(db, workspaceId, actor.id)) roles.push('lead');
  return roles;
}
