import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { admitKnown } from '../../../src/features/people/operations.ts';
import { changeSettings, type NewSettings, readSettings } from '../../../src/features/setup/operations.ts';
import { changeTeam, readTeam, readTeams } from '../../../src/features/setup/team-operations.ts';
import { insertActor, insertChannel, insertTeam, listEvents } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
/** An admin of Slack. */
let ada: Actor;
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  ada = await insertActor(database.db, workspaceId, { name: 'Ada' });
  await database.db.updateTable('people').set({ is_slack_admin: true }).where('id', '=', ada.id).execute();
  ada = { ...ada, isAdmin: true };
  ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
});
afterAll(async () => {
  await database.close();
});

const usual: NewSettings = {
  adminIds: [],
  productOperationsId: null,
  leadersId: null,
  backpackLimit: 15,
  releaseAfterHours: 24,
};
const change = (given: Partial<NewSettings>, actor = ada) =>
  changeSettings(database.db, workspaceId, actor, { ...usual, ...given });
const events = async () =>
  (await listEvents(database.db, workspaceId)).map(({ type, subjectId, before, after }) => [
    type,
    subjectId,
    before,
    after,
  ]);

describe('Cairn is set up', () => {
  test('by an admin, who sees what is set; anybody else is told whom to ask', async () => {
    expect(await readSettings(database.db, workspaceId, ada)).toMatchObject({
      value: { admins: [], productOperations: null, leaders: null, backpackLimit: 15, releaseAfterHours: 24 },
    });
    const words =
      'Setting Cairn up concerns everybody, so admins do it: those of Slack, and whom they name. Ask one of them.';
    expect(await readSettings(database.db, workspaceId, ben)).toMatchObject({ ok: false, words });
    expect(await change({ backpackLimit: 1 }, ben)).toMatchObject({ ok: false, words });
    expect(await readTeams(database.db, workspaceId, ben)).toMatchObject({ ok: false, words });
  });

  test('with channels and figures, as one event that says what was and is', async () => {
    const { id } = await insertChannel(database.db, workspaceId, 'product-ops');
    const changed = await change({ productOperationsId: id, backpackLimit: 12, releaseAfterHours: 48 });
    expect(changed).toMatchObject({
      value: { productOperations: { name: 'product-ops' }, backpackLimit: 12, releaseAfterHours: 48 },
    });
    await change({ productOperationsId: id, backpackLimit: 12, releaseAfterHours: 48 });
    expect(await events()).toEqual([
      [
        'workspace.set-up',
        0,
        { productOperations: null, leaders: null, backpackLimit: 15, releaseAfterHours: 24 },
        { productOperations: id, leaders: null, backpackLimit: 12, releaseAfterHours: 48 },
      ],
    ]);
  });

  test('with another admin, who can do it from then on, until they are not named any more', async () => {
    await change({ adminIds: [ben.id] });
    const [row] = await database.db
      .selectFrom('people')
      .select('is_admin')
      .where('id', '=', ben.id)
      .execute();
    expect(row?.is_admin).toBe(true);
    expect(await change({ adminIds: [] }, { ...ben, isAdmin: true })).toMatchObject({ ok: true });
    expect((await events()).map(([type, subject]) => [type, subject])).toEqual([
      ['person.made-admin', ben.id],
      ['person.unmade-admin', ben.id],
    ]);
  });

  test('and never left to nobody', async () => {
    await database.db.updateTable('people').set({ is_slack_admin: false }).where('id', '=', ada.id).execute();
    expect(await change({ adminIds: [] })).toMatchObject({
      ok: false,
      words:
        'Slack tells me of no admin of its own, so nobody could set Cairn up any more. Name one person at least.',
    });
    expect(await change({ adminIds: [ben.id] })).toMatchObject({ ok: true });
  });

  test('by two at once one after the other, and both are recorded as they were', async () => {
    await Promise.all([change({ backpackLimit: 10 }), change({ backpackLimit: 20 })]);
    const [first, second] = await events();
    expect(first?.[3]).toEqual(second?.[2]);
  });

  test('in this workspace alone', async () => {
    const other = await insertWorkspace(database.db);
    const cleo = await insertActor(database.db, other, { name: 'Cleo' });
    await database.db.updateTable('people').set({ is_admin: true }).where('id', '=', cleo.id).execute();
    await change({ adminIds: [ben.id], backpackLimit: 9 });
    const [theirs] = await database.db
      .selectFrom('people')
      .select('is_admin')
      .where('id', '=', cleo.id)
      .execute();
    expect(theirs?.is_admin).toBe(true);
    expect(admitKnown(cleo)).toMatchObject({ ok: true });
  });
});

describe("a team's members", () => {
  test('and its lead are said by an admin, as an event', async () => {
    const id = await insertTeam(database.db, workspaceId, { key: 'checkout', name: 'Checkout' });
    expect(await readTeams(database.db, workspaceId, ada)).toMatchObject({
      value: [{ id, name: 'Checkout' }],
    });
    const changed = await changeTeam(database.db, workspaceId, ada, id, {
      leadId: ada.id,
      memberIds: [ben.id, ada.id, ben.id],
    });
    expect(changed).toMatchObject({
      value: { lead: { name: 'Ada' }, members: [{ name: 'Ada' }, { name: 'Ben' }] },
    });
    await changeTeam(database.db, workspaceId, ada, id, { leadId: ada.id, memberIds: [ada.id, ben.id] });
    expect(await events()).toEqual([
      ['team.changed', id, { lead: null, members: [] }, { lead: ada.id, members: [ada.id, ben.id] }],
    ]);
    await changeTeam(database.db, workspaceId, ada, id, { leadId: null, memberIds: [] });
    expect(await readTeam(database.db, workspaceId, ada, id)).toMatchObject({
      value: { lead: null, members: [] },
    });
  });

  test('are not said of a team that is not there, nor where there is none', async () => {
    expect(await readTeams(database.db, workspaceId, ada)).toMatchObject({
      words: 'There is no team yet. A file brings them: `cairn import` on the machine where Cairn runs.',
    });
    const people = { leadId: null, memberIds: [] };
    const gone = { words: 'That team is not there any more. `/cairn setup` shows those that are.' };
    expect(await readTeam(database.db, workspaceId, ada, 12_345)).toMatchObject(gone);
    expect(await changeTeam(database.db, workspaceId, ada, 12_345, people)).toMatchObject(gone);
    expect(await changeTeam(database.db, workspaceId, ben, 12_345, people)).toMatchObject({
      code: 'not-an-admin',
    });
  });
});
