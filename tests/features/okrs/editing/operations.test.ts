import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stampOf } from '../../../../src/features/okrs/editing/changing.ts';
import type { KeyResultEntry, ObjectiveEntry } from '../../../../src/features/okrs/editing/core/entry.ts';
import {
  addCycle,
  editCycle,
  moveCycle,
  startCycle,
} from '../../../../src/features/okrs/editing/cycle-operations.ts';
import {
  dropKeyResult,
  dropObjective,
  endKeyResults,
} from '../../../../src/features/okrs/editing/dropping-operations.ts';
import { addKeyResult, editKeyResult } from '../../../../src/features/okrs/editing/key-result-operations.ts';
import { findKeyResult } from '../../../../src/features/okrs/editing/key-result-store.ts';
import { addObjective, editObjective } from '../../../../src/features/okrs/editing/operations.ts';
import { findObjective } from '../../../../src/features/okrs/editing/store.ts';
import { giveKeyResult } from '../../../../src/features/okrs/giving-operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import type { Result } from '../../../../src/platform/core/result.ts';
import { type Database, openDatabase, type Tx } from '../../../../src/platform/db/database.ts';
import { inTransaction } from '../../../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertCycle,
  insertTeam,
  instant,
  listEvents,
  setClock,
} from '../../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { publishLines } from '../../strategy/support.ts';
import { keyResultEntry, listening, objectiveEntry } from './support.ts';

let database: TestDatabase;
let replica: Database;
let db: Database;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let chi: Actor;
let admin: Actor;
let teamId: number;
let cycleId: number;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ db } = database);
  replica = openDatabase(database.url);
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  await setClock(db, workspaceId, '2026-10-05T09:00:00Z');
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  chi = await insertActor(db, workspaceId, { name: 'Chi' });
  admin = { ...(await insertActor(db, workspaceId, { name: 'Ada' })), isAdmin: true };
  await db.updateTable('people').set({ is_admin: true }).where('id', '=', admin.id).execute();
  teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
  await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', teamId).execute();
  cycleId = await insertCycle(db, workspaceId, { key: '2026-Q4', starts: '2026-10-01', ends: '2026-12-31' });
});
afterAll(async () => {
  await replica.destroy();
  await database.close();
});

async function add(given: Partial<ObjectiveEntry> = {}, actor = ana): Promise<number> {
  const entry = objectiveEntry({ cycleId, ownerId: actor.id, teamId, ...given });
  const added = await addObjective(db, workspaceId, actor, entry);
  if (!added.ok) throw new Error(added.words);
  return added.value.id;
}
async function addResult(
  objectiveId: number,
  given: Partial<KeyResultEntry> = {},
  actor = ana,
): Promise<number> {
  const added = await addKeyResult(
    db,
    workspaceId,
    actor,
    objectiveId,
    keyResultEntry({ ownerId: ana.id, ...given }),
  );
  if (!added.ok) throw new Error(added.words);
  return added.value.id;
}
const objectiveOf = async (id: number) => {
  const row = await findObjective(db, workspaceId, id, admin.id);
  if (row === undefined) throw new Error('no such objective');
  return row;
};
const resultOf = async (id: number) => {
  const row = await findKeyResult(db, workspaceId, id, admin.id);
  if (row === undefined) throw new Error('no such key result');
  return row;
};
async function editIt(
  id: number,
  given: Partial<ObjectiveEntry>,
  actor = ana,
  of = db,
  moving = listening().moving,
) {
  const { entry } = await objectiveOf(id);
  const same = {
    ...{ title: entry.title, ownerId: entry.owner_id, reviewerId: entry.reviewer_id, teamId: entry.team_id },
    ...{ cycleId: entry.cycle_id, supports: null, needs: entry.needs, visibility: entry.visibility },
    viewers: entry.viewers,
  };
  return await editObjective(
    { db: of, ...moving },
    workspaceId,
    actor,
    id,
    { ...same, ...given },
    stampOf(entry),
  );
}
async function editResult(
  id: number,
  given: Partial<KeyResultEntry>,
  {
    actor = ana,
    target = null as string | null,
    slip = null as string | null,
    moving = listening().moving,
  } = {},
) {
  const { entry } = await resultOf(id);
  const same: KeyResultEntry = {
    title: entry.title,
    measure: {
      ...{ type: entry.type, unit: entry.unit, direction: entry.direction },
      ...{ start: entry.start_value, target: entry.target_value },
    },
    commitment: entry.commitment,
    ownerId: entry.owner_id,
    backupId: entry.backup_id,
    dueOn: entry.due_on,
  };
  return await editKeyResult(
    { db, ...moving },
    workspaceId,
    actor,
    id,
    { ...same, ...given },
    { target, slip },
    stampOf(entry),
  );
}
const on = (id: number) => ({ kind: 'objective', id }) as const;
const setCycle = async (state: 'draft' | 'active' | 'grading' | 'closed') =>
  await db.updateTable('cycles').set({ state }).where('id', '=', cycleId).execute();
const wordsOf = (result: Result<unknown>) => (result.ok ? 'done' : result.words);
const typesOf = async () => (await listEvents(db, workspaceId)).map(({ type }) => type);
const inTx = async <T>(work: (tx: Tx) => Promise<T>) => await inTransaction(db, work);
const waitsForLock = async () =>
  await expect
    .poll(async () => {
      const { rows } = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
      return rows.length;
    })
    .toBeGreaterThan(0);
const at = instant('2026-10-05T09:00:00Z');
const clock = { kind: 'clock' } as const;

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
