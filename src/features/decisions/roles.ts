import { may, type Role } from '../../permission/permissions.ts';
import { type Refusal, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { personMention } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { leadsTeam } from '../people/roles.ts';
import type { Decision } from './core/decision.ts';

/** Why the actor may not change an open decision; null: they drive it, approve it, wrote it down, lead its team, or are an admin. */
export async function changeRefusal(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { driver, approver, createdBy, team, number }: Decision,
): Promise<Refusal | null> {
  const roles: Role[] = ['member'];
  if (actor.isAdmin) roles.push('admin');
  if (driver.id === actor.id || createdBy.id === actor.id) roles.push('owner');
  if (approver.id === actor.id) roles.push('backup');
  if (await leadsTeam(db, workspaceId, team?.id ?? null, actor.id)) roles.push('lead');
  if (may('change an open decision', roles)) return null;
  return refused(
    'not-yours',
    `Decision ${number} is changed by those who drive, approve or wrote it. Ask ${personMention(driver)}.`,
  );
}
