import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../../../src/cadence/planner.ts';
import { goAway } from '../../../src/features/away/operations.ts';
import type { GivenFor } from '../../../src/features/check-ins/core/check-in.ts';
import { answerEarly } from '../../../src/features/check-ins/early-operations.ts';
import { leaversJob } from '../../../src/features/check-ins/jobs.ts';
import { answerDisowning, disown } from '../../../src/features/check-ins/not-mine/operations.ts';
import {
  answerCheckIn,
  answerNoChange,
  findWaiting,
  type Kept,
} from '../../../src/features/check-ins/operations.ts';
import { okrCheckIn } from '../../../src/features/check-ins/run-operations.ts';
import { type Snooze, snooze } from '../../../src/features/check-ins/snoozing-operations.ts';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import { moveCycle } from '../../../src/features/okrs/editing/cycle-operations.ts';
import { dropKeyResult } from '../../../src/features/okrs/editing/dropping-operations.ts';
import { giveKeyResult } from '../../../src/features/okrs/giving-operations.ts';
import { tellKeyResultMoved } from '../../../src/features/okrs/moved.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { okrMoving } from '../../../src/moving.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
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
import { publishLines } from '../strategy/support.ts';

/** The check-in told word by word: each describe is a word of docs/check-ins.md. */
let database: TestDatabase;
let workspaceId: string;
let channelId: number;
let cycleId: number;
let objectiveId: number;
let ana: Actor;
let ben: Actor;
let rita: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  channelId = (await insertChannel(db, workspaceId, 'checkout')).id;
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
  cycleId = await insertCycle(db, workspaceId, { key: '2026-Q4', starts: '2026-10-01', ends: '2026-12-31' });
  objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  rita = await insertActor(db, workspaceId, { name: 'Rita' });
  await db.updateTable('objectives').set({ reviewer_id: rita.id }).where('id', '=', objectiveId).execute();
});
afterAll(async () => {
  await database.close();
});

const monday = '2026-10-05T07:00:00Z';
const closing = '2026-10-07T07:00:00Z';
const nextMonday = '2026-10-12T07:00:00Z';
const { log, lines } = keptLog();

const keyResult = (key: string, owner?: Actor, backup?: Actor) =>
  insertKeyResult(database.db, workspaceId, objectiveId, {
    key,
    ...(owner && { owner }),
    ...(backup && { backup }),
  });
const cadence = (change: Partial<Parameters<typeof insertCadence>[2]> = {}) =>
  insertCadence(database.db, workspaceId, {
    key: 'weekly',
    channelId,
    timezone: 'Europe/Berlin',
    nextDueAt: monday,
    nudgeAfter: 'P1D',
    closeAfter: 'P2D',
    ...change,
  });

/** One beat of Cairn at an instant, all of which is read at once. */
async function beat(iso: string): Promise<void> {
  await setClock(database.db, workspaceId, iso);
  await leaversJob(database, workspaceId).run();
  const rituals = new Map([[okrCheckIn.key, okrCheckIn]]);
  await tick({ db: database.db, workspaceId, rituals, log });
  await dailyJob(database, workspaceId).run();
  await sendAll(database.db, workspaceId);
  expect(lines.filter((line) => line.level >= 50)).toEqual([]);
}

async function occurrence(index = -1): Promise<number> {
  const rows = await database.db
    .selectFrom('occurrences')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
  return rows.at(index)?.id ?? 0;
}

const answer = async (
  by: Actor,
  keyResultId: number,
  change: Partial<GivenFor> = {},
  occurrenceId?: number,
): Promise<Result<Kept>> =>
  await answerCheckIn(database.db, workspaceId, by, {
    occurrenceId: occurrenceId ?? (await occurrence()),
    answers: [given(keyResultId, change)],
  });
const kept = { ok: true, value: { kind: 'kept' } };

const parts = async (begin: string, { id }: { id: number }) =>
  (await listParts(database.db, workspaceId)).filter(
    ({ key, personId }) => key.startsWith(`${begin}:`) && personId === id,
  );
const question = async (of: Actor) => (await parts('check-in', of)).at(-1);
const nudge = async (of: Actor) => (await parts('check-in-nudge', of)).at(-1);
const messages = () => listMessages(database.db, workspaceId);
const runs = async () => (await messages()).filter(({ dedupeKey }) => dedupeKey.startsWith('check-in-run'));
const runText = async () => (await runs()).at(-1)?.text;
const replies = async () =>
  (await messages()).filter(({ dedupeKey }) => dedupeKey.startsWith('check-in-answers'));
/** All that the channel and its threads say. */
const inPublic = async () => JSON.stringify((await messages()).filter((it) => it.channelId !== null));
const toldAlone = async ({ id }: Actor) => (await messages()).filter(({ personId }) => personId === id);

async function stateOf(id: number) {
  return await database.db
    .selectFrom('key_results')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
const isOutdated = async (id: number) => (await stateOf(id)).outdated_since !== null;
const answersTo = async (id: number) =>
  await database.db
    .selectFrom('check_ins')
    .selectAll()
    .where('key_result_id', '=', id)
    .orderBy('id')
    .execute();
/** The key results that a person is asked about now. */
const askedOf = async (actor: Actor) =>
  ((await findWaiting(database.db, workspaceId, actor))?.items ?? []).map((item) => item.keyResult.key);

/** Somebody else owns it from now on, as by `/okr edit`. */
async function give(keyResultId: number, to: Actor): Promise<void> {
  const at = instant('2026-10-05T09:00:00Z');
  const doer = { kind: 'person', personId: rita.id } as const;
  await inTransaction(database.db, async (tx) => {
    const fromId = await giveKeyResult(tx, { workspaceId, keyResultId, toId: to.id, at, doer });
    await tellKeyResultMoved(okrMoving, tx, { workspaceId, keyResultId, fromId, toId: to.id, at, doer });
  });
}

describe('due', () => {
  test('begins with one message in the channel and one question to each owner, at the minute and not before', async () => {
    await keyResult('failed-rate', ana);
    await keyResult('uptime', ana);
    await keyResult('refunds', ben);
    await cadence();
    await beat('2026-10-05T06:59:00Z');
    expect(await messages()).toEqual([]);
    await beat(monday);
    expect((await runs()).map(({ text }) => text)).toEqual([
      'OKR check-in, 5 October 2026: 0 of 2 in. Answers gather in this thread.',
    ]);
    expect(await question(ana)).toMatchObject({
      text: '5 October 2026: Where do you stand with 2 key results? failed-rate, uptime',
      state: 'said',
    });
    expect(await parts('check-in', ben)).toHaveLength(1);
    await beat('2026-10-05T07:01:00Z');
    expect(await runs()).toHaveLength(1);
    expect(await parts('check-in', ana)).toHaveLength(1);
  });

  test('comes at the same wall time where the person lives', async () => {
    const mia = await insertActor(database.db, workspaceId, { name: 'Mia', timezone: 'America/New_York' });
    await keyResult('failed-rate', mia);
    await cadence();
    await beat(monday);
    expect(await toldAlone(mia)).toEqual([]);
    await beat('2026-10-05T13:00:00Z');
    expect(await toldAlone(mia)).toHaveLength(1);
  });
});

describe('early', () => {
  test('counts for the next check-in, which does not ask, and stands in its thread', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await setClock(database.db, workspaceId, '2026-10-02T10:00:00Z');
    expect(await answerEarly(database.db, workspaceId, ana, [given(id)])).toMatchObject(kept);
    await beat(monday);
    expect(await runText()).toContain('1 of 1 in.');
    expect(await parts('check-in', ana)).toEqual([]);
    expect((await replies()).map(({ text }) => text)).toEqual([
      expect.stringContaining(`<@${ana.slackId}> checked in`),
    ]);
    await beat(closing);
    expect(await isOutdated(id)).toBe(false);
  });

  test('of more than seven days before counts for none: it is asked', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence({ nextDueAt: nextMonday });
    await setClock(database.db, workspaceId, '2026-10-05T06:00:00Z');
    expect(await answerEarly(database.db, workspaceId, ana, [given(id)])).toMatchObject(kept);
    await beat(nextMonday);
    expect(await runText()).toContain('0 of 1 in.');
    expect(await parts('check-in', ana)).toHaveLength(1);
  });

  test('and said again before the check-in begins is what was said last, once', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await setClock(database.db, workspaceId, '2026-10-02T10:00:00Z');
    await answerEarly(database.db, workspaceId, ana, [given(id, { value: 3 })]);
    await answerEarly(database.db, workspaceId, ana, [given(id, { value: 30 })]);
    await beat(monday);
    expect(await answersTo(id)).toMatchObject([{ value: 30, is_early: false }]);
    expect(await replies()).toHaveLength(1);
    expect((await replies())[0]?.text).toContain('failed-rate  30, confidence 8, on track');
    await answer(ana, id, { value: 31 });
    expect(await replies()).toHaveLength(1);
    expect(await stateOf(id)).toMatchObject({ current_value: 31 });
  });

  test('to a part leaves the rest to be asked', async () => {
    const id = await keyResult('failed-rate', ana);
    await keyResult('uptime', ana);
    await cadence();
    await setClock(database.db, workspaceId, '2026-10-02T10:00:00Z');
    await answerEarly(database.db, workspaceId, ana, [given(id)]);
    await beat(monday);
    expect((await question(ana))?.text).toBe('5 October 2026: 1 of 2 is in. One key result left: uptime');
    expect(await runText()).toContain('0 of 1 in.');
  });

  test('is refused for what was dropped while the modal was open, with why', async () => {
    const dropped = await keyResult('failed-rate', ana);
    await setClock(database.db, workspaceId, '2026-10-02T10:00:00Z');
    const moving = { db: database.db, ...okrMoving };
    expect(await dropKeyResult(moving, workspaceId, ana, dropped, 'No longer needed.')).toMatchObject({
      ok: true,
    });
    expect(await answerEarly(database.db, workspaceId, ana, [given(dropped)])).toMatchObject({
      ok: false,
      words: 'failed-rate is not asked about any more. `/checkin` opens what waits for you.',
    });
  });

  test('is refused for what is owned by somebody else', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await setClock(database.db, workspaceId, '2026-10-02T10:00:00Z');
    expect(await answerEarly(database.db, workspaceId, ben, [given(id)])).toMatchObject({
      ok: false,
      words: 'This check-in is for somebody else to answer.',
    });
  });
});

describe('late', () => {
  test('is counted as such in the channel and said in the thread', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await beat(closing);
    expect(await answer(ana, id)).toMatchObject(kept);
    expect(await runText()).toBe(
      'OKR check-in, 5 October 2026: 1 of 1 in, 1 late. This check-in is closed. Late answers still count, until the next one.',
    );
    expect((await replies())[0]?.text).toContain(`<@${ana.slackId}> checked in (late)`);
    expect(await answersTo(id)).toMatchObject([{ is_late: true }]);
  });

  test('is refused once the next one has begun', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await beat(closing);
    await beat(nextMonday);
    expect(await answer(ana, id, {}, await occurrence(0))).toMatchObject({
      ok: false,
      words: 'This check-in is over. `/checkin` opens what waits for you.',
    });
  });
});

describe('outdated', () => {
  test('is what nobody answered by the close, until somebody does', async () => {
    const silent = await keyResult('failed-rate', ana);
    const heard = await keyResult('uptime', ben);
    await cadence();
    await beat(monday);
    await answer(ben, heard);
    await beat('2026-10-07T06:59:00Z');
    expect(await isOutdated(silent)).toBe(false);
    await beat(closing);
    expect([await isOutdated(silent), await isOutdated(heard)]).toEqual([true, false]);
    await answer(ana, silent);
    expect(await isOutdated(silent)).toBe(false);
  });

  test('is told its reviewer once and alone, with who was asked; in public nobody is named', async () => {
    await keyResult('failed-rate', ana);
    await keyResult('uptime', ben);
    await cadence();
    await beat(monday);
    await beat(closing);
    await beat('2026-10-07T09:00:00Z');
    await beat('2026-10-08T07:00:00Z');
    const told = await parts('check-in-outdated', rita);
    expect(told.map(({ text }) => text)).toEqual([
      'No answer came for 2 key results in the check-in of 5 October 2026. You review them, so you are told, once and alone.',
    ]);
    const said = JSON.stringify(told[0]?.blocks);
    expect(said).toContain(`*failed-rate*  asked of <@${ana.slackId}>`);
    expect(said).toContain(`*uptime*  asked of <@${ben.slackId}>`);
    expect(await toldAlone(rita)).toHaveLength(1);
    for (const { slackId, name } of [ana, ben]) {
      expect(await inPublic()).not.toContain(slackId);
      expect(await inPublic()).not.toContain(name);
    }
    for (const asked of [ana, ben]) expect(await parts('check-in-outdated', asked)).toEqual([]);
  });
});

describe('away', () => {
  test('with a backup: they are asked, and who is away is counted apart', async () => {
    await keyResult('failed-rate', ana, ben);
    await cadence();
    await setClock(database.db, workspaceId, '2026-10-05T05:00:00Z');
    expect(await goAway(database.db, workspaceId, ana, 'today')).toMatchObject({ ok: true });
    await beat(monday);
    expect(await runText()).toContain('0 of 2 in, 1 away.');
    expect(await parts('check-in', ana)).toEqual([]);
    expect(JSON.stringify((await question(ben))?.blocks)).toContain(
      `You stand in for <@${ana.slackId}> here.`,
    );
  });

  test('without one: nobody is asked, and they are not missing', async () => {
    await keyResult('failed-rate', ana);
    await cadence();
    await setClock(database.db, workspaceId, '2026-10-05T05:00:00Z');
    await goAway(database.db, workspaceId, ana, 'today');
    await beat(monday);
    expect(await parts('check-in', ana)).toEqual([]);
    await beat(closing);
    expect(await runText()).toContain('0 of 1 in, 1 away.');
    expect(await inPublic()).not.toContain('not been heard');
  });

  test('in the middle: what is unanswered goes to the backup, what is answered stays', async () => {
    const done = await keyResult('failed-rate', ana, ben);
    await keyResult('uptime', ana, ben);
    await cadence();
    await beat(monday);
    await answer(ana, done);
    await goAway(database.db, workspaceId, ana, 'today');
    expect(await askedOf(ben)).toEqual(['uptime']);
    expect(await answersTo(done)).toMatchObject([{ person_id: ana.id }]);
  });

  test('in the middle without a backup: they count as away, and are not missing at the end', async () => {
    await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await goAway(database.db, workspaceId, ana, 'today');
    await beat(closing);
    expect(await runText()).toContain('0 of 1 in, 1 away.');
    expect(await inPublic()).not.toContain('not been heard');
  });
});

describe('snoozed', () => {
  const snoozes = async (how: Snooze) =>
    await snooze(database.db, workspaceId, ana, { occurrenceId: await occurrence(), how });

  test('for two hours: it is asked again then, and the reminder moves along', async () => {
    await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    expect((await nudge(ana))?.at.toString()).toBe('2026-10-06T07:00:00Z');
    await setClock(database.db, workspaceId, '2026-10-05T08:00:00Z');
    expect(await snoozes('2h')).toMatchObject({ ok: true });
    expect(await question(ana)).toMatchObject({ state: 'waiting' });
    expect(isAbout((await question(ana))?.at, '2026-10-05T10:00:00Z')).toBe(true);
    expect(isAbout((await nudge(ana))?.at, '2026-10-06T10:00:00Z')).toBe(true);
    await beat('2026-10-05T09:30:00Z');
    expect(await question(ana)).toMatchObject({ state: 'waiting' });
    await beat('2026-10-05T10:02:00Z');
    expect(await question(ana)).toMatchObject({ state: 'said' });
  });

  test('until tomorrow: that is the next working day, at the same time', async () => {
    await keyResult('failed-rate', ana);
    await cadence({ schedule: '0 9 * * FRI', nextDueAt: '2026-10-09T07:00:00Z', closeAfter: 'P5D' });
    await beat('2026-10-09T07:00:00Z');
    await setClock(database.db, workspaceId, '2026-10-09T08:00:00Z');
    expect(await snoozes('tomorrow')).toMatchObject({ ok: true });
    expect(isAbout((await question(ana))?.at, '2026-10-12T08:00:00Z')).toBe(true);
    expect(isAbout((await nudge(ana))?.at, '2026-10-13T08:00:00Z')).toBe(true);
  });

  test('past the close is refused, and nothing moves', async () => {
    await keyResult('failed-rate', ana);
    await cadence({ closeAfter: 'PT5H', nudgeAfter: 'PT3H' });
    await beat(monday);
    const before = await listParts(database.db, workspaceId);
    expect(await snoozes('tomorrow')).toMatchObject({
      ok: false,
      words: 'The check-in closes before that: Mon 5 Oct, 14:00. It takes about a minute.',
    });
    expect(await listParts(database.db, workspaceId)).toEqual(before);
  });

  test('stays so when they are asked for somebody else meanwhile', async () => {
    await keyResult('failed-rate', ana);
    await keyResult('uptime', ben, ana);
    await cadence();
    await beat(monday);
    await snoozes('2h');
    await goAway(database.db, workspaceId, ben, 'today');
    expect(await askedOf(ana)).toEqual(['failed-rate', 'uptime']);
    expect(await question(ana)).toMatchObject({ state: 'waiting' });
    expect(isAbout((await question(ana))?.at, '2026-10-05T09:00:00Z')).toBe(true);
    expect(isAbout((await nudge(ana))?.at, '2026-10-06T09:00:00Z')).toBe(true);
    expect((await question(ana))?.text).toContain('failed-rate, uptime');
  });

  test('and answered meanwhile is not asked again', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await snoozes('2h');
    await answer(ana, id);
    await beat('2026-10-05T09:05:00Z');
    await beat('2026-10-06T09:05:00Z');
    expect(await question(ana)).toMatchObject({ state: 'over', reason: 'answered already' });
    expect(await nudge(ana)).toMatchObject({ state: 'over', reason: 'answered already' });
  });

  test('is refused of what is over or answered', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await answer(ana, id);
    expect(await snoozes('2h')).toMatchObject({
      ok: false,
      words: 'You have answered already. Thank you.',
    });
    await beat(closing);
    expect(await snoozes('2h')).toMatchObject({
      ok: false,
      words: 'This check-in is over, so there is nothing to put off.',
    });
  });
});

describe('handed over', () => {
  let id: number;
  let asked: number;
  beforeEach(async () => {
    id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    const occurrenceId = await occurrence();
    expect(
      await disown(database.db, workspaceId, ana, { occurrenceId, keyResultIds: [id], to: ben }),
    ).toMatchObject({ ok: true });
    const row = await database.db
      .selectFrom('disownings')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    asked = row.id;
  });

  test('asks the person who is named, and meanwhile nobody', async () => {
    expect((await toldAlone(ben)).map(({ text }) => text)).toEqual([
      `<@${ana.slackId}> was asked how the key result failed-rate stands, and thinks that it is yours.`,
    ]);
    expect(await askedOf(ana)).toEqual([]);
    expect(await askedOf(ben)).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ owner_id: ana.id });
  });

  test('is asked the twelfth time like the first', async () => {
    const ids: number[] = [];
    for (let index = 0; index < 12; index += 1) ids.push(await keyResult(`kr-${index}`, ana));
    await beat(nextMonday);
    const occurrenceId = await occurrence();
    for (const one of ids) {
      const said = await disown(database.db, workspaceId, ana, {
        occurrenceId,
        keyResultIds: [one],
        to: ben,
      });
      expect(said).toMatchObject({ ok: true });
    }
    expect(await askedOf(ana)).toEqual(['failed-rate']);
  });

  test('and taken: they own it and are asked, and can answer', async () => {
    expect(await answerDisowning(database.db, workspaceId, ben, { id: asked, isTheirs: true })).toMatchObject(
      { ok: true },
    );
    expect(await stateOf(id)).toMatchObject({ owner_id: ben.id });
    expect(await askedOf(ben)).toEqual(['failed-rate']);
    expect(await askedOf(ana)).toEqual([]);
    expect((await toldAlone(ana)).at(-1)?.text).toBe(`<@${ben.slackId}> has failed-rate now.`);
    expect(await answer(ana, id)).toMatchObject({ ok: false, code: 'not-yours' });
    expect(await answer(ben, id)).toMatchObject(kept);
    expect(await runText()).toContain('1 of 1 in.');
  });

  test('and dropped meanwhile: there is nothing to take any more', async () => {
    const moving = { db: database.db, ...okrMoving };
    expect(await dropKeyResult(moving, workspaceId, ana, id, 'No longer needed.')).toMatchObject({
      ok: true,
    });
    expect(await answerDisowning(database.db, workspaceId, ben, { id: asked, isTheirs: true })).toMatchObject(
      {
        ok: false,
        words: 'failed-rate is settled meanwhile, so nothing changes.',
      },
    );
    expect(await stateOf(id)).toMatchObject({ owner_id: ana.id });
  });

  test('and given to somebody else meanwhile: they keep it', async () => {
    await give(id, rita);
    expect(await askedOf(rita)).toEqual(['failed-rate']);
    expect(await answerDisowning(database.db, workspaceId, ben, { id: asked, isTheirs: true })).toMatchObject(
      {
        ok: false,
        words: 'failed-rate is settled meanwhile, so nothing changes.',
      },
    );
    expect(await stateOf(id)).toMatchObject({ owner_id: rita.id });
    expect(await askedOf(rita)).toEqual(['failed-rate']);
    expect((await toldAlone(ben))[0]?.text).toBe(
      'failed-rate is settled meanwhile, so nothing is left to say.',
    );
  });

  test('and taken after the next check-in has begun: that one asks them', async () => {
    await beat(closing);
    await beat(nextMonday);
    expect(await askedOf(ana)).toEqual(['failed-rate']);
    expect(await answerDisowning(database.db, workspaceId, ben, { id: asked, isTheirs: true })).toMatchObject(
      { ok: true },
    );
    expect(await askedOf(ana)).toEqual([]);
    expect(await askedOf(ben)).toEqual(['failed-rate']);
  });

  test('and not taken: it comes back, with what can be done', async () => {
    expect(
      await answerDisowning(database.db, workspaceId, ben, { id: asked, isTheirs: false }),
    ).toMatchObject({ ok: true });
    expect((await toldAlone(ana)).at(-1)?.text).toBe(
      `<@${ben.slackId}> says that failed-rate is not theirs either. It stays with you for now; \`/okr edit failed-rate\` names another owner.`,
    );
    expect((await toldAlone(ben))[0]?.text).toBe(
      `You said that failed-rate is not yours. <@${ana.slackId}> knows.`,
    );
    expect(await stateOf(id)).toMatchObject({ owner_id: ana.id });
    expect(await askedOf(ana)).toEqual(['failed-rate']);
    expect(await answer(ana, id)).toMatchObject(kept);
  });
});

describe('a question that comes to or back to somebody who was done', () => {
  /** In New York: at 09:00 in Berlin she is not asked yet. */
  let mia: Actor;
  beforeEach(async () => {
    mia = await insertActor(database.db, workspaceId, { name: 'Mia', timezone: 'America/New_York' });
  });
  const handBack = async (by: Actor, id: number): Promise<void> => {
    const occurrenceId = await occurrence();
    await disown(database.db, workspaceId, by, { occurrenceId, keyResultIds: [id], to: ben });
    const row = await database.db
      .selectFrom('disownings')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    const answered = await answerDisowning(database.db, workspaceId, ben, { id: row.id, isTheirs: false });
    expect(answered).toMatchObject({ ok: true });
  };

  test('before it was asked is asked then, and reminded of', async () => {
    const id = await keyResult('failed-rate', mia);
    await cadence();
    await beat(monday);
    await handBack(mia, id);
    await beat('2026-10-05T13:00:00Z');
    expect(await question(mia)).toMatchObject({ state: 'said' });
    expect(await nudge(mia)).toMatchObject({ state: 'waiting' });
  });

  test('after it was asked stands in the message again, and is reminded of', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await handBack(ana, id);
    expect((await question(ana))?.text).toContain('Where do you stand with one key result? failed-rate');
    expect(await nudge(ana)).toMatchObject({ state: 'waiting' });
    await beat('2026-10-06T07:05:00Z');
    expect(await nudge(ana)).toMatchObject({ state: 'said' });
  });

  test('while they are away goes to the backup', async () => {
    const id = await keyResult('failed-rate', ana, mia);
    await cadence();
    await beat(monday);
    const occurrenceId = await occurrence();
    await disown(database.db, workspaceId, ana, { occurrenceId, keyResultIds: [id], to: ben });
    await goAway(database.db, workspaceId, ana, 'today');
    const row = await database.db
      .selectFrom('disownings')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    await answerDisowning(database.db, workspaceId, ben, { id: row.id, isTheirs: false });
    expect(await askedOf(mia)).toEqual(['failed-rate']);
    expect(await askedOf(ana)).toEqual([]);
  });

  test('is asked of a backup who has answered their own before they were asked', async () => {
    await keyResult('failed-rate', ana, mia);
    const own = await keyResult('uptime', mia);
    await cadence();
    await beat(monday);
    expect(await answer(mia, own)).toMatchObject(kept);
    await goAway(database.db, workspaceId, ana, 'today');
    await beat('2026-10-05T13:00:00Z');
    expect(await question(mia)).toMatchObject({ state: 'said' });
    expect((await question(mia))?.text).toContain('1 of 2 is in. One key result left: failed-rate');
    expect(await nudge(mia)).toMatchObject({ state: 'waiting' });
  });

  test('is asked of a backup who has answered their own in the message, and reminded of', async () => {
    await keyResult('failed-rate', ana, ben);
    const own = await keyResult('uptime', ben);
    await cadence();
    await beat(monday);
    await answer(ben, own);
    await goAway(database.db, workspaceId, ana, 'today');
    expect((await question(ben))?.text).toContain('1 of 2 is in. One key result left: failed-rate');
    expect(await nudge(ben)).toMatchObject({ state: 'waiting' });
  });

  test('is asked of an owner whose early answers had left nothing to ask', async () => {
    const own = await keyResult('uptime', ben);
    await keyResult('failed-rate', ana, ben);
    await cadence();
    await setClock(database.db, workspaceId, '2026-10-02T10:00:00Z');
    await answerEarly(database.db, workspaceId, ben, [given(own)]);
    await beat(monday);
    expect(await parts('check-in', ben)).toEqual([]);
    await goAway(database.db, workspaceId, ana, 'today');
    await beat('2026-10-05T07:05:00Z');
    expect(await question(ben)).toMatchObject({ state: 'said' });
    expect(await nudge(ben)).toMatchObject({ state: 'waiting' });
  });
});

describe('edited', () => {
  test('is what was said until the next one begins; the reply in the thread is edited, not doubled', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await answer(ana, id, { value: 2, words: 'A slip of the finger.' });
    await answer(ana, id, { value: 20 });
    await beat(closing);
    expect(await answer(ana, id, { value: 21 })).toMatchObject(kept);
    expect(await replies()).toHaveLength(1);
    expect((await replies())[0]?.text).toContain('failed-rate  21, confidence 8, on track');
    expect(await inPublic()).not.toContain('slip of the finger');
    expect(await answersTo(id)).toMatchObject([{ value: 21 }]);
    await beat(nextMonday);
    expect(await answer(ana, id, { value: 22 }, await occurrence(0))).toMatchObject({
      ok: false,
      words: 'This check-in is over. `/checkin` opens what waits for you.',
    });
    expect(await stateOf(id)).toMatchObject({ current_value: 21 });
  });

  test('after the close, an answer that came in time stays one that came in time', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await answer(ana, id, { value: 2 });
    await beat(closing);
    await answer(ana, id, { value: 3 });
    expect(await runText()).not.toContain('late.');
  });
});

describe('joined in the middle', () => {
  test('a new owner is asked what the one before had not answered', async () => {
    const id = await keyResult('failed-rate', ana);
    await keyResult('uptime', ana);
    await cadence();
    await beat(monday);
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await give(id, ben);
    await beat('2026-10-05T09:05:00Z');
    expect(await askedOf(ben)).toEqual(['failed-rate']);
    expect(await askedOf(ana)).toEqual(['uptime']);
    expect(await question(ben)).toMatchObject({ state: 'said' });
    expect(await runText()).toContain('0 of 2 in.');
  });

  test('a new owner of what is answered is asked the next time', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await answer(ana, id);
    await give(id, ben);
    expect(await askedOf(ben)).toEqual([]);
    await beat(nextMonday);
    expect(await askedOf(ben)).toEqual(['failed-rate']);
  });

  test('a new key result waits for the next check-in', async () => {
    await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    const added = await keyResult('added', ana);
    await beat('2026-10-05T08:00:00Z');
    expect(await askedOf(ana)).toEqual(['failed-rate']);
    expect(await answer(ana, added)).toMatchObject({ ok: false, code: 'not-yours' });
    await beat(nextMonday);
    expect(await askedOf(ana)).toEqual(['failed-rate', 'added']);
  });
});

describe('left in the middle', () => {
  async function leaves({ id }: Actor): Promise<void> {
    await database.db
      .updateTable('people')
      .set({ deactivated_at: '2026-10-05T08:00:00Z' })
      .where('id', '=', id)
      .execute();
  }

  test('the backup is asked with the next beat', async () => {
    const id = await keyResult('failed-rate', ana, ben);
    await cadence();
    await beat(monday);
    await leaves(ana);
    await beat('2026-10-05T08:01:00Z');
    expect(await askedOf(ben)).toEqual(['failed-rate']);
    expect(await question(ben)).toMatchObject({ state: 'said' });
    expect(await answer(ben, id)).toMatchObject(kept);
    expect(await runText()).toContain('1 of 2 in, 1 away.');
  });

  test('without a backup nobody is missing', async () => {
    await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await leaves(ana);
    await beat('2026-10-05T08:01:00Z');
    expect(await nudge(ana)).toMatchObject({ state: 'over' });
    await beat(closing);
    expect(await runText()).toContain('0 of 1 in, 1 away.');
    expect(await inPublic()).not.toContain('not been heard');
  });
});

describe('a cycle that ends in the middle', () => {
  const endCycle = async () =>
    await inTransaction(database.db, async (tx) => {
      const at = instant('2026-10-05T09:00:00Z');
      const doer = { kind: 'clock' } as const;
      expect(await moveCycle(okrMoving, tx, { workspaceId, cycleId, to: 'grading', at, doer })).toBe(true);
    });

  test('is not asked about any more; what was answered stays; nothing reads outdated', async () => {
    const answered = await keyResult('failed-rate', ana);
    const open = await keyResult('uptime', ben);
    await cadence();
    await beat(monday);
    await answer(ana, answered);
    await endCycle();
    expect(await askedOf(ben)).toEqual([]);
    expect((await question(ben))?.text).toBe('Nothing is left for you in the check-in of 5 October 2026.');
    expect(await nudge(ben)).toMatchObject({ state: 'over' });
    await beat(closing);
    expect(await isOutdated(open)).toBe(false);
    expect(await parts('check-in-outdated', rita)).toEqual([]);
    expect(await answersTo(answered)).toHaveLength(1);
    expect(await runText()).toContain('1 of 1 in.');
    expect(await inPublic()).not.toContain('not been heard');
  });

  test('refuses what comes after, whether it was answered before or not, with why', async () => {
    const answered = await keyResult('failed-rate', ana);
    const open = await keyResult('uptime', ana);
    await cadence();
    await beat(monday);
    await answer(ana, answered);
    await endCycle();
    const words = '2026-Q4 is being graded, so its check-ins are over.';
    expect(await answer(ana, answered)).toMatchObject({ ok: false, words });
    expect(await answer(ana, open)).toMatchObject({ ok: false, words });
    expect(await answersTo(open)).toEqual([]);
  });
});

describe('a key result that is dropped in the middle', () => {
  const drop = async (id: number) =>
    expect(
      await dropKeyResult({ db: database.db, ...okrMoving }, workspaceId, ana, id, 'No longer needed.'),
    ).toMatchObject({ ok: true });

  test('is not asked about any more, and who has answered the rest is in', async () => {
    const dropped = await keyResult('failed-rate', ana);
    const rest = await keyResult('uptime', ana);
    await cadence();
    await beat(monday);
    await answer(ana, rest);
    expect(await runText()).toContain('0 of 1 in.');
    await drop(dropped);
    expect(await runText()).toContain('1 of 1 in.');
    expect((await question(ana))?.text).toBe('Thank you, your check-in of 5 October 2026 is in.');
    expect(await nudge(ana)).toMatchObject({ state: 'over' });
    await beat(closing);
    expect(await isOutdated(dropped)).toBe(false);
  });

  test('says so to whoever sends an answer from a modal that was open', async () => {
    const dropped = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await drop(dropped);
    expect(await answer(ana, dropped)).toMatchObject({
      ok: false,
      words: 'failed-rate is not asked about any more. `/checkin` opens what waits for you.',
    });
    expect(await answersTo(dropped)).toEqual([]);
  });
});

describe('a watermelon', () => {
  test('is asked what makes sure the third time in a row, beside its field, and the words are kept', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence({ nextDueAt: '2026-11-02T08:00:00Z' });
    for (const week of ['2026-11-02', '2026-11-09']) {
      await beat(`${week}T08:00:00Z`);
      expect(await answer(ana, id, { value: 1 })).toMatchObject(kept);
    }
    await beat('2026-11-16T08:00:00Z');
    expect(await answer(ana, id, { value: 1 })).toMatchObject({
      ok: true,
      value: {
        kind: 'lacking',
        lacking: [
          {
            keyResultId: id,
            field: 'doubt',
            words:
              'You say on track, and the numbers have been behind for three check-ins. What makes you sure?',
          },
        ],
      },
    });
    expect(await answersTo(id)).toHaveLength(2);
    const doubtWords = 'The big customer goes live in December.';
    expect(await answer(ana, id, { value: 1, doubtWords })).toMatchObject(kept);
    expect((await answersTo(id)).at(-1)).toMatchObject({ doubt_words: doubtWords });
  });

  test('that is repeated with No change opens the modal, since words are needed', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence({ nextDueAt: '2026-11-02T08:00:00Z' });
    const noChange = async () => await answerNoChange(database.db, workspaceId, ana, await occurrence());
    await beat('2026-11-02T08:00:00Z');
    expect(await noChange()).toMatchObject({ ok: true, value: { kind: 'lacking' } });
    expect(await answer(ana, id, { value: 1 })).toMatchObject(kept);
    await beat('2026-11-09T08:00:00Z');
    expect(await noChange()).toMatchObject(kept);
    await beat('2026-11-16T08:00:00Z');
    expect(await noChange()).toMatchObject({
      ok: true,
      value: { kind: 'lacking', lacking: [{ keyResultId: id, field: 'doubt' }] },
    });
    expect(await answersTo(id)).toHaveLength(2);
  });

  test('whose health was overruled is not said anew by No change: the modal asks for the words', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    const words = 'The supplier may fail.';
    expect(await answer(ana, id, { health: 'at-risk', words })).toMatchObject(kept);
    await beat(nextMonday);
    expect(await answerNoChange(database.db, workspaceId, ana, await occurrence())).toMatchObject({
      ok: true,
      value: { kind: 'lacking' },
    });
    expect(await answersTo(id)).toHaveLength(1);
  });

  test('is not one that says itself that it is at risk', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence({ nextDueAt: '2026-11-02T08:00:00Z' });
    for (const week of ['2026-11-02', '2026-11-09', '2026-11-16']) {
      await beat(`${week}T08:00:00Z`);
      expect(await answer(ana, id, { value: 1, confidence: 5 })).toMatchObject(kept);
    }
  });
});

describe('a date that slips', () => {
  const day = (iso: string) => instant(`${iso}T12:00:00Z`).toZonedDateTimeISO('UTC').toPlainDate();
  const dates = async (id: number) => {
    const { due_on, first_due_on, slips } = await stateOf(id);
    return [due_on?.toString(), first_due_on?.toString(), slips];
  };

  test('needs words; the first date and the count stay with the key result', async () => {
    const id = await keyResult('failed-rate', ana);
    await database.db
      .updateTable('key_results')
      .set({ due_on: '2026-11-01', first_due_on: '2026-11-01' })
      .where('id', '=', id)
      .execute();
    await cadence();
    await beat(monday);
    expect(await answer(ana, id, { dueOn: day('2026-11-08') })).toMatchObject({
      value: {
        kind: 'lacking',
        lacking: [
          {
            field: 'words',
            words: 'The date moves from 1 November 2026 to 8 November 2026. Please say in a few words why.',
          },
        ],
      },
    });
    expect(await dates(id)).toEqual(['2026-11-01', '2026-11-01', 0]);
    const words = 'The supplier is late.';
    expect(await answer(ana, id, { dueOn: day('2026-11-08'), words })).toMatchObject(kept);
    expect(await dates(id)).toEqual(['2026-11-08', '2026-11-01', 1]);
    expect(
      await answer(ana, id, { dueOn: day('2026-11-08'), words: 'The supplier is very late.' }),
    ).toMatchObject(kept);
    expect(await dates(id)).toEqual(['2026-11-08', '2026-11-01', 1]);
    expect((await answersTo(id)).at(-1)).toMatchObject({ slip_words: words });
    await beat(nextMonday);
    expect(await answer(ana, id, { dueOn: day('2026-11-15'), words })).toMatchObject(kept);
    expect(await dates(id)).toEqual(['2026-11-15', '2026-11-01', 2]);
  });

  test('is not one that comes nearer, and one that goes away is asked for', async () => {
    const id = await keyResult('failed-rate', ana);
    await database.db
      .updateTable('key_results')
      .set({ due_on: '2026-11-08', first_due_on: '2026-11-08' })
      .where('id', '=', id)
      .execute();
    await cadence();
    await beat(monday);
    expect(await answer(ana, id)).toMatchObject({
      value: {
        lacking: [{ field: 'due', words: 'This one has a date. Please keep it, or give another one.' }],
      },
    });
    expect(await answer(ana, id, { dueOn: day('2026-11-01') })).toMatchObject(kept);
    expect(await dates(id)).toEqual(['2026-11-01', '2026-11-08', 0]);
  });
});

describe('a doubt of a committed key result', () => {
  const doubts = () => parts('check-in-doubt', rita);

  test('is told its reviewer at once, and once a run however often it is said', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await beat(monday);
    await answer(ana, id, { confidence: 4, words: 'Two people are ill.' });
    expect((await doubts()).map(({ text }) => text)).toEqual([
      `<@${ana.slackId}> has doubts about a committed key result that you review.`,
    ]);
    expect(JSON.stringify((await doubts())[0]?.blocks)).toContain('Two people are ill.');
    await answer(ana, id, { confidence: 8 });
    await answer(ana, id, { confidence: 3 });
    expect(await doubts()).toHaveLength(1);
  });

  test('that goes on is not told again; one that comes back is', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    const weeks: [string, number, number][] = [
      ['2026-10-05', 4, 1],
      ['2026-10-12', 3, 1],
      ['2026-10-19', 8, 1],
      ['2026-10-26', 2, 2],
    ];
    for (const [week, confidence, told] of weeks) {
      await beat(`${week}T08:00:00Z`);
      await answer(ana, id, { confidence, value: 60 });
      expect(await doubts()).toHaveLength(told);
    }
  });

  test('that was said early is told when the check-in takes it', async () => {
    const id = await keyResult('failed-rate', ana);
    await cadence();
    await setClock(database.db, workspaceId, '2026-10-02T10:00:00Z');
    await answerEarly(database.db, workspaceId, ana, [given(id, { confidence: 3 })]);
    await beat(monday);
    expect(await doubts()).toHaveLength(1);
    await answer(ana, id, { confidence: 2 });
    expect(await doubts()).toHaveLength(1);
  });

  test('is not told of an aspirational one, nor to a reviewer who says it themselves', async () => {
    const hope = await keyResult('hope', ana);
    await database.db
      .updateTable('key_results')
      .set({ commitment: 'aspirational' })
      .where('id', '=', hope)
      .execute();
    const own = await keyResult('own', rita);
    await cadence();
    await beat(monday);
    await answer(ana, hope, { confidence: 1 });
    await answer(rita, own, { confidence: 1 });
    expect(await doubts()).toEqual([]);
  });
});

describe('a number from elsewhere', () => {
  const comes = async (id: number, value: number, at: string) =>
    await database.db
      .insertInto('number_readings')
      .values({ workspace_id: workspaceId, key_result_id: id, came_from: 'webhook', value, at })
      .execute();
  const sourceOf = async (id: number) =>
    await database.db
      .insertInto('number_sources')
      .values({
        workspace_id: workspaceId,
        key_result_id: id,
        kind: 'webhook',
        token: `token-of-${id}-and-some-more`,
        secret: 'b'.repeat(64),
        created_at: '2026-10-01T00:00:00Z',
      })
      .execute();

  test('is suggested, and is not the value until a person says it', async () => {
    const id = await keyResult('failed-rate', ana);
    await sourceOf(id);
    await comes(id, 12.5, '2026-10-04T07:00:00Z');
    await cadence();
    await beat(monday);
    expect(JSON.stringify((await question(ana))?.blocks)).toContain('The webhook says 12.5.');
    expect(await stateOf(id)).toMatchObject({ current_value: 0 });
    await answer(ana, id, { value: 12.5 });
    expect(await stateOf(id)).toMatchObject({ current_value: 12.5 });
  });

  test('from before the last answer is not suggested again', async () => {
    const id = await keyResult('failed-rate', ana);
    await sourceOf(id);
    await comes(id, 12.5, '2026-10-04T07:00:00Z');
    await cadence();
    await beat(monday);
    await answer(ana, id, { value: 13 });
    await beat(nextMonday);
    expect(JSON.stringify((await question(ana))?.blocks)).not.toContain('The webhook says');
  });
});

test('the line of the strategy stands in the question, where the objective serves one', async () => {
  const published = await publishLines(database.db, workspaceId, { trust: ['fewer-failures'] });
  await database.db
    .updateTable('objectives')
    .set({ line_id: published.get('fewer-failures') ?? null })
    .where('id', '=', objectiveId)
    .execute();
  await keyResult('failed-rate', ana);
  await cadence();
  await beat(monday);
  expect(JSON.stringify((await question(ana))?.blocks)).toContain('Trust &gt; Fewer failures > reliable');
});
