import { may, type Role } from '../../permission/permissions.ts';
import { type Refusal, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { personMention } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
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
  if (team !== null && (await leads(db, workspaceId, team.id, actor.id))) roles.push('lead');
  if (may('change an open decision', roles)) return null;
  return refused(
    'not-yours',
    `Decision ${number} is changed by those who drive, approve or wrote it. Ask ${personMention(driver)}.`,
  );
}

async function leads(db: Database, workspaceId: string, teamId: number, personId: number): Promise<boolean> {
  const team = await db
    .selectFrom('teams')
    .select('lead_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .executeTakeFirst();
  return team?.lead_id === personId;
}
