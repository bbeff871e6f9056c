import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DayOff } from '../../src/delivery/core/nudges.ts';
import { tell } from '../../src/delivery/outbox.ts';
import { drain } from '../../src/delivery/sender.ts';
import type { SlackPost } from '../../src/delivery/slack-post.ts';
import type { Actor } from '../../src/features/people/core/person.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { insertActor, instant, keptLog, setClock } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { fakeSlack, unlimited } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Berlin' });
  ana = await insertActor(database.db, workspaceId, { directChannel: 'D0ANA' });
});
afterAll(async () => {
  await database.close();
});

const { log } = keptLog();
/** Monday, and the day after, at nine in Berlin. */
const [monday, tuesday] = ['2026-10-05T07:00:00Z', '2026-10-06T07:00:00Z'];

const nudge = (text: string, dueAt = monday, expiresAt?: string) =>
  inTransaction(database.db, async (tx) =>
    tell(tx, {
      workspaceId,
      dedupeKey: text,
      to: { personId: ana.id },
      content: { text, blocks: [] },
      dueAt: instant(dueAt),
      isNudge: true,
      ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
    }),
  );
async function at(iso: string, slack: SlackPost, dayOff: DayOff = () => null): Promise<void> {
  await setClock(database.db, workspaceId, iso);
  const readDaysOff = async () => dayOff;
  await drain({ db: database.db, slack, workspaceId, log, limits: unlimited, readDaysOff });
}
async function deliveryOf(messageId: number) {
  return await database.db
    .selectFrom('deliveries')
    .select(['state', 'reason', 'due_at'])
    .where('message_id', '=', messageId)
    .executeTakeFirstOrThrow();
}

test('somebody is nudged once a day: the second nudge comes on their next working day', async () => {
  await nudge('first');
  const second = await nudge('second');
  const { slack, posts } = fakeSlack();
  await at(monday, slack);
  expect(posts.map(({ text }) => text)).toEqual(['first']);
  expect((await deliveryOf(second)).due_at.toString()).toBe(tuesday);
  await at(tuesday, slack);
  expect(posts.map(({ text }) => text)).toEqual(['first', 'second']);
});

test('what is no nudge goes out all the same', async () => {
  await nudge('nudge');
  await inTransaction(database.db, async (tx) =>
    tell(tx, {
      workspaceId,
      dedupeKey: 'asked',
      to: { personId: ana.id },
      content: { text: 'asked', blocks: [] },
      dueAt: instant(monday),
    }),
  );
  const { slack, posts } = fakeSlack();
  await at(monday, slack);
  expect(posts.map(({ text }) => text)).toEqual(['nudge', 'asked']);
});

test('whoever is away today is nudged when they are back, or not any more', async () => {
  await database.db
    .insertInto('absences')
    .values({ workspace_id: workspaceId, person_id: ana.id, starts_on: '2026-10-05', ends_on: '2026-10-05' })
    .execute();
  const kept = await nudge('kept');
  const over = await nudge('over', monday, '2026-10-05T20:00:00Z');
  const { slack, posts } = fakeSlack();
  await at(monday, slack);
  expect(posts).toEqual([]);
  expect(await deliveryOf(kept)).toMatchObject({ state: 'pending' });
  expect(await deliveryOf(over)).toMatchObject({
    state: 'expired',
    reason: 'the person was away, and later it would have been over',
  });
  await at(tuesday, slack);
  expect(posts.map(({ text }) => text)).toEqual(['kept']);
});

test('nobody is nudged on a holiday', async () => {
  const id = await nudge('nudge');
  const { slack, posts } = fakeSlack();
  await at(monday, slack, (date) => (date.toString() === '2026-10-05' ? 'Some Day' : null));
  expect(posts).toEqual([]);
  expect((await deliveryOf(id)).due_at.toString()).toBe(tuesday);
});
