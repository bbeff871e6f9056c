import { randomBytes, randomUUID } from 'node:crypto';
import type { Place } from '../../../src/features/numbers/core/source.ts';
import type { Reader } from '../../../src/features/numbers/reader.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import type { Database } from '../../../src/platform/db/database.ts';
import {
  insertActor,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertTeam,
  setClock,
} from '../../support/builders.ts';
import { insertWorkspace } from '../../support/database.ts';

/** A workspace with one key result of Ana's, whose backup is Ben and whose team Chi leads, on a Thursday morning. */
export type Company = {
  workspaceId: string;
  keyResultId: number;
  ana: Actor;
  ben: Actor;
  chi: Actor;
  dan: Actor;
};

export const thursday = '2026-11-26T09:00:00Z';

export async function insertCompany(db: Database): Promise<Company> {
  const workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  await setClock(db, workspaceId, thursday);
  const [ana, ben, chi, dan] = [
    await insertActor(db, workspaceId, { name: 'Ana' }),
    await insertActor(db, workspaceId, { name: 'Ben' }),
    await insertActor(db, workspaceId, { name: 'Chi' }),
    await insertActor(db, workspaceId, { name: 'Dan' }),
  ];
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
  await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', teamId).execute();
  const cycleId = await insertCycle(db, workspaceId, {
    key: '2026-Q4',
    starts: '2026-10-01',
    ends: '2026-12-31',
  });
  const objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  const keyResultId = await insertKeyResult(db, workspaceId, objectiveId, {
    key: 'failed-rate',
    owner: ana,
    backup: ben,
    type: 'percent',
  });
  return { workspaceId, keyResultId, ana, ben, chi, dan };
}

/** A webhook as it is kept. */
export async function insertWebhook(
  db: Database,
  { workspaceId, keyResultId }: Pick<Company, 'workspaceId' | 'keyResultId'>,
): Promise<{ token: string; secret: string }> {
  const [token, secret] = [randomUUID(), randomBytes(32).toString('hex')];
  await db
    .insertInto('number_sources')
    .values({
      workspace_id: workspaceId,
      key_result_id: keyResultId,
      kind: 'webhook',
      token,
      secret,
      created_at: thursday,
    })
    .execute();
  return { token, secret };
}

/** A source that is read at `nextDueAt`, an ISO instant. */
export async function insertPulled(
  db: Database,
  { workspaceId, keyResultId }: Pick<Company, 'workspaceId' | 'keyResultId'>,
  given: { kind?: 'sql' | 'json'; every?: 'hour' | 'day' | 'week'; nextDueAt?: string } = {},
): Promise<number> {
  const { kind = 'sql', every = 'day', nextDueAt = thursday } = given;
  const place =
    kind === 'sql'
      ? { connection: 'WAREHOUSE', query: 'select 1' }
      : { url: 'https://bi.example/number', pointer: '/rate' };
  const { id } = await db
    .insertInto('number_sources')
    .values({
      workspace_id: workspaceId,
      key_result_id: keyResultId,
      kind,
      ...place,
      every,
      next_due_at: nextDueAt,
      created_at: '2026-11-20T09:00:00Z',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A reader that answers as it is told to. */
export function toldReader(answer: (place: Place) => Result<number> | Promise<Result<number>>): Reader {
  return { connections: ['WAREHOUSE'], read: async (place) => await answer(place), close: async () => {} };
}
