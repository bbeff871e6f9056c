import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import {
  messageOf,
  type NewPart,
  postpone,
  resay,
  sayAll,
  unsay,
  unsayUnsent,
} from '../../../src/features/daily/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { openDatabase } from '../../../src/platform/db/database.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { section } from '../../../src/platform/slack/elements.ts';
import { insertActor, instant, listMessages, setClock } from '../../support/builders.ts';
import { listParts, sendAll } from '../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Berlin' });
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben', timezone: 'America/New_York' });
});
afterAll(async () => {
  await database.close();
});

const content = (text: string) => ({ text, blocks: [section(text)] });
const part = (key: string, at: string, given: Partial<NewPart> = {}): NewPart => ({
  workspaceId,
  personId: ana.id,
  key,
  at: instant(at),
  content: content(key),
  ...given,
});
const say = (...parts: NewPart[]) => inTransaction(database.db, async (tx) => sayAll(tx, parts));
const doing = (work: Parameters<typeof inTransaction<void>>[1]) => inTransaction(database.db, work);

/** Lets what has come due by then into messages. */
async function at(iso: string): Promise<void> {
  await setClock(database.db, workspaceId, iso);
  await dailyJob(database, workspaceId).run();
}
const told = async ({ id }: Actor = ana) =>
  (await listMessages(database.db, workspaceId))
    .filter(({ personId }) => personId === id)
    .map(({ text, state }) => [text, state]);

describe('what several features want of somebody on one day', () => {
  test('comes in one message when the first of it is due', async () => {
    await say(part('audit', '2026-10-05T07:00:00Z'), part('check-in', '2026-10-05T07:00:00Z'));
    await at('2026-10-05T06:59:00Z');
    expect(await told()).toEqual([]);
    await at('2026-10-05T07:00:00Z');
    expect(await told()).toEqual([['Two things for today: audit · check-in', 'pending']]);
  });

  test('comes into the message that was sent already, by an edit when its time has come', async () => {
    await say(part('check-in', '2026-10-05T07:00:00Z'), part('later', '2026-10-05T12:00:00Z'));
    await at('2026-10-05T07:00:00Z');
    await sendAll(database.db, workspaceId);
    expect(await told()).toEqual([['check-in', 'sent']]);
    await at('2026-10-05T12:00:00Z');
    expect(await told()).toEqual([['Two things for today: check-in · later', 'sent']]);
  });

  test('is of their own day: the morning after is another message', async () => {
    await say(part('one', '2026-10-05T21:59:00Z'), part('two', '2026-10-05T22:01:00Z'));
    await at('2026-10-05T22:01:00Z');
    // Both come late, on the day that has begun in Berlin meanwhile.
    expect(await told()).toEqual([['Two things for today: one · two', 'pending']]);
    await say(part('three', '2026-10-06T22:00:00Z'));
    await at('2026-10-06T22:00:00Z');
    expect(await told()).toHaveLength(2);
  });

  test('of two people goes to each', async () => {
    await say(part('a', '2026-10-05T07:00:00Z'), part('b', '2026-10-05T07:00:00Z', { personId: ben.id }));
    await at('2026-10-05T07:00:00Z');
    expect(await told(ana)).toEqual([['a', 'pending']]);
    expect(await told(ben)).toEqual([['b', 'pending']]);
  });
});

describe('a reminder', () => {
  test('waits for the next working day at the same time of day', async () => {
    await say(part('nudge', '2026-10-03T07:00:00Z', { isNudge: true }));
    await at('2026-10-03T07:00:00Z');
    expect(await told()).toEqual([]);
    await at('2026-10-05T07:00:00Z');
    expect(await told()).toEqual([['nudge', 'pending']]);
  });

  test('ends where it would come too late', async () => {
    await say(
      part('nudge', '2026-10-03T07:00:00Z', { isNudge: true, expiresAt: instant('2026-10-04T07:00:00Z') }),
    );
    await at('2026-10-03T07:00:00Z');
    expect(await listParts(database.db, workspaceId)).toMatchObject([
      { state: 'over', reason: 'the person did not work that day, and later it would have been over' },
    ]);
  });
});

describe('what waits to be sent', () => {
  test('loses a part that runs out meanwhile, and keeps the others', async () => {
    await say(
      part('a', '2026-10-05T07:00:00Z', { expiresAt: instant('2026-10-05T08:00:00Z') }),
      part('b', '2026-10-05T07:00:00Z'),
    );
    await at('2026-10-05T07:00:00Z');
    await at('2026-10-05T08:00:00Z');
    expect(await told()).toEqual([['b', 'pending']]);
  });

  test('loses a reminder of somebody who has gone away meanwhile: it comes when they are back', async () => {
    await say(part('nudge', '2026-10-05T07:00:00Z', { isNudge: true }));
    await at('2026-10-05T07:00:00Z');
    await database.db
      .insertInto('absences')
      .values({
        workspace_id: workspaceId,
        person_id: ana.id,
        starts_on: '2026-10-05',
        ends_on: '2026-10-05',
      })
      .execute();
    await at('2026-10-05T07:01:00Z');
    expect(await told()).toEqual([['nudge', 'cancelled']]);
    await at('2026-10-06T07:00:00Z');
    expect((await told()).at(-1)).toEqual(['nudge', 'pending']);
  });

  test('and is under way already when it is taken back, is a message of the day all the same', async () => {
    await say(part('a', '2026-10-05T07:00:00Z'));
    await at('2026-10-05T07:00:00Z');
    await database.db
      .updateTable('deliveries')
      .set({ state: 'sending', lease: '00000000-0000-4000-8000-000000000000' })
      .where('workspace_id', '=', workspaceId)
      .execute();
    await doing(async (tx) => unsayUnsent(tx, workspaceId, ['a'], 'answered already'));
    await say(part('b', '2026-10-05T08:00:00Z'));
    await at('2026-10-05T08:00:00Z');
    expect((await told()).length).toBe(1);
  });
});

describe('what has run out', () => {
  test('is not said any more', async () => {
    await say(part('question', '2026-10-05T07:00:00Z', { expiresAt: instant('2026-10-07T07:00:00Z') }));
    await at('2026-10-07T07:00:00Z');
    expect(await told()).toEqual([]);
  });

  test('does not keep what comes after it on that day from being sent', async () => {
    await say(part('question', '2026-10-05T07:00:00Z', { expiresAt: instant('2026-10-05T08:00:00Z') }));
    await at('2026-10-05T07:00:00Z');
    await database.db
      .updateTable('deliveries')
      .set({ state: 'expired', reason: 'too late', ended_at: '2026-10-05T08:00:00Z' })
      .where('workspace_id', '=', workspaceId)
      .execute();
    await say(part('other', '2026-10-05T09:00:00Z'));
    await at('2026-10-05T09:00:00Z');
    expect((await told()).at(-1)?.[1]).toBe('pending');
  });
});

describe('a part', () => {
  test('says something else in its place, before and after it was sent', async () => {
    await say(part('a', '2026-10-05T07:00:00Z'), part('b', '2026-10-05T07:00:00Z'));
    await at('2026-10-05T07:00:00Z');
    await doing(async (tx) => resay(tx, workspaceId, 'a', content('done')));
    await sendAll(database.db, workspaceId);
    await doing(async (tx) => resay(tx, workspaceId, 'b', content('done too')));
    expect(await told()).toEqual([['Two things for today: done · done too', 'sent']]);
  });

  test('that is put off leaves its message and comes again', async () => {
    await say(part('a', '2026-10-05T07:00:00Z'), part('b', '2026-10-05T07:00:00Z'));
    await at('2026-10-05T07:00:00Z');
    await sendAll(database.db, workspaceId);
    await doing(async (tx) => postpone(tx, workspaceId, ['a'], instant('2026-10-06T07:00:00Z')));
    expect(await told()).toEqual([['b', 'sent']]);
    await at('2026-10-06T07:00:00Z');
    expect(await told()).toEqual([
      ['b', 'sent'],
      ['a', 'pending'],
    ]);
  });

  test('that was all of a message that was read leaves a line there', async () => {
    await say(part('a', '2026-10-05T07:00:00Z'));
    await at('2026-10-05T07:00:00Z');
    await sendAll(database.db, workspaceId);
    await doing(async (tx) => unsay(tx, workspaceId, ['a'], 'Somebody else does it.'));
    expect(await told()).toEqual([['Somebody else does it.', 'sent']]);
    await say(part('b', '2026-10-05T08:00:00Z'));
    await at('2026-10-05T08:00:00Z');
    expect(await told()).toEqual([['b', 'sent']]);
  });

  test('that nobody has read is taken back, and its message with it', async () => {
    await say(part('a', '2026-10-05T07:00:00Z'));
    await at('2026-10-05T07:00:00Z');
    await doing(async (tx) => unsayUnsent(tx, workspaceId, ['a'], 'answered already'));
    expect(await told()).toEqual([['a', 'cancelled']]);
    expect(await messageOf(database.db, workspaceId, 'a')).toBeNull();
    await say(part('b', '2026-10-05T08:00:00Z'));
    await at('2026-10-05T08:00:00Z');
    expect(await told()).toEqual([
      ['a', 'cancelled'],
      ['b', 'pending'],
    ]);
  });

  test('that was read stays when only what is unread is taken back', async () => {
    await say(part('a', '2026-10-05T07:00:00Z'));
    await at('2026-10-05T07:00:00Z');
    await sendAll(database.db, workspaceId);
    await doing(async (tx) => unsayUnsent(tx, workspaceId, ['a'], 'answered already'));
    expect(await told()).toEqual([['a', 'sent']]);
  });
});

test('two processes that say and take back at once say each thing once', async () => {
  const replica = openDatabase(database.url);
  try {
    await setClock(database.db, workspaceId, '2026-10-05T07:00:00Z');
    const people = await Promise.all(
      Array.from({ length: 12 }, (_, index) => insertActor(database.db, workspaceId, { name: `P${index}` })),
    );
    const keyed = people.flatMap((person) =>
      ['a', 'b', 'c'].map((it) => ({ person, key: `${it}:${person.id}` })),
    );
    await say(...keyed.map(({ person, key }) => part(key, '2026-10-05T07:00:00Z', { personId: person.id })));
    const jobs = [database.db, replica].map((db) => dailyJob({ db }, workspaceId));
    await Promise.all([
      ...jobs.map((job) => job.run()),
      ...people.map((person, index) =>
        inTransaction(index % 2 === 0 ? database.db : replica, async (tx) =>
          unsay(tx, workspaceId, [`b:${person.id}`, `a:${person.id}`], 'gone'),
        ),
      ),
      ...jobs.map((job) => job.run()),
    ]);
    await dailyJob(database, workspaceId).run();
    for (const person of people) {
      const live = (await told(person)).filter(([, state]) => state === 'pending');
      expect(live).toEqual([[`c:${person.id}`, 'pending']]);
    }
  } finally {
    await replica.destroy();
  }
});

test('whatever comes in whatever order: one message a day, and each thing in one of them', async () => {
  const days = ['2026-10-05', '2026-10-06', '2026-10-07'];
  const keys = ['a', 'b', 'c', 'd'];
  const step = fc.oneof(
    fc.record({
      does: fc.constant('say' as const),
      key: fc.constantFrom(...keys),
      hour: fc.integer({ min: 6, max: 60 }),
    }),
    fc.record({
      does: fc.constantFrom('resay' as const, 'unsay' as const, 'unsay-unsent' as const),
      key: fc.constantFrom(...keys),
    }),
    fc.record({
      does: fc.constant('postpone' as const),
      key: fc.constantFrom(...keys),
      hour: fc.integer({ min: 6, max: 60 }),
    }),
    fc.record({ does: fc.constantFrom('pass' as const, 'send' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Berlin' });
      ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
      const start = Temporal.Instant.from(`${days[0]}T00:00:00Z`);
      let hours = 5;
      const after = (hour: number) => start.add({ hours: hour }).toString();
      await at(after(hours));
      for (const one of steps) {
        if (one.does === 'pass') {
          hours += 5;
          await at(after(hours));
        } else if (one.does === 'send') await sendAll(database.db, workspaceId);
        else if (one.does === 'say') await say(part(one.key, after(one.hour)));
        else
          await doing(async (tx) => {
            if (one.does === 'resay') await resay(tx, workspaceId, one.key, content(`${one.key} again`));
            if (one.does === 'unsay') await unsay(tx, workspaceId, [one.key], 'gone');
            if (one.does === 'unsay-unsent') await unsayUnsent(tx, workspaceId, [one.key], 'gone');
            if (one.does === 'postpone') await postpone(tx, workspaceId, [one.key], instant(after(one.hour)));
          });
      }
      const parts = await listParts(database.db, workspaceId);
      for (const { key, state } of parts)
        expect((await messageOf(database.db, workspaceId, key)) !== null).toBe(state === 'said');
      const messages = (await listMessages(database.db, workspaceId)).filter(
        ({ state }) => state !== 'cancelled',
      );
      const own = await database.db
        .selectFrom('daily_messages')
        .select(['day', 'message_id as messageId'])
        .where('workspace_id', '=', workspaceId)
        .execute();
      expect(new Set(own.map(({ day }) => day.toString())).size).toBe(own.length);
      expect(own.map(({ messageId }) => messageId).sort()).toEqual(messages.map(({ id }) => id).sort());
      for (const { messageId } of own) {
        const said = parts.filter(({ state }) => state === 'said');
        const here = await Promise.all(
          said.map(async ({ key }) => (await messageOf(database.db, workspaceId, key)) === messageId),
        );
        const text = messages.find(({ id }) => id === messageId)?.text ?? '';
        for (const [index, { text: own }] of said.entries()) if (here[index]) expect(text).toContain(own);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
