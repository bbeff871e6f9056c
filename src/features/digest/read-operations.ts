import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import type { Gathered } from './core/digest.ts';
import { gather } from './gathering.ts';
import { leadsATeam } from './people-store.ts';

const notALead = refused(
  'not-a-lead',
  'The digest is for leads of teams and admins. `/strategy` and `/okr list at-risk` show everybody how things stand.',
);

/** Why the actor may not read a digest, and where they can look; null: they lead a team or are an admin. */
export async function readRefusal(db: Database, workspaceId: string, actor: Actor): Promise<Refusal | null> {
  const roles = rolesInWorkspace(actor);
  if (await leadsATeam(db, workspaceId, actor.id)) roles.push('lead');
  return may('read the digest', roles) ? null : notALead;
}

/** What a digest would say now, for leads of any team and admins: what everybody in the workspace may see, in one place. */
export async function readDigest(db: Database, workspaceId: string, actor: Actor): Promise<Result<Gathered>> {
  const problem = await readRefusal(db, workspaceId, actor);
  return problem ?? accepted((await gather(db, workspaceId, null)).gathered);
}
