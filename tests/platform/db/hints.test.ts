import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hintChannel } from '../../../src/delivery/lanes.ts';
import { tellAll } from '../../../src/delivery/outbox.ts';
import { type Hints, listenForHints } from '../../../src/platform/db/hints.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { insertChannel, instant, keptLog } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let hints: Hints;
let heard = 0;
beforeAll(async () => {
  database = await createTestDatabase();
  // It hints when it begins to listen, since it heard nothing before.
  await new Promise<void>((resolve) => {
    const onHint = (): void => {
      heard += 1;
      resolve();
    };
    hints = listenForHints(database.url, hintChannel, onHint, keptLog().log);
  });
});
afterAll(async () => {
  await hints.stop();
  await database.close();
});

test('whoever listens hears once of messages that were written, when they are committed', async () => {
  const workspaceId = await insertWorkspace(database.db);
  const { id: channelId } = await insertChannel(database.db, workspaceId, 'checkout');
  const before = heard;
  await inTransaction(database.db, async (tx) => {
    const messages = ['one', 'two'].map((text) => ({
      workspaceId,
      dedupeKey: text,
      to: { channelId },
      content: { text, blocks: [] },
      dueAt: instant('2026-10-05T09:00:00Z'),
    }));
    await tellAll(tx, messages.slice(0, 1));
    await tellAll(tx, messages);
    await sql`select 1`.execute(database.db);
    expect(heard).toBe(before);
  });
  await expect.poll(() => heard).toBe(before + 1);
});

test('a connection that broke is made again, and what was missed is hinted at', async () => {
  const before = heard;
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'cairn hints' and datname = current_database()`.execute(database.db);
  await expect.poll(() => heard, { timeout: 10_000 }).toBe(before + 1);
});
