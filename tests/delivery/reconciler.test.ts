import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leaseMsOf, settleMsOf } from '../../src/delivery/limits.ts';
import { cancel, rewrite, tell } from '../../src/delivery/outbox.ts';
import { reconcile } from '../../src/delivery/reconciler.ts';
import { drain, sendSome } from '../../src/delivery/sender.ts';
import type { SlackPost } from '../../src/delivery/slack-post.ts';
import { type Database, openDatabase } from '../../src/platform/db/database.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { insertActor, insertChannel, instant, keptLog, setClock } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { fakeSlack, type MachineClock, machineClock, slackErrors, unlimited } from './support.ts';

let database: TestDatabase;
let replica: Database;
let workspaceId: string;
let channelId: number;
let clock: MachineClock;
beforeAll(async () => {
  database = await createTestDatabase();
  replica = openDatabase(database.url);
  clock = await machineClock(database.db);
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  channelId = (await insertChannel(database.db, workspaceId, 'checkout', 'C0CHECKOUT')).id;
  await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
});
afterAll(async () => {
  await replica.destroy();
  await database.close();
});

const { log } = keptLog();
const settled = settleMsOf(unlimited);
const depsOf = (slack: SlackPost, db: Database = database.db) => ({
  ...clock,
  db,
  slack,
  workspaceId,
  log,
  limits: unlimited,
});
const say = (
  text: string,
  given: {
    to?: { personId: number } | { channelId: number };
    threadOf?: number;
    threadTs?: string;
    expiresAt?: string;
  } = {},
) =>
  inTransaction(database.db, async (tx) => {
    const { to = { channelId }, expiresAt, ...rest } = given;
    return await tell(tx, {
      workspaceId,
      dedupeKey: text,
      to,
      content: { text, blocks: [] },
      dueAt: instant('2026-10-05T08:00:00Z'),
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

/** Slack, which takes the first post of these and loses its answer; or only loses it. */
function losing(given: { taken: boolean } & Pick<NonNullable<Parameters<typeof fakeSlack>[0]>, 'history'>) {
  const stands: { id: string; ts: string; channel: string; threadTs: string | null }[] = [];
  const lost = new Set<string>();
  const fake = fakeSlack({
    post: async ({ text, deliveryId, channel, threadTs }) => {
      if (text.startsWith('sure') || lost.has(deliveryId)) return;
      lost.add(deliveryId);
      if (given.taken) stands.push({ id: deliveryId, ts: '1700000001.000100', channel, threadTs });
      throw slackErrors.network('ECONNRESET');
    },
    history:
      given.history ??
      (async ({ channel, threadTs }) => ({
        deliveries: stands.filter((it) => it.channel === channel && it.threadTs === threadTs),
        next: null,
      })),
  });
  return { ...fake, stands };
}

describe('a message in doubt', () => {
  test('is not looked for before its settle time is over: it may still be on its way', async () => {
    const id = await say('hello');
    const { slack, looks } = losing({ taken: false });
    await sendSome(depsOf(slack));
    await clock.pass(settled - 1);
    expect(await reconcile(depsOf(slack))).toEqual({ count: 0, inMs: 100 });
    expect([looks.length, (await deliveryOf(id)).state]).toEqual([0, 'unknown']);
  });

  test('that stands in Slack was sent, and is not sent again', async () => {
    const id = await say('hello');
    const { slack, tries } = losing({ taken: true });
    await drain(depsOf(slack));
    await clock.pass(settled);
    await drain(depsOf(slack));
    expect(await deliveryOf(id)).toMatchObject({
      state: 'sent',
      slack_channel: 'C0CHECKOUT',
      slack_ts: '1700000001.000100',
      shown_revision: 1,
      reason: null,
      settle_at: null,
      lease: null,
    });
    expect(tries.post).toBe(1);
  });

  test('that stands in Slack and reads differently by now is edited', async () => {
    const id = await say('hello');
    const { slack, edits } = losing({ taken: true });
    await drain(depsOf(slack));
    await inTransaction(database.db, (tx) => rewrite(tx, id, { text: 'goodbye', blocks: [] }));
    await clock.pass(settled);
    await drain(depsOf(slack));
    await drain(depsOf(slack));
    expect(texts(edits)).toEqual(['goodbye']);
  });

  test('that does not stand there goes out again, before what waits behind it', async () => {
    const id = await say('hello');
    await say('sure');
    const { slack, posts } = losing({ taken: false });
    await drain(depsOf(slack));
    await clock.pass(settled);
    await reconcile(depsOf(slack));
    await drain(depsOf(slack));
    expect(texts(posts)).toEqual(['hello', 'sure']);
    expect(await deliveryOf(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  test('holds what is behind it until it was looked for, ten minutes at most', async () => {
    await say('hello');
    await say('sure');
    const { slack, posts } = losing({
      taken: false,
      history: async () => Promise.reject(slackErrors.http(500)),
    });
    await drain(depsOf(slack));
    await clock.pass(599_999);
    await sendSome(depsOf(slack));
    expect(posts).toEqual([]);
    await clock.pass(1);
    await drain(depsOf(slack));
    expect(texts(posts)).toEqual(['sure']);
  });

  test('that is found lets what is behind it go on at once', async () => {
    await say('hello');
    await say('sure');
    const { slack, posts } = losing({ taken: true });
    await drain(depsOf(slack));
    await clock.pass(settled);
    await reconcile(depsOf(slack));
    await sendSome(depsOf(slack));
    expect(texts(posts)).toEqual(['sure']);
  });

  test('that is confirmed late after all does so too', async () => {
    const id = await say('sure late');
    await say('sure');
    const { slack, posts } = losing({ taken: true });
    const slow: SlackPost = {
      ...slack,
      post: async (message, mayBegin) => {
        if (message.text === 'sure late') await clock.pass(leaseMsOf(unlimited) + 1);
        if (message.text === 'sure late') await sendSome(depsOf(slack));
        return await slack.post(message, mayBegin);
      },
    };
    await sendSome(depsOf(slow));
    expect((await deliveryOf(id)).state).toBe('sent');
    await sendSome(depsOf(slow));
    expect(texts(posts)).toEqual(['sure late', 'sure']);
  });

  test('that was withdrawn meanwhile and is not there is cancelled', async () => {
    const id = await say('hello');
    const { slack, tries } = losing({ taken: false });
    await drain(depsOf(slack));
    await inTransaction(database.db, (tx) => cancel(tx, id, 'answered already'));
    expect((await deliveryOf(id)).state).toBe('unknown');
    await clock.pass(settled);
    await drain(depsOf(slack));
    expect(await deliveryOf(id)).toMatchObject({ state: 'cancelled', reason: 'answered already' });
    expect(tries.post).toBe(1);
  });

  test('whose time is over meanwhile and is not there expires', async () => {
    const id = await say('hello', { expiresAt: '2026-10-05T09:30:00Z' });
    const { slack, tries } = losing({ taken: false });
    await drain(depsOf(slack));
    await setClock(database.db, workspaceId, '2026-10-05T09:30:00Z');
    await clock.pass(settled);
    await drain(depsOf(slack));
    expect(await deliveryOf(id)).toMatchObject({ state: 'expired' });
    expect(tries.post).toBe(1);
  });

  test('of a person whose direct channel is not known is looked for where it went', async () => {
    const ana = await insertActor(database.db, workspaceId, { directChannel: 'D0ANA' });
    const id = await say('hello', { to: { personId: ana.id } });
    const { slack, stands } = losing({ taken: true });
    await drain(depsOf(slack));
    await database.db.updateTable('people').set({ direct_channel: null }).where('id', '=', ana.id).execute();
    for (const it of stands) it.channel = `D-${ana.slackId}`;
    await clock.pass(settled);
    await drain(depsOf(slack));
    expect(await deliveryOf(id)).toMatchObject({ state: 'sent', slack_channel: `D-${ana.slackId}` });
  });

  test('in a thread that somebody else began is looked for there, and is answered there again', async () => {
    const thread = { channel: 'C0CHECKOUT', threadTs: '1700000000.000200' };
    const id = await say('found', { threadTs: thread.threadTs });
    const taken = losing({ taken: true });
    await drain(depsOf(taken.slack));
    await clock.pass(settled);
    await drain(depsOf(taken.slack));
    expect(taken.stands).toMatchObject([thread]);
    expect(taken.looks).toMatchObject([thread]);
    expect((await deliveryOf(id)).state).toBe('sent');

    await say('lost', { threadTs: thread.threadTs });
    const lost = losing({ taken: false });
    await drain(depsOf(lost.slack));
    await clock.pass(settled);
    await drain(depsOf(lost.slack));
    expect(lost.looks).toMatchObject([thread]);
    expect(lost.posts).toMatchObject([{ ...thread, text: 'lost' }]);
  });

  test('in a thread is looked for there', async () => {
    const parent = await say('sure parent');
    const id = await say('reply', { threadOf: parent });
    const { slack, looks, posts } = losing({ taken: true });
    await drain(depsOf(slack));
    await clock.pass(settled);
    await drain(depsOf(slack));
    expect(looks).toMatchObject([{ channel: 'C0CHECKOUT', threadTs: posts[0]?.ts }]);
    expect((await deliveryOf(id)).state).toBe('sent');
  });

  test('is looked for once by two processes at once', async () => {
    for (let index = 0; index < 4; index += 1) {
      const { id } = await insertChannel(database.db, workspaceId, `c${index}`);
      await say(`message ${index}`, { to: { channelId: id } });
    }
    const { slack, looks } = losing({ taken: true });
    await drain(depsOf(slack));
    await clock.pass(settled);
    await Promise.all([reconcile(depsOf(slack)), reconcile(depsOf(slack, replica))]);
    expect(looks).toHaveLength(4);
  });
});

describe('a reading', () => {
  test('serves all in doubt of its channel, from an hour before the oldest of them was tried', async () => {
    const sure = await say('sure');
    await say('one');
    const { slack, looks } = losing({ taken: true });
    await drain(depsOf(slack));
    const tried = (await deliveryOf(sure)).claimed_at?.epochMilliseconds ?? 0;
    await clock.pass(settled);
    await say('two');
    await sendSome(depsOf(slack));
    await clock.pass(settled);
    await reconcile(depsOf(slack));
    expect(looks).toHaveLength(1);
    // The message before it in the channel is older still, so that clocks that differ hide nothing.
    expect(Number(looks[0]?.oldest)).toBeLessThanOrEqual(tried / 1000 - 3_600);
    expect(looks[0]?.oldest).toBe('1700000001.000100');
  });

  test('goes through all pages, short and empty ones too, before it says that a message is not there', async () => {
    const id = await say('hello');
    const { slack, looks } = losing({
      taken: false,
      history: async ({ cursor }) => {
        const page = Number(cursor ?? '0');
        return { deliveries: [], next: page < 3 ? String(page + 1) : null };
      },
    });
    await drain(depsOf(slack));
    await clock.pass(settled);
    await reconcile(depsOf(slack));
    expect(looks.map(({ cursor }) => cursor)).toEqual([null, '1', '2', '3']);
    expect((await deliveryOf(id)).state).toBe('pending');
  });

  test.each([
    ['a broken connection', () => slackErrors.network('ECONNRESET')],
    ['a 500', () => slackErrors.http(500)],
    ['a page without its messages', () => new Error('a page of history came without its messages')],
  ])('that ends with %s says nothing, and is done again later and later', async (_, error) => {
    const id = await say('hello');
    const { slack, looks, tries } = losing({
      taken: false,
      history: async ({ cursor }) => {
        if (cursor === null) return { deliveries: [], next: 'more' };
        throw error();
      },
    });
    await drain(depsOf(slack));
    await clock.pass(settled);
    const pauses: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const { inMs } = await reconcile(depsOf(slack));
      pauses.push(inMs ?? 0);
      await clock.pass(inMs ?? 0);
    }
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 80_000]);
    expect(looks).toHaveLength(10);
    expect(await deliveryOf(id)).toMatchObject({ state: 'unknown', reads: 5 });
    expect(tries.post).toBe(1);
  });

  test('that was asked to wait is not made again before, by no process, and counts for nothing', async () => {
    const id = await say('hello');
    const { slack, looks } = losing({
      taken: false,
      history: async (_, count) => {
        if (count === 1) throw slackErrors.rateLimited(60);
        return { deliveries: [], next: null };
      },
    });
    await drain(depsOf(slack));
    await clock.pass(settled);
    expect((await reconcile(depsOf(slack))).inMs).toBe(60_000);
    await clock.pass(59_999);
    await reconcile(depsOf(slack, replica));
    expect(looks).toHaveLength(1);
    await clock.pass(1);
    await reconcile(depsOf(slack, replica));
    expect(looks).toHaveLength(2);
    expect(await deliveryOf(id)).toMatchObject({ state: 'pending', reads: 0 });
  });

  test('of many pages waits for its turn between them, within the minute’s budget', async () => {
    const id = await say('hello');
    const { slack, looks } = losing({
      taken: false,
      history: async ({ cursor }) => {
        const page = Number(cursor ?? '0');
        return { deliveries: [], next: page < 29 ? String(page + 1) : null };
      },
    });
    await drain(depsOf(slack));
    await clock.pass(settled);
    const from = await clock.now();
    await reconcile({ ...depsOf(slack), limits: { ...unlimited, readsPerMinute: 40, readBurst: 10 } });
    expect(looks).toHaveLength(30);
    expect((await clock.now()) - from).toBeGreaterThanOrEqual(30_000);
    expect((await deliveryOf(id)).state).toBe('pending');
  });
});

describe('a channel that cannot be read', () => {
  const refusing = (word: string) =>
    losing({ taken: false, history: async () => Promise.reject(slackErrors.platform(word)) });
  async function lookIn(slack: SlackPost): Promise<void> {
    await drain(depsOf(slack));
    await clock.pass(settled);
    await reconcile(depsOf(slack));
  }

  test.each([
    ['not_in_channel', 'Cairn is not in the channel. Invite it (not_in_channel)'],
    [
      'channel_not_found',
      'Slack knows no such channel, or Cairn is not in it. Invite it (channel_not_found)',
    ],
    [
      'missing_scope',
      'Cairn may not read the channel. Install it anew with the scopes of manifest.yml (missing_scope)',
    ],
  ])('because of %s leaves the decision to an admin, in words', async (word, mend) => {
    const id = await say('hello');
    const { slack, tries } = refusing(word);
    await lookIn(slack);
    expect(await deliveryOf(id)).toMatchObject({
      state: 'dead',
      reason: `it may have been posted, and nobody can look: ${mend}`,
      lease: null,
    });
    expect((await deliveryOf(id)).ended_at).not.toBeNull();
    expect(tries.post).toBe(1);
  });

  test('and that is lost is known as lost', async () => {
    await say('hello');
    await lookIn(refusing('not_in_channel').slack);
    const row = await database.db
      .selectFrom('channels')
      .select('lost_reason')
      .where('id', '=', channelId)
      .executeTakeFirstOrThrow();
    expect(row.lost_reason).toBe('not_in_channel');
  });

  test('for an hour leaves the decision to an admin as well, and not before', async () => {
    const id = await say('hello');
    const { slack } = losing({
      taken: false,
      history: async () => Promise.reject(slackErrors.http(503)),
    });
    await drain(depsOf(slack));
    const from = await clock.now();
    while ((await deliveryOf(id)).state === 'unknown') {
      const { inMs } = await reconcile(depsOf(slack));
      await clock.pass(inMs ?? 0);
    }
    expect((await clock.now()) - from).toBeGreaterThan(3_600_000);
    expect(await deliveryOf(id)).toMatchObject({
      state: 'dead',
      reason:
        'it may have been posted, and the channel could not be read for an hour (slack_webapi_http_error)',
    });
  });
});

test('what an older process left in doubt is settled too, one settle time after it is first seen', async () => {
  const id = await say('hello');
  await database.db
    .updateTable('deliveries')
    .set({ state: 'unknown', claimed_at: null, settle_at: null })
    .where('message_id', '=', id)
    .execute();
  const { slack } = losing({ taken: false });
  await reconcile(depsOf(slack));
  expect((await deliveryOf(id)).state).toBe('unknown');
  await clock.pass(settled);
  await reconcile(depsOf(slack));
  expect((await deliveryOf(id)).state).toBe('pending');
});
