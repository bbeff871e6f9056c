import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ObjectiveEntry } from '../../../../src/features/okrs/editing/core/entry.ts';
import { addKeyResult } from '../../../../src/features/okrs/editing/key-result-operations.ts';
import { addObjective } from '../../../../src/features/okrs/editing/operations.ts';
import { wayUp } from '../../../../src/features/okrs/editing/store.ts';
import type { Database } from '../../../../src/platform/db/database.ts';
import { insertActor, insertCycle, insertTeam, listEvents } from '../../../support/builders.ts';
import { insertWorkspace } from '../../../support/database.ts';
import { publishLines } from '../../strategy/support.ts';
import {
  add,
  addResult,
  admin,
  ana,
  ben,
  chi,
  cycleId,
  db,
  editIt,
  objectiveOf,
  on,
  replica,
  resultOf,
  setCycle,
  teamId,
  testInCompany,
  typesOf,
  wordsOf,
  workspaceId,
} from './company.ts';
import { keyResultEntry, objectiveEntry } from './support.ts';

testInCompany();

describe('adding', () => {
  test('keeps what was said, with keys of its own and an event', async () => {
    const risk = await insertTeam(db, workspaceId, { key: 'risk' });
    const year = await add({ title: 'Trusted' });
    const id = await add({ supports: on(year), needs: [risk], visibility: 'people', viewers: [ben.id] });
    expect(await objectiveOf(id)).toMatchObject({
      key: 'checkout-that-just-works',
      entry: {
        supports: 'trusted',
        needs: [risk],
        visibility: 'people',
        viewers: [ben.id],
        owner_id: ana.id,
      },
    });
    const result = await addResult(id, { backupId: ben.id, dueOn: '2026-12-01' });
    expect(await resultOf(result)).toMatchObject({
      key: 'failed-payment-rate',
      entry: { due_on: '2026-12-01', first_due_on: '2026-12-01', slips: 0, start_value: 4.2 },
    });
    expect((await listEvents(db, workspaceId)).at(-1)).toMatchObject({
      type: 'key-result.created',
      actorId: ana.id,
      subjectId: result,
      after: { key: 'failed-payment-rate', objective_id: id, title: 'Failed payment rate', target_value: 2 },
    });
  });

  test('gives one key to one thing alone, also to titles in no Latin letters', async () => {
    const ids = [await add({ title: 'Same' }), await add({ title: 'same!' }), await add({ title: '増やす' })];
    const result = await addResult(ids[0] ?? 0, { title: 'Same' });
    const keys = await Promise.all(ids.map(async (id) => (await objectiveOf(id)).key));
    expect([...keys, (await resultOf(result)).key]).toEqual(['same', 'same-2', 'objective', 'same-3']);
  });

  test('two at once never get one key', async () => {
    const entry = objectiveEntry({ cycleId, title: 'Twice' });
    const both = await Promise.all([
      addObjective(db, workspaceId, ana, entry),
      addObjective(replica, workspaceId, ben, entry),
    ]);
    expect(both.map((it) => (it.ok ? it.value.key : it.words)).sort()).toEqual(['twice', 'twice-2']);
  });

  test('a key result is for the owner of the objective, its lead and admins', async () => {
    const id = await add();
    const tries = [ana, chi, admin, ben].map(async (actor) =>
      wordsOf(await addKeyResult(db, workspaceId, actor, id, keyResultEntry())),
    );
    expect(await Promise.all(tries)).toEqual([
      'done',
      'done',
      'done',
      `You can look at *Checkout that just works*, but not change it. Ask <@${ana.slackId}> or <@${chi.slackId}>.`,
    ]);
  });

  test('to a draft is for leads and admins, and to what is graded or closed for nobody', async () => {
    const id = await add();
    const tryAll = async () =>
      await Promise.all(
        [ana, chi, admin].map(async (actor) => [
          wordsOf(await addObjective(db, workspaceId, actor, objectiveEntry({ cycleId, teamId }))),
          wordsOf(await addKeyResult(db, workspaceId, actor, id, keyResultEntry())),
        ]),
      );
    await setCycle('draft');
    const draft = '2026-Q4 is a draft. Until it starts, leads write it for their teams, and admins.';
    expect(await tryAll()).toEqual([
      [draft, draft],
      ['done', 'done'],
      ['done', 'done'],
    ]);
    await setCycle('grading');
    const grading = '2026-Q4 is being graded. Nothing is added to it or edited any more.';
    expect((await tryAll()).flat()).toEqual(Array(6).fill(grading));
    await setCycle('closed');
    const closed = '2026-Q4 is closed. Nothing in it changes any more.';
    expect((await tryAll()).flat()).toEqual(Array(6).fill(closed));
  });

  test('what is of another workspace, or not there, is refused beside its field', async () => {
    const other = await insertWorkspace(db);
    const cycle = await insertCycle(db, other, { key: 'x', starts: '2026-10-01', ends: '2026-12-31' });
    const team = await insertTeam(db, other, { key: 'x' });
    const tries: [Partial<ObjectiveEntry>, string][] = [
      [{ cycleId: cycle }, 'cycle'],
      [{ teamId: team }, 'team'],
      [{ needs: [team] }, 'needs'],
      [{ supports: on(999_999) }, 'supports'],
    ];
    for (const [given, field] of tries) {
      const entry = objectiveEntry({ cycleId, ...given });
      expect(await addObjective(db, workspaceId, ana, entry)).toMatchObject({ ok: false, field });
    }
    expect(await addKeyResult(db, workspaceId, ana, 999_999, keyResultEntry())).toMatchObject({
      code: 'unknown',
    });
    expect(await typesOf()).toEqual([]);
  });
});

describe('an objective that few may see', () => {
  test('is not there for others: it is neither edited nor supported nor named', async () => {
    const secret = await add({ title: 'Secret deal', visibility: 'people', viewers: [ben.id] });
    const stranger = await insertActor(db, workspaceId, { name: 'Dan' });
    const open = await add({ title: 'Open', ownerId: stranger.id }, stranger);
    expect(wordsOf(await editIt(secret, {}, stranger))).toBe('That is not among the OKRs any more.');
    expect(await editIt(open, { supports: on(secret) }, stranger)).toMatchObject({
      field: 'supports',
      code: 'unknown',
    });
    expect(wordsOf(await editIt(secret, { supports: on(open) }))).toBe('done');
    expect(await editIt(open, { supports: on(secret) }, stranger)).toMatchObject({
      words: 'This would make Open support itself, through one that you do not see.',
    });
  });
});

describe('what supports what', () => {
  test('never comes back to itself, and the way is named', async () => {
    const [a, b, c, d] = [
      await add({ title: 'A' }),
      await add({ title: 'B' }),
      await add({ title: 'C' }),
      await add({ title: 'D' }),
    ];
    await editIt(a, { supports: on(b) });
    await editIt(b, { supports: on(c) });
    await editIt(c, { supports: on(d) });
    expect(await editIt(d, { supports: on(a) })).toMatchObject({
      field: 'supports',
      words: 'This would make D support itself, through A, B and C.',
    });
    expect(await editIt(d, { supports: on(d) })).toMatchObject({
      words: 'This would make D support itself.',
    });
    expect((await objectiveOf(d)).entry.supports).toBeNull();
  });

  test('two people at once cannot make a loop together', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await add({ title: `A${round}` }), await add({ title: `B${round}` })];
      const both = await Promise.all([
        editIt(a, { supports: on(b) }),
        editIt(b, { supports: on(a) }, ana, replica),
      ]);
      expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
      expect(both.find(({ ok }) => !ok)).toMatchObject({ code: 'loop' });
    }
  });

  test('comes to an end whatever several people say at once, in any order', async () => {
    const ids: number[] = [];
    for (let number = 0; number < 6; number += 1) ids.push(await add({ title: `T${number}` }));
    const pair = fc.tuple(fc.nat(5), fc.nat(5));
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { minLength: 4, maxLength: 10 }), async (pairs) => {
        await Promise.all(
          pairs.map(([from, to], index) =>
            editIt(ids[from] ?? 0, { supports: on(ids[to] ?? 0) }, ana, index % 2 === 0 ? db : replica),
          ),
        );
        for (const id of ids) {
          const way = await wayUp(db, workspaceId, id, admin.id);
          expect(new Set(way.map((it) => it.id)).size).toBe(way.length);
          expect((await objectiveOf(way.at(-1)?.id ?? 0)).entry.supports).toBeNull();
        }
      }),
      { numRuns: 15 },
    );
  });

  test('is kept from loops by the database too, also of two transactions that see half of it each', async () => {
    const [a, b] = [await add({ title: 'A' }), await add({ title: 'B' })];
    const point = async (of: Database, id: number, to: number, met: () => Promise<void>) =>
      await of.transaction().execute(async (tx) => {
        await tx.updateTable('objectives').set({ supports_id: to }).where('id', '=', id).execute();
        await met();
      });
    let waiting = 0;
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const met = async () => {
      waiting += 1;
      if (waiting === 2) open();
      await gate;
    };
    const both = await Promise.allSettled([point(db, a, b, met), point(replica, b, a, met)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(String(both.find((it) => it.status === 'rejected')?.reason)).toContain(
      'an objective would support itself',
    );
  });
});

describe('a line of the strategy', () => {
  test("can be supported while it is in force, and its key is no objective's", async () => {
    const lines = await publishLines(db, workspaceId, { trust: ['fewer-failures'] });
    const line = { kind: 'line', id: lines.get('fewer-failures') ?? 0 } as const;
    const id = await add({ title: 'Fewer failures', supports: line });
    expect(await objectiveOf(id)).toMatchObject({
      key: 'fewer-failures-2',
      entry: { supports: 'fewer-failures' },
    });
    const other = await add({ title: 'Other' });
    expect(wordsOf(await editIt(id, { supports: on(other) }))).toBe('done');
    expect((await listEvents(db, workspaceId)).at(-1)).toMatchObject({
      before: { supports: 'fewer-failures' },
      after: { supports: 'other' },
    });
    expect(await editIt(id, { supports: { kind: 'line', id: 999_999 } })).toMatchObject({
      field: 'supports',
      words: 'That line is not in the strategy any more. Pick another one.',
    });
  });

  test('or an objective that the editor does not see stays where it is', async () => {
    const secret = await add({ title: 'Secret', visibility: 'people', viewers: [] });
    const id = await add({ title: 'Open', ownerId: ben.id, supports: on(secret) });
    expect(wordsOf(await editIt(id, { title: 'Still open', supports: null }, ben))).toBe('done');
    expect((await objectiveOf(id)).entry).toMatchObject({ title: 'Still open', supports: 'secret' });
    expect(wordsOf(await editIt(id, { supports: null }, admin))).toBe('done');
    expect((await objectiveOf(id)).entry.supports).toBeNull();
  });
});
