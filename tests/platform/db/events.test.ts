import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordEvent, recordEvents } from '../../../src/platform/db/events.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { insertActor, instant } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

const at = instant('2026-10-05T09:00:00.123456Z');
const subject = { kind: 'rock', id: 7 };

async function recorded(workspaceId: string) {
  return await database.db
    .selectFrom('events')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

test('an event keeps who, what, when, before and after', async () => {
  const workspaceId = await insertWorkspace(database.db);
  const ana = await insertActor(database.db, workspaceId);
  await inTransaction(database.db, async (tx) =>
    recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'person', personId: ana.id },
      type: 'rock.claimed',
      subject,
      before: { owner: null },
      after: { owner: ana.id, words: ['"quoted"', 'ünïcode'] },
    }),
  );
  const [event] = await recorded(workspaceId);
  expect(event).toMatchObject({
    actor: 'person',
    actor_id: ana.id,
    type: 'rock.claimed',
    subject_kind: 'rock',
    subject_id: 7,
    before: { owner: null },
    after: { owner: ana.id, words: ['"quoted"', 'ünïcode'] },
  });
  expect(event?.at.toString()).toBe('2026-10-05T09:00:00.123456Z');
});

test('several are kept in their order, with the clock and the operator as doers', async () => {
  const workspaceId = await insertWorkspace(database.db);
  await inTransaction(database.db, async (tx) =>
    recordEvents(tx, [
      { workspaceId, at, doer: { kind: 'clock' }, type: 'first', subject },
      { workspaceId, at, doer: { kind: 'operator' }, type: 'second', subject, after: {} },
    ]),
  );
  expect(await recorded(workspaceId)).toMatchObject([
    { type: 'first', actor: 'clock', actor_id: null, before: null, after: null },
    { type: 'second', actor: 'operator', actor_id: null, before: null, after: {} },
  ]);
});

test('none are none', async () => {
  const workspaceId = await insertWorkspace(database.db);
  await inTransaction(database.db, async (tx) => recordEvents(tx, []));
  expect(await recorded(workspaceId)).toEqual([]);
});

test('an event goes with the change that it tells of when that is taken back', async () => {
  const workspaceId = await insertWorkspace(database.db);
  const work = inTransaction(database.db, async (tx) => {
    await recordEvent(tx, { workspaceId, at, doer: { kind: 'clock' }, type: 'untrue', subject });
    throw new Error('taken back');
  });
  await expect(work).rejects.toThrow('taken back');
  expect(await recorded(workspaceId)).toEqual([]);
});

test("another workspace's person is nobody's doer", async () => {
  const workspaceId = await insertWorkspace(database.db);
  const stranger = await insertActor(database.db, await insertWorkspace(database.db));
  const doer = { kind: 'person', personId: stranger.id } as const;
  const work = inTransaction(database.db, async (tx) =>
    recordEvent(tx, { workspaceId, at, doer, type: 'rock.claimed', subject }),
  );
  await expect(work).rejects.toThrow('foreign key');
});
