import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimPosts } from '../../src/delivery/claiming.ts';
import { readFigures } from '../../src/delivery/figures-store.ts';
import { tell } from '../../src/delivery/outbox.ts';
import { sendSome } from '../../src/delivery/sender.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { fakeSlack, machineClock, slackErrors, unlimited } from '../delivery/support.ts';
import { insertChannel, instant, keptLog, setClock } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

test('a hundred thousand messages that wait in one channel do not slow the claim of another', async () => {
  const workspaceId = await insertWorkspace(database.db);
  const clock = await machineClock(database.db);
  const channel = async (name: string) => (await insertChannel(database.db, workspaceId, name)).id;
  const say = (text: string, channelId: number) =>
    inTransaction(database.db, async (tx) => {
      const content = { text, blocks: [] };
      const dueAt = instant('2026-10-05T08:00:00Z');
      return await tell(tx, { workspaceId, dedupeKey: text, to: { channelId }, content, dueAt });
    });
  await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
  const [full, other] = [await channel('full'), await channel('other')];
  await say('first', full);
  const { slack } = fakeSlack({ post: async () => Promise.reject(slackErrors.network('ECONNREFUSED')) });
  const { log } = keptLog();
  await sendSome({ ...clock, db: database.db, slack, workspaceId, log, limits: unlimited });
  await sql`
    with told as (
      insert into messages (workspace_id, dedupe_key, to_channel_id, text, blocks)
      select ${workspaceId}, 'waits ' || n, ${full}, 'waits', '[]' from generate_series(1, 100000) n returning id)
    insert into deliveries (workspace_id, message_id, due_at, lane)
    select ${workspaceId}, id, '2026-10-05T07:00:00Z', ${`c${full}`} from told`.execute(database.db);
  await sql`analyze deliveries, messages, lanes`.execute(database.db);
  await say('quick', other);
  // A connection plans a statement when it meets it first.
  await claimPosts(
    { db: database.db, workspaceId: await insertWorkspace(database.db), limits: unlimited },
    10,
  );
  const startedMs = performance.now();
  const { claimed } = await claimPosts({ db: database.db, workspaceId, limits: unlimited }, 10);
  const tookMs = performance.now() - startedMs;
  expect(claimed.map(({ text }) => text)).toEqual(['quick']);
  expect(tookMs).toBeLessThan(500);
  expect(await readFigures(database.db, workspaceId)).toMatchObject({
    waiting: 100_001,
    due: 100_001,
    sending: 1,
  });
});
