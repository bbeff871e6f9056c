import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../../../src/cadence/planner.ts';
import { goAway } from '../../../src/features/away/operations.ts';
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
  keptLog,
  listEvents,
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { given } from '../../support/check-ins.ts';
import { listParts, sendAll } from '../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let objectiveId: number;
/** In New York: what is planned at 09:00 in Berlin asks her six hours later. */
let mia: Actor;
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  const { id: channelId } = await insertChannel(db, workspaceId, 'checkout');
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
  const cycleId = await insertCycle(db, workspaceId, { key: 'q4', starts: '2026-10-01', ends: '2026-12-31' });
  objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  mia = await insertActor(db, workspaceId, { name: 'Mia', timezone: 'America/New_York' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  await insertCadence(db, workspaceId, {
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

/** Monday 5 October, 09:00 in Berlin. */
async function plan(): Promise<void> {
  await setClock(database.db, workspaceId, '2026-10-05T07:00:00Z');
  await tick({
    db: database.db,
    workspaceId,
    rituals: new Map([[okrCheckIn.key, okrCheckIn]]),
    log: keptLog().log,
  });
}

async function goesAway(actor: Actor, text: string): Promise<void> {
  const told = await goAway(database.db, workspaceId, actor, text);
  if (!told.ok) throw new Error(told.words);
}

const parts = async (begin: 'check-in' | 'check-in-nudge') =>
  (await listParts(database.db, workspaceId))
    .filter(({ key }) => key.startsWith(`${begin}:`))
    .map(({ personId, state, at }) => [personId, state, at.toString()]);
const promptTo = async ({ id }: Actor) =>
  (await listParts(database.db, workspaceId)).find(
    ({ key, personId }) => key.startsWith('check-in:') && personId === id,
  );
const channelText = async () =>
  (await listMessages(database.db, workspaceId)).find(({ dedupeKey }) => dedupeKey.startsWith('check-in-run'))
    ?.text;

describe('a prompt that was planned and not sent when somebody goes away', () => {
  test('goes to the backup, at once where their own time has come, and the channel counts who is away', async () => {
    const id = await keyResult('failed-rate', mia, ben);
    await plan();
    await goesAway(mia, 'today');
    expect(await parts('check-in')).toEqual([
      [mia.id, 'over', '2026-10-05T13:00:00Z'],
      [ben.id, 'waiting', expect.stringMatching(/^2026-10-05T07:00:0/)],
    ]);
    expect((await parts('check-in-nudge')).map(([person, state]) => [person, state])).toEqual([
      [mia.id, 'over'],
      [ben.id, 'waiting'],
    ]);
    expect(await channelText()).toContain('0 of 2 in, 1 away.');
    expect(JSON.stringify((await promptTo(ben))?.blocks)).toContain(
      `You stand in for <@${mia.slackId}> here.`,
    );
    const event = (await listEvents(database.db, workspaceId)).find(
      ({ type }) => type === 'check-in.passed-on',
    );
    expect(event).toMatchObject({ actorId: mia.id, after: { asked: [{ id: ben.id, keyResults: [id] }] } });
  });

  test('can be answered by the backup then, and not by who is away', async () => {
    const keyResultId = await keyResult('failed-rate', mia, ben);
    await plan();
    await goesAway(mia, 'today');
    const { id: occurrenceId } = await database.db
      .selectFrom('occurrences')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    const answers = [given(keyResultId)];
    const by = (actor: Actor) => answerCheckIn(database.db, workspaceId, actor, { occurrenceId, answers });
    expect(await by(mia)).toMatchObject({ ok: false, code: 'not-yours' });
    expect(await by(ben)).toMatchObject({ ok: true });
  });

  test('joins what the backup is asked already, in the same message', async () => {
    await keyResult('failed-rate', mia, ben);
    await keyResult('uptime', ben);
    await plan();
    await goesAway(mia, 'today');
    expect((await parts('check-in')).map(([person, state]) => [person, state])).toEqual(
      expect.arrayContaining([
        [mia.id, 'over'],
        [ben.id, 'waiting'],
      ]),
    );
    const blocks = JSON.stringify((await promptTo(ben))?.blocks);
    expect(blocks).toContain('failed-rate');
    expect(blocks).toContain('uptime');
    expect(await channelText()).toContain('0 of 2 in, 1 away.');
  });

  test('goes to nobody where nobody stands in, or where the backup is away as well', async () => {
    await keyResult('failed-rate', mia, ben);
    await keyResult('uptime', mia);
    await plan();
    await goesAway(ben, 'today');
    await goesAway(mia, 'today');
    expect((await parts('check-in')).map(([person, state]) => [person, state])).toEqual([[mia.id, 'over']]);
    expect(await channelText()).toContain('1 away.');
  });

  test('stays where the person is away on other days alone', async () => {
    await keyResult('failed-rate', mia, ben);
    await plan();
    await goesAway(mia, 'tomorrow');
    expect((await parts('check-in')).map(([person, state]) => [person, state])).toEqual([
      [mia.id, 'waiting'],
    ]);
  });

  test('goes to the backup where it was read already, and the message says so', async () => {
    await keyResult('failed-rate', mia, ben);
    await plan();
    await setClock(database.db, workspaceId, '2026-10-05T13:00:00Z');
    await dailyJob(database, workspaceId).run();
    await sendAll(database.db, workspaceId);
    await goesAway(mia, 'today');
    expect(await promptTo(ben)).toMatchObject({ state: 'waiting' });
    expect((await promptTo(mia))?.text).toBe(
      'You are away, so somebody else answers your check-in of 5 October 2026. Have a good time.',
    );
    expect(await channelText()).toContain('0 of 2 in, 1 away.');
  });

  test('waits for them where it was read and nobody can stand in, and they may answer all the same', async () => {
    const keyResultId = await keyResult('failed-rate', mia);
    await plan();
    await setClock(database.db, workspaceId, '2026-10-05T13:00:00Z');
    await dailyJob(database, workspaceId).run();
    await sendAll(database.db, workspaceId);
    await goesAway(mia, 'today');
    expect((await promptTo(mia))?.text).toBe(
      'You are away, so nobody waits for your check-in of 5 October 2026. You may answer all the same.',
    );
    expect(await channelText()).toContain('0 of 1 in, 1 away.');
    const { id: occurrenceId } = await database.db
      .selectFrom('occurrences')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    const answers = [given(keyResultId)];
    await answerCheckIn(database.db, workspaceId, mia, { occurrenceId, answers });
    expect(await channelText()).toContain('1 of 1 in.');
  });
});
