import { describe, expect, test } from 'vitest';
import {
  askToClose,
  gradeKeyResults,
  listToGrade,
  moveOn,
} from '../../../../src/features/okrs/grading/operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import type { Database } from '../../../../src/platform/db/database.ts';
import {
  add,
  addResult,
  admin,
  ana,
  ben,
  chi,
  cycleId,
  db,
  replica,
  testInCompany,
  typesOf,
  wordsOf,
  workspaceId,
} from '../editing/company.ts';
import { listening } from '../editing/support.ts';

testInCompany();

const move = async (from: 'active' | 'grading', actor = chi, of: Database = db) =>
  await moveOn({ db: of, ...listening().moving }, workspaceId, actor, { cycleId, from });
const grade = async (
  actor: Actor,
  ids: readonly number[],
  given: { score?: number; words?: string | null; fate?: 'done' | 'carry' | 'drop' } = {},
  of: Database = db,
) => {
  const { score = 1, words = null, fate = 'done' } = given;
  const grades = ids.map((keyResultId) => ({ keyResultId, score, words, fate }));
  return await gradeKeyResults({ db: of, ...listening().moving }, workspaceId, actor, { cycleId, grades });
};
const cycles = async () =>
  await db
    .selectFrom('cycles')
    .select(['key', 'state'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('key')
    .execute();
const rowOf = async (id: number) =>
  await db.selectFrom('key_results').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const copies = async () =>
  await db
    .selectFrom('key_results')
    .select(['carried_from_id', 'start_value', 'current_value', 'target_value', 'score', 'objective_id'])
    .where('workspace_id', '=', workspaceId)
    .where('carried_from_id', 'is not', null)
    .orderBy('id')
    .execute();
const results = async () =>
  await db
    .selectFrom('messages')
    .select('dedupe_key')
    .where('workspace_id', '=', workspaceId)
    .where('dedupe_key', 'like', 'results:%')
    .execute();

describe('grading', () => {
  test('is started by a lead or an admin, once, and by nobody else', async () => {
    await addResult(await add());
    expect(wordsOf(await move('active', ben))).toBe(
      'Its leads and Cairn admins start the grading of a cycle and close it. Ask one of them.',
    );
    expect(wordsOf(await move('active'))).toBe('done');
    expect(wordsOf(await move('active', admin))).toBe('2026-Q4 is being graded already.');
  });

  test('is not of an active cycle, and of a closed one nothing changes', async () => {
    const id = await addResult(await add());
    expect(wordsOf(await grade(ana, [id]))).toBe(
      '2026-Q4 is not being graded yet. `/okr close 2026-Q4` starts it.',
    );
    await move('active');
    await grade(ana, [id]);
    const closed = '2026-Q4 is closed. Nothing in it changes any more.';
    expect(wordsOf(await grade(ana, [id]))).toBe(closed);
    expect(wordsOf(await move('grading'))).toBe(closed);
    expect(wordsOf(await askToClose(db, workspaceId, chi, { id: cycleId }))).toBe(closed);
    expect(wordsOf(await listToGrade(db, workspaceId, ana, cycleId))).toBe(closed);
  });

  test('is the owner’s, then the lead’s where nobody has graded; a stranger’s never', async () => {
    const objective = await add();
    const [one, two] = [await addResult(objective), await addResult(objective)];
    await addResult(objective);
    await move('active');
    expect(await grade(ben, [one])).toMatchObject({ code: 'not-yours' });
    expect(await grade(chi, [one], { score: 0.9, words: 'Nearly' })).toMatchObject({ ok: true });
    expect(await grade(ana, [one], { score: 1 })).toMatchObject({ ok: true });
    expect(await grade(chi, [one, two])).toMatchObject({ code: 'graded' });
    expect([await rowOf(one), await rowOf(two)]).toMatchObject([{ score: 1 }, { score: null }]);
  });

  test('of a committed miss needs a word, and keeps nothing without it', async () => {
    const id = await addResult(await add());
    await move('active');
    expect(await grade(ana, [id], { score: 0.9 })).toMatchObject({
      value: { kind: 'lacking', keyResultIds: [id] },
    });
    expect(await rowOf(id)).toMatchObject({ score: null, state: 'active' });
  });

  test('by two people at once keeps both, and closes the cycle once', async () => {
    const objective = await add();
    const ids = [await addResult(objective), await addResult(objective, { ownerId: ben.id })];
    await move('active');
    const [one = 0, two = 0] = ids;
    const [first, second] = await Promise.all([grade(ana, [one], {}, db), grade(ben, [two], {}, replica)]);
    const closed = [first, second].filter((it) => it.ok && it.value.kind === 'graded' && it.value.isClosed);
    expect(closed).toHaveLength(1);
    expect((await typesOf()).filter((type) => type === 'cycle.closed')).toHaveLength(1);
    expect(await cycles()).toEqual([{ key: '2026-Q4', state: 'closed' }]);
  });

  test('of the same key result by two at once leaves the owner’s word', async () => {
    const objective = await add();
    const id = await addResult(objective);
    await addResult(objective, { ownerId: ben.id });
    await move('active');
    await Promise.all([
      grade(ana, [id], { score: 0.4, words: 'Mine' }),
      grade(chi, [id], { score: 0.9, words: 'Theirs' }, replica),
    ]);
    expect(await rowOf(id)).toMatchObject({ score: 0.4, grade_words: 'Mine', graded_by: ana.id });
  });
});

describe('closing', () => {
  test('carries over once into a draft that is made, from the value that was reached', async () => {
    const objective = await add();
    const [one, two] = [await addResult(objective), await addResult(objective)];
    await db.updateTable('key_results').set({ current_value: 3 }).where('id', '=', one).execute();
    const target = (await rowOf(one)).target_value;
    await move('active');
    await grade(ana, [one, two], { score: 0.5, words: 'Half', fate: 'carry' });
    expect(await cycles()).toEqual([
      { key: '2026-Q4', state: 'closed' },
      { key: '2027-Q1', state: 'draft' },
    ]);
    const carried = await copies();
    expect(carried).toHaveLength(2);
    expect(new Set(carried.map(({ objective_id }) => objective_id)).size).toBe(1);
    expect(carried[0]).toMatchObject({
      ...{ carried_from_id: one, start_value: 3, current_value: 3, target_value: target, score: null },
    });
    expect(await rowOf(one)).toMatchObject({ state: 'carried' });
  });

  test('leaves what nobody graded as not graded, and drops what was to be dropped', async () => {
    const objective = await add();
    const [one, two] = [await addResult(objective), await addResult(objective)];
    await move('active');
    await grade(ana, [one], { score: 0, words: 'Not worth it', fate: 'drop' });
    expect(wordsOf(await move('grading'))).toBe('done');
    expect([await rowOf(one), await rowOf(two)]).toMatchObject([
      { state: 'dropped', score: 0 },
      { state: 'done', score: null },
    ]);
    expect(await copies()).toEqual([]);
  });

  test('by two at once posts the results once', async () => {
    const channel = await db
      .insertInto('channels')
      .values({ workspace_id: workspaceId, name: 'payments' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('teams')
      .set({ channel_id: channel.id })
      .where('workspace_id', '=', workspaceId)
      .execute();
    const id = await addResult(await add());
    await addResult(await add());
    await move('active');
    await grade(ana, [id], { score: 0.5, words: 'Half', fate: 'carry' });
    const both = await Promise.all([move('grading', chi, db), move('grading', admin, replica)]);
    expect(both.map((it) => it.ok).toSorted()).toEqual([false, true]);
    expect(await results()).toHaveLength(1);
    expect(await copies()).toHaveLength(1);
  });

  test('never tells a channel of a private objective', async () => {
    const channel = await db
      .insertInto('channels')
      .values({ workspace_id: workspaceId, name: 'payments' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('teams')
      .set({ channel_id: channel.id })
      .where('workspace_id', '=', workspaceId)
      .execute();
    await addResult(await add({ title: 'For all' }));
    await addResult(await add({ title: 'Secret', visibility: 'people', viewers: [ana.id] }));
    await move('active');
    await move('grading');
    const messages = await db
      .selectFrom('messages')
      .select(['text', 'blocks'])
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(messages).toHaveLength(2);
    expect(JSON.stringify(messages)).toContain('For all');
    expect(JSON.stringify(messages)).not.toContain('Secret');
  });
});
