import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { beginSetup, moveTo, readOpening, sayWho } from '../../../src/features/setup/guide/operations.ts';
import {
  changeProposed,
  createTeams,
  propose,
  readPreview,
} from '../../../src/features/setup/teams/operations.ts';
import { removeTeam } from '../../../src/features/setup/teams/removing-operations.ts';
import { insertActor, insertRock, insertTeam, listEvents } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
});
afterAll(async () => {
  await database.close();
});

const notAnAdmin =
  'Setting Cairn up concerns everybody, so admins do it: those of Slack, and whom they name. Ask one of them.';
const begun = async (): Promise<Actor> => {
  const actor = await beginSetup(database.db, workspaceId, ana);
  if (!actor.ok) throw new Error(actor.words);
  return actor.value;
};
const team = (name: string, people: readonly Actor[]) => ({
  ...{ from: ['#x'], name, memberIds: people.map(({ id }) => id) },
  ...{ lead: null, channelId: null, leftOut: [], isLeftOut: false },
});
const proposed = async (admin: Actor, ...teams: ReturnType<typeof team>[]) => {
  const preview = await propose(database.db, workspaceId, admin, { teams, troubles: [] });
  if (!preview.ok) throw new Error(preview.words);
  return preview.value;
};

describe('beginning', () => {
  test('by several people at the same moment makes one of them an admin', async () => {
    const others = await Promise.all(
      Array.from({ length: 6 }, async (_, at) =>
        insertActor(database.db, workspaceId, { name: `Person ${at}` }),
      ),
    );
    const answers = await Promise.all(
      [ana, ben, ...others].map(async (actor) => beginSetup(database.db, workspaceId, actor)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.every(({ code }) => code === 'somebody-was-first')).toBe(true);
    const events = (await listEvents(database.db, workspaceId)).map(({ type }) => type);
    expect(events).toEqual(['person.made-admin', 'setup.begun']);
  });

  test('twice by the same person changes nothing more', async () => {
    const admin = await begun();
    expect(await beginSetup(database.db, workspaceId, admin)).toMatchObject({ ok: true });
    expect(await listEvents(database.db, workspaceId)).toHaveLength(2);
  });

  test('is refused where something is here already', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments' });
    expect(await beginSetup(database.db, workspaceId, ana)).toMatchObject({ ok: false, words: notAnAdmin });
    expect(await readOpening({ db: database.db, steps: [] }, workspaceId, ana)).toMatchObject({
      ok: false,
      words: notAnAdmin,
    });
  });
});

test('what admins do is refused to anybody else, in the same words', async () => {
  const admin = await begun();
  const preview = await proposed(admin, team('Checkout', [ana]));
  const who = { adminIds: [ben.id], productOperationsId: null, leadersId: null };
  const at = { proposalId: preview.id, index: 0 };
  for (const answer of [
    await moveTo(database.db, workspaceId, ben, 'rocks'),
    await sayWho(database.db, workspaceId, ben, who, ''),
    await propose(database.db, workspaceId, ben, { teams: [], troubles: [] }),
    await readPreview(database.db, workspaceId, ben, preview.id),
    await changeProposed(database.db, workspaceId, ben, at, { name: 'x', memberIds: [], leadId: null }),
    await createTeams(database.db, workspaceId, ben, preview.id, preview.stamp),
    await removeTeam(database.db, workspaceId, ben, 1),
  ]) {
    expect(answer).toMatchObject({ ok: false, words: notAnAdmin });
  }
});

describe('creating teams', () => {
  test('happens once, however many press it at the same moment', async () => {
    const admin = await begun();
    const preview = await proposed(admin, team('Checkout', [ana, ben]), team('Risk', [ben]));
    const answers = await Promise.all(
      [1, 2, 3].map(async () => createTeams(database.db, workspaceId, admin, preview.id, preview.stamp)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok).map(({ words }) => words)).toEqual(
      Array(2).fill('These teams are created already: another admin pressed it, or you did.'),
    );
    const events = (await listEvents(database.db, workspaceId)).map(({ type }) => type);
    expect(events.filter((type) => type === 'team.created')).toHaveLength(2);
  });

  test('waits for another look where something changed since the preview', async () => {
    const admin = await begun();
    const preview = await proposed(admin, team('Checkout', [ana, ben]));
    await insertTeam(database.db, workspaceId, { key: 'checkout', name: 'Checkout' });
    expect(await createTeams(database.db, workspaceId, admin, preview.id, preview.stamp)).toMatchObject({
      ok: false,
      code: 'changed-meanwhile',
      words: 'Something changed since this was shown, so nothing is created yet. This is how it is now.',
    });
    const again = await readPreview(database.db, workspaceId, admin, preview.id);
    expect(again).toMatchObject({
      value: { teams: [{ effect: { kind: 'changed', added: [ana.id, ben.id] } }] },
    });
  });

  test('leaves out who was deactivated since it was read', async () => {
    const admin = await begun();
    const { id } = await proposed(admin, team('Checkout', [ana, ben]));
    await database.db
      .updateTable('people')
      .set({ deactivated_at: '2026-01-01T00:00:00Z' })
      .where('id', '=', ben.id)
      .execute();
    expect(await readPreview(database.db, workspaceId, admin, id)).toMatchObject({
      value: { teams: [{ members: [{ id: ana.id }] }] },
    });
  });

  test('is taken back team by team, and the database is as it was', async () => {
    const admin = await begun();
    const preview = await proposed(admin, team('Checkout', [ana, ben]));
    await createTeams(database.db, workspaceId, admin, preview.id, preview.stamp);
    const rows = await database.db
      .selectFrom('teams')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .execute();
    for (const { id } of rows) {
      expect(await removeTeam(database.db, workspaceId, admin, id)).toEqual({
        ok: true,
        value: { name: 'Checkout' },
      });
      expect(await removeTeam(database.db, workspaceId, admin, id)).toMatchObject({
        ok: false,
        words: 'That team is not there any more.',
      });
    }
    const left = await database.db
      .selectFrom('team_members')
      .select('team_id')
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(left).toEqual([]);
  });

  test('of another workspace is not possible', async () => {
    const admin = await begun();
    const preview = await proposed(admin, team('Checkout', [ana]));
    const elsewhere = await insertWorkspace(database.db);
    expect(await createTeams(database.db, elsewhere, admin, preview.id, preview.stamp)).toMatchObject({
      ok: false,
      words: 'These teams are not proposed any more. Read them from Slack again.',
    });
  });
});
