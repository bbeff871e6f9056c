import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../../src/cadence/planner.ts';
import type { Occurrence, Opened, Ritual } from '../../src/cadence/ritual.ts';
import { findNextMoment } from '../../src/cadence/store.ts';
import { tell } from '../../src/delivery/outbox.ts';
import { type Database, openDatabase, type Tx } from '../../src/platform/db/database.ts';
import {
  insertCadence,
  insertChannel,
  insertCycle,
  instant,
  isAbout,
  keptLog,
  listEvents,
  listMessages,
  periodOfSchedule,
  setClock,
} from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let channelId: number;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  channelId = (await insertChannel(database.db, workspaceId, 'checkout')).id;
});
afterAll(async () => {
  await database.close();
});

async function keyOf(tx: Tx, { cadenceId }: Occurrence): Promise<string> {
  const { key } = await tx
    .selectFrom('cadences')
    .select('key')
    .where('id', '=', cadenceId)
    .executeTakeFirstOrThrow();
  return key;
}

/** A ritual that tells its channel that it happens, and keeps what it was told of the occurrence. */
function announcing(also: (tx: Tx, occurrence: Occurrence) => Promise<void> = async () => {}) {
  const opened: Occurrence[] = [];
  const ritual: Ritual = {
    key: 'okr-check-in',
    name: 'OKR check-in',
    async open(tx, occurrences) {
      for (const occurrence of occurrences) {
        opened.push(occurrence);
        await tell(tx, {
          workspaceId: occurrence.workspaceId,
          dedupeKey: `announced:${occurrence.id}`,
          to: { channelId: occurrence.channelId },
          content: { text: `${await keyOf(tx, occurrence)} ${occurrence.name}`, blocks: [] },
          dueAt: occurrence.dueAt,
        });
        await also(tx, occurrence);
      }
      return new Map();
    },
  };
  return { ritual, opened };
}

const { log, lines } = keptLog();
const run = async (
  ritual: Ritual = announcing().ritual,
  db: Database = database.db,
  pace: { batch?: number; patienceMs?: number } = {},
) => (await tick({ db, workspaceId, rituals: new Map([[ritual.key, ritual]]), log, ...pace })).planned;

const nothingToHold: Ritual['open'] = async (_tx, occurrences) =>
  new Map(occurrences.map(({ id }): [number, Opened] => [id, { held: false, reason: 'nobody to ask' }]));

const weekly = (given: Partial<Parameters<typeof insertCadence>[2]> = {}) =>
  insertCadence(database.db, workspaceId, {
    key: 'weekly',
    channelId,
    schedule: '0 9 * * MON',
    nextDueAt: '2026-10-05T09:00:00Z',
    ...given,
  });

async function occurrences() {
  const { rows } = await sql<{
    cadenceId: number;
    name: string;
    covers: string;
    dueAt: Temporal.Instant;
    state: string;
    reason: string | null;
    tzVersion: string;
  }>`select cadence_id as "cadenceId", name, due_at as "dueAt", state, reason, tz_version as "tzVersion",
      lower(covers)::text || ' to ' || upper(covers)::text as covers
    from occurrences where workspace_id = ${workspaceId} order by id`.execute(database.db);
  return rows;
}

const rows = () =>
  database.db
    .selectFrom('occurrences')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();

const insertCompanyDay = (day: string, name: string) =>
  database.db.insertInto('company_days').values({ workspace_id: workspaceId, day, name }).execute();

async function nextDue(cadenceId: number): Promise<string | null> {
  const row = await database.db
    .selectFrom('cadences')
    .select('next_due_at')
    .where('id', '=', cadenceId)
    .executeTakeFirstOrThrow();
  return row.next_due_at?.toString() ?? null;
}

/** Changes a cadence's rule as an edit does. */
async function edit(cadenceId: number, schedule: string, nextDueAt: string): Promise<void> {
  await database.db
    .updateTable('cadences')
    .set({ schedule, period: periodOfSchedule(schedule), next_due_at: nextDueAt })
    .where('id', '=', cadenceId)
    .execute();
}

const texts = async () => (await listMessages(database.db, workspaceId)).map((message) => message.text);

describe('a cadence that is due', () => {
  test('makes one occurrence with its messages, and is due again at its next time', async () => {
    const cadenceId = await weekly();
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    expect(await run()).toBe(1);
    expect(await occurrences()).toEqual([
      {
        cadenceId,
        name: '2026-10-05',
        covers: '2026-10-05 00:00:00 to 2026-10-12 00:00:00',
        dueAt: expect.toSatisfy((at: Temporal.Instant) => at.toString() === '2026-10-05T09:00:00Z'),
        state: 'open',
        reason: null,
        tzVersion: process.versions['tz'],
      },
    ]);
    expect(await texts()).toEqual(['weekly 2026-10-05']);
    expect(await nextDue(cadenceId)).toBe('2026-10-12T09:00:00Z');
  });

  test('tells its ritual what it needs to know', async () => {
    const { ritual, opened } = announcing();
    const cadenceId = await weekly({
      timezone: 'Europe/Berlin',
      nextDueAt: '2026-10-05T07:00:00Z',
      cycle: '2026-Q4',
    });
    await setClock(database.db, workspaceId, '2026-10-05T08:00:00Z');
    await run(ritual);
    expect(opened).toMatchObject([
      { workspaceId, cadenceId, channelId, cycle: '2026-Q4', isAtMostDaily: true },
    ]);
    expect(opened[0]?.local.toString()).toBe('2026-10-05T09:00:00');
    expect(opened[0]?.dueAt.toString()).toBe('2026-10-05T07:00:00Z');
    expect(opened[0]?.plannedAt.toString()).toMatch(/^2026-10-05T08:00/);
  });

  test('tells its ritual how late it comes, and when it ends by working days', async () => {
    const { ritual, opened } = announcing();
    await weekly({ closeAfter: 'P2D', nudgeAfter: 'P1D' });
    await setClock(database.db, workspaceId, '2026-10-05T12:00:00Z');
    await run(ritual);
    const [occurrence] = opened;
    expect(occurrence).toMatchObject({ nudgeAfter: 'P1D', isByHand: false });
    expect(occurrence?.lateBy?.total('hours')).toBeCloseTo(3, 1);
    expect(isAbout(occurrence?.beginsAt, '2026-10-05T12:00:00Z')).toBe(true);
    expect(isAbout(occurrence?.closeAt, '2026-10-07T12:00:00Z')).toBe(true);
    expect(isAbout((await rows())[0]?.planned_at, '2026-10-05T12:00:00Z')).toBe(true);
  });

  test('is on time within five minutes, and ends on a working day of its zone', async () => {
    const { ritual, opened } = announcing();
    await insertCompanyDay('2026-10-26', 'Founders day');
    await weekly({
      schedule: '0 9 * * FRI',
      timezone: 'Europe/Berlin',
      nextDueAt: '2026-10-23T07:00:00Z',
      closeAfter: 'P1D',
    });
    await setClock(database.db, workspaceId, '2026-10-23T07:04:00Z');
    await run(ritual);
    // Saturday, Sunday and the company's day are left out, and the clocks have changed.
    expect(opened[0]?.closeAt?.toString()).toBe('2026-10-27T08:00:00Z');
    expect(opened[0]?.lateBy).toBeNull();
    expect((await rows())[0]?.close_at?.toString()).toBe('2026-10-27T08:00:00Z');
  });

  test('keeps its local time when the clocks change', async () => {
    const cadenceId = await weekly({ timezone: 'Europe/Berlin', nextDueAt: '2026-10-19T07:00:00Z' });
    await setClock(database.db, workspaceId, '2026-10-19T07:00:00Z');
    await run();
    expect(await nextDue(cadenceId)).toBe('2026-10-26T08:00:00Z');
  });

  test('makes nothing more at the next tick', async () => {
    await weekly();
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await run();
    expect(await run()).toBe(0);
    expect(await occurrences()).toHaveLength(1);
    expect(await texts()).toHaveLength(1);
  });

  test('ends the occurrence before it, which was held', async () => {
    await weekly();
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await run();
    await setClock(database.db, workspaceId, '2026-10-12T09:00:00Z');
    await run();
    expect((await occurrences()).map(({ name, state }) => [name, state])).toEqual([
      ['2026-10-05', 'held'],
      ['2026-10-12', 'open'],
    ]);
  });

  test('that is skipped ends nothing: last week can still be answered', async () => {
    await weekly();
    const closed: number[][] = [];
    const { ritual } = announcing();
    const close: Ritual['close'] = async (_tx, _workspaceId, ids) => void closed.push([...ids]);
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await run({ ...ritual, close });
    await setClock(database.db, workspaceId, '2026-10-12T09:00:00Z');
    await run({ ...ritual, open: nothingToHold, close });
    expect((await occurrences()).map(({ state }) => state)).toEqual(['open', 'skipped']);
    expect(closed).toEqual([]);

    await setClock(database.db, workspaceId, '2026-10-19T09:00:00Z');
    await run({ ...ritual, close });
    expect((await occurrences()).map(({ state }) => state)).toEqual(['held', 'skipped', 'open']);
    const { id } = await database.db
      .selectFrom('occurrences')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .orderBy('id')
      .executeTakeFirstOrThrow();
    expect(closed).toEqual([[id]]);
  });

  test('is skipped with a reason when its ritual has nothing to hold', async () => {
    await weekly();
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    expect(await run({ key: 'okr-check-in', name: 'OKR check-in', open: nothingToHold })).toBe(1);
    expect(await occurrences()).toMatchObject([{ state: 'skipped', reason: 'nobody to ask' }]);
  });

  test('that comes several times a day makes an occurrence each time', async () => {
    await weekly({ schedule: '0 9,17 * * *', nextDueAt: '2026-10-05T09:00:00Z' });
    const { ritual, opened } = announcing();
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await run(ritual);
    await setClock(database.db, workspaceId, '2026-10-05T17:00:00Z');
    await run(ritual);
    expect((await occurrences()).map(({ name }) => name)).toEqual(['2026-10-05T09:00', '2026-10-05T17:00']);
    expect(opened.map((occurrence) => occurrence.isAtMostDaily)).toEqual([false, false]);
  });
});

describe('no occurrence comes of a cadence that', () => {
  beforeEach(async () => {
    await setClock(database.db, workspaceId, '2026-10-05T09:30:00Z');
  });

  test('is not due yet', async () => {
    const cadenceId = await weekly({ nextDueAt: '2026-10-05T09:31:00Z', schedule: '31 9 * * MON' });
    expect(await run()).toBe(0);
    expect(await occurrences()).toEqual([]);
    expect(await nextDue(cadenceId)).toBe('2026-10-05T09:31:00Z');
  });

  test.each(['paused', 'ended'] as const)('is %s', async (state) => {
    await weekly({ state });
    expect(await run()).toBe(0);
    expect(await occurrences()).toEqual([]);
    expect(await findNextMoment(database.db, workspaceId, instant('2020-01-01T00:00:00Z'))).toBeUndefined();
  });

  test('never comes again', async () => {
    await weekly({ nextDueAt: null });
    expect(await run()).toBe(0);
  });

  test('is of another workspace', async () => {
    const other = await insertWorkspace(database.db);
    const channel = await insertChannel(database.db, other, 'checkout');
    const nextDueAt = '2026-10-05T09:00:00Z';
    await insertCadence(database.db, other, { key: 'weekly', channelId: channel.id, nextDueAt });
    await setClock(database.db, other, '2026-10-05T09:30:00Z');
    expect(await run()).toBe(0);
    expect(await listMessages(database.db, other)).toEqual([]);
  });
});

describe('at once and interrupted', () => {
  test('ticks of ten replicas make one occurrence of each cadence', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    for (const key of keys) await weekly({ key });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    const replicas = Array.from({ length: 10 }, () => openDatabase(database.url, { connections: 2 }));
    try {
      const planned = await Promise.all(replicas.map((db) => run(announcing().ritual, db)));
      expect(planned.reduce((sum, count) => sum + count, 0)).toBe(keys.length);
    } finally {
      await Promise.all(replicas.map((db) => db.destroy()));
    }
    expect((await texts()).toSorted()).toEqual(keys.map((key) => `${key} 2026-10-05`));
    expect(await occurrences()).toHaveLength(keys.length);
  });

  test('a tick that is killed in between leaves nothing, and the next one makes it whole', async () => {
    const cadenceId = await weekly();
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    const replica = openDatabase(database.url, { onIdleError: () => {} });
    const dying = announcing(async (tx) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
    });
    try {
      await run(dying.ritual, replica);
    } finally {
      await replica.destroy();
    }
    expect(dying.opened).toHaveLength(1);
    expect(await occurrences()).toEqual([]);
    expect(await texts()).toEqual([]);
    expect(await nextDue(cadenceId)).toBe('2026-10-05T09:00:00Z');

    expect(await run()).toBe(1);
    expect(await occurrences()).toMatchObject([{ name: '2026-10-05', state: 'open' }]);
    expect(await texts()).toEqual(['weekly 2026-10-05']);
  });

  test('a cadence that another replica works on is left to it', async () => {
    await weekly();
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    const during = announcing(async () => {
      expect(await run(announcing().ritual)).toBe(0);
    });
    expect(await run(during.ritual)).toBe(1);
    expect(await texts()).toHaveLength(1);
  });
});

describe('after an outage', () => {
  test('the latest occurrence is held when it is not later than the catch-up time', async () => {
    await weekly({ catchUp: 'PT12H' });
    await setClock(database.db, workspaceId, '2026-10-05T20:59:00Z');
    await run();
    expect(await occurrences()).toMatchObject([{ name: '2026-10-05', state: 'open' }]);
    expect(await texts()).toEqual(['weekly 2026-10-05']);
  });

  test('beyond the catch-up time it is missed, with a reason, and tells nobody', async () => {
    const cadenceId = await weekly({ catchUp: 'PT12H' });
    await setClock(database.db, workspaceId, '2026-10-05T21:00:01Z');
    await run();
    expect(await occurrences()).toMatchObject([
      {
        name: '2026-10-05',
        state: 'missed',
        reason: 'Cairn was not running when this was due',
        covers: '2026-10-05 00:00:00 to 2026-10-12 00:00:00',
      },
    ]);
    expect(await texts()).toEqual([]);
    expect(await nextDue(cadenceId)).toBe('2026-10-12T09:00:00Z');
  });

  test('what was missed before the one that is held is one span', async () => {
    await weekly();
    await setClock(database.db, workspaceId, '2026-10-26T10:00:00Z');
    await run();
    expect(await occurrences()).toMatchObject([
      { name: '2026-10-05', state: 'missed', covers: '2026-10-05 00:00:00 to 2026-10-26 00:00:00' },
      { name: '2026-10-26', state: 'open', covers: '2026-10-26 00:00:00 to 2026-11-02 00:00:00' },
    ]);
    expect(await texts()).toEqual(['weekly 2026-10-26']);
  });

  test('when the latest is too late as well, all is one span', async () => {
    await weekly();
    await setClock(database.db, workspaceId, '2026-10-30T10:00:00Z');
    await run();
    expect(await occurrences()).toMatchObject([
      { name: '2026-10-05', state: 'missed', covers: '2026-10-05 00:00:00 to 2026-11-02 00:00:00' },
    ]);
  });

  test('of years, it is one row and quick', async () => {
    await weekly({ schedule: '*/5 * * * *', nextDueAt: '2016-01-01T00:00:00Z' });
    await setClock(database.db, workspaceId, '2026-10-05T09:02:00Z');
    await run();
    expect(await occurrences()).toMatchObject([
      { state: 'missed', covers: '2016-01-01 00:00:00 to 2026-10-05 09:00:00' },
      { name: '2026-10-05T09:00', state: 'open' },
    ]);
  });
});

describe('a cadence that fails', () => {
  const failing = (key: string): Ritual => {
    const { ritual } = announcing(async (tx, occurrence) => {
      if ((await keyOf(tx, occurrence)) === key) throw new Error('no such luck');
    });
    return ritual;
  };

  test('does not keep the others waiting, is told to the operator, and leaves nothing', async () => {
    await weekly({ key: 'bad', nextDueAt: '2026-10-05T08:00:00Z' });
    await weekly({ key: 'good' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    expect(await run(failing('bad'))).toBe(1);
    expect(await texts()).toEqual(['good 2026-10-05']);
    expect(await occurrences()).toHaveLength(1);
    expect(lines.at(-2)).toMatchObject({ level: 50, cadence: 'bad', err: { message: 'no such luck' } });
  });

  test('is tried again at the next tick', async () => {
    await weekly({ key: 'bad' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    expect(await run(failing('bad'))).toBe(0);
    expect(await run()).toBe(1);
    expect(await texts()).toEqual(['bad 2026-10-05']);
  });

  test('may fail for its schedule or its ritual too', async () => {
    const cadenceId = await weekly({ key: 'unreadable', nextDueAt: '2026-10-05T07:00:00Z' });
    await database.db
      .updateTable('cadences')
      .set({ schedule: 'whenever' })
      .where('id', '=', cadenceId)
      .execute();
    await weekly({ key: 'unheld', ritual: 'strategy-review', nextDueAt: '2026-10-05T08:00:00Z' });
    await weekly({ key: 'good' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    expect(await run()).toBe(1);
    expect(await texts()).toEqual(['good 2026-10-05']);
  });

  test('in the database itself does not keep the others waiting either', async () => {
    const { ritual } = announcing(async (tx, occurrence) => {
      if ((await keyOf(tx, occurrence)) === 'bad') await sql`select 1 / 0`.execute(tx);
    });
    await weekly({ key: 'bad', nextDueAt: '2026-10-05T08:00:00Z' });
    await weekly({ key: 'good' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    expect(await run(ritual)).toBe(1);
    expect(await texts()).toEqual(['good 2026-10-05']);
  });
});

describe('many at once', () => {
  const keys = Array.from({ length: 25 }, (_, index) => `c${String(index).padStart(2, '0')}`);
  const poison = async (tx: Tx, occurrence: Occurrence) => {
    if (['c03', 'c11'].includes(await keyOf(tx, occurrence))) await sql`select 1 / 0`.execute(tx);
  };

  test('are planned in batches, every one of them', async () => {
    for (const key of keys) await weekly({ key });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    const { ritual } = announcing();
    const calls: number[] = [];
    const counted: Ritual = {
      ...ritual,
      open: async (tx, occurrences) => {
        calls.push(occurrences.length);
        return await ritual.open(tx, occurrences);
      },
    };
    expect(await run(counted, database.db, { batch: 10 })).toBe(25);
    expect(calls).toEqual([10, 10, 5]);
    expect((await texts()).toSorted()).toEqual(keys.map((key) => `${key} 2026-10-05`));
  });

  test('are planned one by one where one fails, so that it takes nobody else with it', async () => {
    for (const key of keys) await weekly({ key });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    const before = lines.length;
    expect(await run(announcing(poison).ritual, database.db, { batch: 10 })).toBe(23);
    const left = keys.filter((key) => key !== 'c03' && key !== 'c11');
    expect((await texts()).toSorted()).toEqual(left.map((key) => `${key} 2026-10-05`));
    const told = lines.slice(before).filter(({ level }) => level === 50);
    expect(told.map(({ cadence, msg }) => [cadence, msg])).toEqual([
      ['c03', 'this cadence could not be planned'],
      ['c11', 'this cadence could not be planned'],
    ]);
    expect(await run()).toBe(2);
    expect(await texts()).toHaveLength(25);
  });

  test('of several replicas, some of which fail, come once each', async () => {
    for (const key of keys) await weekly({ key });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    const replicas = Array.from({ length: 4 }, () => openDatabase(database.url, { connections: 2 }));
    try {
      const planned = await Promise.all(
        replicas.map((db, index) =>
          run(announcing(index % 2 === 0 ? poison : undefined).ritual, db, { batch: 4 }),
        ),
      );
      const sum = planned.reduce((total, count) => total + count, 0);
      expect(sum + (await run())).toBe(25);
    } finally {
      await Promise.all(replicas.map((db) => db.destroy()));
    }
    expect((await texts()).toSorted()).toEqual(keys.map((key) => `${key} 2026-10-05`));
  });

  test('are left to the next tick once this one has taken its time', async () => {
    for (const key of keys) await weekly({ key });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    expect(await run(announcing().ritual, database.db, { patienceMs: -1 })).toBe(0);
    expect(await texts()).toEqual([]);
    expect(await run()).toBe(25);
  });

  test('are logged with their cadences and occurrences', async () => {
    await weekly({ key: 'logged' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await run();
    const [occurrence] = await rows();
    expect(lines.at(-1)).toMatchObject({
      msg: 'planned',
      cadence: 'logged',
      occurrence: occurrence?.id,
      name: '2026-10-05',
    });
  });
});

describe('what its rule leaves out', () => {
  test('is a skipped row with its reason, and tells nobody', async () => {
    await insertCompanyDay('2026-10-05', 'Founders day');
    const cadenceId = await weekly({ onHoliday: 'skip' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    expect(await run()).toBe(1);
    expect(await occurrences()).toMatchObject([
      {
        name: '2026-10-05',
        state: 'skipped',
        reason: 'Founders day',
        covers: '2026-10-05 00:00:00 to 2026-10-12 00:00:00',
      },
    ]);
    expect(await texts()).toEqual([]);
    expect(await nextDue(cadenceId)).toBe('2026-10-12T09:00:00Z');
  });

  test('is a public holiday of the country too', async () => {
    await database.db
      .updateTable('workspaces')
      .set({ holiday_country: 'DE' })
      .where('id', '=', workspaceId)
      .execute();
    await weekly({ schedule: '0 9 25 12 *', onHoliday: 'skip', nextDueAt: '2026-12-25T09:00:00Z' });
    await setClock(database.db, workspaceId, '2026-12-25T09:00:00Z');
    await run();
    expect(await occurrences()).toMatchObject([{ state: 'skipped', reason: 'Christmas Day' }]);
  });

  test('is moved to the next working day where it says so, and named by its own day', async () => {
    await insertCompanyDay('2026-10-05', 'Founders day');
    await weekly({ onHoliday: 'next', nextDueAt: '2026-10-06T09:00:00Z' });
    await setClock(database.db, workspaceId, '2026-10-06T09:00:00Z');
    const { ritual, opened } = announcing();
    await run(ritual);
    expect(await occurrences()).toMatchObject([{ name: '2026-10-05', state: 'open' }]);
    expect(opened[0]?.local.toString()).toBe('2026-10-06T09:00:00');
  });

  test('is a day that its zone does not have', async () => {
    await weekly({
      schedule: '0 9 * * *',
      timezone: 'Pacific/Apia',
      nextDueAt: '2011-12-29T19:00:00Z',
    });
    await setClock(database.db, workspaceId, '2011-12-29T19:00:00Z');
    await run();
    await setClock(database.db, workspaceId, '2011-12-30T19:00:00Z');
    await run();
    expect(await occurrences()).toMatchObject([
      { name: '2011-12-29', state: 'held' },
      { name: '2011-12-30', state: 'skipped', reason: '30 December 2011 does not exist in Pacific/Apia' },
      { name: '2011-12-31', state: 'open' },
    ]);
  });
});

describe('a cadence of a cycle', () => {
  test('ends with the last occurrence in it, and that is recorded', async () => {
    await insertCycle(database.db, workspaceId, { key: '2026-Q3', starts: '2026-07-01', ends: '2026-10-07' });
    const cadenceId = await weekly({ cycle: '2026-Q3' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await run();
    expect(await occurrences()).toMatchObject([{ name: '2026-10-05', state: 'open' }]);
    const state = await database.db
      .selectFrom('cadences')
      .select('state')
      .where('id', '=', cadenceId)
      .execute();
    expect(state).toEqual([{ state: 'ended' }]);
    expect(await nextDue(cadenceId)).toBeNull();
    expect(await listEvents(database.db, workspaceId)).toEqual([
      {
        type: 'cadence.ended',
        actorId: null,
        subjectId: cadenceId,
        before: null,
        after: { cycle: '2026-Q3' },
      },
    ]);
  });

  test('that is over holds nothing, whatever its next time says', async () => {
    await insertCycle(database.db, workspaceId, { key: '2026-Q3', starts: '2026-07-01', ends: '2026-09-30' });
    await weekly({ cycle: '2026-Q3' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await run();
    expect(await occurrences()).toEqual([]);
    expect((await listEvents(database.db, workspaceId)).map(({ type }) => type)).toEqual(['cadence.ended']);
    expect(await run()).toBe(0);
  });

  test('that is current goes on from one to the next', async () => {
    await insertCycle(database.db, workspaceId, { key: '2026-Q3', starts: '2026-07-01', ends: '2026-10-07' });
    const cadenceId = await weekly();
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await run();
    expect(await nextDue(cadenceId)).toBe('2026-10-12T09:00:00Z');
  });
});

describe('an edited rule makes no second occurrence in a period that has one', () => {
  beforeEach(async () => {
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
  });

  test('moved to a later day of the week', async () => {
    const cadenceId = await weekly();
    await run();
    await edit(cadenceId, '0 9 * * THU', '2026-10-08T09:00:00Z');
    await setClock(database.db, workspaceId, '2026-10-08T09:00:00Z');
    await run();
    expect(await texts()).toEqual(['weekly 2026-10-05']);
    expect(await occurrences()).toMatchObject([{ name: '2026-10-05', state: 'open' }]);
    expect(await nextDue(cadenceId)).toBe('2026-10-15T09:00:00Z');
  });

  test('from weekly to daily', async () => {
    const cadenceId = await weekly();
    await run();
    await edit(cadenceId, '0 9 * * *', '2026-10-06T09:00:00Z');
    for (const day of ['06', '07', '11', '12', '13']) {
      await setClock(database.db, workspaceId, `2026-10-${day}T09:00:00Z`);
      await run();
    }
    expect(await texts()).toEqual(['weekly 2026-10-05', 'weekly 2026-10-12', 'weekly 2026-10-13']);
  });

  test('to another zone, in which the day has come again', async () => {
    const cadenceId = await weekly();
    await run();
    await database.db
      .updateTable('cadences')
      .set({ timezone: 'America/New_York' })
      .where('id', '=', cadenceId)
      .execute();
    await edit(cadenceId, '0 9 * * MON', '2026-10-05T13:00:00Z');
    await setClock(database.db, workspaceId, '2026-10-05T13:00:00Z');
    await run();
    expect(await texts()).toEqual(['weekly 2026-10-05']);
  });

  test('and what was missed after that period is kept, though it began inside it', async () => {
    const cadenceId = await weekly();
    await run();
    await edit(cadenceId, '0 9 * * *', '2026-10-07T09:00:00Z');
    await setClock(database.db, workspaceId, '2026-10-20T09:00:00Z');
    await run();
    expect(await occurrences()).toMatchObject([
      { state: 'held', covers: '2026-10-05 00:00:00 to 2026-10-12 00:00:00' },
      { state: 'missed', covers: '2026-10-12 00:00:00 to 2026-10-20 00:00:00' },
      { state: 'open', covers: '2026-10-20 00:00:00 to 2026-10-21 00:00:00' },
    ]);
  });

  test('and the database refuses it whatever the code does', async () => {
    const cadenceId = await weekly();
    await run();
    const second = sql`insert into occurrences (workspace_id, cadence_id, name, covers, due_at, state, tz_version)
      values (${workspaceId}, ${cadenceId}, 'again', '[2026-10-07,2026-10-08)', now(), 'open', 'x')`;
    await expect(second.execute(database.db)).rejects.toThrow('occurrences_once');
  });
});

describe('the soonest cadence', () => {
  test('is the one that comes next, active ones alone, with the channel that it is held in', async () => {
    const later = await insertChannel(database.db, workspaceId, 'later');
    await weekly({ key: 'later', nextDueAt: '2026-10-06T09:00:00Z', channelId: later.id });
    await weekly({ key: 'paused', nextDueAt: '2026-10-01T09:00:00Z', state: 'paused' });
    await weekly({ key: 'soonest' });
    const found = await findNextMoment(database.db, workspaceId, instant('2026-10-05T08:00:00Z'));
    expect(found).toMatchObject({ ritual: 'okr-check-in', channel: 'checkout', isEnd: false });
    expect(found?.at.equals(instant('2026-10-05T09:00:00Z'))).toBe(true);
    const after = await findNextMoment(database.db, workspaceId, instant('2026-10-05T09:00:00Z'));
    expect(after).toMatchObject({ channel: 'later' });
  });
});
