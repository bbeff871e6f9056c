import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweep } from '../../src/delivery/claim-store.ts';
import { laneOf } from '../../src/delivery/lanes.ts';
import { leaseMsOf, longestDoubtMs, settleMsOf } from '../../src/delivery/limits.ts';
import { cancel, rewrite, tell } from '../../src/delivery/outbox.ts';
import { drain } from '../../src/delivery/sender.ts';
import type { SlackPost } from '../../src/delivery/slack-post.ts';
import { type Database, openDatabase } from '../../src/platform/db/database.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { insertActor, insertChannel, insertPerson, instant, keptLog, setClock } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { fakeSlack, type MachineClock, machineClock, slackErrors, unlimited } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let channel: { id: number; slackId: string | null };
let clock: MachineClock;
beforeAll(async () => {
  database = await createTestDatabase();
  clock = await machineClock(database.db);
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  channel = await insertChannel(database.db, workspaceId, 'checkout');
  await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
});
afterAll(async () => {
  await database.close();
});

const { log, lines } = keptLog();
const depsOf = (slack: SlackPost, db: Database = database.db) => ({
  ...clock,
  db,
  slack,
  workspaceId,
  log,
  limits: unlimited,
});
const send = (slack: SlackPost, db?: Database) => drain(depsOf(slack, db));

const saying = (text: string) => ({ text, blocks: [] });

/** Writes a message to the channel, due at nine, unless told otherwise. */
const say = (
  text: string,
  given: { dueAt?: string; to?: { personId: number } | { channelId: number }; threadOf?: number } = {},
) =>
  inTransaction(database.db, async (tx) =>
    tell(tx, {
      workspaceId,
      dedupeKey: text,
      to: given.to ?? { channelId: channel.id },
      content: saying(text),
      dueAt: instant(given.dueAt ?? '2026-10-05T09:00:00Z'),
      ...(given.threadOf === undefined ? {} : { threadOf: given.threadOf }),
    }),
  );
const sayAgain = (messageId: number, text: string) =>
  inTransaction(database.db, async (tx) => rewrite(tx, messageId, saying(text)));

async function deliveryOf(messageId: number) {
  return await database.db
    .selectFrom('deliveries')
    .selectAll()
    .where('message_id', '=', messageId)
    .executeTakeFirstOrThrow();
}
const stateOf = async (messageId: number) => (await deliveryOf(messageId)).state;

/** Machine time goes on: pauses end and leases run out. */
const letTimePass = () => clock.pass(3_600_000);

const texts = (messages: { text: string }[]) => messages.map((message) => message.text);

describe('what is due', () => {
  test('is posted, and what Slack made of it is kept', async () => {
    const id = await say('hello');
    const { slack, posts } = fakeSlack();
    expect(await send(slack)).toBe(1);
    expect(posts).toMatchObject([{ channel: channel.slackId, text: 'hello', blocks: [], threadTs: null }]);
    const delivery = await deliveryOf(id);
    expect(posts[0]?.deliveryId).toBe(delivery.id);
    expect(delivery).toMatchObject({
      state: 'sent',
      slack_channel: channel.slackId,
      slack_ts: posts[0]?.ts,
      attempts: 1,
      lease: null,
      leased_until: null,
      reason: null,
    });
  });

  test('is posted once', async () => {
    await say('hello');
    const { slack, posts } = fakeSlack();
    await send(slack);
    expect(await send(slack)).toBe(0);
    expect(posts).toHaveLength(1);
  });

  test('goes out in the order of its due times, whenever it was written', async () => {
    await say('third', { dueAt: '2026-10-05T08:30:00Z' });
    await say('first', { dueAt: '2026-10-05T07:00:00Z' });
    await say('fourth', { dueAt: '2026-10-05T08:30:00Z' });
    await say('second', { dueAt: '2026-10-05T08:00:00Z' });
    const { slack, posts } = fakeSlack();
    await send(slack);
    expect(texts(posts)).toEqual(['first', 'second', 'third', 'fourth']);
  });

  test('is sent to the last, more than one batch of it', async () => {
    for (let index = 10; index < 45; index += 1) await say(`message ${index}`);
    const { slack, posts } = fakeSlack();
    expect(await send(slack)).toBe(35);
    expect(texts(posts)).toEqual(Array.from({ length: 35 }, (_, index) => `message ${index + 10}`));
  });

  test('goes out in that order from batch to batch too', async () => {
    const times = Array.from({ length: 25 }, (_, index) => `2026-10-05T07:${index + 10}:00Z`);
    for (const dueAt of times.toReversed()) await say(dueAt, { dueAt });
    const { slack, posts } = fakeSlack();
    await send(slack);
    expect(texts(posts)).toEqual(times);
  });

  test('is what the company’s clock says, not the machine’s', async () => {
    await say('on Monday', { dueAt: '2026-10-12T09:00:00Z' });
    const { slack, posts } = fakeSlack();
    await setClock(database.db, workspaceId, '2026-10-12T08:59:00Z');
    expect(await send(slack)).toBe(0);
    await setClock(database.db, workspaceId, '2026-10-12T09:00:00Z');
    expect(await send(slack)).toBe(1);
    expect(texts(posts)).toEqual(['on Monday']);
  });

  test('is not what was cancelled, and what went out cannot be', async () => {
    const early = await say('early');
    const late = await say('late', { dueAt: '2026-10-05T10:00:00Z' });
    const { slack, posts } = fakeSlack();
    await send(slack);
    await inTransaction(database.db, async (tx) => {
      await cancel(tx, early, 'over');
      await cancel(tx, late, 'over');
    });
    await setClock(database.db, workspaceId, '2026-10-05T11:00:00Z');
    await send(slack);
    expect(texts(posts)).toEqual(['early']);
    expect([await stateOf(early), await stateOf(late)]).toEqual(['sent', 'cancelled']);
  });

  test('of another workspace is not sent with this one’s token', async () => {
    const other = await insertWorkspace(database.db);
    const theirs = await insertChannel(database.db, other, 'checkout');
    await inTransaction(database.db, async (tx) =>
      tell(tx, {
        workspaceId: other,
        dedupeKey: 'theirs',
        to: { channelId: theirs.id },
        content: saying('theirs'),
        dueAt: instant('2020-01-01T00:00:00Z'),
      }),
    );
    const { slack, posts } = fakeSlack();
    await send(slack);
    expect(posts).toEqual([]);
  });

  test('waits for another sender when this one is told to stop, without what is in hand', async () => {
    for (let index = 0; index < 25; index += 1) await say(`message ${index}`);
    const { slack, posts } = fakeSlack();
    await drain(depsOf(slack), () => posts.length > 0);
    expect(texts(posts)).toEqual(['message 0']);
    const left = await database.db
      .selectFrom('deliveries')
      .select(['state', 'lease'])
      .where('workspace_id', '=', workspaceId)
      .where('state', '<>', 'sent')
      .execute();
    expect(left).toEqual(Array(24).fill({ state: 'pending', lease: null }));
    await send(slack);
    expect(texts(posts)).toEqual(Array.from({ length: 25 }, (_, index) => `message ${index}`));
  });
});

describe('a direct message', () => {
  test('opens its channel once, keeps it, and goes there from then on', async () => {
    const ana = await insertActor(database.db, workspaceId);
    await say('first', { to: { personId: ana.id } });
    await say('second', { to: { personId: ana.id }, dueAt: '2026-10-05T10:00:00Z' });
    const { slack, posts, opened } = fakeSlack();
    await send(slack);
    const row = await database.db
      .selectFrom('people')
      .select('direct_channel')
      .where('id', '=', ana.id)
      .executeTakeFirst();
    expect(row?.direct_channel).toBe(`D-${ana.slackId}`);
    await setClock(database.db, workspaceId, '2026-10-05T10:00:00Z');
    await send(slack);
    expect(opened).toEqual([ana.slackId]);
    expect(posts.map((post) => post.channel)).toEqual([`D-${ana.slackId}`, `D-${ana.slackId}`]);
  });

  test('of several to one person in a batch opens it once too', async () => {
    const ana = await insertActor(database.db, workspaceId);
    for (const text of ['first', 'second', 'third']) await say(text, { to: { personId: ana.id } });
    const { slack, posts, opened } = fakeSlack();
    await send(slack);
    expect(posts).toHaveLength(3);
    expect(opened).toEqual([ana.slackId]);
  });

  test('stores the channel before it says anything there', async () => {
    const ana = await insertActor(database.db, workspaceId);
    await say('hello', { to: { personId: ana.id } });
    const { slack } = fakeSlack({
      post: async () => {
        const row = await database.db
          .selectFrom('people')
          .select('direct_channel')
          .where('id', '=', ana.id)
          .executeTakeFirst();
        expect(row?.direct_channel).toBe(`D-${ana.slackId}`);
      },
    });
    await send(slack);
  });

  test('whose channel could not be opened is tried again, whatever went wrong', async () => {
    const ana = await insertActor(database.db, workspaceId);
    const id = await say('hello', { to: { personId: ana.id } });
    const { slack, posts } = fakeSlack({
      openDirect: async (_, count) => {
        if (count === 1) throw slackErrors.network('ECONNRESET');
      },
    });
    await send(slack);
    expect(await deliveryOf(id)).toMatchObject({ state: 'pending', reason: 'ECONNRESET' });
    await letTimePass();
    await send(slack);
    expect(texts(posts)).toEqual(['hello']);
  });

  test('to somebody whom Slack will not open one with is dead, with its reason', async () => {
    const ana = await insertActor(database.db, workspaceId);
    const id = await say('hello', { to: { personId: ana.id } });
    const { slack } = fakeSlack({
      openDirect: async () => {
        throw slackErrors.platform('user_disabled');
      },
    });
    await send(slack);
    expect(await deliveryOf(id)).toMatchObject({ state: 'dead', reason: 'user_disabled' });
  });

  test('to somebody who is not in Slack yet waits, and goes out once they are', async () => {
    const nobody = await insertPerson(database.db, workspaceId, { slackId: null });
    const id = await say('hello', { to: { personId: nobody.id } });
    const { slack, posts, tries } = fakeSlack();
    await send(slack);
    expect(await deliveryOf(id)).toMatchObject({
      state: 'pending',
      reason: 'nobody in Slack answers to this address yet',
    });
    await send(slack);
    expect(await deliveryOf(id)).toMatchObject({ attempts: 1 });
    expect(tries).toEqual({ post: 0, edit: 0, openDirect: 0 });
    await database.db.updateTable('people').set({ slack_id: 'U9' }).where('id', '=', nobody.id).execute();
    await letTimePass();
    await send(slack);
    expect(posts).toMatchObject([{ channel: 'D-U9', text: 'hello' }]);
  });
});

describe('a channel that Slack has not told of', () => {
  let named: { id: number };
  beforeEach(async () => {
    named = await insertChannel(database.db, workspaceId, 'payments', null);
  });
  async function known(channelId: number): Promise<{ slack_id: string | null; has_cairn: boolean }> {
    return await database.db
      .selectFrom('channels')
      .select(['slack_id', 'has_cairn'])
      .where('id', '=', channelId)
      .executeTakeFirstOrThrow();
  }
  const idOf = async (channelId: number) => (await known(channelId)).slack_id;

  test('is posted to by its name, and gets the id that Slack answers with: Cairn is in it', async () => {
    const id = await say('hello', { to: { channelId: named.id } });
    const reply = await say('reply', { to: { channelId: named.id }, threadOf: id });
    const { slack, posts } = fakeSlack();
    await send(slack);
    expect(posts).toMatchObject([
      { channel: '#payments', threadTs: null },
      { channel: 'C-payments', threadTs: posts[0]?.ts },
    ]);
    expect(await deliveryOf(id)).toMatchObject({ state: 'sent', slack_channel: 'C-payments' });
    expect(await stateOf(reply)).toBe('sent');
    expect(await known(named.id)).toEqual({ slack_id: 'C-payments', has_cairn: true });
  });

  test('whose id another row has stays without, and its threads and edits go to where they stand', async () => {
    await insertChannel(database.db, workspaceId, 'renamed', 'C-payments');
    const id = await say('0 of 2', { to: { channelId: named.id } });
    await say('reply', { to: { channelId: named.id }, threadOf: id });
    const { slack, posts, edits } = fakeSlack();
    await send(slack);
    await sayAgain(id, '1 of 2');
    await send(slack);
    expect(posts.map((post) => post.channel)).toEqual(['#payments', 'C-payments']);
    expect(edits).toMatchObject([{ channel: 'C-payments', text: '1 of 2' }]);
    expect(await idOf(named.id)).toBeNull();
  });

  test('and that is told of while the message is posted keeps that id', async () => {
    const id = await say('hello', { to: { channelId: named.id } });
    const { slack } = fakeSlack({
      post: async () => {
        await database.db
          .updateTable('channels')
          .set({ slack_id: 'C-told' })
          .where('id', '=', named.id)
          .execute();
      },
    });
    await send(slack);
    expect(await stateOf(id)).toBe('sent');
    expect(await idOf(named.id)).toBe('C-told');
  });

  test('and that does not exist waits for it, and its replies with it', async () => {
    const id = await say('hello', { to: { channelId: named.id } });
    const reply = await say('reply', { to: { channelId: named.id }, threadOf: id });
    const { slack, posts } = fakeSlack({
      post: async (_, count) => {
        if (count === 1) throw slackErrors.platform('channel_not_found');
      },
    });
    await send(slack);
    expect([await stateOf(id), await stateOf(reply)]).toEqual(['pending', 'pending']);
    await letTimePass();
    await send(slack);
    expect(texts(posts)).toEqual(['hello', 'reply']);
  });
});

describe('a reply', () => {
  test('waits until its parent is sent, and goes into its thread', async () => {
    const parent = await say('parent', { dueAt: '2026-10-05T10:00:00Z' });
    await say('reply', { threadOf: parent });
    const { slack, posts } = fakeSlack();
    expect(await send(slack)).toBe(0);
    await setClock(database.db, workspaceId, '2026-10-05T10:00:00Z');
    await send(slack);
    expect(texts(posts)).toEqual(['parent', 'reply']);
    expect(posts[1]?.threadTs).toBe(posts[0]?.ts);
  });

  test('waits while nobody knows whether its parent was sent', async () => {
    const parent = await say('parent');
    const reply = await say('reply', { threadOf: parent });
    const { slack, posts } = fakeSlack({
      post: async () => {
        throw slackErrors.http(503);
      },
    });
    await send(slack);
    await send(slack);
    expect(posts).toEqual([]);
    expect([await stateOf(parent), await stateOf(reply)]).toEqual(['unknown', 'pending']);
  });

  test.each(['dead', 'cancelled', 'expired'] as const)('dies with its parent that is %s', async (state) => {
    const parent = await say('parent');
    const reply = await say('reply', { threadOf: parent });
    await database.db.updateTable('deliveries').set({ state }).where('message_id', '=', parent).execute();
    const { slack, posts } = fakeSlack();
    await send(slack);
    expect(posts).toEqual([]);
    expect(await deliveryOf(reply)).toMatchObject({
      state: 'dead',
      reason: 'the message that it answers was not sent',
    });
  });
});

describe('when Slack asks to wait', () => {
  test('everything waits as long as Slack said, since it may mean everybody, and goes out then in order', async () => {
    const slow = await say('slow', { dueAt: '2026-10-05T08:00:00Z' });
    await say('quick', { to: { channelId: (await insertChannel(database.db, workspaceId, 'other')).id } });
    const { slack, posts } = fakeSlack({
      post: async ({ text }) => {
        // The claim that took them both is committed: the second one is on its way already.
        if (text === 'slow' && (await clock.now()) < until) throw slackErrors.rateLimited(120);
      },
    });
    const until = (await clock.now()) + 120_000;
    await send(slack);
    await say('later', { to: { channelId: (await insertChannel(database.db, workspaceId, 'third')).id } });
    await clock.pass(119_000);
    expect(await send(slack)).toBe(0);
    expect(texts(posts)).toEqual(['quick']);
    expect(await deliveryOf(slow)).toMatchObject({
      state: 'pending',
      lease: null,
      reason: 'Slack asked to wait',
      not_before: null,
    });
    await clock.pass(1_000);
    expect(await send(slack)).toBe(2);
    expect(texts(posts).toSorted()).toEqual(['later', 'quick', 'slow']);
    expect(await deliveryOf(slow)).toMatchObject({ state: 'sent', attempts: 2, reason: null });
  });

  test('the company’s clock does not shorten the wait', async () => {
    await say('slow');
    const { slack, tries } = fakeSlack({
      post: async () => {
        throw slackErrors.rateLimited(120);
      },
    });
    await send(slack);
    await setClock(database.db, workspaceId, '2026-10-06T09:00:00Z');
    await send(slack);
    expect(tries.post).toBe(1);
  });
});

describe('when it was provably not sent', () => {
  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
    'for %s, it is tried again after a pause',
    async (code) => {
      const id = await say('hello');
      const { slack, posts, tries } = fakeSlack({
        post: async (_, count) => {
          if (count === 1) throw slackErrors.network(code);
        },
      });
      await send(slack);
      expect(await deliveryOf(id)).toMatchObject({ state: 'pending', reason: code });
      await send(slack);
      expect(tries.post).toBe(1);
      await letTimePass();
      await send(slack);
      expect(texts(posts)).toEqual(['hello']);
    },
  );
});

describe('when nobody knows whether it was sent', () => {
  test.each([
    ['a reset', () => slackErrors.network('ECONNRESET'), 'ECONNRESET'],
    ['a timeout', () => slackErrors.network('ETIMEDOUT'), 'ETIMEDOUT'],
    ['a 503', () => slackErrors.http(503), 'slack_webapi_http_error'],
    ['Slack’s own trouble', () => slackErrors.platform('internal_error'), 'internal_error'],
    ['anything that nobody thought of', () => new Error('what?'), 'Error'],
  ])('after %s, it waits until that can be known, and its channel with it', async (_, error, reason) => {
    const id = await say('hello');
    const behind = await say('behind');
    const other = await say('other', {
      to: { channelId: (await insertChannel(database.db, workspaceId, 'other')).id },
    });
    const { slack, posts, tries } = fakeSlack({
      post: async ({ text }) => {
        if (text === 'hello') throw error();
      },
    });
    await send(slack);
    expect(await deliveryOf(id)).toMatchObject({ state: 'unknown', reason, lease: null });
    expect([await stateOf(behind), await stateOf(other)]).toEqual(['pending', 'sent']);
    await clock.pass(settleMsOf(unlimited) - 2_000);
    await send(slack);
    expect(tries.post).toBe(2);
    expect(texts(posts)).toEqual(['other']);
  });

  test('a rewrite does not send it again either', async () => {
    const id = await say('hello');
    const { slack, tries } = fakeSlack({
      post: async () => {
        throw slackErrors.http(500);
      },
    });
    await send(slack);
    await sayAgain(id, 'goodbye');
    await clock.pass(settleMsOf(unlimited) - 2_000);
    await send(slack);
    expect(tries).toEqual({ post: 1, edit: 0, openDirect: 0 });
  });
});

test.each(['is_archived', 'msg_too_long'])(
  'what Slack will never take is dead, with its reason in the log: %s',
  async (error) => {
    const id = await say('hello');
    const { slack, tries } = fakeSlack({
      post: async () => {
        throw slackErrors.platform(error);
      },
    });
    await send(slack);
    await letTimePass();
    await send(slack);
    expect(await deliveryOf(id)).toMatchObject({ state: 'dead', reason: error });
    expect(tries.post).toBe(1);
    expect(lines.findLast((line) => line.level === 50)).toMatchObject({ reason: error, message: id });
  },
);

describe('a lease', () => {
  /** A sender that was killed while it posted: its lease is committed, and nothing comes after it. */
  async function killedWhileSending(id: number): Promise<void> {
    const killed = fakeSlack({ post: () => new Promise(() => undefined) });
    void send(killed.slack);
    await expect.poll(() => killed.tries.post).toBe(1);
    expect(await stateOf(id)).toBe('sending');
  }

  test('is committed before Slack is called', async () => {
    const id = await say('hello');
    const { slack } = fakeSlack({
      post: async () => {
        expect(await deliveryOf(id)).toMatchObject({ state: 'sending', attempts: 1 });
      },
    });
    await send(slack);
    expect(await stateOf(id)).toBe('sent');
  });

  test('of a sender that died leaves the message alone while it holds, and unknown when it runs out', async () => {
    const id = await say('hello');
    await killedWhileSending(id);
    const { slack, tries } = fakeSlack();
    await clock.pass(leaseMsOf(unlimited));
    await send(slack);
    expect(await stateOf(id)).toBe('sending');
    await clock.pass(1);
    await send(slack);
    expect(await deliveryOf(id)).toMatchObject({
      state: 'unknown',
      reason: 'the lease ran out',
      lease: null,
    });
    await send(slack);
    expect(tries.post).toBe(0);
  });

  test('that could run out during the call is given back, and the message goes out under another', async () => {
    const ana = await insertActor(database.db, workspaceId);
    const id = await say('late', { to: { personId: ana.id } });
    const { slack, posts, tries } = fakeSlack({
      openDirect: async () => {
        // The process sleeps; the database's clock does not see it, but the lease would be over.
        clock.holdUp(leaseMsOf(unlimited));
      },
    });
    await send(slack);
    expect(tries).toEqual({ post: 1, edit: 0, openDirect: 1 });
    expect(texts(posts)).toEqual(['late']);
    expect(await deliveryOf(id)).toMatchObject({ state: 'sent', attempts: 2, reason: null });
  });

  test('that was lost does not undo a success that comes after', async () => {
    const id = await say('hello');
    const { slack, posts } = fakeSlack({
      post: async () => {
        await clock.pass(leaseMsOf(unlimited) + 1);
        await sweep(database.db, workspaceId, unlimited);
        expect(await stateOf(id)).toBe('unknown');
      },
    });
    await send(slack);
    expect(await deliveryOf(id)).toMatchObject({ state: 'sent', slack_ts: posts[0]?.ts, reason: null });
  });

  test('that was lost lets a late failure change nothing', async () => {
    const id = await say('hello');
    const { slack } = fakeSlack({
      post: async () => {
        await clock.pass(leaseMsOf(unlimited) + 1);
        await sweep(database.db, workspaceId, unlimited);
        throw slackErrors.platform('is_archived');
      },
    });
    await send(slack);
    expect(await deliveryOf(id)).toMatchObject({ state: 'unknown', reason: 'the lease ran out' });
  });

  test('holds the lane: nothing else is under way in it', async () => {
    const id = await say('hello');
    await say('next');
    await killedWhileSending(id);
    const { slack, tries } = fakeSlack();
    await send(slack);
    expect(tries.post).toBe(0);
    const lane = await database.db
      .selectFrom('lanes')
      .select('free_at')
      .where('lane', '=', laneOf({ channelId: channel.id }))
      .executeTakeFirstOrThrow();
    expect(lane.free_at.epochMilliseconds).toBe((await clock.now()) + longestDoubtMs);
  });
});

describe('a rewritten message', () => {
  test('that waits goes out as it reads now, without an edit', async () => {
    const id = await say('draft');
    await sayAgain(id, 'final');
    const { slack, posts, edits } = fakeSlack();
    await send(slack);
    expect(texts(posts)).toEqual(['final']);
    expect(edits).toEqual([]);
  });

  test('that was sent is edited in place, once', async () => {
    const id = await say('0 of 2');
    const { slack, posts, edits } = fakeSlack();
    await send(slack);
    await sayAgain(id, '1 of 2');
    await send(slack);
    await send(slack);
    expect(posts).toHaveLength(1);
    expect(edits).toEqual([{ channel: channel.slackId, ts: posts[0]?.ts, text: '1 of 2', blocks: [] }]);
    expect(await deliveryOf(id)).toMatchObject({ state: 'sent', shown_revision: 2, lease: null });
  });

  test('several times over is edited once, to what it reads last', async () => {
    const id = await say('0 of 3');
    const { slack, edits } = fakeSlack();
    await send(slack);
    for (const text of ['1 of 3', '2 of 3', '3 of 3']) await sayAgain(id, text);
    await send(slack);
    expect(texts(edits)).toEqual(['3 of 3']);
  });

  test('while it is being posted is edited after it', async () => {
    const id = await say('0 of 2');
    const { slack, posts, edits } = fakeSlack({ post: async () => sayAgain(id, '1 of 2') });
    await send(slack);
    expect(texts(posts)).toEqual(['0 of 2']);
    expect(texts(edits)).toEqual(['1 of 2']);
  });

  test('while it is being edited is edited again', async () => {
    const id = await say('0 of 2');
    const { slack, edits } = fakeSlack({
      edit: async (_, count) => {
        if (count === 1) await sayAgain(id, '2 of 2');
      },
    });
    await send(slack);
    await sayAgain(id, '1 of 2');
    await send(slack);
    expect(texts(edits)).toEqual(['1 of 2', '2 of 2']);
  });

  test.each([
    ['asks to wait', () => slackErrors.rateLimited(60)],
    ['does not answer', () => slackErrors.network('ETIMEDOUT')],
    ['has troubles of its own', () => slackErrors.http(503)],
  ])('is edited later when Slack %s: doing it twice does no harm', async (_, error) => {
    const id = await say('0 of 2');
    const { slack, edits, tries } = fakeSlack({
      edit: async (_message, count) => {
        if (count === 1) throw error();
      },
    });
    await send(slack);
    await sayAgain(id, '1 of 2');
    await send(slack);
    expect(tries.edit).toBe(1);
    expect(await deliveryOf(id)).toMatchObject({ state: 'sent', shown_revision: 1, lease: null });
    await letTimePass();
    await send(slack);
    expect(texts(edits)).toEqual(['1 of 2']);
    expect(await deliveryOf(id)).toMatchObject({ shown_revision: 2, reason: null });
  });

  test('that was deleted in Slack is not edited for ever', async () => {
    const id = await say('0 of 2');
    const { slack, tries } = fakeSlack({
      edit: async () => {
        throw slackErrors.platform('message_not_found');
      },
    });
    await send(slack);
    await sayAgain(id, '1 of 2');
    await send(slack);
    await letTimePass();
    await send(slack);
    expect(tries.edit).toBe(1);
    expect(await deliveryOf(id)).toMatchObject({ state: 'sent', reason: 'message_not_found' });
  });

  test('whose editor died is edited by another when the lease runs out', async () => {
    const id = await say('0 of 2');
    const { slack, edits } = fakeSlack();
    await send(slack);
    await sayAgain(id, '1 of 2');
    await database.db
      .updateTable('deliveries')
      .set({ lease: crypto.randomUUID(), leased_until: sql<string>`machine_now() + interval '30 seconds'` })
      .where('message_id', '=', id)
      .execute();
    await send(slack);
    expect(edits).toEqual([]);
    await letTimePass();
    await send(slack);
    expect(texts(edits)).toEqual(['1 of 2']);
  });
});

describe('two senders at once', () => {
  let replica: Database;
  beforeAll(() => {
    replica = openDatabase(database.url);
  });
  afterAll(async () => {
    await replica.destroy();
  });
  async function channels(count: number): Promise<{ channelId: number }[]> {
    const names = Array.from({ length: count }, (_, index) => `lane-${index}`);
    const made = await Promise.all(names.map((name) => insertChannel(database.db, workspaceId, name)));
    return made.map(({ id }) => ({ channelId: id }));
  }
  const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 4));

  test('never post the same message twice, and leave none', async () => {
    const lanes = await channels(12);
    for (let index = 0; index < 60; index += 1) {
      await say(`message ${index}`, { to: lanes[index % 12] ?? { channelId: channel.id } });
    }
    const { slack, posts } = fakeSlack({ post: aMoment });
    const counts = await Promise.all([send(slack), send(slack, replica), send(slack), send(slack, replica)]);
    expect(texts(posts).toSorted()).toEqual(Array.from({ length: 60 }, (_, i) => `message ${i}`).toSorted());
    expect(new Set(posts.map((post) => post.deliveryId)).size).toBe(60);
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(1);
  });

  /**
   * Sends with four senders while another process holds one delivery's row, so that all of them have chosen
   * what to claim before any of them can; whoever waits for the row instead of passing it by goes on after.
   */
  async function sendWhileHeld(heldId: number, slack: SlackPost, whileHeld: () => void): Promise<void> {
    let senders: Promise<unknown> = Promise.resolve();
    await inTransaction(database.db, async (tx) => {
      await sql`select from deliveries where message_id = ${heldId} for update`.execute(tx);
      senders = Promise.all([send(slack), send(slack, replica), send(slack), send(slack, replica)]);
      await Promise.race([senders, new Promise((resolve) => setTimeout(resolve, 1_000))]);
      whileHeld();
    });
    await senders;
    await send(slack);
  }

  test('pass by what another one is claiming, and it too is posted once', async () => {
    const ids: number[] = [];
    for (const [index, to] of (await channels(5)).entries()) ids.push(await say(`message ${index}`, { to }));
    const { slack, posts } = fakeSlack();
    await sendWhileHeld(ids[2] ?? 0, slack, () => expect(posts).toHaveLength(4));
    expect(texts(posts).toSorted()).toEqual(ids.map((_, index) => `message ${index}`));
  });

  test('pass by what another one is about to edit, and it too is edited once', async () => {
    const ids: number[] = [];
    for (let index = 0; index < 5; index += 1) ids.push(await say(`message ${index}`));
    const { slack, edits } = fakeSlack();
    await send(slack);
    for (const [index, id] of ids.entries()) await sayAgain(id, `edit ${index}`);
    await sendWhileHeld(ids[2] ?? 0, slack, () => expect(edits).toHaveLength(4));
    expect(texts(edits).toSorted()).toEqual(ids.map((_, index) => `edit ${index}`));
  });

  test('never make the same edit twice', async () => {
    const ids: number[] = [];
    for (let index = 0; index < 20; index += 1) ids.push(await say(`message ${index}`));
    const { slack, edits } = fakeSlack({ edit: aMoment });
    await send(slack);
    for (const id of ids) await sayAgain(id, `edit of ${id}`);
    await Promise.all([send(slack), send(slack, replica), send(slack), send(slack, replica)]);
    expect(texts(edits).toSorted()).toEqual(ids.map((id) => `edit of ${id}`).toSorted());
  });
});
