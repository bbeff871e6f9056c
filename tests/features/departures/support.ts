import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Database } from '../../../src/platform/db/database.ts';
import { insertActor } from '../../support/builders.ts';

/** An admin who was named one in `/cairn setup`. */
export async function insertAdmin(db: Database, workspaceId: string, name: string): Promise<Actor> {
  const actor = await insertActor(db, workspaceId, { name });
  await db.updateTable('people').set({ is_admin: true }).where('id', '=', actor.id).execute();
  return { ...actor, isAdmin: true };
}

/** Slack says that somebody was deactivated, or is there again. */
export async function setDeactivated(db: Database, personId: number, isDeactivated: boolean): Promise<void> {
  await db
    .updateTable('people')
    .set({ deactivated_at: isDeactivated ? '2026-11-24T08:00:00Z' : null })
    .where('id', '=', personId)
    .execute();
}
