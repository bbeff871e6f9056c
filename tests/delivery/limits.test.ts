import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBudget, rateOf } from '../../src/delivery/budget-store.ts';
import {
  type Limits,
  latestStartMsOf,
  leaseMsOf,
  limitsOf,
  settleMsOf,
  usualLimits,
} from '../../src/delivery/limits.ts';
import { cancel, rewrite, tell } from '../../src/delivery/outbox.ts';
import { drain, sendSome } from '../../src/delivery/sender.ts';
import type { SlackPost } from '../../src/delivery/slack-post.ts';
import { type Database, openDatabase } from '../../src/platform/db/database.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { insertChannel, instant, keptLog, setClock } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { fakeSlack, type MachineClock, machineClock, slackErrors, unlimited } from './support.ts';

let database: TestDatabase;
let replica: Database;
let workspaceId: string;
let clock: MachineClock;
beforeAll(async () => {
  database = await createTestDatabase();
  replica = openDatabase(database.url);
  clock = await machineClock(database.db);
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
});
afterAll(async () => {
  await replica.destroy();
  await database.close();
});

const { log } = keptLog();
const depsOf = (slack: SlackPost, limits: Limits, db: Database = database.db) => ({
  ...clock,
  db,
  slack,
  workspaceId,
  log,
  limits,
});
const channel = async (name: string) => (await insertChannel(database.db, workspaceId, name)).id;
const say = (
  text: string,
  channelId: number,
  given: { isAnswer?: boolean; dueAt?: string; expiresAt?: string; threadOf?: number } = {},
) =>
  inTransaction(database.db, async (tx) => {
    const { dueAt = '2026-10-05T08:00:00Z', expiresAt, ...rest } = given;
    return await tell(tx, {
      workspaceId,
      dedupeKey: text,
      to: { channelId },
      content: { text, blocks: [] },
      dueAt: instant(dueAt),
      ...rest,
      ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
    });
  });
async function deliveryOf(messageId: number) {
  return await database.db
    .selectFrom('deliveries')
    .selectAll()
    .where('message_id', '=', messageId)
    .executeTakeFirstOrThrow();
}
const texts = (messages: { text: string }[]) => messages.map((message) => message.text);

/** Slack, which notes when it was called, in milliseconds from the beginning. */
async function timedSlack(given: Parameters<typeof fakeSlack>[0] = {}) {
  const beginning = await clock.now();
  const at: [string, number][] = [];
  const fake = fakeSlack({
    ...given,
    post: async (message, count) => {
      at.push([message.text, Math.round((await clock.now()) - beginning)]);
      await given.post?.(message, count);
    },
  });
  return { ...fake, at };
}

describe('the limits', () => {
  test.each([1_000, 10_000, 30_000])(
    'leave time to settle: with calls of %i ms a reading begins after every post has come to Slack',
    (slackTimeoutMs) => {
      const limits = limitsOf({ postsPerSecond: 4, slackTimeoutMs });
      expect(settleMsOf(limits)).toBeGreaterThan(leaseMsOf(limits) + slackTimeoutMs);
      expect(latestStartMsOf(limits) + slackTimeoutMs).toBeLessThanOrEqual(leaseMsOf(limits));
    },
  );

  test('let no minute have more calls than Slack takes', () => {
    expect(usualLimits.editsPerMinute + usualLimits.editBurst).toBeLessThanOrEqual(50);
    expect(usualLimits.readsPerMinute + usualLimits.readBurst).toBeLessThanOrEqual(50);
    expect(usualLimits.postsPerSecond * 60 + usualLimits.burst).toBeLessThanOrEqual(300);
  });
});

describe('in one channel', () => {
  test('messages go out one by one, in order and a second apart, from whichever process', async () => {
    const id = await channel('checkout');
    for (const text of ['one', 'two', 'three', 'four']) await say(text, id);
    const { slack, at } = await timedSlack();
    const limits = { ...unlimited, channelSpacingMs: 1_000 };
    for (let turn = 0; turn < 80; turn += 1) {
      await sendSome(depsOf(slack, limits, turn % 2 === 0 ? database.db : replica));
      await clock.pass(50);
    }
    expect(at).toEqual([
      ['one', 0],
      ['two', 1_000],
      ['three', 2_000],
      ['four', 3_000],
    ]);
  });

  test('the distance is from when a post began, not from when it was claimed', async () => {
    const id = await channel('checkout');
    await say('one', id);
    await say('two', id);
    let isFirst = true;
    const { slack, at } = await timedSlack();
    const slow: SlackPost = {
      ...slack,
      post: async (message, mayBegin) => {
        if (isFirst) await clock.pass(700);
        isFirst = false;
        mayBegin();
        return await slack.post(message, mayBegin);
      },
    };
    await drain(depsOf(slow, { ...unlimited, channelSpacingMs: 1_000 }));
    expect(at).toEqual([
      ['one', 700],
      ['two', 1_700],
    ]);
  });

  test('an answer waits for what is before it, but not for other channels', async () => {
    const [busy, quiet] = [await channel('busy'), await channel('quiet')];
    await say('planned before', busy, { dueAt: '2026-10-05T07:00:00Z' });
    await say('elsewhere', quiet, { dueAt: '2026-10-05T06:00:00Z' });
    await say('answer', busy, { isAnswer: true });
    const { slack, posts } = fakeSlack();
    await drain(depsOf(slack, { ...unlimited, parallel: 1 }));
    expect(texts(posts)).toEqual(['planned before', 'answer', 'elsewhere']);
  });
});

describe('a workspace', () => {
  const paced: Limits = { ...unlimited, postsPerSecond: 4, burst: 6, reserve: 2 };

  test('is told a burst and then so many a second, and drained all the same', async () => {
    for (let index = 0; index < 16; index += 1) await say(`message ${index}`, await channel(`c${index}`));
    const { slack, at } = await timedSlack();
    expect(await drain(depsOf(slack, paced))).toBe(16);
    const times = at.map(([, ms]) => ms);
    expect(times.filter((ms) => ms === 0)).toHaveLength(4);
    expect(Math.max(...times)).toBe(3_000);
    for (const from of times) {
      expect(times.filter((ms) => ms >= from && ms < from + 1_000).length).toBeLessThanOrEqual(4 + 6);
    }
  });

  test('has one limit, whatever the number of processes', async () => {
    for (let index = 0; index < 20; index += 1) await say(`message ${index}`, await channel(`c${index}`));
    const { slack, posts } = fakeSlack();
    const processes = [database.db, replica, database.db, replica];
    await Promise.all(processes.map((db) => sendSome(depsOf(slack, paced, db))));
    expect(posts).toHaveLength(4);
    await clock.pass(1_000);
    await Promise.all(processes.map((db) => sendSome(depsOf(slack, paced, db))));
    expect(posts).toHaveLength(8);
  });

  test('keeps room for answers when planned messages have used up the rest', async () => {
    for (let index = 0; index < 10; index += 1) await say(`planned ${index}`, await channel(`c${index}`));
    const { slack, posts } = fakeSlack();
    await sendSome(depsOf(slack, paced));
    await say('answer', await channel('asker'), { isAnswer: true, dueAt: '2026-10-05T08:59:00Z' });
    const { inMs } = await sendSome(depsOf(slack, paced));
    expect(texts(posts).slice(4)).toEqual(['answer']);
    expect(inMs).toBe(0);
    expect((await sendSome(depsOf(slack, paced))).inMs).toBe(500);
  });

  test('goes on being told when the database’s clock was set back', async () => {
    const { slack, posts } = fakeSlack();
    for (let index = 0; index < 8; index += 1) await say(`message ${index}`, await channel(`c${index}`));
    await sendSome(depsOf(slack, paced));
    await clock.pass(-7_200_000);
    await sendSome(depsOf(slack, paced));
    await clock.pass(1_000);
    await sendSome(depsOf(slack, paced));
    expect(posts).toHaveLength(8);
    await clock.pass(7_200_000);
  });

  test('says when more can be sent: when a channel is free, when something comes due, or never', async () => {
    const limits = { ...unlimited, channelSpacingMs: 1_000 };
    const { slack } = fakeSlack();
    expect((await sendSome(depsOf(slack, limits))).inMs).toBeNull();
    const id = await channel('checkout');
    await say('one', id);
    await say('two', id);
    expect(await sendSome(depsOf(slack, limits))).toEqual({ count: 1, inMs: 0 });
    await clock.pass(400);
    expect(await sendSome(depsOf(slack, limits))).toEqual({ count: 0, inMs: 600 });
    await clock.pass(600);
    await say('later', id, { dueAt: '2026-10-05T10:00:00Z' });
    await sendSome(depsOf(slack, limits));
    const { inMs } = await sendSome(depsOf(slack, limits));
    expect(inMs).toBeGreaterThan(3_500_000);
    expect(inMs).toBeLessThanOrEqual(3_600_000);
  });
});

describe('when Slack asks to wait', () => {
  test('no other process calls before that is over either', async () => {
    const [one, other] = [await channel('one'), await channel('other')];
    await say('refused', one);
    const { slack, at, posts } = await timedSlack({
      post: async (_, count) => {
        if (count === 1) throw slackErrors.rateLimited(30);
      },
    });
    await sendSome(depsOf(slack, unlimited));
    await say('other', other);
    expect(await sendSome(depsOf(slack, unlimited, replica))).toEqual({ count: 0, inMs: 30_000 });
    await clock.pass(29_999);
    expect(await sendSome(depsOf(slack, unlimited, replica))).toEqual({ count: 0, inMs: 1 });
    await clock.pass(1);
    await sendSome(depsOf(slack, unlimited, replica));
    expect(texts(posts).toSorted()).toEqual(['other', 'refused']);
    expect(at.slice(1).map(([, ms]) => ms)).toEqual([30_000, 30_000]);
  });

  test('a channel that is refused again and again while others get through waits alone in the end', async () => {
    const [poisoned, well] = [await channel('poisoned'), await channel('well')];
    await say('never', poisoned);
    for (let index = 0; index < 12; index += 1) await say(`message ${index}`, well);
    const { slack, posts, tries } = fakeSlack({
      post: async ({ text }) => {
        if (text === 'never') throw slackErrors.rateLimited(10);
      },
    });
    // Each wait holds everybody, and one other message gets through after it.
    for (let turn = 0; turn < 6; turn += 1) {
      await sendSome(depsOf(slack, unlimited));
      await clock.pass(10_000);
    }
    expect([posts.length, tries.post]).toEqual([6, 12]);
    // The seventh refusal is the channel's own affair.
    await drain(depsOf(slack, unlimited));
    expect(posts).toHaveLength(12);
  });

  test('a workspace that is refused in all its channels goes on waiting as a whole', async () => {
    const ids = await Promise.all(['a', 'b', 'c'].map(channel));
    for (const [index, id] of ids.entries()) await say(`message ${index}`, id);
    const { slack, tries } = fakeSlack({
      post: async () => {
        throw slackErrors.rateLimited(10);
      },
    });
    for (let turn = 0; turn < 12; turn += 1) {
      await sendSome(depsOf(slack, unlimited));
      expect((await sendSome(depsOf(slack, unlimited))).inMs).toBe(10_000);
      await clock.pass(10_000);
    }
    expect(tries.post).toBe(36);
  });

  test('a refused connection holds its own channel for five seconds', async () => {
    const [one, other] = [await channel('one'), await channel('other')];
    await say('refused', one);
    await say('behind', one);
    const { slack, posts } = fakeSlack({
      post: async (_, count) => {
        if (count === 1) throw slackErrors.network('ECONNREFUSED');
      },
    });
    await drain(depsOf(slack, unlimited));
    await say('other', other);
    await drain(depsOf(slack, unlimited));
    expect(texts(posts)).toEqual(['other']);
    await clock.pass(5_000);
    await drain(depsOf(slack, unlimited));
    expect(texts(posts)).toEqual(['other', 'refused', 'behind']);
  });
});

describe('edits', () => {
  test('are as many as the minute allows, those that stand longest first, each to what it reads last', async () => {
    const ids: number[] = [];
    const id = await channel('checkout');
    for (let index = 0; index < 30; index += 1) ids.push(await say(`message ${index}`, id));
    const { slack, edits } = fakeSlack();
    const limits = { ...unlimited, editsPerMinute: 40, editBurst: 10, parallel: 50 };
    await drain(depsOf(slack, limits));
    for (const again of ['once', 'twice']) {
      for (const [index, messageId] of ids.entries()) {
        const text = `${again} ${index}`;
        await inTransaction(database.db, (tx) => rewrite(tx, messageId, { text, blocks: [] }));
      }
    }
    const from = await clock.now();
    await drain(depsOf(slack, limits));
    expect(texts(edits)).toEqual(Array.from({ length: 30 }, (_, index) => `twice ${index}`));
    expect((await clock.now()) - from).toBeGreaterThanOrEqual(30_000 - 1_500);
  });

  test('wait for Slack in every process, and posts do not wait with them', async () => {
    const id = await channel('checkout');
    const first = await say('first', id);
    const second = await say('second', id);
    const { slack, edits, posts } = fakeSlack({
      edit: async (_, count) => {
        if (count === 1) throw slackErrors.rateLimited(60);
      },
    });
    await drain(depsOf(slack, unlimited));
    await inTransaction(database.db, (tx) => rewrite(tx, first, { text: 'first again', blocks: [] }));
    await drain(depsOf(slack, unlimited));
    await inTransaction(database.db, (tx) => rewrite(tx, second, { text: 'second again', blocks: [] }));
    await say('third', id);
    await drain(depsOf(slack, unlimited, replica));
    expect([edits.length, posts.length]).toEqual([0, 3]);
    await clock.pass(60_000);
    await drain(depsOf(slack, unlimited, replica));
    expect(texts(edits).toSorted()).toEqual(['first again', 'second again']);
  });
});

describe('what has a deadline', () => {
  test('goes out before it, and expires at it, with all that answers it', async () => {
    const id = await channel('checkout');
    await say('in time', id, { expiresAt: '2026-10-05T09:30:00Z' });
    const late = await say('late', id, { dueAt: '2026-10-05T09:10:00Z', expiresAt: '2026-10-05T09:20:00Z' });
    const reply = await say('reply', id, { dueAt: '2026-10-05T09:15:00Z', threadOf: late });
    const { slack, posts } = fakeSlack();
    await drain(depsOf(slack, unlimited));
    await setClock(database.db, workspaceId, '2026-10-05T09:20:00Z');
    await drain(depsOf(slack, unlimited));
    expect(texts(posts)).toEqual(['in time']);
    expect(await deliveryOf(late)).toMatchObject({
      state: 'expired',
      reason: 'its time was over before it could be sent',
    });
    expect((await deliveryOf(late)).ended_at).not.toBeNull();
    expect(await deliveryOf(reply)).toMatchObject({ state: 'dead' });
  });
});

describe('a message that is withdrawn', () => {
  test('while it is under way stays where it went', async () => {
    const id = await say('hello', await channel('checkout'));
    const { slack, posts } = fakeSlack({
      post: async () => {
        await inTransaction(database.db, (tx) => cancel(tx, id, 'answered already'));
      },
    });
    await drain(depsOf(slack, unlimited));
    expect(posts).toHaveLength(1);
    expect(await deliveryOf(id)).toMatchObject({ state: 'sent', withdrawn: 'answered already' });
  });

  test('while it is under way is not sent again when it was not sent', async () => {
    const id = await say('hello', await channel('checkout'));
    const { slack, tries } = fakeSlack({
      post: async () => {
        await inTransaction(database.db, (tx) => cancel(tx, id, 'answered already'));
        throw slackErrors.network('ECONNREFUSED');
      },
    });
    await drain(depsOf(slack, unlimited));
    await clock.pass(60_000);
    await drain(depsOf(slack, unlimited));
    expect(tries.post).toBe(1);
    expect(await deliveryOf(id)).toMatchObject({ state: 'cancelled', reason: 'answered already' });
  });
});

describe('a channel that Slack takes no message in', () => {
  const lostReason = async (id: number) =>
    (
      await database.db
        .selectFrom('channels')
        .select('lost_reason')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    ).lost_reason;

  test('is known as lost, and is not any more when one gets through', async () => {
    const id = await channel('checkout');
    const { slack } = fakeSlack({
      post: async (_, count) => {
        if (count === 1) throw slackErrors.platform('is_archived');
      },
    });
    await say('one', id);
    await drain(depsOf(slack, unlimited));
    expect(await lostReason(id)).toBe('is_archived');
    await say('two', id);
    await drain(depsOf(slack, unlimited));
    expect(await lostReason(id)).toBeNull();
  });

  test('is not lost because a message was wrong', async () => {
    const id = await channel('checkout');
    const { slack } = fakeSlack({
      post: async () => {
        throw slackErrors.platform('msg_too_long');
      },
    });
    await say('one', id);
    await drain(depsOf(slack, unlimited));
    expect(await lostReason(id)).toBeNull();
  });
});

test('a budget fills by machine time, up to what it holds', async () => {
  const rate = rateOf('edits', usualLimits);
  const open = () =>
    inTransaction(database.db, async (tx) => await openBudget(tx, workspaceId, 'edits', rate));
  expect(await open()).toEqual({ tokens: 10, pausedMs: 0 });
  await database.db.updateTable('budgets').set({ tokens: 0 }).execute();
  await clock.pass(3_000);
  expect((await open()).tokens).toBeCloseTo(2, 6);
  await clock.pass(60_000);
  expect((await open()).tokens).toBe(10);
});
