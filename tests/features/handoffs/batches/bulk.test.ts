import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { offerAgain } from '../../../../src/features/handoffs/batches/again-operations.ts';
import { type Bulk, offerBulk } from '../../../../src/features/handoffs/batches/bulk-operations.ts';
import { offerHandoff } from '../../../../src/features/handoffs/offer-operations.ts';
import { declineHandoff, withdrawHandoff } from '../../../../src/features/handoffs/operations.ts';
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
import { insertAdmin, setDeactivated } from '../../departures/support.ts';
import { briefWords, got, handoffsOf, outcome, ownerOf } from '../support.ts';
import { readAndAccept } from './support.ts';

/** Two replicas: pools of their own on one database. */
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

describe('several rocks of one person, handed over at once', () => {
  let workspaceId: string;
  let ana: Actor;
  let ben: Actor;
  let chi: Actor;
  let rocks: number[];
  beforeEach(async () => {
    const { db } = database;
    workspaceId = await insertWorkspace(db);
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    chi = await insertActor(db, workspaceId, { name: 'Chi' });
    rocks = [];
    for (const name of ['Ledger', 'Payments', 'Refunds'])
      rocks.push(await insertRock(db, workspaceId, { name, owner: ana }));
    await setClock(db, workspaceId, '2026-11-25T09:00:00Z');
  });

  const rock = (index: number): number => rocks[index] ?? 0;
  const choose = (...to: (Actor | null)[]) =>
    new Map(to.flatMap((person, index) => (person === null ? [] : [[rock(index), person.id] as const])));
  const bulk = async (
    by: Actor,
    choice: ReadonlyMap<number, number>,
    more: Partial<Bulk> = {},
    db = database.db,
  ) =>
    await offerBulk(db, workspaceId, by, {
      personId: ana.id,
      choice,
      why: 'Ana leads the new team.',
      stands: null,
      ...more,
    });
  const textsTo = async (person: Actor) =>
    (await listMessages(database.db, workspaceId))
      .filter(({ personId }) => personId === person.id)
      .map(({ text }) => text);
  const openOf = async (index: number) => (await handoffsOf(database.db, rock(index))).at(-1)?.id ?? 0;

  it('reach each receiver in one message, and the sender in one that says how all stand', async () => {
    got(await bulk(ana, choose(ben, ben, chi)));
    expect(await textsTo(ben)).toEqual([
      [
        `<@${ana.slackId}> would like to hand 2 rocks over to you. Read the brief of each, then decide: it is yours once you accept it.`,
        '> Ana leads the new team.',
        `Ledger · weight 1 · from <@${ana.slackId}>`,
        `Payments · weight 1 · from <@${ana.slackId}>`,
      ].join('\n'),
    ]);
    expect(await textsTo(chi)).toHaveLength(1);
    expect(await textsTo(ana)).toEqual([
      [
        'You offered 3 rocks to 2 people: 3 wait.',
        `Ledger to <@${ben.slackId}>: waits`,
        `Payments to <@${ben.slackId}>: waits`,
        `Refunds to <@${chi.slackId}>: waits`,
      ].join('\n'),
    ]);

    got(await readAndAccept(database.db, workspaceId, ben, await openOf(0)));
    got(await declineHandoff(database.db, workspaceId, ben, await openOf(1), null));
    got(await withdrawHandoff(database.db, workspaceId, ana, await openOf(2)));
    expect(await ownerOf(database.db, workspaceId, rock(0))).toBe(ben.id);
    expect((await textsTo(ana))[0]).toBe(
      [
        'You offered 3 rocks to 2 people: 1 accepted, 1 declined, 1 taken back.',
        `Payments to <@${ben.slackId}>: declined; it stays with <@${ana.slackId}>`,
        `Refunds to <@${chi.slackId}>: taken back; it stays with <@${ana.slackId}>`,
        `Ledger to <@${ben.slackId}>: accepted`,
      ].join('\n'),
    );
    expect(await textsTo(chi)).toEqual([
      [
        `<@${ana.slackId}> offered you one rock: 1 taken back.`,
        '> Ana leads the new team.',
        `Refunds · weight 1 · from <@${ana.slackId}>`,
        'Taken back: nothing is asked of you.',
      ].join('\n'),
    ]);
    expect((await listEvents(database.db, workspaceId)).map(({ type }) => type)).toEqual([
      'handoff.drafted',
      'handoff.offered',
      'handoff.drafted',
      'handoff.offered',
      'handoff.drafted',
      'handoff.offered',
      'batch.released',
      'rock.handed-over',
      'handoff.accepted',
      'handoff.declined',
      'handoff.withdrawn',
    ]);
  });

  it('that were declined can be offered to somebody else, with the same words', async () => {
    got(await bulk(ana, choose(null, ben, null), { stands: 'Wallets are half done.' }));
    const declined = await openOf(1);
    got(await declineHandoff(database.db, workspaceId, ben, declined, null));
    const pressed = await Promise.all([
      offerAgain(database.db, workspaceId, ana, declined, chi.id),
      offerAgain(other, workspaceId, ana, declined, chi.id),
    ]);
    expect(pressed.map(outcome).sort()).toEqual(['already-again', 'done']);
    expect((await textsTo(ana))[0]).toBe(
      ['You offered one rock to one person: 1 waits.', `Payments to <@${chi.slackId}>: waits`].join('\n'),
    );
    expect(await textsTo(chi)).toHaveLength(1);
    const [, again] = await handoffsOf(database.db, rock(1));
    expect(again).toMatchObject({
      where_it_stands: 'Wallets are half done.',
      reason: 'Ana leads the new team.',
    });
  });

  it('can be moved by an admin, who tells the one whose rocks they are what goes', async () => {
    const dana = await insertAdmin(database.db, workspaceId, 'Dana');
    got(await bulk(dana, choose(ben, null, null)));
    expect(await textsTo(ana)).toEqual([
      [
        `<@${dana.slackId}> would like others to carry on with one rock of yours. It stays yours until it is accepted. Talk to <@${dana.slackId}> if that surprises you.`,
        '> Ana leads the new team.',
        `• Ledger: to <@${ben.slackId}>`,
      ].join('\n'),
    ]);
    expect((await textsTo(dana))[0]).toContain(
      `You offered one rock of <@${ana.slackId}> to one person: 1 waits.`,
    );
  });

  it('tell the one whose rocks they are in one message, however many go, in their releases and answers too', async () => {
    const dana = await insertAdmin(database.db, workspaceId, 'Dana');
    got(await bulk(dana, choose(ben, chi, ben)));
    got(await readAndAccept(database.db, workspaceId, ben, await openOf(0)));
    got(await declineHandoff(database.db, workspaceId, chi, await openOf(1), null));
    got(await offerAgain(database.db, workspaceId, dana, await openOf(1), ben.id));
    expect(await textsTo(ana)).toEqual([
      [
        `<@${dana.slackId}> would like others to carry on with 3 rocks of yours. Each stays yours until it is accepted. Talk to <@${dana.slackId}> if that surprises you.`,
        '> Ana leads the new team.',
        `• Ledger: <@${ben.slackId}> carries it now`,
        `• Payments: to <@${ben.slackId}>`,
        `• Refunds: to <@${ben.slackId}>`,
      ].join('\n'),
    ]);
    const handoffs = [0, 1, 2].map(async (index) => (await handoffsOf(database.db, rock(index))).at(-1));
    for (const handoff of await Promise.all(handoffs)) expect(handoff?.request_message_id).toBeNull();
  });

  it('can be moved by the lead of their team, those of other teams not', async () => {
    const { db } = database;
    const teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', teamId).execute();
    await db.updateTable('rocks').set({ team_id: teamId }).where('id', '=', rock(0)).execute();
    got(await bulk(chi, choose(ben, ben, null)));
    expect(await handoffsOf(db, rock(0))).toHaveLength(1);
    expect(await handoffsOf(db, rock(1))).toHaveLength(0);
  });

  describe('are refused, with nothing changed,', () => {
    test.each([
      {
        what: 'by a member without the right',
        press: async () => await bulk(ben, choose(chi)),
        words: () =>
          `What <@${ana.slackId}> carries can be moved by themselves, a lead of theirs and admins. Ask one of them.`,
      },
      {
        what: 'of somebody who carries nothing',
        press: async () => await bulk(ben, choose(chi), { personId: ben.id }),
        words: () => 'You carry no rock, so there is nothing to hand off.',
      },
      {
        what: 'when all stay',
        press: async () => await bulk(ana, choose()),
        words: () =>
          'Every rock stays where it is, so there is nothing to offer. Choose somebody for one of them at least.',
      },
      {
        what: 'to a receiver who left meanwhile',
        press: async () => {
          await setDeactivated(database.db, ben.id, true);
          return await bulk(ana, choose(ben));
        },
        words: () => 'Ben has left Slack, so nothing can be handed to them.',
      },
      {
        what: 'to oneself',
        press: async () => await bulk(ana, choose(ana)),
        words: () => 'Ana carries them already. Who takes over?',
      },
    ])('$what', async ({ press, words }) => {
      const refused = await press();
      expect(refused.ok ? null : refused.words).toBe(words());
      expect(await listEvents(database.db, workspaceId)).toEqual([]);
      expect(await listMessages(database.db, workspaceId)).toEqual([]);
    });
  });

  it('are refused in words that say why, when all of it has moved or is another’s', async () => {
    const { db } = database;
    const dana = await insertAdmin(db, workspaceId, 'Dana');
    const wordsOf = (result: Awaited<ReturnType<typeof offerAgain>> | Awaited<ReturnType<typeof bulk>>) =>
      result.ok ? 'done' : result.words;
    expect(wordsOf(await bulk(dana, choose(dana)))).toBe(
      'That is you. What nobody carries you can take yourself: /owner shows how.',
    );
    expect(wordsOf(await bulk(ana, new Map([[rock(0), 999_999]])))).toBe(
      'One of them is not in this workspace.',
    );
    const teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', teamId).execute();
    await db
      .insertInto('team_members')
      .values({ workspace_id: workspaceId, team_id: teamId, person_id: ana.id })
      .execute();
    expect(wordsOf(await bulk(chi, choose(ben)))).toBe(
      `<@${ana.slackId}> carries only rocks of teams that you do not lead. Ask an admin.`,
    );

    got(await bulk(ana, choose(ben, ben, ben)));
    expect(wordsOf(await bulk(ana, choose(chi)))).toBe(
      'All that you carry is on its way already. `/handoff` says what waits.',
    );
    const [declined, other] = [await openOf(0), await openOf(1)];
    for (const id of [declined, other]) got(await declineHandoff(db, workspaceId, ben, id, null));
    expect(wordsOf(await offerAgain(db, workspaceId, chi, declined, chi.id))).toBe(
      'Only who offered it can offer it to somebody else.',
    );
    got(await offerAgain(db, workspaceId, ana, declined, chi.id));
    expect(wordsOf(await offerAgain(db, workspaceId, ana, declined, chi.id))).toBe(
      '*Ledger* is offered to somebody else already.',
    );
    const single = got(
      await offerHandoff(db, workspaceId, ana, { kind: 'give', rockId: rock(1), to: chi, words: briefWords }),
    );
    got(await readAndAccept(db, workspaceId, chi, single.id));
    expect(wordsOf(await offerAgain(db, workspaceId, ana, other, chi.id))).toBe(
      '*Payments* has moved on meanwhile, so it is not yours to offer here.',
    );
    expect(wordsOf(await offerAgain(db, workspaceId, ana, 999_999, chi.id))).toBe(
      'That handoff is not there any more.',
    );
  });

  test.each([0, 1, 2, 3, 4, 5])(
    'against a single offer of one of them: one of the two is out, and the batch says what was left out (%i)',
    async (round) => {
      const single = () =>
        offerHandoff(other, workspaceId, ana, { kind: 'give', rockId: rock(1), to: chi, words: briefWords });
      const several = () => bulk(ana, choose(ben, ben, null));
      const [one, two] = round % 2 === 0 ? [single(), several()] : [several(), single()];
      await Promise.all([one, two]);
      const open = (await handoffsOf(database.db, rock(1))).filter(({ state }) => state === 'offered');
      expect(open).toHaveLength(1);
      const isBatch = open[0]?.batch_id !== null;
      const left = (await textsTo(ana)).filter((text) => text.startsWith('Left out'));
      expect(left).toHaveLength(isBatch ? 0 : 1);
      expect(
        (await textsTo(ana)).filter((text) => text.startsWith('You offered'))[isBatch ? 0 : 0],
      ).toBeDefined();
    },
  );

  it('answered at once by two people are both counted', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [
        await insertRock(database.db, workspaceId, { name: `North ${round}`, owner: ana }),
        await insertRock(database.db, workspaceId, { name: `South ${round}`, owner: ana }),
      ];
      const choice = new Map([
        [one, ben.id],
        [two, chi.id],
      ]);
      got(await bulk(ana, choice));
      const [first] = await handoffsOf(database.db, one);
      const [second] = await handoffsOf(database.db, two);
      await Promise.all([
        readAndAccept(database.db, workspaceId, ben, first?.id ?? 0),
        readAndAccept(other, workspaceId, chi, second?.id ?? 0),
      ]);
      expect((await textsTo(ana)).at(-1)).toContain('You offered 2 rocks to 2 people: 2 accepted.');
    }
  });
});
