import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Database } from '../../../src/platform/db/database.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  setClock,
} from '../../support/builders.ts';
import { insertWorkspace } from '../../support/database.ts';

/** A company at Monday noon, its digest due at two: with an owner, an admin, and an objective with one key result. */
export type DigestCompany = {
  workspaceId: string;
  ana: Actor;
  chi: Actor;
  objectiveId: number;
  rateId: number;
  cadenceId: number;
  leadersId: number;
};

export const noon = '2026-11-23T12:00:00Z';
export const dueAt = '2026-11-23T14:00:00Z';

export async function insertDigestCompany(db: Database): Promise<DigestCompany> {
  const workspaceId = await insertWorkspace(db);
  await setClock(db, workspaceId, noon);
  const ana = await insertActor(db, workspaceId, { name: 'Ana' });
  const chi = { ...(await insertActor(db, workspaceId, { name: 'Chi' })), isAdmin: true };
  await db.updateTable('people').set({ is_admin: true }).where('id', '=', chi.id).execute();
  const cycleId = await insertCycle(db, workspaceId, {
    key: '2026-Q4',
    starts: '2026-10-01',
    ends: '2026-12-31',
  });
  const objectiveId = await insertObjective(db, workspaceId, { key: 'Calm checkout', cycleId });
  const rateId = await insertKeyResult(db, workspaceId, objectiveId, { key: 'Failed rate', owner: ana });
  const channel = await insertChannel(db, workspaceId, 'leaders');
  const cadenceId = await insertCadence(db, workspaceId, {
    key: 'digest',
    ritual: 'digest',
    channelId: channel.id,
    nextDueAt: dueAt,
    schedule: '0 14 * * MON',
  });
  return { workspaceId, ana, chi, objectiveId, rateId, cadenceId, leadersId: channel.id };
}

/** Somebody has answered for a key result, some days before the Monday. */
export async function insertAnswer(
  db: Database,
  { workspaceId, cadenceId }: Pick<DigestCompany, 'workspaceId' | 'cadenceId'>,
  given: { keyResultId: number; by: Actor; at: string; confidence: number; words?: string },
): Promise<void> {
  const occurrence = await db
    .insertInto('occurrences')
    .values({
      workspace_id: workspaceId,
      cadence_id: cadenceId,
      name: given.at.slice(0, 16),
      covers: null,
      by_person_id: given.by.id,
      due_at: given.at,
      closed_at: given.at,
      state: 'held',
      tz_version: 't',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('check_ins')
    .values({
      workspace_id: workspaceId,
      occurrence_id: occurrence.id,
      key_result_id: given.keyResultId,
      person_id: given.by.id,
      value: 1,
      confidence: given.confidence,
      words: given.words ?? null,
      answered_at: given.at,
    })
    .execute();
  await db
    .updateTable('key_results')
    .set({ confidence: given.confidence, answered_at: given.at, current_value: 1 })
    .where('id', '=', given.keyResultId)
    .execute();
}
