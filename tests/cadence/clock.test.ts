import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openByHand } from '../../src/cadence/by-hand.ts';
import { tick } from '../../src/cadence/planner.ts';
import type { Ritual } from '../../src/cadence/ritual.ts';
import { findNextMoment } from '../../src/cadence/store.ts';
import { tzVersion } from '../../src/cadence/tz-version.ts';
import type { Actor } from '../../src/features/people/core/person.ts';
import { openDatabase } from '../../src/platform/db/database.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertPerson,
  instant,
  isAbout,
  keptLog,
  listEvents,
  listMessages,
  setClock,
} from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { keptRitual } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let channelId: number;
let ana: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  channelId = (await insertChannel(database.db, workspaceId, 'checkout', 'C0CHECKOUT')).id;
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
});
afterAll(async () => {
  await database.close();
});

const { log, lines } = keptLog();
const rituals = (ritual: Ritual) => new Map([[ritual.key, ritual]]);
const run = (ritual: Ritual = keptRitual().ritual, db = database.db) =>
  tick({ db, workspaceId, rituals: rituals(ritual), log });

const weekly = (given: Partial<Parameters<typeof insertCadence>[2]> = {}) =>
  insertCadence(database.db, workspaceId, {
    key: 'weekly',
    channelId,
    nextDueAt: '2026-10-05T09:00:00Z',
    ...given,
  });

const occurrences = () =>
  database.db
    .selectFrom('occurrences')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();

const states = async () => (await occurrences()).map(({ name, state }) => [name, state]);

const cadences = () =>
  database.db
    .selectFrom('cadences')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();

describe('an occurrence ends', () => {
  test('when its time is over, and its ritual is told why', async () => {
    const { ritual, closed } = keptRitual();
    await weekly({ closeAfter: 'P2D' });
    await run(ritual);
    const [occurrence] = await occurrences();
    await setClock(database.db, workspaceId, '2026-10-07T08:59:00Z');
    expect(await run(ritual)).toEqual({ paused: 0, closed: 0, planned: 0 });
    expect(await states()).toEqual([['2026-10-05', 'open']]);

    await setClock(database.db, workspaceId, '2026-10-07T09:00:00Z');
    expect(await run(ritual)).toEqual({ paused: 0, closed: 1, planned: 0 });
    expect(await states()).toEqual([['2026-10-05', 'held']]);
    expect(closed).toEqual([{ ids: [occurrence?.id], why: 'over' }]);
    expect(isAbout((await occurrences())[0]?.closed_at, '2026-10-07T09:00:00Z')).toBe(true);
    expect(await run(ritual)).toMatchObject({ closed: 0 });
  });

  test('with a newer one, however long it has left', async () => {
    const { ritual, closed } = keptRitual();
    await weekly({ closeAfter: 'P20D' });
    await run(ritual);
    const [first] = await occurrences();
    await setClock(database.db, workspaceId, '2026-10-12T09:00:00Z');
    await run(ritual);
    expect(await states()).toEqual([
      ['2026-10-05', 'held'],
      ['2026-10-12', 'open'],
    ]);
    expect(closed).toEqual([{ ids: [first?.id], why: 'newer' }]);
  });

  test('after plain time where it says so', async () => {
    await weekly({ closeAfter: 'PT90M' });
    await run();
    expect((await occurrences())[0]?.close_at?.toString()).toBe('2026-10-05T10:30:00Z');
  });

  test('once, in however many replicas', async () => {
    const { ritual, closed } = keptRitual();
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await weekly({ key, closeAfter: 'PT1H' });
    await run(ritual);
    await setClock(database.db, workspaceId, '2026-10-05T10:00:00Z');
    const replicas = Array.from({ length: 5 }, () => openDatabase(database.url, { connections: 2 }));
    try {
      await Promise.all(replicas.map((db) => run(ritual, db)));
    } finally {
      await Promise.all(replicas.map((db) => db.destroy()));
    }
    await run(ritual);
    expect(closed.flatMap(({ ids }) => ids)).toHaveLength(6);
    expect((await occurrences()).map(({ state }) => state)).toEqual(Array(6).fill('held'));
  });

  test('although another one cannot: that one is told to the operator and stays open', async () => {
    const { ritual } = keptRitual();
    for (const key of ['bad', 'good', 'fine']) await weekly({ key, closeAfter: 'PT1H' });
    await run(ritual);
    const bad = (await occurrences())[0]?.id;
    await setClock(database.db, workspaceId, '2026-10-05T10:00:00Z');
    const close: Ritual['close'] = async (_tx, _workspaceId, ids) => {
      if (ids.some((id) => id === bad)) throw new Error('no such luck');
    };
    expect(await run({ ...ritual, close })).toMatchObject({ closed: 2 });
    expect((await occurrences()).map(({ state }) => state)).toEqual(['open', 'held', 'held']);
    const told = lines.filter(({ msg }) => msg === 'this occurrence could not be closed');
    expect(told).toMatchObject([{ level: 50, cadence: 'bad', err: { message: 'no such luck' } }]);
  });

  test('and its end is a moment at which the clock stops', async () => {
    await weekly({ closeAfter: 'P2D' });
    await run();
    const moment = await findNextMoment(database.db, workspaceId, instant('2026-10-06T00:00:00Z'));
    expect(moment).toMatchObject({ ritual: 'okr-check-in', channel: 'checkout', isEnd: true });
    expect(moment?.at.toString()).toBe('2026-10-07T09:00:00Z');
  });
});

describe('a cadence whose channel is lost', () => {
  const lose = async (columns: { archived_at?: string; lost_reason?: string }) => {
    await database.db.updateTable('channels').set(columns).where('id', '=', channelId).execute();
  };
  const told = async () =>
    (await listMessages(database.db, workspaceId)).map(({ personId, text }) => [personId, text]);

  test('pauses itself, plans nothing, and tells who set it up', async () => {
    const cadenceId = await weekly({ createdBy: ana.id });
    await lose({ lost_reason: 'not_in_channel' });
    expect(await run()).toEqual({ paused: 1, closed: 0, planned: 0 });
    expect(await occurrences()).toEqual([]);
    const [cadence] = await cadences();
    expect(cadence).toMatchObject({
      state: 'paused',
      pause_reason: 'I am not in the channel any more.',
    });
    expect(isAbout(cadence?.paused_at, '2026-10-05T09:00:00Z')).toBe(true);
    expect(await told()).toEqual([
      [
        ana.id,
        'I have paused weekly (OKR check-in) in <#C0CHECKOUT>. I am not in the channel any more. ' +
          'Invite me there with `/invite @Cairn`, or choose another channel with `/cadence edit weekly`. ' +
          'Then `/cadence resume weekly` and it goes on.',
      ],
    ]);
    expect(await listEvents(database.db, workspaceId)).toEqual([
      {
        type: 'cadence.paused',
        actorId: null,
        subjectId: cadenceId,
        before: { state: 'active' },
        after: { state: 'paused', reason: 'I am not in the channel any more.' },
      },
    ]);
  });

  test.each([
    [{ archived_at: '2026-10-01T00:00:00Z' }, 'The channel is archived.', 'Take it out of the archive, or'],
    [{ lost_reason: 'is_archived' }, 'The channel is archived.', 'Take it out of the archive, or'],
    [
      { lost_reason: 'channel_not_found' },
      'I cannot see the channel any more: it was deleted, or I was taken out of it.',
      'Invite me there with `/invite @Cairn`, or',
    ],
    [
      { lost_reason: 'restricted_action' },
      'Slack does not let me post there (restricted_action).',
      'Invite me there with `/invite @Cairn`, or',
    ],
  ])('%o says so: %s', async (columns, why, mend) => {
    await weekly({ createdBy: ana.id });
    await lose(columns);
    await run();
    expect((await told())[0]?.[1]).toContain(`in <#C0CHECKOUT>. ${why} ${mend} choose another channel`);
  });

  test('of an operator, or of somebody who has left, is told to the Slack admins', async () => {
    const admins = [await insertActor(database.db, workspaceId), await insertActor(database.db, workspaceId)];
    for (const { id } of admins) {
      await database.db.updateTable('people').set({ is_slack_admin: true }).where('id', '=', id).execute();
    }
    const gone = await insertPerson(database.db, workspaceId, { isDeactivated: true });
    await weekly({ key: 'of-a-file' });
    await weekly({ key: 'of-who-left', createdBy: gone.id });
    await lose({ lost_reason: 'not_in_channel' });
    await run();
    const messages = await listMessages(database.db, workspaceId);
    expect(messages.map(({ personId }) => personId)).toEqual([
      ...admins.map(({ id }) => id),
      ...admins.map(({ id }) => id),
    ]);
    expect(JSON.stringify(messages[0]?.blocks)).toContain('because you are an admin of this workspace');
  });

  test('is told once, and once more when it was resumed and its channel is lost again', async () => {
    const cadenceId = await weekly({ createdBy: ana.id });
    await lose({ lost_reason: 'not_in_channel' });
    await run();
    await run();
    expect(await told()).toHaveLength(1);
    await setClock(database.db, workspaceId, '2026-10-06T09:00:00Z');
    await database.db.updateTable('cadences').set({ state: 'active' }).where('id', '=', cadenceId).execute();
    await run();
    expect(await told()).toHaveLength(2);
  });

  test('is one that others do not suffer from', async () => {
    const other = await insertChannel(database.db, workspaceId, 'risk');
    await weekly({ key: 'lost', createdBy: ana.id });
    await weekly({ key: 'well', channelId: other.id });
    await lose({ lost_reason: 'not_in_channel' });
    expect(await run()).toEqual({ paused: 1, closed: 0, planned: 1 });
    expect((await cadences()).map(({ key, state }) => [key, state])).toEqual([
      ['lost', 'paused'],
      ['well', 'active'],
    ]);
  });
});

describe('the next time that was reckoned with older time zones', () => {
  const next = async () => {
    const [cadence] = await cadences();
    return [cadence?.next_due_at?.toString(), cadence?.tz_version];
  };

  test('is reckoned again by a newer version, before it is due', async () => {
    await weekly({ nextDueAt: '2026-10-12T10:00:00Z', tzVersion: '2019a' });
    await run();
    expect(await next()).toEqual(['2026-10-12T09:00:00Z', tzVersion]);
  });

  test('holds at once what has come by the newer ones meanwhile', async () => {
    await weekly({ nextDueAt: '2026-10-05T10:00:00Z', tzVersion: '2019a' });
    await setClock(database.db, workspaceId, '2026-10-05T09:30:00Z');
    await run();
    expect(await states()).toEqual([['2026-10-05', 'open']]);
    expect(await next()).toEqual(['2026-10-12T09:00:00Z', tzVersion]);
  });

  test('never makes a second occurrence of a period', async () => {
    const cadenceId = await weekly({ tzVersion: '2019a' });
    await run();
    await database.db
      .updateTable('cadences')
      .set({ next_due_at: '2026-10-06T08:00:00Z', tz_version: '2019a' })
      .where('id', '=', cadenceId)
      .execute();
    await run();
    expect(await states()).toEqual([['2026-10-05', 'open']]);
    expect(await next()).toEqual(['2026-10-12T09:00:00Z', tzVersion]);
  });

  test('is left alone where the version that reckoned it is newer than this one', async () => {
    await weekly({ nextDueAt: '2026-10-12T10:00:00Z', tzVersion: '2099z' });
    await run();
    expect(await next()).toEqual(['2026-10-12T10:00:00Z', '2099z']);
  });

  test('is left alone where the schedule cannot be read, until it is due', async () => {
    const cadenceId = await weekly({ nextDueAt: '2026-10-12T10:00:00Z', tzVersion: '2019a' });
    await database.db
      .updateTable('cadences')
      .set({ schedule: 'whenever it suits' })
      .where('id', '=', cadenceId)
      .execute();
    await run();
    expect((await next())[0]).toBe('2026-10-12T10:00:00Z');
  });
});

describe('a run by hand', () => {
  const byHand = async (cadenceId: number, ritual: Ritual = keptRitual().ritual, db = database.db) =>
    await inTransaction(db, (tx) =>
      openByHand(tx, rituals(ritual), { workspaceId, cadenceId, personId: ana.id }),
    );

  test('is an extra occurrence that covers nothing, named by the local minute, at once', async () => {
    const cadenceId = await weekly({
      timezone: 'Europe/Berlin',
      nextDueAt: '2026-10-12T07:00:00Z',
      closeAfter: 'P2D',
    });
    const { ritual, opened } = keptRitual();
    expect(await byHand(cadenceId, ritual)).toMatchObject({
      held: true,
      name: '2026-10-05T11:00',
      isNew: true,
    });
    expect(opened).toMatchObject([{ isByHand: true, isAtMostDaily: false, lateBy: null }]);
    const [occurrence] = await occurrences();
    expect(occurrence).toMatchObject({ covers: null, by_person_id: ana.id, state: 'open' });
    expect(isAbout(occurrence?.close_at, '2026-10-07T09:00:00Z')).toBe(true);
  });

  test('does not keep the rule from its own occurrence, which ends it', async () => {
    const cadenceId = await weekly({ nextDueAt: '2026-10-05T09:30:00Z', schedule: '30 9 * * MON' });
    await byHand(cadenceId);
    await setClock(database.db, workspaceId, '2026-10-05T09:30:00Z');
    await run();
    expect((await states()).map(([, state]) => state)).toEqual(['held', 'open']);
  });

  test('is one however often it is pressed in a minute, also at once', async () => {
    const cadenceId = await weekly({ nextDueAt: '2026-10-12T09:00:00Z' });
    const replica = openDatabase(database.url);
    try {
      const runs = await Promise.all([
        byHand(cadenceId),
        byHand(cadenceId, keptRitual().ritual, replica),
        byHand(cadenceId),
      ]);
      expect(runs.filter((it) => it?.isNew)).toHaveLength(1);
      expect(new Set(runs.map((it) => it?.occurrenceId)).size).toBe(1);
    } finally {
      await replica.destroy();
    }
    expect(await occurrences()).toHaveLength(1);
    expect(await listMessages(database.db, workspaceId)).toHaveLength(1);
  });

  test('of a paused cadence is held all the same', async () => {
    expect(await byHand(await weekly({ state: 'paused' }))).toMatchObject({ held: true });
  });

  test('that has nothing to hold is skipped and says why, at every press', async () => {
    const cadenceId = await weekly({ nextDueAt: '2026-10-12T09:00:00Z' });
    const { ritual } = keptRitual(() => ({ held: false, reason: 'nobody to ask' }));
    const empty = { held: false, reason: 'nobody to ask' };
    expect(await byHand(cadenceId, ritual)).toMatchObject({ ...empty, isNew: true });
    expect(await byHand(cadenceId, ritual)).toMatchObject({ ...empty, isNew: false });
    expect(await occurrences()).toMatchObject([{ state: 'skipped', reason: 'nobody to ask' }]);
  });

  test('of no cadence, or of another workspace, is none', async () => {
    expect(await byHand(999_999)).toBeUndefined();
    const other = await insertWorkspace(database.db);
    const channel = await insertChannel(database.db, other, 'checkout');
    const foreign = await insertCadence(database.db, other, {
      key: 'weekly',
      channelId: channel.id,
      nextDueAt: null,
    });
    expect(await byHand(foreign)).toBeUndefined();
  });
});

test('what the clock does looks at indexes alone while nothing is due', async () => {
  const { rows } = await sql<{ indexname: string }>`
    select indexname from pg_indexes where indexname = any(
      ${['cadences_due', 'cadences_reckoned', 'occurrences_closing', 'occurrences_open']}::text[])`.execute(
    database.db,
  );
  expect(rows).toHaveLength(4);
});
