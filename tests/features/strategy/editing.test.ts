import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { LineWords } from '../../../src/features/strategy/core/line-form.ts';
import {
  addLine,
  changeVision,
  draftOf,
  dropLine,
  editLine,
  nameEditors,
  readDraft,
  readEditors,
} from '../../../src/features/strategy/edit-operations.ts';
import { linesToSupport } from '../../../src/features/strategy/operations.ts';
import {
  markRead,
  publishStrategy,
  readHistory,
  readPublishing,
} from '../../../src/features/strategy/publish-operations.ts';
import { stampOf } from '../../../src/platform/core/stamp.ts';
import {
  insertActor,
  insertChannel,
  insertCycle,
  insertObjective,
  insertTeam,
  listEvents,
  listMessages,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { publishLines } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let ada: Actor;
let ben: Actor;
let channelId: number;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db);
  ada = { ...(await insertActor(db, workspaceId, { name: 'Ada' })), isAdmin: true };
  await db.updateTable('people').set({ is_admin: true }).where('id', '=', ada.id).execute();
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  channelId = (await insertChannel(db, workspaceId, 'all')).id;
});
afterAll(async () => {
  await database.close();
});

const words = (given: Partial<LineWords> = {}): LineWords => ({
  title: 'Win trust',
  rank: 300,
  owner: null,
  measure: null,
  horizon: null,
  notDoing: [],
  problem: null,
  metric: null,
  ...given,
});
const add = (given: Partial<LineWords> = {}, parentId: number | null = null, actor = ada) =>
  addLine(database.db, workspaceId, actor, {
    kind: parentId === null ? 'intent' : 'initiative',
    parentId,
    words: words(given),
  });
const draft = async () => (await draftOf(database.db, workspaceId)).strategy;
const keys = async () => (await draft()).lines.map(({ key }) => key).sort();
async function publish(channels: number[] = [], actor = ada) {
  const publishing = await readPublishing(database.db, workspaceId, actor);
  if (!publishing.ok) return publishing;
  const { stamp } = publishing.value;
  return await publishStrategy(database.db, workspaceId, actor, { channelIds: channels, stamp });
}

describe('the draft', () => {
  test('is written by admins and by whom they name, and by nobody else', async () => {
    const said = `The strategy is written by its editors, so that it has one voice. If you would change something in it, tell <@${ada.slackId}>.`;
    expect(await add({}, null, ben)).toMatchObject({ ok: false, words: said });
    expect(await readDraft(database.db, workspaceId, ben)).toMatchObject({ ok: false, words: said });
    expect(await readPublishing(database.db, workspaceId, ben)).toMatchObject({ ok: false, words: said });
    expect(await readEditors(database.db, workspaceId, ben)).toMatchObject({
      ok: false,
      words: 'Who writes the strategy is for admins to say. Ask one of them.',
    });
    expect(await nameEditors(database.db, workspaceId, ben, [ben.id])).toMatchObject({ ok: false });
    expect(await nameEditors(database.db, workspaceId, ada, [ben.id])).toMatchObject({ ok: true });
    expect(await nameEditors(database.db, workspaceId, ada, [ben.id])).toMatchObject({ ok: true });
    expect(await add({}, null, ben)).toMatchObject({ ok: true });
    expect((await listEvents(database.db, workspaceId)).map(({ type }) => type)).toEqual([
      'strategy.editors-named',
      'line.created',
    ]);
  });

  test('gives each line a key of its own, which no objective has', async () => {
    const cycleId = await insertCycle(database.db, workspaceId, {
      key: 'q',
      starts: '2026-10-01',
      ends: '2026-12-31',
    });
    await insertObjective(database.db, workspaceId, { key: 'win-trust', cycleId });
    await add();
    await add();
    await add({ title: '信頼' });
    expect(await keys()).toEqual(['intent', 'win-trust-2', 'win-trust-3']);
  });

  test('is not in force, and begins as what is', async () => {
    await publishLines(database.db, workspaceId, { growth: ['guides'] });
    await add({ rank: 1 });
    expect((await linesToSupport(database.db, workspaceId)).map(({ key }) => key)).toEqual([
      'growth',
      'guides',
    ]);
    expect(
      (await draft()).lines.filter(({ kind }) => kind === 'intent').map((it) => [it.key, it.rank]),
    ).toEqual(
      expect.arrayContaining([
        ['win-trust', 1],
        ['growth', 2],
      ]),
    );
  });

  test('keeps an edit as events of every line that it changed', async () => {
    await publishLines(database.db, workspaceId, { growth: [], trust: [] });
    const line = (await draft()).lines.find(({ key }) => key === 'trust');
    if (line === undefined) throw new Error('no line');
    const stamp = stampOf(line);
    const edit = { parentId: null, words: { ...line, rank: 1, measure: '0.1 %' }, stamp };
    expect(await editLine(database.db, workspaceId, ada, line.id, edit)).toMatchObject({ ok: true });
    expect(await listEvents(database.db, workspaceId)).toMatchObject([
      { type: 'line.changed', before: { rank: 2, measure: null }, after: { rank: 1, measure: '0.1 %' } },
      { type: 'line.changed', before: { rank: 1 }, after: { rank: 2 } },
    ]);
    const again = await editLine(database.db, workspaceId, ada, line.id, edit);
    expect(again).toMatchObject({ ok: false, code: 'changed-meanwhile', field: 'title' });
  });

  test('refuses an initiative of an intent that is not there, and a form of a vision that has changed', async () => {
    expect(await add({}, 999_999)).toMatchObject({
      ok: false,
      field: 'parent',
      words: 'That intent is not in the draft any more. Pick another one.',
    });
    expect(await changeVision(database.db, workspaceId, ada, 'Easy money.', stampOf('else'))).toMatchObject({
      ok: false,
      field: 'vision',
    });
    expect(await changeVision(database.db, workspaceId, ada, 'Easy money.', stampOf(null))).toMatchObject({
      ok: true,
    });
  });

  test('loses a dropped intent with its initiatives', async () => {
    await publishLines(database.db, workspaceId, { growth: ['guides'], trust: ['calm'] });
    const line = (await draft()).lines.find(({ key }) => key === 'growth');
    if (line === undefined) throw new Error('no line');
    await dropLine(database.db, workspaceId, ada, line.id, stampOf(line));
    expect(await keys()).toEqual(['calm', 'trust']);
    expect((await listEvents(database.db, workspaceId)).map(({ type }) => type)).toEqual([
      'line.dropped',
      'line.dropped',
    ]);
    expect(await dropLine(database.db, workspaceId, ada, line.id, stampOf(line))).toMatchObject({
      ok: false,
      words: 'That line is not in the draft any more.',
    });
  });
});

describe('a version', () => {
  test('is the draft, and every second one is refused until something is new', async () => {
    expect(await publish()).toMatchObject({
      ok: false,
      words: 'There is nothing to publish yet. Write the vision and a first intent with `/strategy edit`.',
    });
    await add();
    expect(await publish()).toMatchObject({ ok: true, value: { number: 1, isNew: true, posted: 0 } });
    expect((await linesToSupport(database.db, workspaceId)).map(({ key }) => key)).toEqual(['win-trust']);
    expect(await publish()).toMatchObject({ ok: false, code: 'nothing-new', field: 'channels' });
    await add({ title: 'Grow' });
    expect(await publish()).toMatchObject({ ok: true, value: { number: 2 } });
  });

  test('is not what somebody else has changed since the form was opened', async () => {
    await add();
    const publishing = await readPublishing(database.db, workspaceId, ada);
    await add({ title: 'Grow' });
    const stamp = publishing.ok ? publishing.value.stamp : '';
    expect(await publishStrategy(database.db, workspaceId, ada, { channelIds: [], stamp })).toMatchObject({
      ok: false,
      words: 'Somebody has changed the draft since you opened this. Look again: `/strategy publish`.',
    });
  });

  test('is published once by two editors at once', async () => {
    await add();
    const publishing = await readPublishing(database.db, workspaceId, ada);
    const stamp = publishing.ok ? publishing.value.stamp : '';
    const both = await Promise.all(
      [1, 2].map(() => publishStrategy(database.db, workspaceId, ada, { channelIds: [channelId], stamp })),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await listMessages(database.db, workspaceId)).toHaveLength(1);
  });

  test('goes to each channel once, later too', async () => {
    await add();
    await publish([channelId, channelId]);
    const other = (await insertChannel(database.db, workspaceId, 'leads')).id;
    expect(await publish([channelId, other])).toMatchObject({
      value: { isNew: false, number: 1, posted: 1 },
    });
    expect((await listMessages(database.db, workspaceId)).map((it) => it.channelId)).toEqual([
      channelId,
      other,
    ]);
  });

  test('is read by each person once, however many press at once, and every post says how many', async () => {
    await add();
    const other = (await insertChannel(database.db, workspaceId, 'leads')).id;
    await publish([channelId, other]);
    const [version] = (await readHistory(database.db, workspaceId, null)).told;
    const id = version?.version.id ?? 0;
    const reads = await Promise.all(
      [ben, ben, ada].map((who) => markRead(database.db, workspaceId, who, id)),
    );
    expect(reads.filter((it) => it.ok && it.value.isNew)).toHaveLength(2);
    for (const { text } of await listMessages(database.db, workspaceId)) {
      expect(text).toContain('Read by 2 people.');
      expect(text).not.toContain('Ben');
    }
    expect(await markRead(database.db, workspaceId, ben, 999_999)).toMatchObject({
      ok: false,
      words: 'That version of the strategy is not there any more.',
    });
    expect(await markRead(database.db, await insertWorkspace(database.db), ben, id)).toMatchObject({
      ok: false,
    });
  });

  test('has its coverage by team: members and leads who are in Slack', async () => {
    const { db } = database;
    await add();
    await publish();
    const teamId = await insertTeam(db, workspaceId, { key: 'checkout', name: 'Checkout' });
    const people = await Promise.all(
      ['Cy', 'Di', 'Ed', 'Flo'].map((name) => insertActor(db, workspaceId, { name })),
    );
    await db
      .insertInto('team_members')
      .values(
        [...people, ben].map(({ id }) => ({ workspace_id: workspaceId, team_id: teamId, person_id: id })),
      )
      .execute();
    await db.updateTable('teams').set({ lead_id: ada.id }).where('id', '=', teamId).execute();
    await db
      .updateTable('people')
      .set({ deactivated_at: '2026-11-01T00:00:00Z' })
      .where('id', '=', people[0]?.id ?? 0)
      .execute();
    const [version] = (await readHistory(db, workspaceId, null)).told;
    for (const who of [ada, ben]) await markRead(db, workspaceId, who, version?.version.id ?? 0);
    const [told] = (await readHistory(db, workspaceId, null)).told;
    expect(told).toMatchObject({ readers: 2, teams: [{ team: 'Checkout', members: 5, readers: 2 }] });
  });

  test('is one of a history that comes five at a time', async () => {
    for (let number = 1; number <= 7; number += 1) {
      await add({ title: `Intent ${number}` });
      await publish();
    }
    const first = await readHistory(database.db, workspaceId, null);
    expect(first.told.map(({ version }) => version.number)).toEqual([7, 6, 5, 4, 3]);
    expect(first.told[4]?.changes).toMatchObject([{ kind: 'added', line: { title: 'Intent 3' } }]);
    const rest = await readHistory(database.db, workspaceId, first.next);
    expect(rest).toMatchObject({
      told: [{ version: { number: 2 } }, { version: { number: 1 } }],
      next: null,
    });
  });
});
