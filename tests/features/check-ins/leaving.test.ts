import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../../../src/cadence/planner.ts';
import { leaveCadence } from '../../../src/features/check-ins/leaving/cadence-operations.ts';
import {
  comeBackTo,
  leaveRitual,
  leavingsOf,
  leftBy,
  snoozesOf,
  whoLeft,
} from '../../../src/features/check-ins/leaving/operations.ts';
import { passPromptsOfCadence } from '../../../src/features/check-ins/passing-operations.ts';
import { okrCheckIn } from '../../../src/features/check-ins/run-operations.ts';
import { snooze } from '../../../src/features/check-ins/snoozing-operations.ts';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { openDatabase } from '../../../src/platform/db/database.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertTeam,
  keptLog,
  listEvents,
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { listParts, sendAll } from '../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let objectiveId: number;
let teamId: number;
let cadenceId: number;
let mia: Actor;
let ben: Actor;
let chi: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  const { id: channelId } = await insertChannel(db, workspaceId, 'checkout');
  teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
  const cycleId = await insertCycle(db, workspaceId, { key: 'q4', starts: '2026-10-01', ends: '2026-12-31' });
  objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  mia = await insertActor(db, workspaceId, { name: 'Mia' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  chi = await insertActor(db, workspaceId, { name: 'Chi' });
  await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', teamId).execute();
  cadenceId = await insertCadence(db, workspaceId, {
    key: 'weekly',
    channelId,
    timezone: 'Europe/Berlin',
    nextDueAt: '2026-10-05T07:00:00Z',
    nudgeAfter: 'P1D',
    closeAfter: 'P2D',
  });
});
afterAll(async () => {
  await database.close();
});

const keyResult = (key: string, owner: Actor, backup?: Actor) =>
  insertKeyResult(database.db, workspaceId, objectiveId, { key, owner, ...(backup && { backup }) });

async function tickAt(iso = '2026-10-05T07:00:00Z'): Promise<void> {
  await setClock(database.db, workspaceId, iso);
  const rituals = new Map([[okrCheckIn.key, okrCheckIn]]);
  await tick({ db: database.db, workspaceId, rituals, log: keptLog().log });
  await dailyJob(database, workspaceId).run();
  await sendAll(database.db, workspaceId);
}
const occurrence = async () =>
  (
    await database.db
      .selectFrom('occurrences')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).id;
const leave = async (actor: Actor, reason: 'area' | 'often' | 'elsewhere' = 'area', db = database.db) =>
  await leaveRitual(db, workspaceId, actor, { occurrenceId: await occurrence(), reason });
const told = async ({ id }: Actor, begin: string) =>
  (await listParts(database.db, workspaceId))
    .filter(({ key, personId }) => personId === id && key.startsWith(begin))
    .map(({ text, state }) => `${state}: ${text}`);
const channel = async () =>
  (await listMessages(database.db, workspaceId))
    .filter(({ dedupeKey }) => dedupeKey.startsWith('check-in-run:'))
    .at(-1)?.text;

describe('who leaves a ritual', () => {
  test('is asked no more: the backup is, and the lead is told once of what nobody is asked about', async () => {
    await keyResult('one', mia, ben);
    await keyResult('two', mia);
    await tickAt();
    expect(await leave(mia)).toMatchObject({
      value: {
        key: 'weekly',
        passed: [{ to: { id: ben.id }, count: 1 }],
        unasked: 1,
        told: { kind: 'leads' },
      },
    });
    expect(await told(mia, 'check-in:')).toEqual([
      'said: You have left `weekly`, so nothing of it is asked of you.',
    ]);
    expect(await told(mia, 'check-in-nudge:')).toEqual([expect.stringMatching(/^over: /)]);
    expect((await told(ben, 'check-in:'))[0]).toContain('one');
    expect(await told(chi, 'ritual-left:')).toEqual([
      `waiting: <@${mia.slackId}> has left the ritual \`weekly\`: not my area any more. Nobody is asked about one key result of theirs now.`,
    ]);
    expect(await channel()).toContain('0 of 1');
    expect((await listEvents(database.db, workspaceId)).at(-1)).toMatchObject({
      type: 'ritual.left',
      actorId: mia.id,
      after: { reason: 'area', unasked: 1 },
    });
    await tickAt('2026-10-12T07:00:00Z');
    expect(await told(mia, 'check-in:')).toHaveLength(1);
    expect(await told(chi, 'ritual-left:')).toHaveLength(1);
    expect(await told(ben, 'check-in:')).toHaveLength(2);
  });

  test('tells nobody where a backup answers for all', async () => {
    await keyResult('one', mia, ben);
    await tickAt();
    expect(await leave(mia, 'often')).toMatchObject({ value: { unasked: 0, told: null } });
    expect(await told(chi, 'ritual-left:')).toEqual([]);
  });

  test('is asked again from the next one on when they come back', async () => {
    await keyResult('one', mia);
    await keyResult('two', ben);
    await tickAt();
    await leave(mia);
    expect(await leftBy(database.db, workspaceId, mia.id)).toEqual([cadenceId]);
    expect(await comeBackTo(database.db, workspaceId, mia, cadenceId)).toMatchObject({
      value: { key: 'weekly' },
    });
    expect(await comeBackTo(database.db, workspaceId, mia, cadenceId)).toMatchObject({
      ok: false,
      words: 'You have not left that ritual, so it asks you as before.',
    });
    await tickAt('2026-10-12T07:00:00Z');
    expect(await told(mia, 'check-in:')).toHaveLength(2);
    expect(await whoLeft(database.db, workspaceId, cadenceId)).toEqual([]);
    const since = Temporal.Instant.from('2026-10-01T00:00:00Z');
    expect(await leavingsOf(database.db, workspaceId, since)).toEqual([
      expect.objectContaining({ cadenceId, reason: 'area', returnedAt: expect.anything() }),
    ]);
  });

  test('and leads a team of it: admins are told, and read that a word helps', async () => {
    await keyResult('one', chi, ben);
    await database.db.updateTable('people').set({ is_slack_admin: true }).where('id', '=', ben.id).execute();
    await tickAt();
    expect(await leave(chi, 'elsewhere')).toMatchObject({ value: { told: { kind: 'admins' } } });
    expect(await told(ben, 'ritual-left:')).toEqual([
      `waiting: <@${chi.slackId}>, who leads a team of it, has left the ritual \`weekly\`: my team does it elsewhere.`,
    ]);
  });

  test('stands in for nobody there either', async () => {
    await keyResult('one', mia, ben);
    await keyResult('two', ben);
    await tickAt();
    await leave(ben);
    expect(await leave(mia)).toMatchObject({ value: { passed: [], unasked: 1 } });
  });
});

describe('who leaves in the moment in which a check-in is planned', () => {
  const nextMonday = '2026-10-12T07:00:00Z';
  const openItems = async () =>
    await database.db
      .selectFrom('prompt_items as i')
      .innerJoin('prompts as q', 'q.id', 'i.prompt_id')
      .innerJoin('occurrences as o', 'o.id', 'q.occurrence_id')
      .select('q.person_id as personId')
      .where('o.workspace_id', '=', workspaceId)
      .where('o.state', '=', 'open')
      .execute();
  const due = async () =>
    await database.db
      .updateTable('cadences')
      .set({ next_due_at: nextMonday })
      .where('id', '=', cadenceId)
      .execute();
  const plan = async (ritual = okrCheckIn) => {
    const rituals = new Map([[ritual.key, ritual]]);
    await tick({ db: database.db, workspaceId, rituals, log: keptLog().log });
  };
  const isWaiting = async () => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db);
    return (rows[0]?.count ?? 0) > 0;
  };

  test('is not asked where the planner was first: they wait for it, and what it asks goes on', async () => {
    await keyResult('one', mia, ben);
    await tickAt();
    await due();
    await setClock(database.db, workspaceId, nextMonday);
    const opened = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const planned = plan({
      ...okrCheckIn,
      async open(tx, occurrences) {
        const result = await okrCheckIn.open(tx, occurrences);
        opened.resolve();
        await release.promise;
        return result;
      },
    });
    await opened.promise;
    const replica = openDatabase(database.url);
    try {
      const leaving = leave(mia, 'area', replica);
      await expect.poll(isWaiting).toBe(true);
      release.resolve();
      expect((await leaving).ok).toBe(true);
    } finally {
      release.resolve();
      await planned;
      await replica.destroy();
    }
    expect(await openItems()).toEqual([{ personId: ben.id }]);
  });

  test('is not asked where they were first: the planner leaves the cadence alone until they have left', async () => {
    await keyResult('one', mia, ben);
    await tickAt();
    await due();
    await setClock(database.db, workspaceId, nextMonday);
    const replica = openDatabase(database.url);
    try {
      await inTransaction(replica, async (tx) => {
        const left = { cadenceId, reason: 'area' } as const;
        return await leaveCadence(tx, workspaceId, mia, left, async (at) => {
          const settled = await passPromptsOfCadence(tx, workspaceId, { personId: mia.id, cadenceId }, at);
          await plan();
          return { ...settled, thing: 'key result', keys: [] };
        });
      });
    } finally {
      await replica.destroy();
    }
    await plan();
    expect(await openItems()).toEqual([{ personId: ben.id }]);
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from occurrences
      where cadence_id = ${cadenceId}`.execute(database.db);
    expect(rows).toEqual([{ count: 2 }]);
  });
});

describe('a press that comes too late, or is not theirs', () => {
  test('a second one is told so, also of two devices at once', async () => {
    await keyResult('one', mia);
    await tickAt();
    const replica = openDatabase(database.url);
    try {
      const both = await Promise.all([leave(mia), leave(mia, 'often', replica)]);
      expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
      expect(both.find(({ ok }) => !ok)).toMatchObject({
        words: 'You have left this ritual already. Your Home has `Come back`, should you want to.',
      });
    } finally {
      await replica.destroy();
    }
    expect(await whoLeft(database.db, workspaceId, cadenceId)).toHaveLength(1);
  });

  test('somebody who is not asked is refused', async () => {
    await keyResult('one', mia);
    await tickAt();
    expect(await leave(ben)).toMatchObject({
      ok: false,
      words: 'This check-in is for somebody else to answer.',
    });
  });
});

test('a snooze keeps its reason, and is counted by it', async () => {
  await keyResult('one', mia);
  await tickAt();
  const asked = { occurrenceId: await occurrence(), how: 'tomorrow', reason: 'numbers' } as const;
  expect(await snooze(database.db, workspaceId, mia, asked)).toMatchObject({ ok: true });
  expect(await snoozesOf(database.db, workspaceId, Temporal.Instant.from('2026-10-01T00:00:00Z'))).toEqual([
    { cadenceId, reason: 'numbers', count: 1 },
  ]);
  expect((await listEvents(database.db, workspaceId)).at(-1)).toMatchObject({
    type: 'check-in.snoozed',
    after: { reason: 'numbers' },
  });
});
