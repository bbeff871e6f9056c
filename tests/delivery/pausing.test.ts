import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { tell } from '../../src/delivery/outbox.ts';
import { isPaused, savePause } from '../../src/delivery/pause-store.ts';
import { keepPause } from '../../src/delivery/pausing.ts';
import { sendSome } from '../../src/delivery/sender.ts';
import type { SlackPost } from '../../src/delivery/slack-post.ts';
import { NeverBegan } from '../../src/delivery/timely-fetch.ts';
import { companyNow } from '../../src/platform/db/company-time.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { insertChannel, insertPerson, keptLog } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { fakeSlack, type MachineClock, machineClock, slackErrors, unlimited } from './support.ts';

let database: TestDatabase;
let clock: MachineClock;
let workspaceId: string;
let channelId: number;
let personId: number;
beforeAll(async () => {
  database = await createTestDatabase();
  clock = await machineClock(database.db);
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  channelId = (await insertChannel(database.db, workspaceId, 'checkout')).id;
  personId = (await insertPerson(database.db, workspaceId)).id;
});
afterAll(async () => database.close());

const { log, lines } = keptLog();
const depsWith = (slack: SlackPost) => ({
  db: database.db,
  workspaceId,
  slack,
  limits: unlimited,
  log,
  ...clock,
});

async function say(to: { channelId: number } | { personId: number }): Promise<void> {
  await inTransaction(database.db, async (tx) => {
    const dedupeKey = JSON.stringify(to);
    const dueAt = await companyNow(tx, workspaceId);
    await tell(tx, { workspaceId, dedupeKey, to, content: { text: dedupeKey, blocks: [] }, dueAt });
  });
}

async function states(): Promise<string[]> {
  const rows = await database.db
    .selectFrom('deliveries')
    .select('state')
    .where('workspace_id', '=', workspaceId)
    .execute();
  return rows.map(({ state }) => state);
}

test('what was claimed with a post that Slack asked to wait with, and has not begun, is given back', async () => {
  await say({ channelId });
  await say({ personId });
  const refused = Promise.withResolvers<void>();
  const { slack, tries } = fakeSlack({
    async post() {
      refused.resolve();
      throw slackErrors.rateLimited(30);
    },
    // The channel with the person is open only when the other post has been refused.
    openDirect: async () => {
      await refused.promise;
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  await sendSome(depsWith(slack));
  expect([tries.post, await states()]).toEqual([1, ['pending', 'pending']]);
});

test('a claim that took long asks once more whether Slack has asked anybody to wait meanwhile', async () => {
  await say({ personId });
  const { slack, tries } = fakeSlack({
    async openDirect() {
      clock.holdUp(300);
      await savePause(database.db, workspaceId, 'posts', 30_000);
    },
  });
  await sendSome(depsWith(slack));
  expect([tries.post, await states()]).toEqual([0, ['pending']]);
  await clock.pass(30_000);
  await sendSome(depsWith(slack));
  expect([tries.post, await states()]).toEqual([1, ['sent']]);
});

test('what slept between its last look and the call is given back, since others may have been asked to wait', async () => {
  await say({ channelId });
  let slept = 6_000;
  const { slack } = fakeSlack();
  const begun: boolean[] = [];
  const sleepy: SlackPost = {
    ...slack,
    post: async (message, mayBegin) => {
      clock.holdUp(slept);
      begun.push(mayBegin());
      if (begun.at(-1) === false) throw new NeverBegan('late');
      return await slack.post(message, mayBegin);
    },
  };
  await sendSome({ ...depsWith(sleepy), limits: { ...unlimited, slackTimeoutMs: 10_000 } });
  expect([begun, await states()]).toEqual([[false], ['pending']]);
  slept = 4_000;
  await clock.pass(60_000);
  await sendSome({ ...depsWith(sleepy), limits: { ...unlimited, slackTimeoutMs: 10_000 } });
  expect([begun, await states()]).toEqual([[false, true], ['sent']]);
});

test('that Slack asked to wait is kept as soon as the database answers, with what is left of the wait', async () => {
  await sql`alter table pauses rename to pauses_away`.execute(database.db);
  const deps = {
    ...depsWith(fakeSlack().slack),
    async sleep(ms: number) {
      await clock.pass(ms);
      await sql`alter table pauses_away rename to pauses`.execute(database.db);
    },
  };
  await keepPause(deps, 'posts', clock.monotonicMs() + 1_000);
  expect(lines.at(-1)).toMatchObject({
    msg: 'that Slack asked to wait could not be kept yet',
    call: 'posts',
  });
  expect(await isPaused(database.db, workspaceId, 'posts')).toBe(true);
  await clock.pass(900);
  expect(await isPaused(database.db, workspaceId, 'posts')).toBe(false);
});
