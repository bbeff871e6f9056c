import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  readBackpack,
  readLoad,
  readLoadFor,
  readLoads,
  readStandIns,
  teamLoads,
} from '../../../../src/features/ownership/load/operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { insertActor, insertPerson, insertTeam, setClock } from '../../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { fillTeam, insertHandoff, insertWeighed } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let chi: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Berlin' });
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
  chi = await insertActor(database.db, workspaceId, { name: 'Chi' });
  await setClock(database.db, workspaceId, '2026-11-25T10:00:00+01:00');
});
afterAll(async () => {
  await database.close();
});

const rock = (name: string, given: Omit<Parameters<typeof insertWeighed>[2], 'name'> = {}) =>
  insertWeighed(database.db, workspaceId, { name, ...given });
const load = async (person: Actor) => await readLoad(database.db, workspaceId, person.id);
const limit = async (person: Actor, backpack_limit: number) =>
  await database.db.updateTable('people').set({ backpack_limit }).where('id', '=', person.id).execute();
const seen = async (viewer: Actor, of: Actor) => await readLoadFor(database.db, workspaceId, viewer, of.id);
const suggested = async (viewer: Actor, of: Actor) =>
  (await seen(viewer, of))?.suggestions.map(({ rock: { name }, to }) => [
    name,
    to?.name ?? null,
    to?.as ?? null,
  ]);
const away = async (person: Actor, from: string, until: string) =>
  await database.db
    .insertInto('absences')
    .values({ workspace_id: workspaceId, person_id: person.id, starts_on: from, ends_on: until })
    .execute();

describe('a load', () => {
  test('is the sum of the weights of what somebody owns', async () => {
    await rock('Payments', { owner: ana, weight: 3 });
    await rock('Refunds', { owner: ana, weight: 2 });
    await rock('Risk', { owner: ben, weight: 5 });
    await rock('Pricing', { weight: 5 });
    expect(await load(ana)).toEqual({ rocks: 2, load: 5, limit: 15 });
  });

  test('goes with a loan to whoever carries the rock for the time', async () => {
    await rock('Payments', { owner: ana, weight: 3, lentTo: ben });
    await rock('Refunds', { owner: ana, weight: 2 });
    expect(await load(ana)).toMatchObject({ rocks: 1, load: 2 });
    expect(await load(ben)).toMatchObject({ rocks: 1, load: 3 });
  });

  test('counts neither what is set down nor what is retired, nor what one stands in for', async () => {
    await rock('Set down', { state: 'set-down' });
    await rock('Retired', { owner: ana, state: 'retired' });
    await rock('Payments', { owner: ben, backups: [ana] });
    expect(await load(ana)).toEqual({ rocks: 0, load: 0, limit: 15 });
  });

  test('has the limit of the person, else of the workspace', async () => {
    await database.db
      .updateTable('workspaces')
      .set({ backpack_limit: 12 })
      .where('id', '=', workspaceId)
      .execute();
    await limit(ben, 20);
    const loads = await readLoads(database.db, workspaceId, [ana.id, ben.id, 0]);
    expect([...loads.values()].map((it) => it.limit).sort()).toEqual([12, 20]);
  });

  test('of nobody of this workspace is a surprise', async () => {
    await expect(readLoad(database.db, workspaceId, 0)).rejects.toThrow('person 0 is not in');
  });
});

describe('who sees a load', () => {
  test('are the person, their leads and admins, and nobody else', async () => {
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
    await fillTeam(database.db, workspaceId, teamId, { lead: chi, members: [ana] });
    await rock('Payments', { owner: ana, weight: 3 });
    const admin = { ...(await insertActor(database.db, workspaceId, { name: 'Admin' })), isAdmin: true };
    expect(await seen(ana, ana)).toMatchObject({ load: 3, mayChangeLimit: false });
    expect(await seen(chi, ana)).toMatchObject({ load: 3, mayChangeLimit: true });
    expect(await seen(admin, ana)).toMatchObject({ load: 3, mayChangeLimit: true });
    expect(await seen(ben, ana)).toBeNull();
    expect(await seen(ana, chi)).toBeNull();
  });

  test('is the lead of a rock that they own, too', async () => {
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
    await fillTeam(database.db, workspaceId, teamId, { lead: chi });
    await rock('Payments', { owner: ana, teamId });
    expect(await seen(chi, ana)).toMatchObject({ load: 1 });
  });

  test('and not a rock in it has its weight in the sum, counted as not shown and never suggested', async () => {
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
    await fillTeam(database.db, workspaceId, teamId, { lead: chi, members: [ana] });
    await limit(ana, 3);
    await rock('Secret', { owner: ana, weight: 3, visibility: 'people', importance: 'not-important' });
    await rock('Payments', { owner: ana, weight: 1 });
    expect(await seen(chi, ana)).toMatchObject({ rocks: 2, load: 4, hidden: 1 });
    expect(await suggested(chi, ana)).toEqual([['Payments', null, null]]);
    expect(await seen(ana, ana)).toMatchObject({ hidden: 0 });
    expect(await suggested(ana, ana)).toEqual([['Secret', null, null]]);
  });
});

describe('whom a rock is suggested to', () => {
  beforeEach(async () => {
    await limit(ana, 1);
  });

  test('is its backup, whoever contributes to it, or somebody of its team', async () => {
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
    await fillTeam(database.db, workspaceId, teamId, { members: [ana, ben, chi] });
    const dora = await insertActor(database.db, workspaceId, { name: 'Dora' });
    await limit(ben, 1);
    await limit(chi, 1);
    await limit(dora, 1);
    await rock('A', { owner: ana, backups: [ben], teamId });
    await rock('B', { owner: ana, contributors: [dora], teamId });
    await rock('C', { owner: ana, teamId });
    await rock('D', { owner: ana });
    expect(await suggested(ana, ana)).toEqual([
      ['A', 'Ben', 'backup'],
      ['B', 'Dora', 'contributor'],
      ['C', 'Chi', 'teammate'],
    ]);
  });

  test('is nobody who is away today, has left, is full or is no member', async () => {
    const left = await insertPerson(database.db, workspaceId, { name: 'Left', isDeactivated: true });
    const guest = await insertPerson(database.db, workspaceId, { name: 'Guest', kind: 'guest' });
    const notYet = await insertPerson(database.db, workspaceId, { name: 'Not yet', slackId: null });
    await away(ben, '2026-11-20', '2026-11-25');
    await limit(chi, 1);
    await rock('Full', { owner: chi });
    await rock('Payments', { owner: ana, weight: 2, backups: [ben, left, guest, notYet, chi] });
    expect(await suggested(ana, ana)).toEqual([['Payments', null, null]]);
  });

  test('is nobody of the team for a rock of few eyes', async () => {
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
    await fillTeam(database.db, workspaceId, teamId, { members: [ben] });
    await rock('Payments', { owner: ana, weight: 2, teamId, visibility: 'people' });
    expect(await suggested(ana, ana)).toEqual([['Payments', null, null]]);
  });

  test('is nobody where it is offered already', async () => {
    const rockId = await rock('Payments', { owner: ana, weight: 2, backups: [ben] });
    await insertHandoff(database.db, workspaceId, {
      rockId,
      from: ana,
      to: chi,
      kind: 'give',
      state: 'offered',
    });
    expect(await suggested(ana, ana)).toEqual([]);
  });
});

describe('a backpack', () => {
  const names = async (person: Actor, offset = 0, limitTo = 10) =>
    (await readBackpack(database.db, workspaceId, person, { offset, limit: limitTo })).rocks.map(
      ({ name, as }) => `${name} ${as}`,
    );

  test('shows what matters most first, then by name as people look it up, then loans, then what one stands in for', async () => {
    await rock('Zones', { owner: ana, importance: 'critical' });
    await rock('Billing', { owner: ana });
    await rock('À la carte', { owner: ana });
    await rock('Notes', { owner: ana, importance: 'not-important' });
    await rock('Lent', { owner: ben, lentTo: ana, backups: [ana] });
    await rock('Stands in', { owner: ben, backups: [ana] });
    await rock('Over', { owner: ana, state: 'retired' });
    expect(await names(ana)).toEqual([
      'Zones owner',
      'À la carte owner',
      'Billing owner',
      'Notes owner',
      'Lent carrier',
      'Stands in backup',
    ]);
    expect(await names(ana, 3, 2)).toEqual(['Notes owner', 'Lent carrier']);
    const { counts } = await readBackpack(database.db, workspaceId, ana, { offset: 0, limit: 1 });
    expect(counts).toEqual({ owner: 4, carrier: 1, backup: 1 });
  });

  test('says who has a rock on loan until when, to whom one is offered, and that an owner is away', async () => {
    const lentId = await rock('Lent', { owner: ana, lentTo: ben });
    const offeredId = await rock('Offered', { owner: ana });
    const open = { from: ana, to: ben, kind: 'give', state: 'offered' } as const;
    await insertHandoff(database.db, workspaceId, { ...open, rockId: offeredId });
    await rock('Stands in', { owner: ben, backups: [ana] });
    await away(ben, '2026-11-24', '2026-11-27');
    const { rocks } = await readBackpack(database.db, workspaceId, ana, { offset: 0, limit: 10 });
    expect(rocks[0]).toMatchObject({ as: 'owner', loan: { to: { id: ben.id } }, ownerAwayUntil: null });
    expect(rocks[0]?.loan?.until.toString()).toBe('2027-01-15');
    const loan = await database.db
      .selectFrom('handoffs')
      .select('id')
      .where('rock_id', '=', lentId)
      .executeTakeFirst();
    expect(rocks[0]?.loan?.handoffId).toBe(loan?.id);
    expect(rocks.map(({ offeredTo }) => offeredTo?.id ?? null)).toEqual([null, ben.id, null]);
    expect(rocks[2]?.ownerAwayUntil?.toString()).toBe('2026-11-27');
  });
});

describe('who stands in', () => {
  const days = { from: Temporal.PlainDate.from('2026-11-25'), until: Temporal.PlainDate.from('2026-11-27') };

  test('is the first backup who is there on all of the days, for what is carried, loans included', async () => {
    await away(ben, '2026-11-27', '2026-11-30');
    await rock('Payments', { owner: ana, backups: [ben, chi] });
    await rock('Risk', { owner: chi, lentTo: ana, backups: [ben] });
    await rock('Lent', { owner: ana, lentTo: chi });
    const standIns = await readStandIns(database.db, workspaceId, ana.id, days);
    expect(
      standIns.map(({ rock: { name }, by, awayToo }) => [name, by?.name ?? null, awayToo.length]),
    ).toEqual([
      ['Payments', 'Chi', 0],
      ['Risk', null, 1],
    ]);
  });
});

describe('leaders see teams in sums', () => {
  test('of five people or more, of those who are there', async () => {
    const team = async (key: string, count: number) => {
      const id = await insertTeam(database.db, workspaceId, { key, name: key });
      const members: Actor[] = [];
      for (let index = 0; index < count; index += 1)
        members.push(await insertActor(database.db, workspaceId, { name: `${key} ${index}` }));
      await fillTeam(database.db, workspaceId, id, { members });
      return members;
    };
    const [first, second] = await team('five', 5);
    const six = await team('four-and-one-who-left', 5);
    const left = six[0];
    if (first === undefined || second === undefined || left === undefined) throw new Error('a team is empty');
    await database.db
      .updateTable('people')
      .set({ deactivated_at: '2026-01-01T00:00:00Z' })
      .where('id', '=', left.id)
      .execute();
    await limit(first, 20);
    await rock('Payments', { owner: first, weight: 3 });
    await rock('Refunds', { owner: second, weight: 2 });
    expect(await teamLoads(database.db, workspaceId)).toMatchObject([
      { name: 'five', people: 5, rocks: 2, load: 5, limit: 80 },
    ]);
  });
});
