import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findNextDue } from '../../src/delivery/message-store.ts';
import { cancel, rewrite, tell } from '../../src/delivery/outbox.ts';
import { type Database, openDatabase, type Tx } from '../../src/platform/db/database.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { insertActor, insertChannel, instant, listMessages } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let channelId: number;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  channelId = (await insertChannel(database.db, workspaceId, 'checkout')).id;
});
afterAll(async () => {
  await database.close();
});

const saying = (text: string) => ({ text, blocks: [{ type: 'divider' as const }] });
const note = (dedupeKey: string, text = dedupeKey) => ({
  workspaceId,
  dedupeKey,
  to: { channelId },
  content: saying(text),
  dueAt: instant('2026-10-05T09:00:00Z'),
});
const write = (work: (tx: Tx) => Promise<number>, db: Database = database.db) => inTransaction(db, work);
const messages = () => listMessages(database.db, workspaceId);

describe('telling somebody', () => {
  test('writes the message and its way to Slack', async () => {
    const ana = await insertActor(database.db, workspaceId);
    await write(async (tx) => tell(tx, { ...note('hello'), to: { personId: ana.id } }));
    const [message] = await messages();
    expect(message).toMatchObject({
      dedupeKey: 'hello',
      personId: ana.id,
      channelId: null,
      threadOf: null,
      text: 'hello',
      blocks: [{ type: 'divider' }],
      revision: 1,
      state: 'pending',
    });
    expect(message?.dueAt.toString()).toBe('2026-10-05T09:00:00Z');
  });

  test('is done once for a key, and a second time changes nothing', async () => {
    const first = await write(async (tx) => tell(tx, note('hello', 'first')));
    const second = await write(async (tx) => tell(tx, note('hello', 'second')));
    expect(second).toBe(first);
    expect(await messages()).toMatchObject([{ text: 'first', revision: 1 }]);
  });

  test('is done once for a key by twenty at once, in two replicas', async () => {
    const replica = openDatabase(database.url);
    try {
      const ids = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          write(async (tx) => tell(tx, note('hello')), index % 2 === 0 ? database.db : replica),
        ),
      );
      expect(new Set(ids).size).toBe(1);
      expect(await messages()).toHaveLength(1);
    } finally {
      await replica.destroy();
    }
  });

  test('stands for itself in another workspace', async () => {
    const other = await insertWorkspace(database.db);
    const theirs = await insertChannel(database.db, other, 'checkout');
    const first = await write(async (tx) => tell(tx, note('hello')));
    const second = await write(async (tx) =>
      tell(tx, { ...note('hello'), workspaceId: other, to: { channelId: theirs.id } }),
    );
    expect(second).not.toBe(first);
  });

  test('is taken back with the fact that it tells', async () => {
    const work = write(async (tx) => {
      await tell(tx, note('hello'));
      throw new Error('it did not happen');
    });
    await expect(work).rejects.toThrow('it did not happen');
    expect(await messages()).toEqual([]);
    await write(async (tx) => tell(tx, note('hello')));
    expect(await messages()).toHaveLength(1);
  });
});

describe('rewriting a message', () => {
  test('makes it another revision', async () => {
    const id = await write(async (tx) => tell(tx, note('hello')));
    await inTransaction(database.db, async (tx) => rewrite(tx, id, saying('goodbye')));
    expect(await messages()).toMatchObject([{ text: 'goodbye', revision: 2 }]);
  });

  test('to what it reads already spends no edit on it', async () => {
    const id = await write(async (tx) => tell(tx, note('hello')));
    await inTransaction(database.db, async (tx) => rewrite(tx, id, saying('hello')));
    expect(await messages()).toMatchObject([{ revision: 1 }]);
  });

  test('changes no other one', async () => {
    const id = await write(async (tx) => tell(tx, note('hello')));
    await write(async (tx) => tell(tx, note('other')));
    await inTransaction(database.db, async (tx) => rewrite(tx, id, saying('goodbye')));
    expect(await messages()).toMatchObject([{ text: 'goodbye' }, { text: 'other', revision: 1 }]);
  });
});

test('a message that waits can be cancelled, with the reason', async () => {
  const id = await write(async (tx) => tell(tx, note('hello')));
  await inTransaction(database.db, async (tx) => cancel(tx, id, 'answered already'));
  const delivery = await database.db
    .selectFrom('deliveries')
    .select(['state', 'reason'])
    .where('message_id', '=', id)
    .executeTakeFirst();
  expect(delivery).toEqual({ state: 'cancelled', reason: 'answered already' });
});

describe('the next due moment', () => {
  const nextAfter = async (iso: string, workspace = workspaceId) => {
    const due = await findNextDue(database.db, workspace, instant(iso));
    return due === undefined ? null : [due.dueAt.toString(), due.count, due.channel, due.person];
  };

  test('is the soonest of what waits in this workspace, after the one that was reached', async () => {
    expect(await nextAfter('2026-10-05T00:00:00Z')).toBeNull();
    await write(async (tx) => tell(tx, { ...note('later'), dueAt: instant('2026-10-07T09:00:00Z') }));
    await write(async (tx) => tell(tx, { ...note('soon'), dueAt: instant('2026-10-06T09:00:00Z') }));
    const gone = await write(async (tx) => tell(tx, note('gone')));
    await inTransaction(database.db, async (tx) => cancel(tx, gone, 'over'));
    expect(await nextAfter('2026-10-05T00:00:00Z')).toEqual(['2026-10-06T09:00:00Z', 1, 'checkout', null]);
    expect(await nextAfter('2026-10-06T09:00:00Z')).toEqual(['2026-10-07T09:00:00Z', 1, 'checkout', null]);
    expect(await nextAfter('2026-10-05T00:00:00Z', await insertWorkspace(database.db))).toBeNull();
  });

  test('tells how much is due at it, and to whom', async () => {
    const [ana, ben] = [
      await insertActor(database.db, workspaceId, { name: 'Ana' }),
      await insertActor(database.db, workspaceId, { name: 'Ben' }),
    ];
    await write(async (tx) => tell(tx, { ...note('to ben'), to: { personId: ben.id } }));
    expect(await nextAfter('2026-10-05T00:00:00Z')).toEqual(['2026-10-05T09:00:00Z', 1, null, 'Ben']);
    await write(async (tx) => tell(tx, { ...note('to ana'), to: { personId: ana.id } }));
    expect(await nextAfter('2026-10-05T00:00:00Z')).toEqual(['2026-10-05T09:00:00Z', 2, null, 'Ana']);
  });

  test('is not that of a reply which waits for its parent', async () => {
    const parent = await write(async (tx) => tell(tx, note('parent')));
    await write(async (tx) => tell(tx, { ...note('reply'), threadOf: parent }));
    await database.db
      .updateTable('deliveries')
      .set({ state: 'unknown' })
      .where('message_id', '=', parent)
      .execute();
    expect(await nextAfter('2026-10-05T00:00:00Z')).toBeNull();
  });
});
