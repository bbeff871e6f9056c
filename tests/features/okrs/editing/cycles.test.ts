import { describe, expect, test } from 'vitest';
import {
  addCycle,
  editCycle,
  moveCycle,
  startCycle,
} from '../../../../src/features/okrs/editing/cycle-operations.ts';
import type { Result } from '../../../../src/platform/core/result.ts';
import { inTransaction } from '../../../../src/platform/db/transaction.ts';
import {
  add,
  addResult,
  admin,
  ana,
  at,
  clock,
  cycleId,
  db,
  editResult,
  inTx,
  replica,
  resultOf,
  setCycle,
  testInCompany,
  typesOf,
  waitsForLock,
  wordsOf,
  workspaceId,
} from './company.ts';
import { listening } from './support.ts';

testInCompany();

describe('cycles', () => {
  const entry = { key: '2027-Q1', starts: '2027-01-01', ends: '2027-03-31', parentId: null };

  test('go from draft to active by an admin, once, and on in the transaction of the close', async () => {
    const added = await addCycle(db, workspaceId, admin, entry);
    if (!added.ok) throw new Error(added.words);
    const { id } = added.value;
    expect(added.value.state).toBe('draft');
    const { moving, ended } = listening();
    expect(wordsOf(await startCycle({ db, ...moving }, workspaceId, ana, id))).toBe(
      'Only Cairn admins add, start and change cycles. Ask one of them.',
    );
    for (const again of [db, db])
      expect(await startCycle({ db: again, ...moving }, workspaceId, admin, id)).toMatchObject({
        value: { state: 'active' },
      });
    const result = await addResult(await add({ cycleId: id }));
    const move = async (to: 'draft' | 'grading' | 'closed') =>
      await inTx(async (tx) => moveCycle(moving, tx, { workspaceId, cycleId: id, to, at, doer: clock }));
    expect([await move('closed'), await move('draft'), await move('grading'), await move('grading')]).toEqual(
      [...[false, false, true], true],
    );
    expect(ended).toEqual([{ ids: [result], why: 'cycle-ended' }]);
    expect(await move('closed')).toBe(true);
    expect(ended).toHaveLength(1);
    expect(wordsOf(await startCycle({ db, ...moving }, workspaceId, admin, id))).toBe(
      '2027-Q1 is closed. Nothing in it changes any more.',
    );
    expect((await typesOf()).filter((type) => type.startsWith('cycle.'))).toEqual([
      ...['cycle.created', 'cycle.started', 'cycle.ended'],
      'cycle.closed',
    ]);
  });

  test('may overlap, lie in a year of which they are a part, and no deeper', async () => {
    const year = await addCycle(db, workspaceId, admin, { ...entry, key: '2027', ends: '2027-12-31' });
    const yearId = year.ok ? year.value.id : 0;
    const quarter = await addCycle(db, workspaceId, admin, { ...entry, parentId: yearId });
    expect(quarter).toMatchObject({ value: { parentId: yearId } });
    const quarterId = quarter.ok ? quarter.value.id : 0;
    expect(await addCycle(db, workspaceId, admin, { ...entry, key: 'x', parentId: quarterId })).toMatchObject(
      {
        ...{ field: 'parent', words: 'A cycle lies in a year, and a year in none.' },
      },
    );
    expect(
      await editCycle(db, workspaceId, admin, yearId, {
        starts: '2027-02-01',
        ends: '2027-12-31',
        parentId: null,
      }),
    ).toMatchObject({
      field: 'starts',
      words: '2027-Q1 lies in it and would not any more (1 January 2027 to 31 March 2027).',
    });
    expect(await addCycle(db, workspaceId, admin, { ...entry, key: '2027-q1' })).toMatchObject({
      field: 'key',
      words: 'There is a cycle 2027-q1 already. Choose another key.',
    });
    expect(
      await editCycle(db, workspaceId, admin, quarterId, { ...entry, ends: '2027-04-04' }),
    ).toMatchObject({
      ok: true,
    });
  });

  test('that are closed are kept by the database: nothing in them changes, whoever tries', async () => {
    const objectiveId = await add();
    const id = await addResult(objectiveId);
    await setCycle('closed');
    const tries = [
      db.updateTable('key_results').set({ title: 'x' }).where('id', '=', id),
      db.updateTable('key_results').set({ score: 1, graded_at: '2026-10-05T09:00:00Z' }).where('id', '=', id),
      db.updateTable('key_results').set({ state: 'dropped' }).where('id', '=', id),
      db.updateTable('objectives').set({ title: 'x' }).where('id', '=', objectiveId),
      db.updateTable('cycles').set({ state: 'active' }).where('id', '=', cycleId),
      db.updateTable('cycles').set({ ends_on: '2027-12-31' }).where('id', '=', cycleId),
    ];
    for (const attempt of tries) await expect(attempt.execute()).rejects.toThrow('2026-Q4 is closed');
  });

  test('that end at the moment of an edit are waited for, and the edit is refused', async () => {
    const id = await addResult(await add());
    const { moving } = listening();
    let editing = Promise.resolve<Result<unknown>>({ ok: true, value: null });
    await inTransaction(replica, async (tx) => {
      await moveCycle(moving, tx, { workspaceId, cycleId, to: 'grading', at, doer: clock });
      editing = editResult(id, { title: 'Too late' });
      await waitsForLock();
    });
    expect(wordsOf(await editing)).toBe(
      '2026-Q4 is being graded. Nothing is added to it or edited any more.',
    );
    expect((await resultOf(id)).entry.title).toBe('Failed payment rate');
  });

  test('are scored only when they are graded', async () => {
    const id = await addResult(await add());
    const score = async () =>
      await db
        .updateTable('key_results')
        .set({ score: 0.7, graded_at: '2027-01-02T09:00:00Z' })
        .where('id', '=', id)
        .execute();
    await expect(score()).rejects.toThrow('a key result is scored when its cycle is graded');
    await setCycle('grading');
    await score();
  });
});
