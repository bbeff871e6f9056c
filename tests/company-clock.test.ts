import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../src/cadence/planner.ts';
import type { Ritual } from '../src/cadence/ritual.ts';
import { companyClock } from '../src/company-clock.ts';
import { tell } from '../src/delivery/outbox.ts';
import { sendDue } from '../src/delivery/sender.ts';
import { inTransaction } from '../src/platform/db/transaction.ts';
import { fakeSlack, slackErrors } from './delivery/support.ts';
import { insertCadence, insertChannel, instant, isAbout, keptLog, setClock } from './support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from './support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let channelId: number;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  channelId = (await insertChannel(database.db, workspaceId, 'checkout')).id;
  await setClock(database.db, workspaceId, '2026-10-05T08:00:00Z');
});
afterAll(async () => {
  await database.close();
});

const { log } = keptLog();

/** Plans and sends as the bot does; every occurrence says its name in the channel. */
function clockWith(slack: ReturnType<typeof fakeSlack>['slack']) {
  const ritual: Ritual = {
    key: 'okr-check-in',
    name: 'OKR check-in',
    async open(tx, { id, name, dueAt }) {
      const content = { text: name, blocks: [] };
      await tell(tx, { workspaceId, dedupeKey: `run:${id}`, to: { channelId }, content, dueAt });
      return { held: true };
    },
  };
  const rituals = new Map([[ritual.key, ritual]]);
  return companyClock({ db: database.db, workspaceId, rituals }, async () => {
    await tick({ db: database.db, workspaceId, rituals, log });
    await sendDue({ db: database.db, slack, workspaceId, log });
  });
}

const daily = () =>
  insertCadence(database.db, workspaceId, {
    key: 'daily',
    channelId,
    schedule: '0 9 * * *',
    nextDueAt: '2026-10-05T09:00:00Z',
  });

const say = (text: string, dueAt: string) =>
  inTransaction(database.db, async (tx) => {
    const content = { text, blocks: [] };
    await tell(tx, { workspaceId, dedupeKey: text, to: { channelId }, content, dueAt: instant(dueAt) });
  });

describe("the company's clock", () => {
  test('shows its time and what comes next', async () => {
    await daily();
    const clock = clockWith(fakeSlack().slack);
    expect(
      isAbout(Temporal.Instant.fromEpochMilliseconds((await clock.now()).getTime()), '2026-10-05T08:00:00Z'),
    ).toBe(true);
    expect(await clock.next()).toEqual({
      at: new Date('2026-10-05T09:00:00Z'),
      what: 'OKR check-in in #checkout',
    });
    await say('early', '2026-10-05T08:30:00Z');
    expect(await clock.next()).toEqual({
      at: new Date('2026-10-05T08:30:00Z'),
      what: 'a message that waits',
    });
  });

  test('goes from due moment to due moment, and all that is due on the way is planned and sent', async () => {
    await daily();
    await say('between', '2026-10-06T12:00:00Z');
    const { slack, posts } = fakeSlack();
    expect(await clockWith(slack).turnTo(new Date('2026-10-08T08:00:00Z'))).toEqual({ ok: true });
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06', 'between', '2026-10-07']);
    expect(
      isAbout(
        Temporal.Instant.fromEpochMilliseconds((await clockWith(slack).now()).getTime()),
        '2026-10-08T08:00:00Z',
      ),
    ).toBe(true);
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

  test.each([
    ['a message that Slack asked to wait for', slackErrors.rateLimited(3_600)],
    ['a message of which nobody knows whether it was sent', slackErrors.http(503)],
  ])('is not led past what comes later by %s', async (_, error) => {
    await daily();
    await say('stuck', '2026-10-05T08:30:00Z');
    const { slack, posts } = fakeSlack({
      post: async ({ text }) => {
        if (text === 'stuck') throw error;
      },
    });
    await clockWith(slack).turnTo(new Date('2026-10-08T08:00:00Z'));
    expect(posts.map((post) => post.text)).toEqual(['2026-10-05', '2026-10-06', '2026-10-07']);
  });

  test('is not led past what comes later by a cadence that cannot be planned', async () => {
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

  test('does not go back', async () => {
    const clock = clockWith(fakeSlack().slack);
    expect(await clock.turnTo(new Date('2026-10-05T07:00:00Z'))).toMatchObject({ ok: false });
    expect(
      isAbout(Temporal.Instant.fromEpochMilliseconds((await clock.now()).getTime()), '2026-10-05T08:00:00Z'),
    ).toBe(true);
  });
});
