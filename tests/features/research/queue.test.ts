import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { readStanding } from '../../../src/features/research/account-operations.ts';
import { changeAccount } from '../../../src/features/research/changing-operations.ts';
import { researchJob } from '../../../src/features/research/jobs.ts';
import { queueFor, takeSlot, withdraw } from '../../../src/features/research/queue-operations.ts';
import { stampOf } from '../../../src/platform/core/stamp.ts';
import { openDatabase } from '../../../src/platform/db/database.ts';
import { insertActor, instant, keptLog, listEvents, setClock } from '../../support/builders.ts';
import { listParts } from '../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { insertAccount, logTalk, value } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let [ana, ben, chi]: Actor[] = [];
let acme: number;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db);
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  chi = await insertActor(db, workspaceId, { name: 'Chi' });
  acme = await insertAccount(db, workspaceId, 'Acme Bank');
  await setClock(db, workspaceId, '2026-11-16T10:00:00Z');
});
afterAll(async () => {
  await database.close();
});

const who = (actor: Actor | undefined): Actor => {
  if (actor === undefined) throw new Error('nobody');
  return actor;
};
const queue = async (actor: Actor | undefined, topic = 'Onboarding') =>
  await queueFor(database.db, workspaceId, who(actor), acme, topic);
const take = async (actor: Actor | undefined) => await takeSlot(database.db, workspaceId, who(actor), acme);
const leave = async (actor: Actor | undefined) => await withdraw(database.db, workspaceId, who(actor), acme);
const talk = async (actor: Actor | undefined, on: string) =>
  value(await logTalk(database.db, workspaceId, who(actor), { id: acme }, { on }));
const standing = async () => value(await readStanding(database.db, workspaceId, who(ana), acme));
const inQueue = async () => (await standing()).waits.map(({ person, state }) => `${person.name} ${state}`);
const job = () => researchJob({ db: database.db, log: keptLog().log }, workspaceId);
const beat = async (at: string) => {
  await setClock(database.db, workspaceId, at);
  await job().run();
};
const parts = async () =>
  (await listParts(database.db, workspaceId)).map(({ text, personId, state }) => ({
    to: personId,
    text,
    state,
  }));
const types = async () => (await listEvents(database.db, workspaceId)).map(({ type }) => type);

describe('queueing', () => {
  test('is in the order in which people asked; twice is once', async () => {
    await talk(ana, '2026-11-03');
    value(await queue(ben));
    value(await queue(chi));
    value(await queue(ben));
    expect(await inQueue()).toEqual(['Ben waiting', 'Chi waiting']);
    expect((await types()).filter((type) => type === 'research.waiting')).toHaveLength(2);
  });

  test('of two at once keeps both, and of one person twice at once one', async () => {
    await talk(ana, '2026-11-03');
    const other = openDatabase(database.url, { connections: 2 });
    await Promise.all([
      queueFor(other, workspaceId, who(ben), acme, 'A'),
      queueFor(database.db, workspaceId, who(chi), acme, 'B'),
      queueFor(database.db, workspaceId, who(ben), acme, 'A'),
      queueFor(other, workspaceId, who(chi), acme, 'B'),
    ]);
    await other.destroy();
    expect((await inQueue()).sort()).toEqual(['Ben waiting', 'Chi waiting']);
  });

  test('is withdrawn with one press, and twice is once', async () => {
    await talk(ana, '2026-11-03');
    value(await queue(ben));
    value(await leave(ben));
    value(await leave(ben));
    expect(await inQueue()).toEqual([]);
    expect((await types()).filter((type) => type === 'research.withdrawn')).toHaveLength(1);
  });

  test('for an account that is gone is refused', async () => {
    expect(await queueFor(database.db, workspaceId, who(ben), 999_999, 'A')).toMatchObject({
      ok: false,
      words: 'That account is not there any more.',
    });
  });
});

describe('taking the slot', () => {
  test('holds it for five working days, so that others see it', async () => {
    value(await take(ben));
    const { waits } = await standing();
    expect(waits).toMatchObject([{ person: { name: 'Ben' }, state: 'next', isTaken: true }]);
    expect(waits[0]?.until?.toString().slice(0, 10)).toBe('2026-11-23');
    expect(await take(chi)).toMatchObject({
      ok: false,
      code: 'taken',
      words: `<@${who(ben).slackId}> was quicker. Queue for the next slot.`,
    });
  });

  test('twice is once', async () => {
    value(await take(ben));
    const before = (await standing()).waits;
    value(await take(ben));
    expect((await standing()).waits).toEqual(before);
    expect((await types()).filter((type) => type === 'research.next')).toHaveLength(1);
  });

  test('is refused while the account rests', async () => {
    await talk(ana, '2026-11-03');
    expect(await take(ben)).toMatchObject({
      ok: false,
      words: 'They rest for now. Queue for the next slot.',
    });
  });

  test('of many at once goes to one, whichever connection they come by', async () => {
    const others = [1, 2, 3].map(() => openDatabase(database.url, { connections: 1 }));
    const people = [ana, ben, chi].map(who);
    const results = await Promise.all(
      others.map(async (db, index) => await takeSlot(db, workspaceId, who(people[index]), acme)),
    );
    await Promise.all(others.map(async (db) => await db.destroy()));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await inQueue()).toHaveLength(1);
  });

  test('is one person’s for the database too', async () => {
    value(await take(ben));
    const second = database.db.insertInto('research_waits').values({
      workspace_id: workspaceId,
      account_id: acme,
      person_id: who(chi).id,
      topic: '',
      state: 'next',
      waits_since: '2026-11-16T10:00:00Z',
      next_since: '2026-11-16T10:00:00Z',
      next_until: '2026-11-23T10:00:00Z',
    });
    await expect(second.execute()).rejects.toThrow('research_waits_next');
  });
});

describe('the clock', () => {
  test('tells the first in the queue on the day on which the account is rested, once', async () => {
    await talk(ana, '2026-11-03');
    await queue(ben, 'Onboarding');
    await queue(chi);
    expect((await job().next(instant('2026-11-16T10:00:00Z')))?.what).toBe('the queue for Acme Bank');
    await beat('2026-12-02T23:00:00Z');
    expect(await inQueue()).toEqual(['Ben waiting', 'Chi waiting']);
    await beat('2026-12-03T00:00:01Z');
    await job().run();
    expect(await inQueue()).toEqual(['Ben next', 'Chi waiting']);
    expect(await parts()).toEqual([
      {
        to: who(ben).id,
        text: 'Acme Bank can be asked again, and you are next. You wanted to talk about Onboarding.',
        state: 'waiting',
      },
    ]);
  });

  test('lets a turn lapse after five working days, says so, and gives it to the next', async () => {
    await talk(ana, '2026-11-03');
    await queue(ben);
    await queue(chi);
    await beat('2026-12-03T00:00:01Z');
    await beat('2026-12-10T08:59:00Z');
    expect(await inQueue()).toEqual(['Ben next', 'Chi waiting']);
    await beat('2026-12-10T09:00:01Z');
    expect(await inQueue()).toEqual(['Chi next']);
    expect((await parts()).filter(({ state }) => state !== 'over')).toEqual([
      {
        to: who(ben).id,
        text: `Your turn to talk to Acme Bank has passed. It goes to <@${who(chi).slackId}>. \`/research ask acme-bank\` queues again.`,
        state: 'waiting',
      },
      expect.objectContaining({ to: who(chi).id }),
    ]);
    expect((await types()).slice(-2)).toEqual(['research.lapsed', 'research.next']);
  });

  test('whoever has the turn says that they contact the account, and has five working days from then on', async () => {
    await talk(ana, '2026-11-03');
    await queue(ben);
    await beat('2026-12-03T00:00:01Z');
    await setClock(database.db, workspaceId, '2026-12-08T15:00:00Z');
    value(await take(ben));
    const [turn] = (await standing()).waits;
    expect(turn).toMatchObject({ isTaken: true });
    expect(turn?.until?.toString().slice(0, 13)).toBe('2026-12-15T15');
    expect((await parts())[0]?.text).toBe('You contact Acme Bank; others see that.');
  });

  test('whoever gives the turn back lets the next one have it at once', async () => {
    await talk(ana, '2026-11-03');
    await queue(ben);
    await queue(chi);
    await beat('2026-12-03T00:00:01Z');
    value(await leave(ben));
    expect(await inQueue()).toEqual(['Chi next']);
  });

  test('people who left lapse at once, wherever they stand', async () => {
    await talk(ana, '2026-11-03');
    await queue(ben);
    await queue(chi);
    await database.db
      .updateTable('people')
      .set({ deactivated_at: '2026-11-17T00:00:00Z' })
      .where('id', '=', who(ben).id)
      .execute();
    await job().run();
    expect(await inQueue()).toEqual(['Chi waiting']);
    expect(await parts()).toEqual([]);
  });

  test('in two processes at once gives the turn once', async () => {
    await talk(ana, '2026-11-03');
    await queue(ben);
    await setClock(database.db, workspaceId, '2026-12-03T00:00:01Z');
    await Promise.all([job().run(), job().run(), job().run()]);
    expect((await types()).filter((type) => type === 'research.next')).toHaveLength(1);
  });

  test('goes by the days of the workspace’s zone', async () => {
    await database.db
      .updateTable('workspaces')
      .set({ timezone: 'Asia/Tokyo' })
      .where('id', '=', workspaceId)
      .execute();
    await talk(ana, '2026-11-03');
    await queue(ben);
    await beat('2026-12-02T14:59:00Z');
    expect(await inQueue()).toEqual(['Ben waiting']);
    await beat('2026-12-02T15:00:01Z');
    expect(await inQueue()).toEqual(['Ben next']);
  });
});

describe('writing a conversation down', () => {
  test('ends one’s own wait as held, and the account rests', async () => {
    value(await take(ben));
    await talk(ben, '2026-11-16');
    expect(await inQueue()).toEqual([]);
    expect((await types()).slice(-2)).toEqual(['conversation.logged', 'research.held']);
    expect(await take(chi)).toMatchObject({ ok: false, code: 'rests' });
  });

  test('by somebody else puts whoever had the turn back in their place, and tells them', async () => {
    await talk(ana, '2026-10-10');
    await queue(ben);
    await queue(chi);
    expect(await inQueue()).toEqual(['Ben next', 'Chi waiting']);
    await talk(ana, '2026-11-16');
    expect(await inQueue()).toEqual(['Ben waiting', 'Chi waiting']);
    expect((await parts()).filter(({ state }) => state !== 'over')).toEqual([
      {
        to: who(ben).id,
        text: `<@${who(ana).slackId}> talked to Acme Bank on 16 Nov, so they rest until 16 Dec. You keep your place in the queue.`,
        state: 'waiting',
      },
    ]);
  });

  test('of long ago leaves the turn where it is', async () => {
    value(await take(ben));
    await talk(ana, '2026-09-01');
    expect(await inQueue()).toEqual(['Ben next']);
  });

  test('sent off twice is kept once', async () => {
    const form = { on: '2026-11-16', formKey: 'one' };
    value(await logTalk(database.db, workspaceId, who(ben), { id: acme }, form));
    value(await logTalk(database.db, workspaceId, who(ben), { id: acme }, form));
    expect((await types()).filter((type) => type === 'conversation.logged')).toHaveLength(1);
  });

  test('on a day that is still to come is refused beside its field', async () => {
    expect(
      await logTalk(database.db, workspaceId, who(ben), { id: acme }, { on: '2026-11-17' }),
    ).toMatchObject({
      ok: false,
      field: 'held-on',
      words: 'That day is still to come. Log it when you have talked.',
    });
  });

  test('with a new account adds it; of one name there is one, however it is written', async () => {
    const one = value(
      await logTalk(database.db, workspaceId, who(ben), { name: 'Nordrail' }, { on: '2026-11-16' }),
    );
    const two = value(
      await logTalk(database.db, workspaceId, who(chi), { name: 'NORDRAIL' }, { on: '2026-11-16' }),
    );
    expect(one.account).toMatchObject({ key: 'nordrail', name: 'Nordrail', coolDown: 'P30D' });
    expect(two.account.id).toBe(one.account.id);
    expect((await types()).filter((type) => type === 'account.created')).toHaveLength(1);
  });
});

describe('changing an account', () => {
  const change = async (name: string, coolDown: string, stamp?: string) => {
    const { account } = await standing();
    const form = { name, coolDown, stamp: stamp ?? stampOf(account) };
    return await changeAccount(database.db, workspaceId, who(ana), acme, form);
  };

  test('to a shorter rest may make it somebody’s turn at once', async () => {
    await talk(ana, '2026-11-03');
    await queue(ben);
    value(await change('Acme', 'P7D'));
    expect(await inQueue()).toEqual(['Ben next']);
    expect(
      (await listEvents(database.db, workspaceId)).find(({ type }) => type === 'account.changed'),
    ).toMatchObject({
      before: { name: 'Acme Bank', cool_down: 'P30D' },
      after: { name: 'Acme', cool_down: 'P7D' },
    });
  });

  test('to the name of another one is refused beside its field', async () => {
    await insertAccount(database.db, workspaceId, 'Nordrail');
    expect(await change('nordrail', 'P30D')).toMatchObject({
      ok: false,
      field: 'name',
      words: 'Another account is called so.',
    });
  });

  test('by an old form is refused, and to what it says already is fine', async () => {
    expect(await change('Acme', 'P7D', 'old')).toMatchObject({
      ok: false,
      words:
        'Somebody has changed this account since you opened the form. Open it again to see how it is now.',
    });
    expect(await change('Acme Bank', 'P30D', 'old')).toMatchObject({ ok: true });
  });
});
