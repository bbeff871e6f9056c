import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { tick } from '../../../src/cadence/planner.ts';
import { answerCheckIn, findWaiting, readPrompt } from '../../../src/features/check-ins/operations.ts';
import { okrCheckIn } from '../../../src/features/check-ins/run-operations.ts';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { openDatabase } from '../../../src/platform/db/database.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertPerson,
  insertTeam,
  isAbout,
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
let channelId: number;
let teamId: number;
let cycleId: number;
let objectiveId: number;
let ana: Actor;
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  channelId = (await insertChannel(db, workspaceId, 'checkout')).id;
  teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
  cycleId = await insertCycle(db, workspaceId, { key: '2026-Q4', starts: '2026-10-01', ends: '2026-12-31' });
  objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
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
    schedule: '0 9 * * MON',
    timezone: 'Europe/Berlin',
    nextDueAt: '2026-10-05T07:00:00Z',
    ...given,
  });

/** Lets the planner open what is due at an instant: Monday 5 October, 09:00 in Berlin, unless told otherwise. */
async function open(iso = '2026-10-05T07:00:00Z'): Promise<void> {
  await setClock(database.db, workspaceId, iso);
  const rituals = new Map([[okrCheckIn.key, okrCheckIn]]);
  await tick({ db: database.db, workspaceId, rituals, log });
  await dailyJob(database, workspaceId).run();
  expect(lines.filter((line) => line.level >= 50)).toEqual([]);
}

async function occurrences() {
  return await database.db
    .selectFrom('occurrences')
    .select(['id', 'state', 'reason'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

async function latestOccurrence(): Promise<number> {
  return (await occurrences()).at(-1)?.id ?? 0;
}

const messages = () => listMessages(database.db, workspaceId);
const runText = async () =>
  (await messages()).findLast((message) => message.dedupeKey.startsWith('check-in-run'))?.text;
const promptTo = async (person: { id: number }) =>
  (await listParts(database.db, workspaceId)).findLast(
    ({ key, personId }) => key.startsWith('check-in:') && personId === person.id,
  );
const asked = async () => (await listParts(database.db, workspaceId)).map(({ personId }) => personId);

/** The key results that a person is asked about, by key. */
async function askedOf(actor: Actor): Promise<string[]> {
  const prompt = await findWaiting(database.db, workspaceId, actor);
  return (prompt?.items ?? []).map((item) => item.keyResult.key);
}

const answer = async (
  by: Actor,
  answers: { keyResultId: number; value: number; confidence?: number; words?: string | null }[],
  occurrenceId?: number,
  db = database.db,
) =>
  await answerCheckIn(db, workspaceId, by, {
    occurrenceId: occurrenceId ?? (await latestOccurrence()),
    answers: answers.map((said) => given(said.keyResultId, { confidence: 7, ...said })),
  });

const code = (result: Result<unknown>): string => (result.ok ? 'done' : result.code);

async function numbersOf(keyResultId: number) {
  return await database.db
    .selectFrom('key_results')
    .select(['start_value as start', 'current_value as current'])
    .where('id', '=', keyResultId)
    .executeTakeFirstOrThrow();
}

async function checkIns() {
  return await database.db
    .selectFrom('check_ins')
    .select(['key_result_id as keyResultId', 'person_id as personId', 'value', 'confidence', 'words'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/** Until as many connections to this database wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  await vi.waitUntil(
    async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db);
      return rows.length >= count;
    },
    { timeout: 1_500, interval: 10 },
  );
}

describe('when a check-in comes due', () => {
  test('the channel hears of it once, and each owner is asked once for all that they own', async () => {
    await keyResult('failed-rate', { owner: ana });
    await keyResult('uptime', { owner: ana });
    await keyResult('refund-days', { owner: ben });
    await cadence();
    await open();
    const told = await messages();
    expect(told.map((message) => message.channelId ?? message.personId)).toEqual([channelId, ana.id, ben.id]);
    expect(told[0]?.text).toContain('OKR check-in, 5 October 2026: 0 of 2 in.');
    expect(await askedOf(ana)).toEqual(['failed-rate', 'uptime']);
    expect(await askedOf(ben)).toEqual(['refund-days']);
    expect(await occurrences()).toMatchObject([{ state: 'open' }]);
  });

  test.each([
    ['at their own nine o’clock, later in the west', 'America/New_York', '2026-10-05T13:00:00Z'],
    ['at their own nine o’clock, an hour later in Lisbon', 'Europe/Lisbon', '2026-10-05T08:00:00Z'],
    ['with the channel, where it has been nine for long', 'Asia/Tokyo', '2026-10-05T07:00:00Z'],
    ['with the channel in its own zone', 'Europe/Berlin', '2026-10-05T07:00:00Z'],
  ])('people are asked %s', async (_, timezone, at) => {
    const person = await insertActor(database.db, workspaceId, { timezone });
    await keyResult('failed-rate', { owner: person });
    await cadence();
    await open();
    expect((await promptTo(person))?.at.equals(Temporal.Instant.from(at))).toBe(true);
    const run = (await messages())[0];
    expect(run?.dueAt.equals(Temporal.Instant.from('2026-10-05T07:00:00Z'))).toBe(true);
  });

  test("a person without a zone is asked in the workspace's", async () => {
    await keyResult('failed-rate', { owner: ana });
    await cadence({ timezone: 'UTC', nextDueAt: '2026-10-05T09:00:00Z' });
    await database.db
      .updateTable('workspaces')
      .set({ timezone: 'America/New_York' })
      .where('id', '=', workspaceId)
      .execute();
    await open('2026-10-05T09:00:00Z');
    expect((await promptTo(ana))?.at.equals(Temporal.Instant.from('2026-10-05T13:00:00Z'))).toBe(true);
  });

  test('of a rule that comes several times a day, people are asked at once', async () => {
    const person = await insertActor(database.db, workspaceId, { timezone: 'America/New_York' });
    await keyResult('failed-rate', { owner: person });
    await cadence({ schedule: '0 9,17 * * *' });
    await open();
    expect((await promptTo(person))?.at.equals(Temporal.Instant.from('2026-10-05T07:00:00Z'))).toBe(true);
  });

  test.each([
    ['is not in Slack yet', { slackId: null }],
    ['has left', { isDeactivated: true }],
    ['is a guest', { kind: 'guest' as const }],
  ])('the backup is asked where the owner %s', async (_, given) => {
    const owner = await insertPerson(database.db, workspaceId, given);
    await keyResult('failed-rate', { owner, backup: ben });
    await cadence();
    await open();
    expect(await asked()).toEqual([ben.id]);
    expect(await askedOf(ben)).toEqual(['failed-rate']);
  });

  test('the backup is asked together with what they own', async () => {
    const owner = await insertPerson(database.db, workspaceId, { name: 'Zoe', slackId: null });
    await keyResult('failed-rate', { owner, backup: ben });
    await keyResult('uptime', { owner: ben, backup: ana });
    await cadence();
    await open();
    expect(await asked()).toEqual([ben.id]);
    expect(await askedOf(ben)).toEqual(['failed-rate', 'uptime']);
    const said = JSON.stringify((await promptTo(ben))?.blocks);
    expect(said.match(/You stand in for/g)).toHaveLength(1);
    expect(said).toMatch(/\*failed-rate\*[^*]*You stand in for Zoe here\./);
  });

  test('whoever was not asked yet is not asked any more once the next one begins', async () => {
    const zoe = await insertActor(database.db, workspaceId, { name: 'Zoe', timezone: 'America/New_York' });
    await keyResult('failed-rate', { owner: ana });
    await keyResult('uptime', { owner: zoe });
    await cadence();
    await open();
    await sendAll(database.db, workspaceId);
    await open('2026-10-12T07:00:00Z');
    const states = async (person: Actor) =>
      (await listParts(database.db, workspaceId))
        .filter(({ personId }) => personId === person.id)
        .map(({ state }) => state);
    expect(await states(zoe)).toEqual(['over', 'waiting']);
    expect(await states(ana)).toEqual(['said', 'said']);
  });

  test('key results that nobody in Slack answers for are counted in the channel', async () => {
    const absent = await insertPerson(database.db, workspaceId, { slackId: null });
    await keyResult('failed-rate', { owner: ana });
    await keyResult('orphan');
    await keyResult('of-somebody-absent', { owner: absent });
    await cadence();
    await open();
    expect(await asked()).toEqual([ana.id]);
    expect(await runText()).toContain('0 of 1 in. 2 key results have nobody to ask.');
    await answer(ana, [
      {
        keyResultId: (await findWaiting(database.db, workspaceId, ana))?.items[0]?.keyResult.id ?? 0,
        value: 1,
      },
    ]);
    expect(await runText()).toContain('2 key results have nobody to ask.');
  });

  test('without key results it is skipped, with the reason, and nobody hears of it', async () => {
    await cadence();
    await open();
    expect(await occurrences()).toMatchObject([
      { state: 'skipped', reason: 'no key results to ask about in this cycle' },
    ]);
    expect(await messages()).toEqual([]);
  });
});

describe('a check-in asks about the key results', () => {
  const inCycle = async (key: string, cycle: number, team: number | null = teamId): Promise<void> => {
    const given = team === null ? {} : { teamId: team };
    const objective = await insertObjective(database.db, workspaceId, {
      key: `o-${key}`,
      cycleId: cycle,
      ...given,
    });
    await insertKeyResult(database.db, workspaceId, objective, { key, owner: ana });
  };

  test("of the cadence's teams, wherever their home is", async () => {
    const risk = await insertTeam(database.db, workspaceId, { key: 'risk' });
    await inCycle('of-risk', cycleId, risk);
    await inCycle('of-checkout', cycleId);
    await cadence({ teamIds: [risk] });
    await open();
    expect(await askedOf(ana)).toEqual(['of-risk']);
  });

  test('of the teams whose home is its channel, where it names none', async () => {
    const elsewhere = await insertChannel(database.db, workspaceId, 'risk');
    const risk = await insertTeam(database.db, workspaceId, { key: 'risk', channelId: elsewhere.id });
    const apps = await insertTeam(database.db, workspaceId, { key: 'apps', channelId });
    await inCycle('of-risk', cycleId, risk);
    await inCycle('of-checkout', cycleId);
    await inCycle('of-apps', cycleId, apps);
    await inCycle('of-no-team', cycleId, null);
    await cadence();
    await open();
    expect(await askedOf(ana)).toEqual(['of-checkout', 'of-apps']);
  });

  test('of the cycle that the day lies in, its first and last day too', async () => {
    const third = await insertCycle(database.db, workspaceId, {
      key: '2026-Q3',
      starts: '2026-07-01',
      ends: '2026-09-30',
    });
    await inCycle('of-q3', third);
    await inCycle('of-q4', cycleId);
    await cadence({ schedule: '0 9 * * *', nextDueAt: '2026-09-30T07:00:00Z' });
    await open('2026-09-30T07:00:00Z');
    expect(await askedOf(ana)).toEqual(['of-q3']);
    await open('2026-10-01T07:00:00Z');
    expect(await askedOf(ana)).toEqual(['of-q4']);
  });

  test('of the local day: in Auckland the new cycle has begun while it is still September in UTC', async () => {
    await inCycle('of-q4', cycleId);
    await cadence({ schedule: '0 9 * * *', timezone: 'Pacific/Auckland', nextDueAt: '2026-09-30T20:00:00Z' });
    await open('2026-09-30T20:00:00Z');
    expect(await askedOf(ana)).toEqual(['of-q4']);
  });

  test('of the cycle that it names', async () => {
    const next = await insertCycle(database.db, workspaceId, {
      key: '2027-Q1',
      starts: '2027-01-01',
      ends: '2027-03-31',
    });
    await inCycle('of-2027', next);
    await inCycle('of-q4', cycleId);
    await cadence({ cycle: '2027-Q1' });
    await open();
    expect(await askedOf(ana)).toEqual(['of-2027']);
  });

  test('in the order of objectives and of key results in them', async () => {
    const second = await insertObjective(database.db, workspaceId, {
      key: 'b',
      cycleId,
      teamId,
      position: 2,
    });
    const first = await insertObjective(database.db, workspaceId, { key: 'a', cycleId, teamId, position: 1 });
    const put = (objective: number, key: string, position: number) =>
      insertKeyResult(database.db, workspaceId, objective, { key, owner: ana, position });
    await put(second, 'b1', 1);
    await put(first, 'a2', 2);
    await put(first, 'a1', 1);
    await cadence();
    await open();
    expect(await askedOf(ana)).toEqual(['a1', 'a2', 'b1']);
  });
});

describe('an answer', () => {
  test('is kept, recorded, and becomes the value of the key result', async () => {
    const id = await keyResult('failed-rate', { owner: ana, current_value: 3.1 });
    await cadence();
    await open();
    const prompt = await answer(ana, [
      { keyResultId: id, value: 2.7, confidence: 8, words: 'Retries are live.' },
    ]);
    expect(prompt).toMatchObject({
      ok: true,
      value: {
        kind: 'kept',
        prompt: {
          items: [{ answer: { value: 2.7, confidence: 8, words: 'Retries are live.' }, previous: null }],
        },
      },
    });
    expect(await checkIns()).toEqual([
      { keyResultId: id, personId: ana.id, value: 2.7, confidence: 8, words: 'Retries are live.' },
    ]);
    expect(await numbersOf(id)).toEqual({ start: 0, current: 2.7 });
    expect(await listEvents(database.db, workspaceId)).toEqual([
      {
        type: 'key-result.checked-in',
        actorId: ana.id,
        subjectId: id,
        before: { value: 3.1 },
        after: {
          value: 2.7,
          confidence: 8,
          words: 'Retries are live.',
          health: null,
          doubtWords: null,
          dueOn: null,
        },
      },
    ]);
  });

  test('stands in the thread and is counted, and the question turns into thanks', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await keyResult('uptime', { owner: ben });
    await cadence();
    await open();
    await answer(ana, [{ keyResultId: id, value: 2.7, words: 'Retries are live.' }]);
    const told = await messages();
    const [run, , , reply] = told;
    expect(reply).toMatchObject({
      threadOf: run?.id,
      channelId,
      dedupeKey: expect.stringContaining('check-in-answers'),
    });
    expect(reply?.text).toContain(`<@${ana.slackId}> checked in`);
    expect(JSON.stringify(reply?.blocks)).toContain('Retries are live.');
    expect(isAbout(reply?.dueAt, '2026-10-05T07:00:00Z')).toBe(true);
    expect(run).toMatchObject({ text: expect.stringContaining('1 of 2 in.'), revision: 2 });
    expect((await promptTo(ana))?.text).toContain('Thank you');
    expect((await promptTo(ben))?.text).not.toContain('Thank you');
  });

  test('to a part of the questions does not count yet, and what is left is asked on', async () => {
    const first = await keyResult('failed-rate', { owner: ana });
    await keyResult('uptime', { owner: ana });
    await cadence();
    await open();
    await answer(ana, [{ keyResultId: first, value: 1 }]);
    expect(await runText()).toContain('0 of 1 in.');
    expect((await promptTo(ana))?.text).toContain('1 of 2 is in.');
    expect((await promptTo(ana))?.text).toContain('uptime');
  });

  test('sets the start of a baseline, and a later one leaves it', async () => {
    const id = await keyResult('baseline', { owner: ana, start_value: null, current_value: null });
    await cadence();
    await open();
    await answer(ana, [{ keyResultId: id, value: 40 }]);
    expect(await numbersOf(id)).toEqual({ start: 40, current: 40 });
    await open('2026-10-12T07:00:00Z');
    await answer(ana, [{ keyResultId: id, value: 55 }]);
    expect(await numbersOf(id)).toEqual({ start: 40, current: 55 });
  });

  test('given again replaces what was said, in one thread reply', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    await answer(ana, [{ keyResultId: id, value: 2.7, words: 'A slip of the finger.' }]);
    await answer(ana, [{ keyResultId: id, value: 27, confidence: 3 }]);
    expect(await checkIns()).toEqual([
      { keyResultId: id, personId: ana.id, value: 27, confidence: 3, words: null },
    ]);
    expect(await numbersOf(id)).toMatchObject({ current: 27 });
    const replies = (await messages()).filter((message) => message.threadOf !== null);
    expect(replies).toHaveLength(1);
    expect(replies[0]?.text).toContain('27');
    expect(replies[0]?.text).not.toContain('2.7');
    expect(JSON.stringify(replies[0]?.blocks)).not.toContain('slip of the finger');
    expect(await runText()).toContain('1 of 1 in.');
    expect((await listEvents(database.db, workspaceId)).map((event) => event.before)).toEqual([
      { value: 0 },
      { value: 2.7 },
    ]);
  });

  test('of last time is there to compare with', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    await answer(ana, [{ keyResultId: id, value: 3, confidence: 5 }]);
    await open('2026-10-12T07:00:00Z');
    const prompt = await findWaiting(database.db, workspaceId, ana);
    expect(prompt?.items).toMatchObject([{ answer: null, previous: { value: 3, confidence: 5 } }]);
  });

  test('of six people at once, in two replicas, is counted to the last', async () => {
    const actors: Actor[] = [];
    const ids: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      const actor = await insertActor(database.db, workspaceId);
      actors.push(actor);
      ids.push(await keyResult(`k${index}`, { owner: actor }));
    }
    await cadence();
    await open();
    const replica = openDatabase(database.url);
    const answerAll = async (occurrenceId: number) =>
      await Promise.all(
        actors.map((actor, index) =>
          answer(
            actor,
            [{ keyResultId: ids[index] ?? 0, value: index }],
            occurrenceId,
            index % 2 === 0 ? database.db : replica,
          ),
        ),
      );
    let answered: Promise<Result<unknown>[]> = Promise.resolve([]);
    try {
      // Once at their ease, so that connections are there and statements are planned.
      await answerAll(await latestOccurrence());
      await open('2026-10-12T07:00:00Z');
      const occurrenceId = await latestOccurrence();
      // The run is held until all are on their way, so that none can count after the others by luck.
      await inTransaction(database.db, async (tx) => {
        await sql`select from check_in_runs where workspace_id = ${workspaceId} for update`.execute(tx);
        answered = answerAll(occurrenceId);
        await untilWaiting(6);
      });
      expect((await answered).map(code)).toEqual(Array(6).fill('done'));
    } finally {
      await replica.destroy();
    }
    expect(await runText()).toContain('All 6 are in.');
  });

  test('sent twice at once is one', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    const occurrenceId = await latestOccurrence();
    const answers = [{ keyResultId: id, value: 5 }];
    const sent = await Promise.all([answer(ana, answers, occurrenceId), answer(ana, answers, occurrenceId)]);
    expect(sent.map(code)).toEqual(['done', 'done']);
    expect(await checkIns()).toHaveLength(1);
    expect((await messages()).filter((message) => message.threadOf !== null)).toHaveLength(1);
    expect(await runText()).toContain('1 of 1 in.');
  });
});

describe('is refused, and nothing of it is kept:', () => {
  async function nothingKept(): Promise<void> {
    expect(await checkIns()).toEqual([]);
    expect(await listEvents(database.db, workspaceId)).toEqual([]);
    expect((await messages()).map((message) => message.revision)).toEqual([1, 1]);
  }

  test("an answer to somebody else's check-in", async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    expect(code(await answer(ben, [{ keyResultId: id, value: 5 }]))).toBe('not-yours');
    expect(code(await readPrompt(database.db, workspaceId, ben, await latestOccurrence()))).toBe('not-yours');
    await nothingKept();
    expect(await numbersOf(id)).toMatchObject({ current: 0 });
  });

  test('an answer about a key result that was not asked, with all that came with it', async () => {
    const own = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    const notAsked = await keyResult('not-asked', { owner: ana });
    const both = [
      { keyResultId: own, value: 5 },
      { keyResultId: notAsked, value: 6 },
    ];
    expect(code(await answer(ana, both))).toBe('not-yours');
    await nothingKept();
    expect(await numbersOf(own)).toMatchObject({ current: 0 });
    expect(await numbersOf(notAsked)).toMatchObject({ current: 0 });
  });

  test('an answer to a check-in that is over', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    const past = await latestOccurrence();
    await open('2026-10-12T07:00:00Z');
    expect(code(await answer(ana, [{ keyResultId: id, value: 5 }], past))).toBe('closed');
    expect(code(await readPrompt(database.db, workspaceId, ana, past))).toBe('closed');
    expect(await checkIns()).toEqual([]);
    expect(code(await answer(ana, [{ keyResultId: id, value: 5 }]))).toBe('done');
  });

  test('an answer that comes while the check-in is being ended counts as late', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    const occurrenceId = await latestOccurrence();
    let answered: Promise<Result<unknown>> | undefined;
    await inTransaction(database.db, async (tx) => {
      await tx.updateTable('occurrences').set({ state: 'held' }).where('id', '=', occurrenceId).execute();
      answered = answer(ana, [{ keyResultId: id, value: 5 }], occurrenceId);
      await untilWaiting(1);
    });
    expect(answered && code(await answered)).toBe('done');
    expect(
      await database.db.selectFrom('check_ins').select('is_late').where('key_result_id', '=', id).execute(),
    ).toEqual([{ is_late: true }]);
  });

  test('an answer to an occurrence that is not there, or is of another workspace', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    const answers = [{ keyResultId: id, value: 5, confidence: 5, words: null }];
    expect(code(await answer(ana, answers, 999_999))).toBe('not-yours');
    const other = await insertWorkspace(database.db);
    const occurrenceId = await latestOccurrence();
    expect(code(await answerCheckIn(database.db, other, ana, { occurrenceId, answers: [given(id)] }))).toBe(
      'not-yours',
    );
    await nothingKept();
  });

  test('a confidence that is none: the database does not take it', async () => {
    const id = await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    await expect(answer(ana, [{ keyResultId: id, value: 5, confidence: 11 }])).rejects.toThrow(
      'check constraint',
    );
    await nothingKept();
  });
});

describe('what waits for a person', () => {
  test('is nothing before they are asked', async () => {
    expect(await findWaiting(database.db, workspaceId, ana)).toBeUndefined();
  });

  test('is the newest check-in, and the old one no more', async () => {
    await keyResult('failed-rate', { owner: ana });
    await cadence();
    await open();
    const first = await latestOccurrence();
    expect((await findWaiting(database.db, workspaceId, ana))?.occurrenceId).toBe(first);
    await open('2026-10-12T07:00:00Z');
    expect((await findWaiting(database.db, workspaceId, ana))?.occurrenceId).toBe(await latestOccurrence());
    expect(await latestOccurrence()).not.toBe(first);
  });

  test('is first what they still owe, then the newest, for a change', async () => {
    const risk = await insertTeam(database.db, workspaceId, { key: 'risk' });
    const objective = await insertObjective(database.db, workspaceId, {
      key: 'o-risk',
      cycleId,
      teamId: risk,
    });
    const older = await keyResult('older', { owner: ana });
    const newer = await insertKeyResult(database.db, workspaceId, objective, { key: 'newer', owner: ana });
    await cadence({ key: 'first' });
    await cadence({ key: 'second', teamIds: [risk], nextDueAt: '2026-10-05T07:00:00Z' });
    await open();
    const [first, second] = await occurrences();
    expect(await askedOf(ana)).toEqual(['newer']);
    await answer(ana, [{ keyResultId: newer, value: 1 }], second?.id);
    expect(await askedOf(ana)).toEqual(['older']);
    await answer(ana, [{ keyResultId: older, value: 1 }], first?.id);
    expect(await askedOf(ana)).toEqual(['newer']);
  });
});
