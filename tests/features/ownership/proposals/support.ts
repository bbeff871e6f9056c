import { dailyJob } from '../../../../src/features/daily/jobs.ts';
import { proposalsJob } from '../../../../src/features/ownership/proposals/jobs.ts';
import type { Actor, Person } from '../../../../src/features/people/core/person.ts';
import type { Database } from '../../../../src/platform/db/database.ts';
import { insertRock, setClock } from '../../../support/builders.ts';
import { listParts } from '../../../support/daily.ts';

/** A Monday, nine in Berlin. */
export const monday = '2026-10-05T07:00:00Z';

/** A rock as an import leaves it: assigned, and confirmed by nobody. */
export async function listRock(
  db: Database,
  workspaceId: string,
  name: string,
  owner: Person,
): Promise<number> {
  return await insertRock(db, workspaceId, {
    name,
    owner,
    began: 'assigned',
    since: '2026-10-01T00:00:00Z',
    confirmedAt: null,
  });
}

/** What the clock does at that time. */
export async function beatAt(db: Database, workspaceId: string, iso: string): Promise<void> {
  await setClock(db, workspaceId, iso);
  await proposalsJob({ db }, workspaceId).run();
  await dailyJob({ db }, workspaceId).run();
}

/** The questions and reminders of somebody, in the order of their times. */
export async function toldTo(db: Database, workspaceId: string, { id }: Pick<Actor, 'id'>) {
  return (await listParts(db, workspaceId))
    .filter(({ key, personId }) => personId === id && key.startsWith('proposals'))
    .map((part) => ({ ...part, at: part.at.round({ smallestUnit: 'minute', roundingMode: 'floor' }) }))
    .sort((one, other) => one.at.epochMilliseconds - other.at.epochMilliseconds);
}

/** The id of somebody's newest question. */
export async function questionOf(
  db: Database,
  workspaceId: string,
  { id }: Pick<Actor, 'id'>,
): Promise<number> {
  const row = await db
    .selectFrom('proposals')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.id;
}
