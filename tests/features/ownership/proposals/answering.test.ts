import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findCard } from '../../../../src/features/ownership/lookup-store.ts';
import { answerProposals, type Said } from '../../../../src/features/ownership/proposals/operations.ts';
import { readProgress } from '../../../../src/features/ownership/proposals/steps.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { moving } from '../../../../src/moving.ts';
import { openDatabase } from '../../../../src/platform/db/database.ts';
import { insertActor, listEvents } from '../../../support/builders.ts';
import { sendAll } from '../../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { beatAt, listRock, monday, questionOf, toldTo } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let rocks: number[];
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Berlin' });
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
  rocks = [];
});
afterAll(async () => {
  await database.close();
});

async function ask(count: number): Promise<number> {
  for (let index = 1; index <= count; index += 1)
    rocks.push(await listRock(database.db, workspaceId, `Rock ${String(index).padStart(3, '0')}`, ana));
  await beatAt(database.db, workspaceId, monday);
  await sendAll(database.db, workspaceId);
  return await questionOf(database.db, workspaceId, ana);
}
const answer = async (id: number, said: Said, { actor = ana, db = database.db } = {}) =>
  await answerProposals({ db, ...moving }, workspaceId, actor, id, said);
const stintOf = async (rockId: number) =>
  (
    await database.db
      .selectFrom('stints')
      .select('id')
      .where('rock_id', '=', rockId)
      .executeTakeFirstOrThrow()
  ).id;
const question = async () => (await toldTo(database.db, workspaceId, ana))[0]?.text;
const nudge = async () => (await toldTo(database.db, workspaceId, ana))[1];
const stateOf = async (rockId: number) => {
  const card = await findCard(database.db, workspaceId, rockId, ben.id);
  return card?.owner === null ? 'nobody' : card?.owner?.confirmedAt === null ? 'unconfirmed' : 'confirmed';
};
const answerEvents = async () =>
  (await listEvents(database.db, workspaceId)).filter(({ type }) => type === 'proposals.answered');

describe('an answer', () => {
  test('“All mine” confirms them all, thanks, and takes the reminder back', async () => {
    const id = await ask(2);
    expect(await answer(id, { kind: 'all' })).toEqual({ ok: true, value: { mine: 2, notMine: 0, left: [] } });
    expect(await Promise.all(rocks.map(stateOf))).toEqual(['confirmed', 'confirmed']);
    expect(await question()).toBe('Thank you. 2 rocks are yours.');
    expect(await nudge()).toMatchObject({ state: 'over' });
    expect(await answerEvents()).toEqual([
      expect.objectContaining({
        actorId: ana.id,
        after: { mine: rocks, notMine: [], reason: null, suggested: null },
      }),
    ]);
  });

  test('of some keeps what is ticked, and leaves the others unowned with the reason, for admins to see', async () => {
    const id = await ask(3);
    const shown = await Promise.all(rocks.map(stintOf));
    const page = { kind: 'page', shown, ticked: shown.slice(0, 1) } as const;
    expect(await answer(id, { ...page, reason: null, suggested: null })).toMatchObject({
      words: 'Say in a sentence why those are not yours.',
      field: 'reason',
    });
    expect(await answer(id, { ...page, reason: 'Mine', suggested: ana })).toMatchObject({
      words: 'That is you. Tick what is yours, or leave this empty.',
      field: 'suggested',
    });
    expect(await answer(id, { ...page, reason: 'I moved to <Growth>.', suggested: ben })).toMatchObject({
      value: { mine: 1, notMine: 2, left: [] },
    });
    expect(await Promise.all(rocks.map(stateOf))).toEqual(['confirmed', 'nobody', 'nobody']);
    expect(await question()).toBe('Thank you. One rock is yours, 2 rocks are not, and nobody owns them now.');
    expect((await readProgress(database.db, workspaceId)).text).toBe(
      [
        'Who has said what is theirs:',
        `• <@${ana.slackId}> 3 of 3, 2 of them not theirs`,
        `    ◦ *Rock 002* is not theirs: “I moved to &lt;Growth&gt;.” · perhaps <@${ben.slackId}>`,
        `    ◦ *Rock 003* is not theirs: “I moved to &lt;Growth&gt;.” · perhaps <@${ben.slackId}>`,
      ].join('\n'),
    );
    const left = (await listEvents(database.db, workspaceId)).filter(({ type }) => type === 'rock.left');
    expect(left).toHaveLength(2);
  });

  test('“None” leaves all of them unowned', async () => {
    const id = await ask(1);
    expect(await answer(id, { kind: 'none', reason: 'I only helped.', suggested: null })).toMatchObject({
      value: { mine: 0, notMine: 1 },
    });
    expect(await question()).toBe('Thank you. One rock is not yours, and nobody owns it now.');
  });

  test('of a page leaves the rest to be asked', async () => {
    const id = await ask(3);
    const [first = 0] = await Promise.all(rocks.map(stintOf));
    await answer(id, { kind: 'page', shown: [first], ticked: [first], reason: null, suggested: null });
    expect(await question()).toBe('1 of 3 answered. 2 more are listed as yours. Right? Rock 002, Rock 003');
    expect((await nudge())?.text).toContain('2 rocks that are');
  });

  test('of 120 is given page by page, and all in one press', async () => {
    const id = await ask(120);
    expect(await question()).toContain('120 rocks are listed as yours.');
    expect(await question()).toContain(' and 115 more');
    const shown = await Promise.all(rocks.slice(0, 50).map(stintOf));
    expect(
      await answer(id, { kind: 'page', shown, ticked: shown.slice(20), reason: 'No.', suggested: null }),
    ).toMatchObject({ value: { mine: 30, notMine: 20 } });
    expect(await answer(id, { kind: 'all' })).toMatchObject({ value: { mine: 70, left: [] } });
    expect(await question()).toBe(
      'Thank you. 100 rocks are yours, 20 rocks are not, and nobody owns them now.',
    );
    const { text } = await readProgress(database.db, workspaceId);
    expect(text).toContain('… and 10 more not theirs.');
  });
});

describe('a press that comes too late, or is not theirs', () => {
  test('a second one is kindly the same', async () => {
    const id = await ask(2);
    await answer(id, { kind: 'all' });
    expect(await answer(id, { kind: 'none', reason: 'No.', suggested: null })).toMatchObject({
      ok: false,
      words: 'You have answered that already. Thank you.',
    });
    expect(await answerEvents()).toHaveLength(1);
  });

  test('of two devices at once one counts, whichever comes first', async () => {
    const id = await ask(5);
    const replica = openDatabase(database.url);
    try {
      const said = await Promise.all([
        answer(id, { kind: 'all' }),
        answer(id, { kind: 'none', reason: 'No.', suggested: null }, { db: replica }),
      ]);
      expect(said.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    } finally {
      await replica.destroy();
    }
    expect(await answerEvents()).toHaveLength(1);
    expect(new Set(await Promise.all(rocks.map(stateOf))).size).toBe(1);
  });

  test('somebody else’s is refused', async () => {
    const id = await ask(1);
    expect(await answer(id, { kind: 'all' }, { actor: ben })).toMatchObject({
      ok: false,
      words: 'That was asked of somebody else.',
    });
    expect(await stateOf(rocks[0] ?? 0)).toBe('unconfirmed');
  });

  test('of what was undone meanwhile is told so', async () => {
    const id = await ask(1);
    await database.db.deleteFrom('stints').where('workspace_id', '=', workspaceId).execute();
    expect(await answer(id, { kind: 'all' })).toMatchObject({
      ok: false,
      words: 'Nothing of that is listed as yours any more, so nothing is asked of you.',
    });
  });
});
