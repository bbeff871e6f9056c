import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import {
  addMoves,
  beginReorganisation,
  dropReorganisation,
  listReorganisations,
  releaseReorganisation,
  takeOut,
} from '../../../../src/features/handoffs/batches/reorganisation-operations.ts';
import { takeRock } from '../../../../src/features/ownership/take-operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { type Database, openDatabase } from '../../../../src/platform/db/database.ts';
import {
  insertActor,
  insertRock,
  insertTeam,
  listEvents,
  listMessages,
  setClock,
} from '../../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { insertAdmin } from '../../departures/support.ts';
import { got, handoffsOf, outcome, ownerOf } from '../support.ts';
import { readAndAccept } from './support.ts';

let database: TestDatabase;
let other: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  other = openDatabase(database.url);
});
afterAll(async () => {
  await other.destroy();
  await database.close();
});

describe('a reorganisation', () => {
  let db: Database;
  let workspaceId: string;
  let dana: Actor;
  let ana: Actor;
  let ben: Actor;
  let payments: number;
  let refunds: number;
  let pricing: number;
  let teamId: number;
  beforeEach(async () => {
    db = database.db;
    workspaceId = await insertWorkspace(db);
    dana = await insertAdmin(db, workspaceId, 'Dana');
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    payments = await insertRock(db, workspaceId, { name: 'Payments', owner: ana, teamId });
    refunds = await insertRock(db, workspaceId, { name: 'Refunds', owner: ben, teamId });
    pricing = await insertRock(db, workspaceId, { name: 'Pricing' });
    await setClock(db, workspaceId, '2026-11-25T09:00:00Z');
  });

  const words = { why: 'Two teams become one.', stands: null };
  /** Ana's Payments to Ben, Ben's Refunds to Ana, and Pricing, which nobody carries, to Ben. */
  async function prepare(): Promise<number> {
    const id = got(await beginReorganisation(db, workspaceId, dana, 'One checkout'));
    const crossed = new Map([
      [payments, ben.id],
      [refunds, ana.id],
    ]);
    got(await addMoves(db, workspaceId, dana, id, { teamId }, crossed));
    got(await addMoves(db, workspaceId, dana, id, { rockId: pricing }, new Map([[pricing, ben.id]])));
    return id;
  }
  const textsTo = async (person: Actor) =>
    (await listMessages(db, workspaceId))
      .filter(({ personId }) => personId === person.id)
      .map(({ text }) => text);

  it('is seen by its author alone, side by side with the loads before and after', async () => {
    await prepare();
    expect(await textsTo(dana)).toEqual([
      [
        'One checkout',
        'A draft that only you see. Nobody is told before you release it, and then everything at once.',
        '3 rocks move, 2 people are concerned.',
        `Payments: <@${ana.slackId}> → <@${ben.slackId}>`,
        `Pricing: nobody → <@${ben.slackId}>`,
        `Refunds: <@${ben.slackId}> → <@${ana.slackId}>`,
        `• <@${ana.slackId}>: Load 1 → 1 of 15.`,
        `• <@${ben.slackId}>: Load 1 → 2 of 15.`,
      ].join('\n'),
    ]);
    expect(await textsTo(ana)).toEqual([]);
    const eva = await insertAdmin(db, workspaceId, 'Eva');
    expect(got(await listReorganisations(db, workspaceId, eva))).toEqual([]);
    expect(got(await listReorganisations(db, workspaceId, dana))).toMatchObject([
      { title: 'One checkout', moves: 3 },
    ]);
  });

  it('is released together, and everybody gets one message: what comes, what goes', async () => {
    const id = await prepare();
    got(await releaseReorganisation(db, workspaceId, dana, id, words));
    expect(await textsTo(ben)).toEqual([
      [
        `<@${dana.slackId}> would like to hand 2 rocks over to you. Read the brief of each, then decide: it is yours once you accept it.`,
        '> Two teams become one.',
        `Payments · weight 1 · from <@${ana.slackId}>`,
        'Pricing · weight 1 · nobody carries it',
        'And on its way from you:',
        `• Refunds: to <@${ana.slackId}>`,
      ].join('\n'),
    ]);
    expect(await textsTo(ana)).toHaveLength(1);
    const [handoff] = await handoffsOf(db, payments);
    got(await readAndAccept(db, workspaceId, ben, handoff?.id ?? 0));
    expect(await ownerOf(db, workspaceId, payments)).toBe(ben.id);
    expect((await textsTo(dana))[0]).toContain(
      'One checkout\nYou offered 3 rocks to 2 people: 1 accepted, 2 wait.',
    );
    expect((await textsTo(ana))[0]).toContain(`• Payments: <@${ben.slackId}> carries it now`);
  });

  it('leaves out what moved on meanwhile, and says so', async () => {
    const id = await prepare();
    got(await takeRock({ db, onRockMoved: [] }, workspaceId, ana, pricing));
    got(await releaseReorganisation(db, workspaceId, dana, id, words));
    expect((await textsTo(dana)).at(-1)).toBe(
      [
        'Left out, since things moved on meanwhile:',
        `• Pricing has moved on meanwhile: <@${ana.slackId}> carries it now.`,
      ].join('\n'),
    );
    expect((await textsTo(dana))[0]).toContain('You offered 2 rocks to 2 people: 2 wait.');
    expect((await textsTo(ben))[0]).not.toContain('Pricing');
  });

  it('can lose single moves, or be dropped as a whole, and nobody hears of it', async () => {
    const id = await prepare();
    const [handoff] = await handoffsOf(db, payments);
    got(await takeOut(db, workspaceId, dana, id, [handoff?.id ?? 0]));
    expect((await textsTo(dana))[0]).toContain('2 rocks move, 2 people are concerned.');
    got(await dropReorganisation(db, workspaceId, dana, id));
    expect(await textsTo(dana)).toEqual(['You dropped One checkout. Nobody was told of it.']);
    expect(await textsTo(ben)).toEqual([]);
    const released = await releaseReorganisation(db, workspaceId, dana, id, words);
    expect(released.ok ? null : released.words).toBe('You have dropped it already.');
  });

  it('moves a rock to whom it was chosen for last', async () => {
    const id = await prepare();
    const eva = await insertActor(db, workspaceId, { name: 'Eva' });
    got(await addMoves(db, workspaceId, dana, id, { personId: ana.id }, new Map([[payments, eva.id]])));
    expect((await textsTo(dana))[0]).toContain(`Payments: <@${ana.slackId}> → <@${eva.slackId}>`);
    expect((await textsTo(dana))[0]).toContain('3 rocks move');
  });

  it('is prepared by admins alone, and touched by its author alone', async () => {
    const refused = await beginReorganisation(db, workspaceId, ana, 'Coup');
    expect(refused.ok ? null : refused.words).toBe(
      'A reorganisation is prepared by admins: those of Slack, and whom they named in `/cairn setup`. Ask one of them.',
    );
    const id = await prepare();
    const eva = await insertAdmin(db, workspaceId, 'Eva');
    for (const press of [
      await dropReorganisation(db, workspaceId, eva, id),
      await releaseReorganisation(db, workspaceId, eva, id, words),
    ])
      expect(press.ok ? null : press.words).toBe(
        'That reorganisation is not there. `/handoff reorg` shows what you prepare.',
      );
  });

  test('released twice at once it is released once', async () => {
    const id = await prepare();
    const pressed = await Promise.all([
      releaseReorganisation(db, workspaceId, dana, id, words),
      releaseReorganisation(other, workspaceId, dana, id, words),
    ]);
    expect(pressed.map(outcome).sort()).toEqual(['done', 'released']);
    const types = (await listEvents(db, workspaceId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'handoff.offered')).toHaveLength(3);
    expect(types.filter((type) => type === 'batch.released')).toHaveLength(1);
    expect(await textsTo(ben)).toHaveLength(1);
  });
});
