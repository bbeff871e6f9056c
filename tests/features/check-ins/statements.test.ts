import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { countStatements } from '../../../bench/statements.ts';
import { tick } from '../../../src/cadence/planner.ts';
import { answerCheckIn } from '../../../src/features/check-ins/operations.ts';
import { okrCheckIn } from '../../../src/features/check-ins/run-operations.ts';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertTeam,
  keptLog,
  setClock,
} from '../../support/builders.ts';
import { given } from '../../support/check-ins.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

let workspaceId: string;
let objectiveId: number;
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  const { id: channelId } = await insertChannel(db, workspaceId, 'checkout');
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
  const cycleId = await insertCycle(db, workspaceId, { key: 'q4', starts: '2026-10-01', ends: '2026-12-31' });
  objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  await insertCadence(db, workspaceId, {
    key: 'weekly',
    channelId,
    timezone: 'Europe/Berlin',
    nextDueAt: '2026-10-05T07:00:00Z',
    nudgeAfter: 'P1D',
    closeAfter: 'P2D',
  });
});

/** Opens a check-in that asks so many people, each about one key result. Gives the first of them, and the statements it took. */
async function opened(people: number): Promise<{ ana: Actor; keyResultId: number; statements: number }> {
  const { db } = database;
  const owners: { actor: Actor; id: number }[] = [];
  for (let index = 0; index < people; index += 1) {
    const actor = await insertActor(db, workspaceId, { name: `Person ${index}` });
    owners.push({
      actor,
      id: await insertKeyResult(db, workspaceId, objectiveId, { key: `kr-${index}`, owner: actor }),
    });
  }
  const [first] = owners;
  if (first === undefined) throw new Error('somebody is asked');
  await setClock(db, workspaceId, '2026-10-05T07:00:00Z');
  const counting = countStatements();
  await tick({ db, workspaceId, rituals: new Map([[okrCheckIn.key, okrCheckIn]]), log: keptLog().log });
  await dailyJob({ db }, workspaceId).run();
  return { ana: first.actor, keyResultId: first.id, statements: counting.stop() };
}

/** The statements of one answer. */
async function answered({ ana, keyResultId }: { ana: Actor; keyResultId: number }): Promise<number> {
  const { id: occurrenceId } = await database.db
    .selectFrom('occurrences')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const counting = countStatements();
  const kept = await answerCheckIn(database.db, workspaceId, ana, {
    occurrenceId,
    answers: [given(keyResultId)],
  });
  const statements = counting.stop();
  expect(kept).toMatchObject({ ok: true, value: { kind: 'kept' } });
  return statements;
}

let small: { opening: number; answering: number };

test('a check-in of three people takes some statements to open, and an answer some', async () => {
  const run = await opened(3);
  small = { opening: run.statements, answering: await answered(run) };
  expect(small.answering).toBeLessThan(45);
});

test('one of sixty takes no more: neither to open nor for an answer', async () => {
  const run = await opened(60);
  expect(run.statements).toBeLessThanOrEqual(small.opening);
  expect(await answered(run)).toBe(small.answering);
});
