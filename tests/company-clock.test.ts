import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../src/cadence/planner.ts';
import type { Ritual } from '../src/cadence/ritual.ts';
import { lockDue } from '../src/cadence/store.ts';
import { type CompanyClockOptions, companyClock, type Work } from '../src/company-clock.ts';
import { claimPosts } from '../src/delivery/claiming.ts';
import { tell } from '../src/delivery/outbox.ts';
import { drain } from '../src/delivery/sender.ts';
import { listRocks } from '../src/features/ownership/lookup-list-store.ts';
import { findCard } from '../src/features/ownership/lookup-store.ts';
import { insertMiss } from '../src/features/ownership/misses/store.ts';
import { companyNow } from '../src/platform/db/company-time.ts';
import { inTransaction } from '../src/platform/db/transaction.ts';
import { fakeSlack, slackErrors, unlimited } from './delivery/support.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertRock,
  instant,
  isAbout,
  keptLog,
  setClock,
} from './support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from './support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let channelId: number;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Berlin' });
  channelId = (await insertChannel(database.db, workspaceId, 'checkout')).id;
  await setClock(database.db, workspaceId, '2026-10-05T08:00:00Z');
});
afterAll(async () => {
  await database.close();
});

const { log } = keptLog();

type Options = Partial<Pick<CompanyClockOptions, 'mostStops' | 'patienceMs'>> & { work?: Partial<Work> };

/** Plans and sends as the bot does; every occurrence says its name in the channel. */
function clockWith(slack: ReturnType<typeof fakeSlack>['slack'], { work = {}, ...options }: Options = {}) {
  const ritual: Ritual = {
    key: 'okr-check-in',
    name: 'OKR check-in',
    async open(tx, occurrences) {
      for (const { id, name, dueAt } of occurrences) {
        const content = { text: name, blocks: [] };
        await tell(tx, { workspaceId, dedupeKey: `run:${id}`, to: { channelId }, content, dueAt });
      }
      return new Map();
    },
  };
  const rituals = new Map([[ritual.key, ritual]]);
  return companyClock(
    { db: database.db, workspaceId, rituals, ...options },
    {
      plan: () => tick({ db: database.db, workspaceId, rituals, log }),
      send: () => drain({ db: database.db, slack, workspaceId, log, limits: unlimited }),
      ...work,
    },
  );
}

const daily = () =>
  insertCadence(database.db, workspaceId, {
    key: 'daily',
    channelId,
    schedule: '0 9 * * *',
    nextDueAt: '2026-10-05T09:00:00Z',
  });

const say = (text: string, dueAt: string, to: { channelId: number } | { personId: number } = { channelId }) =>
  inTransaction(database.db, async (tx) => {
    const content = { text, blocks: [] };
    await tell(tx, { workspaceId, dedupeKey: text, to, content, dueAt: instant(dueAt) });
  });

/** Whether the clock shows about this. */
const shows = async (iso: string) => isAbout(await companyNow(database.db, workspaceId), iso);

describe("the company's clock", () => {
  test('shows its time and zone, and the jumps from there', async () => {
    const { now, jumps, ...face } = await clockWith(fakeSlack().slack).look();
    expect(isAbout(Temporal.Instant.fromEpochMilliseconds(now.getTime()), '2026-10-05T08:00:00Z')).toBe(true);
    expect(face).toEqual({ zone: 'Europe/Berlin', isRunning: true, isTurning: false, next: null });
    expect(jumps.slice(0, 2)).toEqual([
      { key: 'monday', label: 'Monday 09:00', at: new Date('2026-10-12T07:00:00Z') },
      { key: 'tomorrow', label: 'Tomorrow 09:00', at: new Date('2026-10-06T07:00:00Z') },
    ]);
  });

  test('shows what comes next', async () => {
    const next = async () => (await clockWith(fakeSlack().slack).look()).next;
    await daily();
    expect(await next()).toEqual({
      at: new Date('2026-10-05T09:00:00Z'),
      what: 'OKR check-in in #checkout',
    });
    await say('early', '2026-10-05T08:30:00Z');
    expect(await next()).toEqual({ at: new Date('2026-10-05T08:30:00Z'), what: 'a message in #checkout' });
    const ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
    await say('earlier', '2026-10-05T08:20:00Z', { personId: ana.id });
    expect(await next()).toEqual({ at: new Date('2026-10-05T08:20:00Z'), what: 'a message to Ana' });
    await say('as early', '2026-10-05T08:20:00Z');
    expect(await next()).toEqual({ at: new Date('2026-10-05T08:20:00Z'), what: '2 messages' });
  });

  test('goes from due moment to due moment, and all that is due on the way is planned and sent', async () => {
    await daily();
    await say('between', '2026-10-06T12:00:00Z');
    const { slack, posts } = fakeSlack();
    expect(await clockWith(slack).turnTo(new Date('2026-10-08T08:00:00Z'))).toEqual({ ok: true });
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06', 'between', '2026-10-07']);
    expect(await shows('2026-10-08T08:00:00Z')).toBe(true);
  });

  test('keeps the order when the heart beats on the way', async () => {
    await daily();
    await say('between', '2026-10-06T12:00:00Z');
    const { slack, posts } = fakeSlack();
    const beating = clockWith(slack, {
      work: {
        send: async () => {
          const beat = () => drain({ db: database.db, slack, workspaceId, log, limits: unlimited });
          await Promise.all([beat(), beat()]);
        },
      },
    });
    await beating.turnTo(new Date('2026-10-08T08:00:00Z'));
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06', 'between', '2026-10-07']);
  });

  test('does first what is due already', async () => {
    const nextDueAt = '2026-10-05T07:00:00Z';
    await insertCadence(database.db, workspaceId, {
      key: 'early',
      channelId,
      schedule: '0 7 * * *',
      nextDueAt,
    });
    const { slack, posts } = fakeSlack();
    await clockWith(slack).turnTo(new Date('2026-10-06T08:00:00Z'));
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06']);
  });

  test('turned to what comes next finds it there, however finely that is timed', async () => {
    await say('fine', '2026-10-05T08:30:00.123456Z');
    const { slack, posts } = fakeSlack();
    const clock = clockWith(slack);
    await clock.pause();
    await clock.turnTo((await clock.look()).next?.at ?? new Date());
    expect(posts.map((post) => post.text)).toEqual(['fine']);
  });
});

describe('a turn', () => {
  test('does not go back', async () => {
    expect(await clockWith(fakeSlack().slack).turnTo(new Date('2026-10-05T07:00:00Z'))).toEqual({
      ok: false,
      words: 'The clock only goes forward: what has happened stays happened.',
    });
    expect(await shows('2026-10-05T08:00:00Z')).toBe(true);
  });

  test('does not go further than zones have rules', async () => {
    expect(await clockWith(fakeSlack().slack).turnTo(new Date('2100-01-01T00:00:00Z'))).toEqual({
      ok: false,
      words: 'The clock goes no further than the year 2099.',
    });
    expect(await shows('2026-10-05T08:00:00Z')).toBe(true);
  });

  test('is seen while it goes on, and another one is told to wait', async () => {
    const inside: unknown[] = [];
    const clock = clockWith(fakeSlack().slack, {
      work: {
        plan: async () => {
          inside.push((await clock.look()).isTurning, await clock.turnTo(new Date('2026-10-06T08:00:00Z')));
        },
      },
    });
    expect(await clock.turnTo(new Date('2026-10-07T08:00:00Z'))).toEqual({ ok: true });
    const told = { ok: false, words: 'The clock is being turned already. Wait until it is there.' };
    expect(inside).toEqual([true, told, true, told]);
    expect((await clock.look()).isTurning).toBe(false);
    expect(await shows('2026-10-07T08:00:00Z')).toBe(true);
  });

  test('that failed stands in the way of no other', async () => {
    let count = 0;
    const clock = clockWith(fakeSlack().slack, {
      work: {
        plan: async () => {
          count += 1;
          if (count === 1) throw new Error('the database is away');
        },
      },
    });
    await expect(clock.turnTo(new Date('2026-10-06T08:00:00Z'))).rejects.toThrow('the database is away');
    expect(await clock.turnTo(new Date('2026-10-06T08:00:00Z'))).toEqual({ ok: true });
  });

  test('over more than it can do at once says that it stopped, and the next one goes on from there', async () => {
    await daily();
    const { slack, posts } = fakeSlack();
    const clock = clockWith(slack, { mostStops: 2 });
    expect(await clock.turnTo(new Date('2026-10-07T12:00:00Z'))).toEqual({
      ok: false,
      words:
        'So much is due on the way that the clock stopped after 2 moments. Turn it again, and it goes on from here.',
    });
    expect(await shows('2026-10-06T09:00:00Z')).toBe(true);
    expect(await clock.turnTo(new Date('2026-10-07T12:00:00Z'))).toEqual({ ok: true });
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06', '2026-10-07']);
  });

  test('goes no further when Cairn stops, so that nothing is passed over', async () => {
    await daily();
    const { slack, posts } = fakeSlack({ post: async () => void clock.stop() });
    const clock = clockWith(slack);
    expect(await clock.turnTo(new Date('2026-10-08T08:00:00Z'))).toEqual({
      ok: false,
      words: 'Cairn is stopping, so the clock stopped on the way.',
    });
    await clock.stop();
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05']);
    expect(await shows('2026-10-05T09:00:00Z')).toBe(true);
    expect(await clock.turnTo(new Date('2026-10-08T08:00:00Z'))).toEqual({
      ok: false,
      words: 'Cairn is stopping.',
    });
  });
});

describe('a turn is not held up by', () => {
  test('a message of which nobody knows whether it was sent: other channels go on', async () => {
    await daily();
    const ana = await insertActor(database.db, workspaceId, { directChannel: 'D0ANA' });
    await say('stuck', '2026-10-05T08:30:00Z', { personId: ana.id });
    const { slack, posts } = fakeSlack({
      post: async ({ text }) => {
        if (text === 'stuck') throw slackErrors.http(503);
      },
    });
    await clockWith(slack).turnTo(new Date('2026-10-08T08:00:00Z'));
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06', '2026-10-07']);
  });

  test('a Slack that asks to wait: what is due is planned, and nothing is said before the wait is over', async () => {
    await daily();
    await say('first', '2026-10-05T08:30:00Z');
    const { slack, posts, tries } = fakeSlack({
      post: async () => {
        throw slackErrors.rateLimited(3_600);
      },
    });
    expect(await clockWith(slack).turnTo(new Date('2026-10-08T08:00:00Z'))).toEqual({ ok: true });
    expect([posts.length, tries.post]).toEqual([0, 1]);
    const waiting = await database.db
      .selectFrom('deliveries')
      .select('state')
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(waiting).toEqual(Array(4).fill({ state: 'pending' }));
  });

  test('a Slack that does not answer: what is due is planned, and goes out when it does', async () => {
    await daily();
    const slack = Promise.withResolvers<void>();
    const { slack: hanging, posts } = fakeSlack({ post: () => slack.promise });
    const sending: Promise<unknown>[] = [];
    const clock = clockWith(hanging, {
      patienceMs: 10,
      work: {
        // As the heart does it: never twice at once.
        send: () => {
          const before = sending.at(-1) ?? Promise.resolve();
          const now = before.then(() =>
            drain({ db: database.db, slack: hanging, workspaceId, log, limits: unlimited }),
          );
          sending.push(now);
          return now;
        },
      },
    });
    expect(await clock.turnTo(new Date('2026-10-08T08:00:00Z'))).toEqual({ ok: true });
    expect(posts).toEqual([]);
    expect(await shows('2026-10-08T08:00:00Z')).toBe(true);
    slack.resolve();
    await Promise.all(sending);
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06', '2026-10-07']);
  });

  test('a cadence that cannot be planned', async () => {
    await insertCadence(database.db, workspaceId, {
      key: 'broken',
      channelId,
      ritual: 'nobody-holds-this',
      nextDueAt: '2026-10-05T08:30:00Z',
    });
    await daily();
    const { slack, posts } = fakeSlack();
    await clockWith(slack).turnTo(new Date('2026-10-07T10:00:00Z'));
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06', '2026-10-07']);
  });
});

describe('a clock that stands still', () => {
  test('goes on from where it stood', async () => {
    const clock = clockWith(fakeSlack().slack);
    await clock.pause();
    const stood = await clock.look();
    expect(stood.isRunning).toBe(false);
    expect((await clock.now()).getTime()).toBe(stood.now.getTime());
    await clock.run();
    expect((await clock.look()).isRunning).toBe(true);
    expect(await shows('2026-10-05T08:00:00Z')).toBe(true);
  });

  test('can be turned, does on the way what is due, and stands where it was turned to', async () => {
    await daily();
    const { slack, posts } = fakeSlack();
    const clock = clockWith(slack);
    await clock.pause();
    expect(await clock.turnTo(new Date('2026-10-07T09:00:00Z'))).toEqual({ ok: true });
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06', '2026-10-07']);
    const { now, isRunning } = await clock.look();
    expect([now.toISOString(), isRunning]).toEqual(['2026-10-07T09:00:00.000Z', false]);
  });

  test('is the time of all that asks for it', async () => {
    await clockWith(fakeSlack().slack).pause();
    const now = await companyNow(database.db, workspaceId);
    const later = now.add({ microseconds: 1 });
    const messageAt = async (dueAt: Temporal.Instant) => {
      await say(String(dueAt), String(dueAt));
      return (await claimPosts({ db: database.db, workspaceId, limits: unlimited }, 10)).claimed.length;
    };
    expect([await messageAt(later), await messageAt(now)]).toEqual([0, 1]);

    const cadenceAt = async (dueAt: Temporal.Instant) => {
      const [key, nextDueAt] = [`at-${dueAt}`, String(dueAt)];
      await insertCadence(database.db, workspaceId, { key, channelId, nextDueAt });
      const [due] = await inTransaction(database.db, (tx) => lockDue(tx, workspaceId, { limit: 1 }));
      return due && [due.cadence, String(due.now)];
    };
    expect(await cadenceAt(later)).toBeUndefined();
    expect(await cadenceAt(now)).toEqual([`at-${now}`, String(now)]);

    const owner = await insertActor(database.db, workspaceId);
    const quarterAgo = now.subtract({ hours: 90 * 24 });
    const since = (name: string, at: Temporal.Instant) =>
      insertRock(database.db, workspaceId, { name, owner, since: String(at), confirmedAt: null });
    const rockId = await since('Fresh', quarterAgo);
    await since('Stale', quarterAgo.subtract({ microseconds: 1 }));
    expect(String((await findCard(database.db, workspaceId, rockId, owner.id))?.now)).toBe(String(now));
    const { rocks } = await listRocks(database.db, workspaceId, { stale: true }, 10, owner.id);
    expect(rocks.map(({ name }) => name)).toEqual(['Stale']);

    await inTransaction(database.db, (tx) => insertMiss(tx, workspaceId, 'x', 'x'));
    const { asked_at: askedAt } = await database.db
      .selectFrom('misses')
      .select('asked_at')
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    expect(String(askedAt)).toBe(String(now));
  });
});
