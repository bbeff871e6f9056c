import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findCard, readHistory } from '../../../src/features/ownership/lookup-operations.ts';
import { lockOwnership, passRock } from '../../../src/features/ownership/operations.ts';
import { takeRock } from '../../../src/features/ownership/take-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { openDatabase } from '../../../src/platform/db/database.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { insertActor, insertRock, instant, listEvents, setClock } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

const handedOver = { began: 'handoff', ended: 'handed-over', reason: null } as const;
let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
});
afterAll(async () => {
  await database.close();
});

async function ownerOf(rockId: number): Promise<number | null> {
  return (await findCard(database.db, workspaceId, rockId, ana.id))?.owner?.id ?? null;
}

async function stintsOf(rockId: number) {
  return await database.db
    .selectFrom('stints')
    .selectAll()
    .where('rock_id', '=', rockId)
    .orderBy('id')
    .execute();
}

describe('taking a rock that nobody owns', () => {
  test('makes one the owner, since now and confirmed now', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments' });
    const taken = await takeRock({ db: database.db, onRockMoved: [] }, workspaceId, ana, rockId);
    expect(taken).toMatchObject({ ok: true, value: { name: 'Payments', owner: { id: ana.id } } });
    const [stint] = await stintsOf(rockId);
    expect(stint).toMatchObject({ began: 'claimed', person_id: ana.id, handoff_id: null, ended_at: null });
    expect(stint?.began_at.toString()).toMatch(/^2026-10-05T09:0/);
    expect(stint?.confirmed_at?.equals(stint.began_at)).toBe(true);
    expect(await listEvents(database.db, workspaceId)).toEqual([
      {
        type: 'rock.claimed',
        actorId: ana.id,
        subjectId: rockId,
        before: { owner: null },
        after: { owner: ana.id, handoff: null },
      },
    ]);
  });

  test('pressed twice, it is taken once', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments' });
    const pressed = await Promise.all([
      takeRock({ db: database.db, onRockMoved: [] }, workspaceId, ana, rockId),
      takeRock({ db: database.db, onRockMoved: [] }, workspaceId, ana, rockId),
    ]);
    expect(pressed.map((result) => result.ok)).toEqual([true, true]);
    expect(await stintsOf(rockId)).toHaveLength(1);
    expect(await listEvents(database.db, workspaceId)).toHaveLength(1);
  });

  test('of ten who press at once, from two processes, one gets it and the others are told', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments' });
    const actors = await Promise.all(Array.from({ length: 10 }, () => insertActor(database.db, workspaceId)));
    const replica = openDatabase(database.url);
    try {
      const pressed = await Promise.all(
        actors.map((actor, index) =>
          takeRock(
            { db: index % 2 === 0 ? database.db : replica, onRockMoved: [] },
            workspaceId,
            actor,
            rockId,
          ),
        ),
      );
      const winner = pressed.findIndex((result) => result.ok);
      expect(pressed.filter((result) => result.ok)).toHaveLength(1);
      expect(pressed.filter((result) => !result.ok && result.code === 'owned')).toHaveLength(9);
      expect(await ownerOf(rockId)).toBe(actors[winner]?.id);
      expect(await listEvents(database.db, workspaceId)).toHaveLength(1);
    } finally {
      await replica.destroy();
    }
  });

  test('is refused when it has an owner, even one who left', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ben });
    await database.db
      .updateTable('people')
      .set({ deactivated_at: '2026-09-01T00:00:00Z' })
      .where('id', '=', ben.id)
      .execute();
    expect(await takeRock({ db: database.db, onRockMoved: [] }, workspaceId, ana, rockId)).toMatchObject({
      ok: false,
      code: 'owned',
    });
    expect(await ownerOf(rockId)).toBe(ben.id);
  });

  test('is refused for a rock that is not there, or is of another workspace', async () => {
    const other = await insertWorkspace(database.db);
    const theirs = await insertRock(database.db, other, { name: 'Payments' });
    for (const rockId of [theirs, 999_999]) {
      expect(await takeRock({ db: database.db, onRockMoved: [] }, workspaceId, ana, rockId)).toMatchObject({
        code: 'unknown-rock',
      });
    }
    expect(await stintsOf(theirs)).toEqual([]);
  });
});

describe('passing a rock on', () => {
  const at = instant('2026-10-05T09:00:00Z');
  const pass = (rockId: number, to: Actor, handoffId: number) =>
    inTransaction(database.db, async (tx) =>
      passRock(tx, {
        ...handedOver,
        workspaceId,
        rockId,
        to: to.id,
        at,
        handoffId,
        doer: { kind: 'person', personId: to.id },
      }),
    );

  async function insertHandoff(rockId: number): Promise<number> {
    const row = await database.db
      .insertInto('handoffs')
      .values({
        workspace_id: workspaceId,
        rock_id: rockId,
        from_id: ana.id,
        to_id: ben.id,
        state: 'accepted',
        why_it_matters: 'why',
        where_it_stands: 'where',
        facts: '{}',
        offered_at: '2026-10-05T08:00:00Z',
        ended_at: '2026-10-05T09:00:00Z',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  test("ends the former owner's stint and begins the next in the same moment, with its event", async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    const handoffId = await insertHandoff(rockId);
    await pass(rockId, ben, handoffId);
    const [former, current] = await stintsOf(rockId);
    expect(former).toMatchObject({ person_id: ana.id });
    expect(former?.ended_at?.equals(at)).toBe(true);
    expect(current).toMatchObject({
      person_id: ben.id,
      began: 'handoff',
      handoff_id: handoffId,
      ended_at: null,
    });
    expect(current?.began_at.equals(at)).toBe(true);
    expect(await listEvents(database.db, workspaceId)).toEqual([
      {
        type: 'rock.handed-over',
        actorId: ben.id,
        subjectId: rockId,
        before: { owner: ana.id },
        after: { owner: ben.id, handoff: handoffId },
      },
    ]);
  });

  test('taken back, it leaves everything as it was', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    const handoffId = await insertHandoff(rockId);
    const work = inTransaction(database.db, async (tx) => {
      await passRock(tx, {
        ...handedOver,
        workspaceId,
        rockId,
        to: ben.id,
        at,
        handoffId,
        doer: { kind: 'person', personId: ben.id },
      });
      throw new Error('taken back');
    });
    await expect(work).rejects.toThrow('taken back');
    expect(await ownerOf(rockId)).toBe(ana.id);
    expect(await listEvents(database.db, workspaceId)).toEqual([]);
  });

  test('waits for whoever has locked the rock', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    let waiting: Promise<unknown> | undefined;
    await inTransaction(database.db, async (tx) => {
      expect(await lockOwnership(tx, workspaceId, rockId)).toMatchObject({ owner: { personId: ana.id } });
      waiting = inTransaction(database.db, async (other) => lockOwnership(other, workspaceId, rockId), {
        timeoutMs: 50,
      });
      await expect(waiting).rejects.toThrow('statement timeout');
    });
  });
});

test('the history tells who carried a rock, latest first', async () => {
  const rockId = await insertRock(database.db, workspaceId, { name: 'Payments' });
  const own = { workspace_id: workspaceId, rock_id: rockId, handoff_id: null };
  await database.db
    .insertInto('stints')
    .values([
      {
        ...own,
        person_id: ana.id,
        began: 'created',
        began_at: '2025-01-01T00:00:00Z',
        ended_at: '2026-01-01T00:00:00Z',
      },
      { ...own, person_id: ben.id, began: 'assigned', began_at: '2026-01-01T00:00:00Z' },
    ])
    .execute();
  const history = await readHistory(database.db, workspaceId, rockId);
  expect(history).toMatchObject([
    { began: 'assigned', person: { id: ben.id, name: 'Ben' }, endedAt: null },
    { began: 'created', person: { id: ana.id, name: 'Ana' } },
  ]);
  expect(history[1]?.endedAt?.toString()).toBe('2026-01-01T00:00:00Z');
  expect(await readHistory(database.db, await insertWorkspace(database.db), rockId)).toEqual([]);
});

describe('the database refuses', () => {
  const stint = (rockId: number, person: Actor, ended: string | null = null, workspace = workspaceId) =>
    database.db
      .insertInto('stints')
      .values({
        workspace_id: workspace,
        rock_id: rockId,
        person_id: person.id,
        began: 'claimed',
        began_at: '2026-06-01T00:00:00Z',
        ended_at: ended,
        handoff_id: null,
      })
      .execute();

  test('a second owner at a time, whatever the code does', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    await expect(stint(rockId, ben)).rejects.toThrow('stints_current');
    await stint(rockId, ben, '2026-07-01T00:00:00Z');
    expect(await ownerOf(rockId)).toBe(ana.id);
  });

  test('a stint that ended before it began', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments' });
    await expect(stint(rockId, ben, '2026-05-01T00:00:00Z')).rejects.toThrow('check constraint');
  });

  test("another workspace's person as an owner", async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments' });
    const stranger = await insertActor(database.db, await insertWorkspace(database.db));
    await expect(stint(rockId, stranger)).rejects.toThrow('foreign key');
  });

  test('one alias for two rocks', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments', aliases: ['billing'] });
    const second = insertRock(database.db, workspaceId, { name: 'Invoices', aliases: ['Billings'] });
    await expect(second).rejects.toThrow('rock_names_alias');
  });
});
