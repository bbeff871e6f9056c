import { listPaused } from '../../cadence/operations.ts';
import type { Database } from '../../platform/db/database.ts';
import type { OptionalScope } from '../health/core/optional-scopes.ts';
import { readHealth } from '../health/operations.ts';
import { listMisses } from '../ownership/misses/settling-operations.ts';
import type { Actor } from '../people/core/person.ts';
import { progressOf } from '../setup/guide/core/path.ts';
import type { Guide, StepReader } from '../setup/guide/guide.ts';
import { readOpening } from '../setup/guide/operations.ts';
import { readSettings } from '../setup/operations.ts';
import type { AdminPart } from './core/home.ts';

/** What an admin can do something about: what is not set up, what could not be delivered, what is paused, what nobody found. */
export async function readAdminPart(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { off, steps }: { off: readonly OptionalScope[]; steps: readonly StepReader[] },
): Promise<AdminPart | null> {
  const settings = await readSettings(db, workspaceId, actor);
  const health = await readHealth(db, workspaceId, actor);
  const misses = await listMisses(db, workspaceId, actor, 0);
  const opening = await readOpening({ db, steps }, workspaceId, actor);
  if (!settings.ok || !health.ok || !misses.ok || !opening.ok) return null;
  const { productOperations, leaders } = settings.value;
  return {
    guide: opening.value.kind === 'begun' ? progressIn(opening.value.guide) : null,
    isNew: opening.value.kind === 'first' && opening.value.isEmpty,
    missing: [
      ...(productOperations === null ? ['a channel for product operations'] : []),
      ...(leaders === null ? ['a channel for leaders'] : []),
    ],
    off,
    dead: health.value.dead,
    paused: (await listPaused(db, workspaceId)).length,
    misses: misses.value.total,
  };
}

function progressIn({ steps }: Guide): AdminPart['guide'] {
  const next = steps.find(({ isDone }) => !isDone);
  return next === undefined ? null : { ...progressOf(steps), next: next.title };
}
