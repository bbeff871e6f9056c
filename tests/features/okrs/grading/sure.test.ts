import { expect, test } from 'vitest';
import { perStep } from '../../../../src/features/okrs/grading/blocks.ts';
import { howSure, howSureTogether } from '../../../../src/features/okrs/grading/calibration-operations.ts';
import { gradeKeyResults, listToGrade, moveOn } from '../../../../src/features/okrs/grading/operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { insertActor, insertCadence, insertChannel } from '../../../support/builders.ts';
import {
  add,
  addResult,
  ana,
  ben,
  chi,
  cycleId,
  db,
  teamId,
  testInCompany,
  wordsOf,
  workspaceId,
} from '../editing/company.ts';
import { listening } from '../editing/support.ts';

testInCompany();

const context = () => ({ db, ...listening().moving });
const answer = async (keyResultId: number, { id }: Actor, confidence: number, on: string) => {
  const channel = await insertChannel(db, workspaceId, `general-${keyResultId}-${on}`);
  const cadence = await insertCadence(db, workspaceId, {
    ...{ key: `weekly-${keyResultId}-${on}`, channelId: channel.id, nextDueAt: null },
  });
  const occurrence = await db
    .insertInto('occurrences')
    .values({
      ...{ workspace_id: workspaceId, cadence_id: cadence, name: on, covers: null, state: 'held' },
      ...{ due_at: `${on}T08:00:00Z`, tz_version: '2026a' },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('check_ins')
    .values({
      ...{ workspace_id: workspaceId, key_result_id: keyResultId, person_id: id, value: 1, confidence },
      ...{ occurrence_id: occurrence.id, answered_at: `${on}T09:00:00Z` },
    })
    .execute();
};
const join = async (actor: Actor) =>
  await db
    .insertInto('team_members')
    .values({ workspace_id: workspaceId, team_id: teamId, person_id: actor.id })
    .execute();
const begin = async () => await moveOn(context(), workspaceId, chi, { cycleId, from: 'active' });
const grade = async (actor: Actor, keyResultIds: readonly number[], score: number) =>
  await gradeKeyResults(context(), workspaceId, actor, {
    cycleId,
    grades: keyResultIds.map((keyResultId) => ({ keyResultId, score, words: 'So it was', fate: 'done' })),
  });

test('each reads their own answers against what came of it, and nobody reads those of four', async () => {
  const four = [ana, ben, chi, await insertActor(db, workspaceId, { name: 'Dan' })];
  const objective = await add();
  const ids = [];
  for (const one of four) {
    await join(one);
    const id = await addResult(objective, { ownerId: one.id });
    ids.push(id);
    await answer(id, one, 9, '2026-10-12');
    await answer(id, one, 3, '2026-12-14');
  }
  expect(await howSure(db, workspaceId, ana)).toBeNull();
  await begin();
  for (const [index, one] of four.entries()) await grade(one, [ids[index] ?? 0], index === 0 ? 1 : 0);
  expect(await howSure(db, workspaceId, ana)).toMatchObject({
    ...{ count: 1, lean: expect.closeTo(-0.7) },
    middle: { distance: expect.closeTo(0.01) },
    last: { distance: expect.closeTo(0.49) },
  });
  expect(wordsOf(await howSureTogether(db, workspaceId, teamId))).toBe(
    'I say this for teams of five people or more only, of whom five have answered: else one could read out of it what a single person said.',
  );
  await join(await insertActor(db, workspaceId, { name: 'Eve' }));
  expect(wordsOf(await howSureTogether(db, workspaceId, teamId))).toContain('of whom five have answered');
});

/** Five of the team answer and are graded, all for one objective that the whole workspace or the team alone sees. */
async function gradeFive(visibility: 'workspace' | 'team'): Promise<void> {
  const five = [ana, ben, chi];
  for (const name of ['Dan', 'Eve']) five.push(await insertActor(db, workspaceId, { name }));
  const objective = await add({ visibility });
  const ids = [];
  for (const one of five) {
    await join(one);
    const id = await addResult(objective, { ownerId: one.id });
    ids.push(id);
    await answer(id, one, 8, '2026-12-14');
  }
  await begin();
  for (const [index, one] of five.entries()) await grade(one, [ids[index] ?? 0], index < 4 ? 1 : 0);
}

test('a team of five who answered is told together', async () => {
  await gradeFive('workspace');
  expect(await howSureTogether(db, workspaceId, teamId)).toMatchObject({
    value: { count: 5, middle: null, lean: expect.closeTo(0) },
  });
});

test('what the team alone may see is left out of what the workspace is told', async () => {
  await gradeFive('team');
  expect(await howSure(db, workspaceId, ana)).toMatchObject({ count: 1 });
  expect(wordsOf(await howSureTogether(db, workspaceId, teamId))).toContain('of whom five have answered');
});

test('who owes more than ten grades them in steps, and the last step closes the cycle', async () => {
  const objective = await add();
  for (let count = 0; count < 12; count += 1) await addResult(objective);
  await begin();
  const asked = await listToGrade(db, workspaceId, ana, cycleId);
  const ids = asked.ok ? asked.value.rows.map(({ id }) => id) : [];
  expect(ids).toHaveLength(12);
  const first = await grade(ana, ids.slice(0, perStep), 0.5);
  expect(first).toMatchObject({ value: { isClosed: false } });
  expect(first.ok && first.value.kind === 'graded' ? first.value.rest.map(({ id }) => id) : []).toEqual(
    ids.slice(perStep),
  );
  expect(await grade(ana, ids.slice(perStep), 0.5)).toMatchObject({ value: { isClosed: true } });
});
