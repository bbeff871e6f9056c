import type { Role } from '../../permission/permissions.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import { findRolesOnRock } from './role-store.ts';

/** What the actor is to a rock at this moment: its owner, a backup, the lead of its team, an admin, and always a member. */
export async function rolesOnRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
): Promise<Role[]> {
  const own = await findRolesOnRock(db, workspaceId, actor.id, rockId);
  return [...(actor.isAdmin ? (['admin'] as const) : []), ...own, 'member'];
}
