import { describe, expect, test } from 'vitest';
import { addCycle } from '../../../../src/features/okrs/editing/cycle-operations.ts';
import {
  dropKeyResult,
  dropObjective,
  endKeyResults,
} from '../../../../src/features/okrs/editing/dropping-operations.ts';
import { giveKeyResult } from '../../../../src/features/okrs/giving-operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { insertActor, listEvents } from '../../../support/builders.ts';
import {
  add,
  addResult,
  admin,
  ana,
  at,
  ben,
  chi,
  clock,
  db,
  editIt,
  editResult,
  inTx,
  resultOf,
  setCycle,
  testInCompany,
  typesOf,
  wordsOf,
  workspaceId,
} from './company.ts';
import { keyResultEntry, listening } from './support.ts';

testInCompany();

describe('editing a key result', () => {
  test('keeps targets that were, with the reason; in a draft none is needed', async () => {
    const id = await addResult(await add());
    const measure = { ...keyResultEntry().measure, target: 1.5 };
    expect(await editResult(id, { measure })).toMatchObject({ field: 'target-why' });
    expect(wordsOf(await editResult(id, { measure }, { target: 'We can do more.' }))).toBe('done');
    await setCycle('draft');
    expect(wordsOf(await editResult(id, { measure: { ...measure, target: 1 } }, { actor: chi }))).toBe(
      'done',
    );
    const changes = await db
      .selectFrom('target_changes')
      .selectAll()
      .where('key_result_id', '=', id)
      .orderBy('id')
      .execute();
    expect(changes).toMatchObject([
      { old_target: 2, new_target: 1.5, reason: 'We can do more.', changed_by: ana.id },
      { old_target: 1.5, new_target: 1, reason: null, changed_by: chi.id },
    ]);
  });

  test('tells who has questions under way for it when it gets another owner, who may be its backup until then', async () => {
    const id = await addResult(await add(), { backupId: ben.id });
    const { moving, moved } = listening();
    expect(wordsOf(await editResult(id, { ownerId: ben.id, backupId: ana.id }, { moving }))).toBe('done');
    expect(moved).toEqual([{ keyResultId: id, fromId: ana.id, toId: ben.id }]);
    expect((await resultOf(id)).entry).toMatchObject({ owner_id: ben.id, backup_id: ana.id });
    expect((await listEvents(db, workspaceId)).slice(-2)).toMatchObject([
      { type: 'key-result.changed', before: { backup_id: ben.id }, after: { backup_id: ana.id } },
      { type: 'key-result.given', before: { owner: ana.id }, after: { owner: ben.id } },
    ]);
    expect(wordsOf(await editResult(id, { title: 'New words' }, { moving }))).toBe('done');
    expect(moved).toHaveLength(1);
  });

  test('is for owner, backup, lead, admin and the owner of the objective', async () => {
    const id = await addResult(await add(), { ownerId: ben.id, backupId: null });
    const dan = await insertActor(db, workspaceId, { name: 'Dan' });
    const may = async (actor: Actor) => (await editResult(id, {}, { actor })).ok;
    expect([await may(ana), await may(ben), await may(chi), await may(admin), await may(dan)]).toEqual([
      ...[true, true, true, true],
      false,
    ]);
  });

  test('is given on in the transaction of who asks for it, with an event', async () => {
    const id = await addResult(await add(), { backupId: ben.id });
    const before = await inTx(async (tx) =>
      giveKeyResult(tx, { workspaceId, keyResultId: id, toId: ben.id, at, doer: clock }),
    );
    expect(before).toBe(ana.id);
    expect((await resultOf(id)).entry).toMatchObject({ owner_id: ben.id, backup_id: null });
    expect(await typesOf()).toContain('key-result.given');
  });
});

describe('what is over', () => {
  test('an objective takes what is active below it along, and says so once', async () => {
    const id = await add();
    const [one, two] = [await addResult(id), await addResult(id, { title: 'Two' })];
    const { moving, ended } = listening();
    const deps = { db, ...moving };
    expect(wordsOf(await dropKeyResult(deps, workspaceId, ana, one, 'Not now.'))).toBe('done');
    expect(wordsOf(await dropObjective(deps, workspaceId, ana, id, 'None of it.'))).toBe('done');
    expect(ended).toEqual([
      { ids: [one], why: 'dropped' },
      { ids: [two], why: 'dropped' },
    ]);
    expect([(await resultOf(one)).state, (await resultOf(two)).state]).toEqual(['dropped', 'dropped']);
    expect(wordsOf(await dropObjective(deps, workspaceId, ana, id, 'Again.'))).toBe(
      '*Checkout that just works* is over, so nothing of it is changed any more.',
    );
    expect(wordsOf(await dropKeyResult(deps, workspaceId, ana, one, 'Again.'))).toContain('is over');
    expect(ended).toHaveLength(2);
  });

  test('is ended once in the transaction of the close', async () => {
    const id = await addResult(await add());
    const { moving, ended } = listening();
    const end = async () =>
      await inTx(async (tx) =>
        endKeyResults(moving, tx, {
          workspaceId,
          keyResultIds: [id],
          as: 'carried',
          why: null,
          at,
          doer: clock,
        }),
      );
    expect([await end(), await end()]).toEqual([[id], []]);
    expect(ended).toEqual([{ ids: [id], why: 'carried' }]);
  });

  test('an objective that goes back into a draft takes its questions along', async () => {
    const id = await add();
    const result = await addResult(id);
    const draft = await addCycle(db, workspaceId, admin, {
      ...{ key: '2027-Q1', starts: '2027-01-01', ends: '2027-03-31', parentId: null },
    });
    const { moving, ended } = listening();
    const to = draft.ok ? draft.value.id : 0;
    expect(wordsOf(await editIt(id, { cycleId: to }, ana, db, moving))).toContain('2027-Q1 is a draft.');
    expect(wordsOf(await editIt(id, { cycleId: to }, chi, db, moving))).toBe('done');
    expect(ended).toEqual([{ ids: [result], why: 'paused' }]);
  });
});
