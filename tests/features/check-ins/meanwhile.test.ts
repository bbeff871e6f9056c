import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../../../src/cadence/planner.ts';
import { answerEarly, findEarly } from '../../../src/features/check-ins/early-operations.ts';
import { leaversJob } from '../../../src/features/check-ins/jobs.ts';
import { answerCheckIn, findWaiting } from '../../../src/features/check-ins/operations.ts';
import { okrCheckIn } from '../../../src/features/check-ins/run-operations.ts';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import { moveCycle } from '../../../src/features/okrs/editing/cycle-operations.ts';
import { dropKeyResult } from '../../../src/features/okrs/editing/dropping-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { okrMoving } from '../../../src/moving.ts';
import { companyNow } from '../../../src/platform/db/company-time.ts';
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
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { given } from '../../support/check-ins.ts';
import { listParts, sendAll } from '../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let cycleId: number;
let objectiveId: number;
let ana: Actor;
let ben: Actor;
let chi: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  const { id: channelId } = await insertChannel(db, workspaceId, 'checkout');
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
  cycleId = await insertCycle(db, workspaceId, { key: '2026-Q4', starts: '2026-10-01', ends: '2026-12-31' });
  objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  chi = await insertActor(db, workspaceId, { name: 'Chi' });
  await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', teamId).execute();
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

const { log } = keptLog();
const keyResult = (key: string, owner: Actor, backup?: Actor) =>
  insertKeyResult(database.db, workspaceId, objectiveId, { key, owner, ...(backup && { backup }) });

async function at(iso: string): Promise<void> {
  await setClock(database.db, workspaceId, iso);
  await tick({ db: database.db, workspaceId, rituals: new Map([[okrCheckIn.key, okrCheckIn]]), log });
  await leaversJob(database, workspaceId).run();
  await dailyJob(database, workspaceId).run();
  await sendAll(database.db, workspaceId);
}
const monday = () => at('2026-10-05T07:00:00Z');
const channel = async () =>
  (await listMessages(database.db, workspaceId)).findLast(({ dedupeKey }) =>
    dedupeKey.startsWith('check-in-run'),
  )?.text;
const askedOf = async (actor: Actor) =>
  ((await findWaiting(database.db, workspaceId, actor))?.items ?? []).map(({ keyResult: { key } }) => key);
const partsOf = async ({ id }: Actor, begin: string) =>
  (await listParts(database.db, workspaceId)).filter(
    ({ key, personId }) => key.startsWith(begin) && personId === id,
  );
const occurrence = async () =>
  (
    await database.db
      .selectFrom('occurrences')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
  ).id;
const answer = async (by: Actor, ...ids: number[]) =>
  await answerCheckIn(database.db, workspaceId, by, {
    occurrenceId: await occurrence(),
    answers: ids.map((id) => given(id)),
  });
const standing = async (id: number) =>
  await database.db
    .selectFrom('key_results')
    .select(['outdated_since as outdatedSince', 'confidence', 'state'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

describe('answered early', () => {
  test('it counts for the check-in that begins within a week, which does not ask', async () => {
    const id = await keyResult('failed-rate', ana);
    await at('2026-10-02T09:00:00Z');
    expect((await findEarly(database.db, workspaceId, ana))?.items).toHaveLength(1);
    expect(await answerEarly(database.db, workspaceId, ana, [given(id)])).toMatchObject({ ok: true });
    await monday();
    expect(await channel()).toContain('1 of 1 in.');
    expect(await partsOf(ana, 'check-in:')).toEqual([]);
    const replies = (await listMessages(database.db, workspaceId)).filter(
      ({ threadOf }) => threadOf !== null,
    );
    expect(replies).toHaveLength(1);
  });

  test('more than a week before, it is history, and the check-in asks', async () => {
    const id = await keyResult('failed-rate', ana);
    await at('2026-09-25T09:00:00Z');
    await database.db
      .updateTable('cycles')
      .set({ starts_on: '2026-09-01' })
      .where('id', '=', cycleId)
      .execute();
    await answerEarly(database.db, workspaceId, ana, [given(id)]);
    await monday();
    expect(await channel()).toContain('0 of 1 in.');
    expect(await askedOf(ana)).toEqual(['failed-rate']);
  });

  test('it is refused for what is not theirs', async () => {
    await keyResult('failed-rate', ana);
    const other = await keyResult('uptime', ben);
    expect(await answerEarly(database.db, workspaceId, ana, [given(other)])).toMatchObject({
      ok: false,
      words: 'This check-in is for somebody else to answer.',
    });
  });
});

describe('not answered by its end', () => {
  test('it reads outdated, its reviewer is told once and alone, and a late answer clears it', async () => {
    const id = await keyResult('failed-rate', ana);
    await monday();
    await at('2026-10-07T07:00:00Z');
    expect((await standing(id)).outdatedSince).not.toBeNull();
    const told = await partsOf(chi, 'check-in-outdated:');
    expect(told.map(({ text }) => text)).toEqual([
      'No answer came for one key result in the check-in of 5 October 2026. You review it, so you are told, once and alone.',
    ]);
    expect(JSON.stringify(told[0]?.blocks)).toContain(`asked of <@${ana.slackId}>`);
    await answer(ana, id);
    expect((await standing(id)).outdatedSince).toBeNull();
    expect(await channel()).toContain('1 of 1 in, 1 late.');
    await at('2026-10-07T09:00:00Z');
    expect(await partsOf(chi, 'check-in-outdated:')).toHaveLength(1);
  });
});

describe('while a check-in is open', () => {
  test('a new key result waits for the next one', async () => {
    await keyResult('failed-rate', ana);
    await monday();
    await keyResult('uptime', ana);
    expect(await askedOf(ana)).toEqual(['failed-rate']);
    await at('2026-10-12T07:00:00Z');
    expect(await askedOf(ana)).toEqual(['failed-rate', 'uptime']);
  });

  test('whoever leaves Slack is not waited for: the backup is asked with the next beat', async () => {
    await keyResult('failed-rate', ana, ben);
    await monday();
    await database.db
      .updateTable('people')
      .set({ deactivated_at: '2026-10-05T08:00:00Z' })
      .where('id', '=', ana.id)
      .execute();
    await at('2026-10-05T08:01:00Z');
    expect(await askedOf(ben)).toEqual(['failed-rate']);
    expect(await channel()).toContain('0 of 2 in, 1 away.');
    await at('2026-10-06T07:00:00Z');
    expect(await partsOf(ana, 'check-in-nudge:')).toMatchObject([{ state: 'over' }]);
  });

  test('a key result that is dropped is not asked any more; what was answered stays', async () => {
    const first = await keyResult('failed-rate', ana);
    const second = await keyResult('uptime', ana);
    await monday();
    await answer(ana, first);
    const dropped = await dropKeyResult(
      { db: database.db, ...okrMoving },
      workspaceId,
      chi,
      second,
      'Not now.',
    );
    expect(dropped).toMatchObject({ ok: true });
    expect(await channel()).toContain('1 of 1 in.');
    expect((await partsOf(ana, 'check-in:')).at(-1)?.text).toBe(
      'Thank you, your check-in of 5 October 2026 is in.',
    );
    expect(await answer(ana, second)).toMatchObject({ ok: false, code: 'not-yours' });
    expect(
      await database.db
        .selectFrom('check_ins')
        .select('key_result_id as id')
        .where('workspace_id', '=', workspaceId)
        .execute(),
    ).toEqual([{ id: first }]);
  });

  test('a cycle that goes to grading ends the questions of it, and nobody reads outdated for it', async () => {
    const id = await keyResult('failed-rate', ana);
    await monday();
    await inTransaction(database.db, async (tx) => {
      const now = await companyNow(tx, workspaceId);
      const doer = { kind: 'person', personId: chi.id } as const;
      await moveCycle(okrMoving, tx, { workspaceId, cycleId, to: 'grading', at: now, doer });
    });
    expect(await askedOf(ana)).toEqual([]);
    expect((await partsOf(ana, 'check-in:')).at(-1)?.text).toBe(
      'Nothing is left for you in the check-in of 5 October 2026.',
    );
    expect(await answer(ana, id)).toMatchObject({ ok: false });
    await at('2026-10-07T07:00:00Z');
    expect((await standing(id)).outdatedSince).toBeNull();
    expect(await partsOf(chi, 'check-in-outdated:')).toEqual([]);
  });

  test('doubt about a committed one is told to its reviewer at once, and once', async () => {
    const id = await keyResult('failed-rate', ana);
    await database.db
      .updateTable('key_results')
      .set({ commitment: 'committed' })
      .where('id', '=', id)
      .execute();
    await monday();
    const doubt = async (confidence: number) =>
      await answerCheckIn(database.db, workspaceId, ana, {
        occurrenceId: await occurrence(),
        answers: [given(id, { confidence, words: 'The provider is late.' })],
      });
    await doubt(4);
    await doubt(3);
    const told = await partsOf(chi, 'check-in-doubt:');
    expect(told.map(({ text }) => text)).toEqual([
      `<@${ana.slackId}> has doubts about a committed key result that you review.`,
    ]);
  });
});
