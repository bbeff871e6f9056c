import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  dropAction,
  finishAction,
  openAction,
  readActions,
} from '../../../src/features/actions/operations.ts';
import { offerAgain, readBrief, suggestChanges } from '../../../src/features/handoffs/brief-operations.ts';
import type { BriefWords } from '../../../src/features/handoffs/core/handoff.ts';
import { offerHandoff, offerWork } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff, declineHandoff, withdrawHandoff } from '../../../src/features/handoffs/operations.ts';
import { endWork } from '../../../src/features/handoffs/work-operations.ts';
import type { Actor, Person } from '../../../src/features/people/core/person.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { insertPerson, listEvents } from '../../support/builders.ts';
import { listTold } from '../../support/daily.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  briefWords,
  buttonsTo,
  got,
  makeWorld,
  outcome,
  ownerOf,
  readAndAccept,
  toldTo,
  type World,
} from './support.ts';

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  world = await makeWorld(database.db);
});
afterAll(async () => {
  await database.close();
});

const better: BriefWords = { ...briefWords, whatCouldHurt: 'The contract ends in March.' };
const rewriting = { words: better, reason: 'I change teams', overlapDays: 7 };
const offered = async () => {
  const offer = { rockId: world.rockId, to: world.ben, words: briefWords };
  return got(await offerHandoff(world.db, world.workspaceId, world.ana, offer));
};
const read = async (id: number, by: Actor = world.ben) =>
  got(await readBrief(world.db, world.workspaceId, by, id));
const suggest = (id: number, by: Actor = world.ben) =>
  suggestChanges(world.db, world.workspaceId, by, id, 'When does the contract end?');
const again = (id: number, by: Actor = world.ana) =>
  offerAgain(world.db, world.workspaceId, by, id, rewriting);
const accept = (id: number) => acceptHandoff(world.db, world.workspaceId, world.ben, id);

describe('a brief', () => {
  test('is read before the yes, or there is none', async () => {
    const { id } = await offered();
    expect(await accept(id)).toMatchObject({
      code: 'unread',
      words: 'Please read it first: the brief may have changed meanwhile.',
    });
    await read(id, world.ana);
    expect(outcome(await accept(id))).toBe('unread');
    await read(id);
    expect(outcome(await accept(id))).toBe('done');
  });

  test('can be read for ever, as it was: by both, and once it was accepted by whoever sees the rock', async () => {
    const { db, workspaceId, ana, ben, chi, rockId } = world;
    const { id } = await offered();
    const byChi = async () => await readBrief(db, workspaceId, chi, id);
    expect(await byChi()).toMatchObject({
      code: 'not-yours',
      words: 'This brief is between the two whom the handoff concerns.',
    });
    got(await readAndAccept(db, workspaceId, ben, id));
    await db.updateTable('rocks').set({ summary: 'Something else' }).where('id', '=', rockId).execute();
    for (const by of [ana, ben, chi]) {
      expect(await read(id, by)).toMatchObject({ mayAccept: false, handoff: { words: briefWords } });
    }
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rockId).execute();
    expect(outcome(await byChi())).toBe('not-yours');
    expect(await read(id, ana)).toMatchObject({ handoff: { words: briefWords } });
  });

  test('names what hangs from the rock and its owner: key results, open actions, who had it before', async () => {
    const { db, workspaceId, ana, ben, rockId } = world;
    const first = await offered();
    got(await readAndAccept(db, workspaceId, ben, first.id));
    await inTransaction(db, async (tx) => {
      await openAction(tx, {
        workspaceId,
        title: 'Renew the contract',
        owner: ana,
        by: ben,
        rockId,
        handoffId: null,
        dueOn: Temporal.PlainDate.from('2026-10-30'),
        at: Temporal.Instant.from('2026-10-05T10:00:00Z'),
        doer: { kind: 'person', personId: ben.id },
      });
    });
    const second = got(
      await offerHandoff(db, workspaceId, ben, { rockId, to: world.chi, words: briefWords }),
    );
    expect(second.facts).toMatchObject({
      actions: [{ title: 'Renew the contract', owner: { name: 'Ana' }, dueOn: '2026-10-30' }],
      past: [{ from: { name: 'Ana' }, to: { name: 'Ben' }, on: '2026-10-05' }],
    });
  });
});

describe('suggested changes', () => {
  test('go to the sender, whose it is then to change the brief or withdraw', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = await offered();
    expect(outcome(await suggest(id, ana))).toBe('not-yours');
    expect(got(await suggest(id)).state).toBe('changes-suggested');
    expect(await toldTo(db, workspaceId, ana.id)).toEqual([
      `<@${ben.slackId}> suggested changes to the brief of Payments:\n> When does the contract end?`,
      `<@${ben.slackId}> suggests changes to the brief of Payments. \`Edit the brief\` above offers it again.`,
    ]);
    expect(await buttonsTo(db, workspaceId, ana.id, 'handoff-offered')).toEqual([
      'Edit the brief',
      'Withdraw',
    ]);
    expect(await buttonsTo(db, workspaceId, ben.id, 'handoff-offer')).toEqual(['Decline']);
    expect(JSON.stringify(await listEvents(db, workspaceId))).not.toContain('contract');
  });

  test('offered again, the brief is read anew before the yes', async () => {
    const { db, workspaceId, ben } = world;
    const { id } = await offered();
    await read(id);
    got(await suggest(id));
    expect(outcome(await accept(id))).toBe('over');
    expect(got(await again(id))).toMatchObject({ state: 'offered', words: better, reason: 'I change teams' });
    expect(outcome(await accept(id))).toBe('unread');
    expect(await buttonsTo(db, workspaceId, ben.id, 'handoff-offer')).toEqual(['Read the brief', 'Decline']);
    const told = await listTold(db, workspaceId);
    const offer = told.find(({ dedupeKey }) => dedupeKey === `handoff-offer:${id}`);
    const reply = told.find(({ dedupeKey }) => dedupeKey.startsWith('handoff-offered-again:'));
    expect(reply).toMatchObject({ threadOf: offer?.id, personId: ben.id });
    expect((await read(id)).handoff.words).toEqual(better);
    got(await accept(id));
    expect(await ownerOf(db, workspaceId, world.rockId)).toBe(ben.id);
  });

  test('can be suggested a second time, and the way out is open to both all the time', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = await offered();
    got(await suggest(id));
    got(await again(id));
    got(await suggest(id));
    got(await declineHandoff(db, workspaceId, ben, id, null));
    expect(outcome(await again(id))).toBe('over');
    const other = await offered();
    got(await suggest(other.id));
    got(await withdrawHandoff(db, workspaceId, ana, other.id));
    expect(outcome(await suggest(other.id))).toBe('over');
  });

  test('pressed twice at once is one', async () => {
    const { id } = await offered();
    const pressed = await Promise.all([suggest(id), suggest(id), suggest(id)]);
    expect(pressed.map(outcome).sort()).toEqual(['done', 'over', 'over']);
    const twice = await Promise.all([again(id), again(id)]);
    expect(twice.map(outcome).sort()).toEqual(['done', 'over']);
  });
});

describe('a piece of work', () => {
  const hand = (given: { to?: Person; dueOn?: string | null; work?: string } = {}) => {
    const { to = world.ben, dueOn = '2026-10-09', work = 'Launch deck' } = given;
    const day = dueOn === null ? null : Temporal.PlainDate.from(dueOn);
    return offerWork(world.db, world.workspaceId, world.ana, { work, to, words: briefWords, dueOn: day });
  };
  const finish = (handoffId: number, by: Actor) =>
    finishAction(world.db, world.workspaceId, by, { handoffId }, [endWork]);
  const actionsOf = (by: Actor) => readActions(world.db, world.workspaceId, by);

  test('is an action once it is accepted, of both, and done by one press of either', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = got(await hand());
    expect((await actionsOf(ben)).mine).toEqual([]);
    got(await readAndAccept(db, workspaceId, ben, id));
    expect((await actionsOf(ben)).mine).toMatchObject([{ title: 'Launch deck', by: { id: ana.id } }]);
    expect((await actionsOf(ana)).given).toMatchObject([{ title: 'Launch deck', owner: { id: ben.id } }]);
    expect(await buttonsTo(db, workspaceId, ben.id, 'handoff-offer')).toEqual([
      'Read the brief',
      'Done',
      'No longer needed',
    ]);

    expect(outcome(await finish(id, world.chi))).toBe('not-yours');
    const pressed = await Promise.all([finish(id, ben), finish(id, ana), finish(id, ben)]);
    expect(pressed.map(outcome).sort()).toEqual(['already-done', 'already-done', 'done']);
    expect((await actionsOf(ben)).mine).toEqual([]);
    expect(await buttonsTo(db, workspaceId, ana.id, 'handoff-offered')).toEqual(['Read the brief']);
    const handoff = await db
      .selectFrom('handoffs')
      .select(['state', 'rock_id'])
      .where('id', '=', id)
      .execute();
    expect(handoff).toEqual([{ state: 'completed', rock_id: null }]);
    expect((await listEvents(db, workspaceId)).map(({ type }) => type)).toEqual([
      'handoff.offered',
      'handoff.accepted',
      'action.opened',
      'handoff.finished',
      'action.done',
    ]);
  });

  test('is reminded of once the working day before and once after, and not when it is done', async () => {
    const { db, workspaceId, ben } = world;
    // Due on a Monday: the working day before is the Friday.
    const { id } = got(await hand({ dueOn: '2026-10-12' }));
    got(await readAndAccept(db, workspaceId, ben, id));
    const reminders = async () =>
      (await listTold(db, workspaceId)).filter(({ dedupeKey }) => dedupeKey.startsWith('action-reminder'));
    expect(
      (await reminders()).map(({ personId, dueAt, text }) => [personId, dueAt.toString(), text]),
    ).toEqual([
      [ben.id, '2026-10-09T09:00:00Z', `Launch deck from <@${world.ana.slackId}> is due Mon 12 Oct.`],
      [
        ben.id,
        '2026-10-13T09:00:00Z',
        `Launch deck from <@${world.ana.slackId}> was due Mon 12 Oct. If it takes longer, a word to them helps.`,
      ],
    ]);
    expect(await buttonsTo(db, workspaceId, ben.id, 'action-reminder')).toEqual(['Done', 'No longer needed']);
    got(await finish(id, ben));
    expect((await reminders()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  test('that nobody needs any more is dropped with a word why, by either, and the other one reads it', async () => {
    const { db, workspaceId, ana, ben, chi } = world;
    const { id } = got(await hand());
    got(await readAndAccept(db, workspaceId, ben, id));
    const drop = (by: Actor) =>
      dropAction(db, workspaceId, by, { handoffId: id }, 'We show the old <deck>.', [endWork]);
    expect(await drop(chi)).toMatchObject({
      words: 'Only who does it, or who gave it, can say that nobody needs it any more.',
    });
    const pressed = await Promise.all([drop(ben), drop(ben), drop(ana)]);
    expect(pressed.map(outcome).sort()).toEqual(['already-dropped', 'already-dropped', 'done']);
    const [by, other] = pressed[2]?.ok === true ? [ana, ben] : [ben, ana];
    expect((await toldTo(db, workspaceId, other.id)).at(-1)).toBe(
      `<@${by.slackId}> says that Launch deck is no longer needed:\n> We show the old &lt;deck&gt;.`,
    );
    expect(await actionsOf(ben)).toMatchObject({ mine: [] });
    expect(await actionsOf(ana)).toMatchObject({ given: [] });
    for (const { id: personId } of [ana, ben])
      expect(await toldTo(db, workspaceId, personId)).toContain(
        'Nobody needs Launch deck any more since 5 October 2026.',
      );
    expect(await buttonsTo(db, workspaceId, ben.id, 'handoff-offer')).toEqual(['Read the brief']);
    expect(
      (await listTold(db, workspaceId)).map(({ dedupeKey, state }) => [dedupeKey, state]),
    ).toContainEqual([expect.stringContaining('action-reminder'), 'cancelled']);
    const events = await listEvents(db, workspaceId);
    expect(events.map(({ type }) => type).slice(-2)).toEqual(['handoff.dropped', 'action.dropped']);
    expect(JSON.stringify(events)).not.toContain('deck&gt;');
    expect(await finish(id, ben)).toMatchObject({ words: 'Nobody needs that any more.' });
  });

  test('done and dropped at once is one of the two, in its action and its handoff', async () => {
    const { db, workspaceId, ana, ben } = world;
    for (let round = 0; round < 4; round += 1) {
      const { id } = got(await hand());
      got(await readAndAccept(db, workspaceId, ben, id));
      const drop = () => dropAction(db, workspaceId, ana, { handoffId: id }, 'Not now.', [endWork]);
      const [one, two] = round % 2 === 0 ? [finish(id, ben), drop()] : [drop(), finish(id, ben)];
      const pressed = [await one, await two];
      expect(pressed.filter(({ ok }) => ok)).toHaveLength(1);
      const isDone = (round % 2 === 0 ? pressed[0] : pressed[1])?.ok === true;
      const [row] = await db
        .selectFrom('handoffs as h')
        .innerJoin('actions as a', 'a.handoff_id', 'h.id')
        .select(['h.state as handoff', 'a.state as action'])
        .where('h.id', '=', id)
        .execute();
      expect(row).toEqual(
        isDone ? { handoff: 'completed', action: 'done' } : { handoff: 'withdrawn', action: 'dropped' },
      );
    }
  });

  test('without a day has none, and nobody is reminded', async () => {
    const { db, workspaceId, ben } = world;
    const { id } = got(await hand({ dueOn: null }));
    got(await readAndAccept(db, workspaceId, ben, id));
    expect((await actionsOf(ben)).mine).toMatchObject([{ dueOn: null }]);
    expect((await listTold(db, workspaceId)).some(({ dedupeKey }) => /reminder/.test(dedupeKey))).toBe(false);
  });

  test('is refused for a day that is over, to oneself and to a guest', async () => {
    expect(await hand({ dueOn: '2026-10-02' })).toMatchObject({
      words: 'Fri 2 Oct is over already. By when shall it be done? Such as `by Fri`.',
    });
    expect(outcome(await hand({ to: world.ana }))).toBe('to-oneself');
    const gus = await insertPerson(world.db, world.workspaceId, { kind: 'guest' });
    expect(outcome(await hand({ to: gus }))).toBe('not-a-member');
  });

  test('declined is no action', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = got(await hand());
    got(await declineHandoff(db, workspaceId, ben, id, null));
    expect(await db.selectFrom('actions').selectAll().where('handoff_id', '=', id).execute()).toEqual([]);
    expect((await toldTo(db, workspaceId, ana.id)).at(-1)).toBe(
      `<@${ben.slackId}> cannot take Launch deck now. It stays with you.`,
    );
  });
});
