import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readLimit } from '../../../../src/features/ownership/load/core/limit.ts';
import { changeLimit, readPersonLimit } from '../../../../src/features/ownership/load/limit-operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { insertActor, insertPerson, insertTeam, listEvents } from '../../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { fillTeam, insertWeighed } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let lead: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  lead = await insertActor(database.db, workspaceId, { name: 'Chi' });
  const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
  await fillTeam(database.db, workspaceId, teamId, { lead, members: [ana] });
});
afterAll(async () => {
  await database.close();
});

const change = (actor: Actor, personId: number, limit: number | null) =>
  changeLimit(database.db, workspaceId, actor, personId, limit);

test.each(['0', '501', '2.5', 'lots', '-3', '99999'])('“%s” is no limit', (text) => {
  expect(readLimit(text)).toMatchObject({
    ok: false,
    words: 'That is not a limit. Write a whole number from 1 to 500.',
  });
});

test('nothing typed is the limit of everybody', () => {
  expect(readLimit(' ')).toEqual({ ok: true, value: null });
  expect(readLimit(' 20 ')).toEqual({ ok: true, value: 20 });
});

describe('what is enough for somebody', () => {
  test('is set by their lead, with an event, and taken back the same way', async () => {
    await insertWeighed(database.db, workspaceId, { name: 'Payments', owner: ana, weight: 3 });
    expect(await change(lead, ana.id, 20)).toMatchObject({
      value: { load: { rocks: 1, load: 3, limit: 20 } },
    });
    expect(await readPersonLimit(database.db, workspaceId, lead, ana.id)).toMatchObject({
      value: { own: 20, usual: 15 },
    });
    expect(await change(lead, ana.id, null)).toMatchObject({ value: { load: { limit: 15 } } });
    expect(
      (await listEvents(database.db, workspaceId)).map(({ type, actorId, before, after }) => [
        type,
        actorId,
        before,
        after,
      ]),
    ).toEqual([
      ['person.limit-changed', lead.id, { limit: null }, { limit: 20 }],
      ['person.limit-changed', lead.id, { limit: 20 }, { limit: null }],
    ]);
  });

  test('is an event once, though it was sent off twice', async () => {
    const both = await Promise.all([change(lead, ana.id, 20), change(lead, ana.id, 20)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await listEvents(database.db, workspaceId)).toHaveLength(1);
  });

  test('is set by an admin, and not by the person or by anybody else', async () => {
    const admin = { ...(await insertActor(database.db, workspaceId)), isAdmin: true };
    const ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
    expect(await change(admin, ana.id, 9)).toMatchObject({ ok: true });
    expect(await change(ana, ana.id, 40)).toMatchObject({
      words: 'How much is enough for you, a lead or an admin says. Ask one of them.',
    });
    expect(await change(ben, ana.id, 40)).toMatchObject({
      words: `How much is enough for <@${ana.slackId}>, a lead or an admin says. Ask one of them.`,
    });
    expect(await readPersonLimit(database.db, workspaceId, ben, ana.id)).toMatchObject({ code: 'not-yours' });
  });

  test('is not asked of guests, or of somebody of another workspace', async () => {
    const admin = { ...(await insertActor(database.db, workspaceId)), isAdmin: true };
    const guest = await insertPerson(database.db, workspaceId, { name: 'Gus', kind: 'guest' });
    const elsewhere = await insertActor(database.db, await insertWorkspace(database.db));
    expect(await change(admin, guest.id, 9)).toMatchObject({
      words: `<@${guest.slackId}> is no member of this workspace who carries rocks.`,
    });
    expect(await change(admin, elsewhere.id, 9)).toMatchObject({
      words: 'That person is not in this workspace.',
    });
  });
});
