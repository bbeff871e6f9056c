import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../../../../src/cadence/planner.ts';
import { dailyJob } from '../../../../src/features/daily/jobs.ts';
import { ownershipAudit } from '../../../../src/features/ownership/confirming/audit-operations.ts';
import {
  confirmAll,
  confirmRock,
  leaveRock,
} from '../../../../src/features/ownership/confirming/operations.ts';
import { lockOwnership, passRock } from '../../../../src/features/ownership/operations.ts';
import { answerProposal } from '../../../../src/features/ownership/register/proposing-operations.ts';
import { retireRock } from '../../../../src/features/ownership/register/retire-operations.ts';
import { setDownRock } from '../../../../src/features/ownership/register/standing-operations.ts';
import { takeRock } from '../../../../src/features/ownership/take-operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { openDatabase } from '../../../../src/platform/db/database.ts';
import { inTransaction } from '../../../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertPerson,
  insertRock,
  insertTeam,
  instant,
  keptLog,
  listEvents,
  listMessages,
  setClock,
} from '../../../support/builders.ts';
import { listParts, sendAll } from '../../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let channelId: number;
let ana: Actor;
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Berlin' });
  channelId = (await insertChannel(database.db, workspaceId, 'general')).id;
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben', timezone: 'America/New_York' });
});
afterAll(async () => {
  await database.close();
});

const { log, lines } = keptLog();
const monday = '2026-10-05T07:00:00Z';

const rock = (name: string, given: Omit<Parameters<typeof insertRock>[2], 'name'> = {}) =>
  insertRock(database.db, workspaceId, { name, owner: ana, ...given });

const cadence = (given: Partial<Parameters<typeof insertCadence>[2]> = {}) =>
  insertCadence(database.db, workspaceId, {
    key: 'audit',
    ritual: 'ownership-audit',
    channelId,
    timezone: 'Europe/Berlin',
    nextDueAt: monday,
    nudgeAfter: 'P1D',
    closeAfter: 'P2D',
    ...given,
  });

async function tickAt(iso = monday): Promise<void> {
  await setClock(database.db, workspaceId, iso);
  const rituals = new Map([[ownershipAudit.key, ownershipAudit]]);
  await tick({ db: database.db, workspaceId, rituals, log });
  await dailyJob(database, workspaceId).run();
  await sendAll(database.db, workspaceId);
  expect(lines.filter((line) => line.level >= 50)).toEqual([]);
}

const keyed = async (begin: string) =>
  (await listMessages(database.db, workspaceId)).filter(({ dedupeKey }) => dedupeKey.startsWith(begin));
const channelText = async () => (await keyed('audit:')).at(-1)?.text;
const parts = async (begin: 'audit:' | 'audit-nudge:') =>
  (await listParts(database.db, workspaceId)).filter(({ key }) => key.startsWith(begin));
const textTo = async ({ id }: Actor) => (await parts('audit:')).find(({ personId }) => personId === id)?.text;
const nudgeTo = async ({ id }: Actor) =>
  (await parts('audit-nudge:')).find(({ personId }) => personId === id);
const auditId = async () =>
  (
    await database.db
      .selectFrom('audits')
      .select('occurrence_id')
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow()
  ).occurrence_id;
const confirmedEvents = async () =>
  (await listEvents(database.db, workspaceId)).filter(({ type }) => type === 'rock.confirmed');

describe('an audit', () => {
  test('counts in the channel, without names, and asks each owner once at their own time', async () => {
    await rock('Payments');
    await rock('Refunds');
    await rock('Pricing', { owner: ben });
    await insertRock(database.db, workspaceId, { name: 'Nobody’s' });
    await cadence();
    await tickAt();
    expect(await channelText()).toBe(
      'Ownership audit, 5 October 2026: 0 of 3 confirmed. 1 rock is owned by nobody. Owners are asked in private.',
    );
    expect((await parts('audit:')).map(({ personId, text, at }) => [personId, text, at.toString()])).toEqual([
      [ana.id, '2 rocks of yours: are they all still yours?', '2026-10-05T07:00:00Z'],
      [ben.id, 'One rock of yours: is it still yours?', '2026-10-05T13:00:00Z'],
    ]);
    expect((await nudgeTo(ben))?.at.toString()).toBe('2026-10-06T13:00:00Z');
  });

  test('does not ask who has left or is not in Slack, and says how many rocks that are', async () => {
    await rock('Payments');
    await rock('Old', { owner: await insertPerson(database.db, workspaceId, { isDeactivated: true }) });
    await rock('Far', { owner: await insertPerson(database.db, workspaceId, { slackId: null }) });
    await cadence();
    await tickAt();
    expect((await parts('audit:')).map(({ personId }) => personId)).toEqual([ana.id]);
    expect(await channelText()).toContain('0 of 1 confirmed. 2 rocks are with somebody who is not in Slack.');
  });

  test('of a team asks about its rocks alone, and one yes confirms no others', async () => {
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
    await rock('Payments', { teamId });
    await rock('Elsewhere');
    const cadenceId = await cadence({ teamIds: [teamId] });
    await tickAt();
    expect(await textTo(ana)).toBe('One rock of yours: is it still yours?');
    expect(await confirmAll(database.db, workspaceId, ana, await auditId())).toMatchObject({
      value: { names: ['Payments'], total: 1 },
    });
    expect(await textTo(ana)).toBe('Thank you, your rock is confirmed.');
    expect(await nudgeTo(ana)).toMatchObject({ state: 'over' });
    const prospect = {
      workspaceId,
      cadenceId,
      cycle: 'current',
      local: instant(monday).toZonedDateTimeISO('UTC').toPlainDateTime(),
      dueAt: instant(monday),
      isAtMostDaily: true,
    };
    expect(await ownershipAudit.whom?.(database.db, prospect)).toEqual({ people: 1 });
  });

  test('is not held where nobody can be asked', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments' });
    await cadence();
    await tickAt();
    expect(await keyed('audit')).toEqual([]);
  });
});

describe('a yes', () => {
  test('of one rock leaves the others to be asked, however long that takes', async () => {
    const payments = await rock('Payments');
    const refunds = await rock('Refunds');
    await cadence();
    await tickAt();
    await confirmRock(database.db, workspaceId, ana, payments);
    expect(await channelText()).toContain('1 of 2 confirmed.');
    expect(await textTo(ana)).toBe('1 of your 2 rocks is confirmed. One more: is it still yours?');
    await setClock(database.db, workspaceId, '2026-10-05T15:00:00Z');
    await confirmRock(database.db, workspaceId, ana, refunds);
    expect(await textTo(ana)).toBe('Thank you, all 2 rocks of yours are confirmed.');
    expect(await nudgeTo(ana)).toMatchObject({ state: 'over' });
    expect(await confirmedEvents()).toHaveLength(2);
  });

  test('said just before the audit is asked for once more, and heard', async () => {
    await rock('Payments');
    await cadence();
    await setClock(database.db, workspaceId, '2026-10-05T06:50:00Z');
    await confirmAll(database.db, workspaceId, ana);
    await tickAt();
    expect(await channelText()).toContain('0 of 1 confirmed.');
    await confirmAll(database.db, workspaceId, ana, await auditId());
    expect(await channelText()).toContain('1 of 1 confirmed.');
  });

  test('pressed twice at once, from two processes, is one yes for each rock', async () => {
    await rock('Payments');
    await rock('Refunds');
    await cadence();
    await tickAt();
    const id = await auditId();
    const replica = openDatabase(database.url);
    try {
      const pressed = await Promise.all(
        [database.db, replica].map((db) => confirmAll(db, workspaceId, ana, id)),
      );
      expect(pressed.map((it) => it.ok && it.value.names.length).toSorted()).toEqual([0, 2]);
    } finally {
      await replica.destroy();
    }
    expect(await confirmedEvents()).toHaveLength(2);
  });

  test('of many at once is counted in the channel, each one', async () => {
    const actors = await Promise.all(Array.from({ length: 8 }, () => insertActor(database.db, workspaceId)));
    for (const [index, owner] of actors.entries()) await rock(`Rock ${index}`, { owner });
    await cadence();
    await tickAt();
    const id = await auditId();
    const replica = openDatabase(database.url);
    try {
      await Promise.all(
        actors.map((actor, index) =>
          confirmAll(index % 2 === 0 ? database.db : replica, workspaceId, actor, id),
        ),
      );
    } finally {
      await replica.destroy();
    }
    expect(await channelText()).toContain('8 of 8 confirmed.');
  });

  test('a week after the end counts all the same, and says so; the channel keeps what it said', async () => {
    await rock('Payments');
    await cadence();
    await tickAt();
    await tickAt('2026-10-07T07:00:00Z');
    await setClock(database.db, workspaceId, '2026-10-14T07:00:00Z');
    expect(await confirmAll(database.db, workspaceId, ana, await auditId())).toMatchObject({
      value: { names: ['Payments'], isOver: true },
    });
    expect(await channelText()).toContain('0 of 1 confirmed. This audit is closed.');
  });

  test('confirms nothing that has moved meanwhile', async () => {
    const payments = await rock('Payments');
    await cadence();
    await tickAt();
    const handoff = await insertHandoff(payments);
    await inTransaction(database.db, async (tx) => {
      await lockOwnership(tx, workspaceId, payments);
      await passRock(tx, {
        workspaceId,
        rockId: payments,
        to: ben.id,
        at: instant('2026-10-05T08:00:00Z'),
        doer: { kind: 'person', personId: ben.id },
        began: 'assigned',
        ended: 'assigned',
        reason: null,
        handoffId: handoff.id,
      });
    });
    expect(await confirmAll(database.db, workspaceId, ana, await auditId())).toMatchObject({
      ok: false,
      words: 'Nothing of that is yours any more, so nothing is asked of you.',
    });
    expect(await confirmRock(database.db, workspaceId, ana, payments)).toMatchObject({
      ok: false,
      words: `*Payments* is carried by <@${ben.slackId}>, so only they can confirm it.`,
    });
    expect(await confirmedEvents()).toEqual([]);
  });

  test('is not somebody else’s to give: backups confirm nothing, and read who can', async () => {
    const payments = await rock('Payments', { backups: [ben] });
    await cadence();
    await tickAt();
    expect(await confirmRock(database.db, workspaceId, ben, payments)).toMatchObject({
      ok: false,
      words: `*Payments* is carried by <@${ana.slackId}>, so only they can confirm it.`,
    });
    expect(await confirmAll(database.db, workspaceId, ben, await auditId())).toMatchObject({
      ok: false,
      words: 'That was asked of somebody else.',
    });
  });
});

async function insertHandoff(rockId: number): Promise<{ id: number }> {
  return await database.db
    .insertInto('handoffs')
    .values({
      workspace_id: workspaceId,
      rock_id: rockId,
      kind: 'assign',
      from_id: ana.id,
      to_id: ben.id,
      by_id: ben.id,
      state: 'accepted',
      facts: '{}',
      offered_at: monday,
      accepted_at: monday,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
}

describe('“Not mine any more”', () => {
  test('leaves the rock unowned with its reason, once, and is an answer', async () => {
    const payments = await rock('Payments');
    await cadence();
    await tickAt();
    const moved: string[] = [];
    const deps = {
      db: database.db,
      onRockMoved: [async (_: unknown, { why }: { why: string }) => void moved.push(why)],
    };
    expect(await leaveRock(deps, workspaceId, ana, payments, 'I moved to Growth.')).toMatchObject({
      value: { owner: null },
    });
    expect(await leaveRock(deps, workspaceId, ana, payments, 'Again.')).toMatchObject({
      ok: false,
      words: '*Payments* is not yours any more. Nothing is asked of you.',
    });
    expect(moved).toEqual(['left']);
    const stint = await database.db
      .selectFrom('stints')
      .select(['ended', 'end_reason'])
      .where('rock_id', '=', payments)
      .executeTakeFirst();
    expect(stint).toEqual({ ended: 'given-up', end_reason: 'I moved to Growth.' });
    expect(await textTo(ana)).toBe('Thank you, nothing is left to confirm.');
    expect(await nudgeTo(ana)).toMatchObject({ state: 'over' });
  });
});

describe('what becomes of a rock otherwise while an audit is open', () => {
  const deps = () => ({ db: database.db, onRockMoved: [] });
  const lookAgainOn = instant('2027-01-04T00:00:00Z').toZonedDateTimeISO('UTC').toPlainDate();
  const answered = 'Thank you, nothing is left to confirm.';

  test.each([
    [
      'set down',
      (id: number) => setDownRock(deps(), workspaceId, ana, id, { reason: 'Later.', lookAgainOn }),
    ],
    ['retired', (id: number) => retireRock(deps(), workspaceId, ana, id, { reason: 'Over.' })],
  ])('its owner is asked and reminded no more about what they have %s', async (_what, act) => {
    const payments = await rock('Payments');
    await rock('Pricing', { owner: ben });
    await cadence();
    await tickAt();
    expect((await act(payments)).ok).toBe(true);
    expect(await textTo(ana)).toBe(answered);
    expect(await nudgeTo(ana)).toMatchObject({ state: 'over' });
    expect(await channelText()).toContain('0 of 1 confirmed.');
  });

  test('whoever takes what nobody owned has said yes by that, and the channel says so', async () => {
    const gap = await insertRock(database.db, workspaceId, { name: 'Gap' });
    await rock('Pricing', { owner: ben });
    await cadence();
    await tickAt();
    await takeRock(deps(), workspaceId, ana, gap);
    expect(await channelText()).toContain('1 of 2 confirmed. Owners are asked');
  });

  test('what was proposed for somebody is confirmed, or not theirs, for the audit as well', async () => {
    const [payments, refunds] = [
      await rock('Payments', { confirmedAt: null }),
      await rock('Refunds', { confirmedAt: null }),
    ];
    await cadence();
    await tickAt();
    await answerProposal(deps(), workspaceId, ana, payments, true);
    expect(await channelText()).toContain('1 of 2 confirmed.');
    await answerProposal(deps(), workspaceId, ana, refunds, false);
    expect(await channelText()).toContain('1 of 1 confirmed. 1 rock is owned by nobody.');
    expect(await textTo(ana)).toBe('Thank you, your rock is confirmed.');
  });
});

describe('the end', () => {
  test('says in the thread how it stands, without names, and asks nobody any more', async () => {
    const payments = await rock('Payments');
    await rock('Pricing', { owner: ben });
    await insertRock(database.db, workspaceId, { name: 'Nobody’s' });
    const parked = await insertRock(database.db, workspaceId, { name: 'Parked' });
    await database.db
      .updateTable('rocks')
      .set({
        state: 'set-down',
        set_down_by: ana.id,
        set_down_at: '2026-07-01T00:00:00Z',
        set_down_reason: 'later',
        look_again_on: '2026-10-01',
      })
      .where('id', '=', parked)
      .execute();
    await cadence();
    await tickAt();
    await confirmRock(database.db, workspaceId, ana, payments);
    await tickAt('2026-10-07T07:00:00Z');
    const [summary] = await keyed('audit-summary:');
    expect(summary?.text).toBe(
      'This audit is closed. 1 of 2 confirmed, 1 not. 1 rock is owned by nobody: `/owner unowned`. 1 rock set down until now waits for another look. A yes still counts: `/rock confirm`.',
    );
    expect(summary?.threadOf).toBe((await keyed('audit:'))[0]?.id);
    expect(await channelText()).toContain('This audit is closed.');
    expect(await nudgeTo(ben)).toMatchObject({ state: 'over' });
  });
});
