import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { spreadMinutes } from '../../../src/cadence/core/spread.ts';
import { tick } from '../../../src/cadence/planner.ts';
import { answerCheckIn } from '../../../src/features/check-ins/operations.ts';
import { okrCheckIn } from '../../../src/features/check-ins/run-operations.ts';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertTeam,
  instant,
  isAbout,
  keptLog,
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { given } from '../../support/check-ins.ts';
import { listParts, sendAll } from '../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let channelId: number;
let objectiveId: number;
let ana: Actor;
let ben: Actor;
let cleo: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  channelId = (await insertChannel(db, workspaceId, 'checkout')).id;
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
  const cycleId = await insertCycle(db, workspaceId, {
    key: '2026-Q4',
    starts: '2026-10-01',
    ends: '2026-12-31',
  });
  objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  cleo = await insertActor(db, workspaceId, { name: 'Cleo' });
});
afterAll(async () => {
  await database.close();
});

const { log, lines } = keptLog();

const keyResult = (key: string, given: Omit<Parameters<typeof insertKeyResult>[3], 'key'> = {}) =>
  insertKeyResult(database.db, workspaceId, objectiveId, { key, ...given });

const cadence = (given: Partial<Parameters<typeof insertCadence>[2]> = {}) =>
  insertCadence(database.db, workspaceId, {
    key: 'weekly',
    channelId,
    timezone: 'Europe/Berlin',
    nextDueAt: '2026-10-05T07:00:00Z',
    nudgeAfter: 'P1D',
    closeAfter: 'P2D',
    ...given,
  });

/** What the clock does at an instant: Monday 5 October, 09:00 in Berlin, unless told otherwise. */
async function tickAt(iso = '2026-10-05T07:00:00Z'): Promise<void> {
  await setClock(database.db, workspaceId, iso);
  const rituals = new Map([[okrCheckIn.key, okrCheckIn]]);
  await tick({ db: database.db, workspaceId, rituals, log });
  await dailyJob(database, workspaceId).run();
  expect(lines.filter((line) => line.level >= 50)).toEqual([]);
}

const away = async ({ id }: Actor, starts: string, ends: string): Promise<void> => {
  await database.db
    .insertInto('absences')
    .values({ workspace_id: workspaceId, person_id: id, starts_on: starts, ends_on: ends })
    .execute();
};

const messages = () => listMessages(database.db, workspaceId);
const keyed = async (begin: 'run' | 'summary') =>
  (await messages()).filter(({ dedupeKey }) => dedupeKey.startsWith(`check-in-${begin}`));
/** The questions or the reminders in people's messages of the day. */
const parts = async (
  begin: 'check-in' | 'check-in-nudge' | 'check-in-outdated',
  { id }: { id?: number } = {},
) =>
  (await listParts(database.db, workspaceId)).filter(
    ({ key, personId }) => key.startsWith(`${begin}:`) && (id === undefined || personId === id),
  );
const runText = async () => (await keyed('run')).at(-1)?.text;
const asked = async () => (await parts('check-in')).map(({ personId }) => personId);

async function answer(by: Actor, ...keyResultIds: number[]): Promise<void> {
  const { id } = await database.db
    .selectFrom('occurrences')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const answered = await answerCheckIn(database.db, workspaceId, by, {
    occurrenceId: id,
    answers: keyResultIds.map((keyResultId) => given(keyResultId)),
  });
  expect(answered.ok).toBe(true);
}

describe('who is away on the day', () => {
  test('is not asked, their backup is, and the channel counts them apart', async () => {
    await keyResult('failed-rate', { owner: ana, backup: ben });
    await keyResult('uptime', { owner: cleo });
    await away(ana, '2026-10-01', '2026-10-05');
    await cadence();
    await tickAt();
    expect(await asked()).toEqual([ben.id, cleo.id]);
    expect(await runText()).toBe(
      'OKR check-in, 5 October 2026: 0 of 3 in, 1 away. Answers gather in this thread.',
    );
    const [toBen] = await parts('check-in', ben);
    expect(JSON.stringify(toBen?.blocks)).toContain(`You stand in for <@${ana.slackId}> here.`);
  });

  test('stays counted as away when answers come in', async () => {
    const own = await keyResult('failed-rate', { owner: ben });
    await keyResult('uptime', { owner: ana });
    await away(ana, '2026-10-05', '2026-10-05');
    await cadence();
    await tickAt();
    await answer(ben, own);
    expect(await runText()).toContain('1 of 2 in, 1 away.');
  });

  test('is by their own calendar: in Auckland it is another day', async () => {
    const mia = await insertActor(database.db, workspaceId, { name: 'Mia', timezone: 'Pacific/Auckland' });
    await keyResult('failed-rate', { owner: mia });
    await away(mia, '2026-10-06', '2026-10-06');
    // Several a day go out at once: at 16:00 in Berlin it is Tuesday in Auckland.
    await cadence({ schedule: '0 9,16 * * *', nextDueAt: '2026-10-05T14:00:00Z' });
    await tickAt('2026-10-05T14:00:00Z');
    expect(await asked()).toEqual([]);
    expect(await runText()).toContain('0 of 1 in, 1 away.');
  });

  test('does not leave their key results with nobody', async () => {
    await keyResult('failed-rate', { owner: ana });
    await keyResult('orphan');
    await away(ana, '2026-10-05', '2026-10-05');
    await cadence();
    await tickAt();
    expect(await runText()).toContain('0 of 1 in, 1 away. 1 key result has nobody to ask.');
  });

  test('was back the day before, and is asked', async () => {
    await keyResult('failed-rate', { owner: ana, backup: ben });
    await away(ana, '2026-10-01', '2026-10-04');
    await cadence();
    await tickAt();
    expect(await asked()).toEqual([ana.id]);
  });
});

describe('who still owes', () => {
  test('is reminded on their next working day, once', async () => {
    await keyResult('failed-rate', { owner: ana });
    await cadence();
    await tickAt();
    const [prompt] = await parts('check-in', ana);
    const nudges = await parts('check-in-nudge', ana);
    expect(nudges).toMatchObject([
      { text: 'A gentle reminder: your check-in of 5 October 2026 is still open.' },
    ]);
    expect(nudges[0]?.at.toString()).toBe('2026-10-06T07:00:00Z');
    expect(JSON.stringify(nudges[0]?.blocks)).toContain('"action_id":"check-in:open"');
    expect(nudges[0]).toMatchObject({ state: 'waiting', isNudge: true });
    expect(nudges[0]?.expiresAt?.toString()).toBe('2026-10-07T07:00:00Z');
    expect(prompt?.expiresAt?.toString()).toBe('2026-10-07T07:00:00Z');
  });

  test('is reminded by their own days and zone', async () => {
    const mia = await insertActor(database.db, workspaceId, { name: 'Mia', timezone: 'America/New_York' });
    await database.db
      .updateTable('people')
      .set({ working_days: [1, 3, 4] })
      .where('id', '=', mia.id)
      .execute();
    await away(mia, '2026-10-07', '2026-10-07');
    await keyResult('failed-rate', { owner: mia });
    await cadence({ closeAfter: 'P4D' });
    await tickAt();
    expect((await parts('check-in-nudge', mia))[0]?.at.toString()).toBe('2026-10-08T13:00:00Z');
  });

  test('is not reminded once it is closed', async () => {
    await keyResult('failed-rate', { owner: ana });
    await cadence({ nudgeAfter: 'P2D' });
    await tickAt();
    expect(await parts('check-in-nudge')).toEqual([]);
  });

  test('is not reminded where nobody wants that', async () => {
    await keyResult('failed-rate', { owner: ana });
    await insertCadence(database.db, workspaceId, {
      key: 'plain',
      channelId,
      timezone: 'Europe/Berlin',
      nextDueAt: '2026-10-05T07:00:00Z',
    });
    await tickAt();
    expect(await parts('check-in-nudge')).toEqual([]);
    const [prompt] = await parts('check-in', ana);
    expect(prompt?.expiresAt).toBeNull();
  });

  test('and answers all of it is not reminded', async () => {
    const first = await keyResult('failed-rate', { owner: ana });
    const second = await keyResult('uptime', { owner: ana });
    await cadence();
    await tickAt();
    await answer(ana, first);
    expect(await parts('check-in-nudge', ana)).toMatchObject([{ state: 'waiting' }]);
    await answer(ana, second);
    expect(await parts('check-in-nudge', ana)).toMatchObject([{ state: 'over', reason: 'answered already' }]);
  });

  test('and answers before they were asked is not asked', async () => {
    const mia = await insertActor(database.db, workspaceId, { name: 'Mia', timezone: 'America/New_York' });
    const own = await keyResult('failed-rate', { owner: mia });
    await cadence();
    await tickAt();
    await answer(mia, own);
    await tickAt('2026-10-05T13:00:00Z');
    expect(await parts('check-in', mia)).toMatchObject([{ state: 'over', reason: 'answered already' }]);
    expect((await messages()).filter(({ personId }) => personId === mia.id)).toEqual([]);
  });

  test('and answers once the reminder was read, reads there that they are in', async () => {
    const own = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await tickAt();
    await sendAll(database.db, workspaceId);
    await tickAt('2026-10-06T07:00:00Z');
    await sendAll(database.db, workspaceId);
    await answer(ana, own);
    const told = (await messages()).filter(({ personId }) => personId === ana.id).map(({ text }) => text);
    expect(told).toEqual([
      'Thank you, your check-in of 5 October 2026 is in.',
      'Your check-in of 5 October 2026 is in. Thank you.',
    ]);
  });

  test('while somebody else has answered is reminded still', async () => {
    const own = await keyResult('failed-rate', { owner: ana });
    await keyResult('uptime', { owner: ben });
    await cadence();
    await tickAt();
    await answer(ana, own);
    expect(await parts('check-in-nudge', ben)).toMatchObject([{ state: 'waiting' }]);
  });
});

describe('when its time is over', () => {
  test('the thread hears once what came in and how many were not heard, and nobody is named for it', async () => {
    const first = await keyResult('failed-rate', { owner: ana, current_value: 3, unit: '%' });
    await keyResult('uptime', { owner: ben });
    await keyResult('refund-days', { owner: cleo });
    await cadence();
    await away(cleo, '2026-10-05', '2026-10-05');
    await tickAt();
    await answer(ana, first);
    await tickAt('2026-10-07T07:00:00Z');
    const [run] = await keyed('run');
    expect(run?.text).toBe(
      'OKR check-in, 5 October 2026: 1 of 3 in, 1 away. This check-in is closed. Late answers still count, until the next one.',
    );
    const summaries = await keyed('summary');
    expect(summaries).toMatchObject([
      {
        channelId,
        threadOf: run?.id,
        text: 'This check-in is closed. 1 of 3 in, 1 away. 1 has not been heard.',
      },
    ]);
    const said = JSON.stringify(summaries[0]?.blocks);
    expect(said).toContain('*What moved*');
    expect(said).toContain('*failed-rate*  7 %, confidence 8, on track');
    for (const { slackId, name } of [ana, ben, cleo]) {
      expect(said).not.toContain(slackId);
      expect(said).not.toContain(name);
    }
    await tickAt('2026-10-07T08:00:00Z');
    expect(await keyed('summary')).toHaveLength(1);
  });

  test('says what moved since the last time', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence({ closeAfter: 'PT2H' });
    await tickAt();
    await answer(ana, id);
    await tickAt('2026-10-05T09:00:00Z');
    await tickAt('2026-10-12T07:00:00Z');
    await database.db.updateTable('check_ins').set({ value: 5 }).where('key_result_id', '=', id).execute();
    await answer(ana, id);
    await tickAt('2026-10-12T09:00:00Z');
    expect(JSON.stringify((await keyed('summary')).at(-1)?.blocks)).toContain('*failed-rate*  5 → 7');
    expect((await keyed('summary')).at(-1)?.text).toBe('This check-in is closed. 1 of 1 in.');
  });

  test('nobody is asked or reminded any more, and an answer counts as late until the next one begins', async () => {
    const mia = await insertActor(database.db, workspaceId, { name: 'Mia', timezone: 'America/New_York' });
    const id = await keyResult('failed-rate', { owner: mia });
    await cadence({ closeAfter: 'PT5H', nudgeAfter: 'PT3H' });
    await tickAt();
    await tickAt('2026-10-05T12:00:00Z');
    const told = [...(await parts('check-in')), ...(await parts('check-in-nudge'))];
    expect(told.map(({ state, reason }) => [state, reason])).toEqual(
      told.map(() => ['over', 'the check-in is over']),
    );
    const [occurrence] = await database.db
      .selectFrom('occurrences')
      .select(['id', 'state'])
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(occurrence?.state).toBe('held');
    const answers = [given(id)];
    const late = await answerCheckIn(database.db, workspaceId, mia, {
      occurrenceId: occurrence?.id ?? 0,
      answers,
    });
    expect(late).toMatchObject({ ok: true, value: { kind: 'kept' } });
    expect((await keyed('run'))[0]?.text).toContain('1 of 1 in, 1 late.');
    await tickAt('2026-10-12T07:00:00Z');
    const over = await answerCheckIn(database.db, workspaceId, mia, {
      occurrenceId: occurrence?.id ?? 0,
      answers,
    });
    expect(over).toMatchObject({
      ok: false,
      words: 'This check-in is over. `/checkin` opens what waits for you.',
    });
  });

  test('because a newer one has begun, the thread says that', async () => {
    await keyResult('failed-rate', { owner: ana });
    await insertCadence(database.db, workspaceId, {
      key: 'endless',
      channelId,
      timezone: 'Europe/Berlin',
      nextDueAt: '2026-10-05T07:00:00Z',
    });
    await tickAt();
    await tickAt('2026-10-12T07:00:00Z');
    expect((await keyed('summary')).map(({ text }) => text)).toEqual([
      'A newer check-in has begun, so this one is closed. 0 of 1 in. 1 has not been heard.',
    ]);
    expect((await keyed('run'))[0]?.text).toContain('This check-in is closed.');
  });
});

describe('a check-in that comes late', () => {
  test('says so in the channel, and still does when answers come in and when it is closed', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await tickAt('2026-10-05T10:00:00Z');
    const late = 'OKR check-in, 5 October 2026: This comes 3 hours late: I was not running at 09:00.';
    expect(await runText()).toBe(`${late} 0 of 1 in. Answers gather in this thread.`);
    await answer(ana, id);
    expect(await runText()).toBe(`${late} 1 of 1 in. Answers gather in this thread.`);
    await tickAt('2026-10-07T10:01:00Z');
    expect(await runText()).toBe(
      `${late} 1 of 1 in. This check-in is closed. Late answers still count, until the next one.`,
    );
  });

  test('leaves people as much time as ever', async () => {
    await keyResult('failed-rate', { owner: ana });
    await cadence({ closeAfter: 'PT2H', nudgeAfter: 'PT1H' });
    await tickAt('2026-10-05T12:00:00Z');
    expect(isAbout((await parts('check-in-nudge'))[0]?.at, '2026-10-05T13:00:00Z')).toBe(true);
    const [prompt] = await parts('check-in');
    expect(isAbout(prompt?.expiresAt, '2026-10-05T14:00:00Z')).toBe(true);
  });
});

describe('many people', () => {
  test('are asked over a window, none of them before the channel and none after it', async () => {
    for (let index = 0; index < 130; index += 1) {
      const owner = await insertActor(database.db, workspaceId, { name: `Person ${index}` });
      await keyResult(`kr-${index}`, { owner });
    }
    const cadenceId = await cadence();
    const prospect = {
      workspaceId,
      cadenceId,
      cycle: 'current',
      local: Temporal.PlainDateTime.from('2026-10-05T09:00'),
      dueAt: instant('2026-10-05T07:00:00Z'),
      isAtMostDaily: true,
    };
    expect(await okrCheckIn.whom?.(database.db, prospect)).toEqual({ people: 130 });
    await tickAt();
    const seconds = (await parts('check-in')).map(({ at }) =>
      instant('2026-10-05T07:00:00Z').until(at).total('seconds'),
    );
    expect(seconds).toHaveLength(130);
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seconds)).toBeLessThan(spreadMinutes(130) * 60);
    expect(new Set(seconds).size).toBeGreaterThan(50);
  });
});

test('of several cadences at once each asks about its own', async () => {
  const other = await insertChannel(database.db, workspaceId, 'risk');
  const risk = await insertTeam(database.db, workspaceId, { key: 'risk', channelId: other.id });
  const { id: cycleId } = await database.db
    .selectFrom('cycles')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const ofRisk = await insertObjective(database.db, workspaceId, { key: 'o-risk', cycleId, teamId: risk });
  await insertKeyResult(database.db, workspaceId, ofRisk, { key: 'fraud', owner: ben });
  await keyResult('failed-rate', { owner: ana });
  await cadence({ key: 'checkout' });
  await cadence({ key: 'risk', channelId: other.id });
  await cadence({ key: 'both', teamIds: [risk], channelId });
  await tickAt();
  const prompts = await parts('check-in');
  expect(prompts.map(({ personId, text }) => [personId, text.split('? ')[1]])).toEqual([
    [ana.id, 'failed-rate'],
    [ben.id, 'fraud'],
    [ben.id, 'fraud'],
  ]);
});
