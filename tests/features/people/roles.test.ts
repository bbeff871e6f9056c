import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { rolesOverPerson } from '../../../src/features/people/roles.ts';
import { insertActor, insertRock, insertTeam } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { fillTeam } from '../ownership/load/support.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let chi: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  chi = await insertActor(database.db, workspaceId, { name: 'Chi' });
});
afterAll(async () => {
  await database.close();
});

const roles = async (actor: Actor, of: Actor) =>
  await rolesOverPerson(database.db, workspaceId, actor, of.id);

describe('what somebody is to a person', () => {
  test('is a member, to whomever', async () => {
    expect(await roles(chi, ana)).toEqual(['member']);
  });

  test('is the owner of what is their own, and leads not themself', async () => {
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
    await fillTeam(database.db, workspaceId, teamId, { lead: ana, members: [ana] });
    expect(await roles(ana, ana)).toEqual(['member', 'owner']);
  });

  test('is an admin', async () => {
    expect(await roles({ ...chi, isAdmin: true }, ana)).toEqual(['member', 'admin']);
  });

  test('is the lead of their team', async () => {
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
    await fillTeam(database.db, workspaceId, teamId, { lead: chi, members: [ana] });
    expect(await roles(chi, ana)).toEqual(['member', 'lead']);
  });

  test('is the lead of the team of a rock that they own, as long as they own it', async () => {
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
    await fillTeam(database.db, workspaceId, teamId, { lead: chi });
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana, teamId });
    expect(await roles(chi, ana)).toEqual(['member', 'lead']);
    await database.db
      .updateTable('stints')
      .set({ ended_at: '2026-11-01T00:00:00Z' })
      .where('rock_id', '=', rockId)
      .execute();
    expect(await roles(chi, ana)).toEqual(['member']);
  });
});
