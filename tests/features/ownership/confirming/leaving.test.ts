import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../../../../src/cadence/planner.ts';
import { comeBackTo, snoozesOf } from '../../../../src/features/check-ins/leaving/operations.ts';
import { dailyJob } from '../../../../src/features/daily/jobs.ts';
import { ownershipAudit } from '../../../../src/features/ownership/confirming/audit-operations.ts';
import { leaveAudit, snoozeAudit } from '../../../../src/features/ownership/confirming/leaving-operations.ts';
import { confirmAll } from '../../../../src/features/ownership/confirming/operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { openDatabase } from '../../../../src/platform/db/database.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertRock,
  insertTeam,
  keptLog,
  listMessages,
  setClock,
} from '../../../support/builders.ts';
import { listParts, sendAll } from '../../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';

/** Ana owns two rocks of a team that Chi leads, Ben one; they are asked on Monday, and by Friday it is closed. */
let database: TestDatabase;
let workspaceId: string;
let cadenceId: number;
let ana: Actor;
let ben: Actor;
let chi: Actor;
const monday = '2026-10-05T07:00:00Z';
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  const { id: channelId } = await insertChannel(db, workspaceId, 'general');
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  chi = await insertActor(db, workspaceId, { name: 'Chi' });
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
  await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', teamId).execute();
  for (const name of ['Payments', 'Refunds']) await insertRock(db, workspaceId, { name, owner: ana, teamId });
  await insertRock(db, workspaceId, { name: 'Pricing', owner: ben, teamId });
  cadenceId = await insertCadence(db, workspaceId, {
    ...{ key: 'audit', ritual: 'ownership-audit', channelId, timezone: 'Europe/Berlin' },
    ...{ nextDueAt: monday, nudgeAfter: 'P1D', closeAfter: 'P4D' },
  });
  await tickAt();
});
afterAll(async () => {
  await database.close();
});

async function tickAt(iso = monday): Promise<void> {
  await setClock(database.db, workspaceId, iso);
  const rituals = new Map([[ownershipAudit.key, ownershipAudit]]);
  await tick({ db: database.db, workspaceId, rituals, log: keptLog().log });
  await dailyJob(database, workspaceId).run();
  await sendAll(database.db, workspaceId);
}
const auditId = async () =>
  (
    await database.db
      .selectFrom('audits')
      .select('occurrence_id as id')
      .where('workspace_id', '=', workspaceId)
      .orderBy('occurrence_id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).id;
const leave = async (actor: Actor, db = database.db) =>
  await leaveAudit(db, workspaceId, actor, { occurrenceId: await auditId(), reason: 'often' });
const told = async ({ id }: Actor, begin: string) =>
  (await listParts(database.db, workspaceId))
    .filter(({ key, personId }) => personId === id && key.startsWith(begin))
    .map(({ text, state }) => `${state}: ${text}`);
const channel = async () =>
  (await listMessages(database.db, workspaceId))
    .filter(({ dedupeKey }) => dedupeKey.startsWith('audit:'))
    .at(-1)?.text;
const askedIn = async (until: string) =>
  await ownershipAudit.asked?.(database.db, workspaceId, cadenceId, {
    from: Temporal.Instant.from('2026-10-01T00:00:00Z'),
    until: Temporal.Instant.from(until),
  });

describe('who leaves an audit', () => {
  test('is asked and reminded no more, what they own counts as unasked and stays theirs, and the lead hears', async () => {
    expect(await leave(ana)).toMatchObject({
      value: { key: 'audit', thing: 'rock', passed: [], unasked: 2, told: { kind: 'leads' } },
    });
    expect(await told(ana, 'audit:')).toEqual([
      'said: You have left `audit`, so nothing of it is asked of you.',
    ]);
    expect(await told(ana, 'audit-nudge:')).toEqual([expect.stringMatching(/^over: /)]);
    expect(await channel()).toContain(
      '0 of 1 confirmed. 2 rocks are unasked: with somebody who has left this ritual.',
    );
    expect(await told(chi, 'ritual-left:')).toEqual([
      expect.stringContaining(`<@${ana.slackId}> has left the ritual \`audit\`: asked too often.`),
    ]);
    await tickAt('2026-10-12T07:00:00Z');
    expect(await told(ana, 'audit:')).toHaveLength(1);
    expect((await told(ben, 'audit:')).length).toBeGreaterThan(0);
  });

  test('counts as asked in none of it, and confirms what they like all the same', async () => {
    await leave(ana);
    expect((await askedIn('2026-10-05T12:00:00Z'))?.map(({ personId }) => personId)).toEqual([ben.id]);
    expect(await confirmAll(database.db, workspaceId, ana)).toMatchObject({ value: { total: 2 } });
    expect(await channel()).toContain('2 of 3 confirmed. Owners are asked');
    expect(await told(ana, 'audit:')).toEqual([expect.stringContaining('You have left')]);
  });

  test('is asked again from the next one on when they come back', async () => {
    await leave(ana);
    expect(await comeBackTo(database.db, workspaceId, ana, cadenceId)).toMatchObject({ ok: true });
    await confirmAll(database.db, workspaceId, ben);
    expect(await channel()).toContain('1 of 1 confirmed. 2 rocks are unasked');
    const first = await auditId();
    await database.db
      .updateTable('cadences')
      .set({ next_due_at: '2026-10-12T07:00:00Z' })
      .where('id', '=', cadenceId)
      .execute();
    await tickAt('2026-10-12T07:00:00Z');
    expect(await auditId()).not.toBe(first);
    expect(await told(ana, 'audit:')).toHaveLength(2);
  });

  test('twice, or on two devices at once, has left once', async () => {
    const replica = openDatabase(database.url);
    try {
      const both = await Promise.all([leave(ana), leave(ana, replica)]);
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    } finally {
      await replica.destroy();
    }
    expect(await leave(chi)).toMatchObject({ ok: false, words: 'That was asked of somebody else.' });
  });
});

describe('who puts an audit off', () => {
  const snooze = async (actor: Actor) =>
    await snoozeAudit(database.db, workspaceId, actor, { occurrenceId: await auditId(), reason: 'busy' });

  test('is asked again on their next working day, reminded later, and counted with the reason', async () => {
    expect(await snooze(ana)).toMatchObject({ ok: true });
    expect(await told(ana, 'audit:')).toEqual([expect.stringMatching(/^waiting: /)]);
    await tickAt('2026-10-06T07:05:00Z');
    expect(await told(ana, 'audit:')).toEqual([expect.stringMatching(/^said: 2 rocks of yours/)]);
    expect(await told(ana, 'audit-nudge:')).toEqual([expect.stringMatching(/^waiting: /)]);
    const since = Temporal.Instant.from('2026-10-01T00:00:00Z');
    expect(await snoozesOf(database.db, workspaceId, since)).toEqual([
      { cadenceId, reason: 'busy', count: 1 },
    ]);
  });

  test('is refused what they have answered, what closes before that, and what is not theirs', async () => {
    expect(await snooze(chi)).toMatchObject({ words: 'That was asked of somebody else.' });
    await confirmAll(database.db, workspaceId, ben);
    expect(await snooze(ben)).toMatchObject({ words: 'You have answered already. Thank you.' });
    await setClock(database.db, workspaceId, '2026-10-09T06:30:00Z');
    expect(await snooze(ana)).toMatchObject({
      words: 'It closes before that: Fri 9 Oct, 09:00. It takes about a minute.',
    });
  });
});

test('what an audit asked counts nobody whose morning has not come, and says how long answers took', async () => {
  const { db } = database;
  const wes = await insertActor(db, workspaceId, { name: 'Wes', timezone: 'America/New_York' });
  await insertRock(db, workspaceId, { name: 'Fraud', owner: wes });
  await db
    .updateTable('cadences')
    .set({ next_due_at: '2026-10-12T07:00:00Z' })
    .where('id', '=', cadenceId)
    .execute();
  await tickAt('2026-10-12T07:00:00Z');
  await setClock(db, workspaceId, '2026-10-12T07:10:00Z');
  await confirmAll(db, workspaceId, ben);
  const asked = async (until: string) =>
    (await askedIn(until))
      ?.filter(({ occurrenceId }) => occurrenceId === latest)
      .map(({ personId, isAnswered, waited }) => [personId, isAnswered, waited]);
  const latest = await auditId();
  expect(await asked('2026-10-12T08:00:00Z')).toEqual([
    [ana.id, false, null],
    [ben.id, true, 600],
  ]);
  expect(await asked('2026-10-12T14:00:00Z')).toContainEqual([wes.id, false, null]);
});
