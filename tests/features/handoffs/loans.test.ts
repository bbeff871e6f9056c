import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endLapsedHandoffs } from '../../../src/features/handoffs/ending-operations.ts';
import { returnLoan } from '../../../src/features/handoffs/loan-operations.ts';
import { offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { findCard } from '../../../src/features/ownership/lookup-operations.ts';
import { beginActing, lockOwnership } from '../../../src/features/ownership/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { listEvents, listMessages, setClock } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  briefWords,
  buttonsTo,
  got,
  handoffsOf,
  makeWorld,
  outcome,
  ownerOf,
  readAndAccept,
  toldTo,
  turnTo,
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

const day = (iso: string) => Temporal.PlainDate.from(iso);
const lend = (until = '2026-10-16', to = world.ben, by: Actor = world.ana) =>
  offerHandoff(world.db, world.workspaceId, by, {
    kind: 'lend',
    rockId: world.rockId,
    to,
    words: briefWords,
    untilOn: day(until),
  });
const onLoan = async (until = '2026-10-16') => {
  const { id } = got(await lend(until));
  return got(await readAndAccept(world.db, world.workspaceId, world.ben, id));
};
const giveBack = (id: number, by: Actor) => returnLoan(world.db, world.workspaceId, by, id);
const stateOf = async () => (await handoffsOf(world.db, world.rockId)).map(({ state }) => state);

describe('a loan', () => {
  test('leaves the owner accountable: no stint begins, and the card says who has it until when', async () => {
    await onLoan();
    expect(await ownerOf(world.db, world.workspaceId, world.rockId)).toBe(world.ana.id);
    const stints = await world.db.selectFrom('stints').select('id').execute();
    expect(stints.length).toBe((await world.db.selectFrom('rocks').select('id').execute()).length);
    const card = await findCard(world.db, world.workspaceId, world.rockId, world.chi.id);
    expect(card?.loan).toMatchObject({ to: { id: world.ben.id }, until: day('2026-10-16') });
  });

  test('is told to both, each with the one button that ends it', async () => {
    await onLoan();
    const { db, workspaceId, ana, ben } = world;
    expect(await buttonsTo(db, workspaceId, ben.id, 'handoff-offer')).toEqual([
      'Read the brief',
      'Give it back',
    ]);
    expect(await buttonsTo(db, workspaceId, ana.id, 'handoff-offered')).toEqual([
      'Take it back',
      'Read the brief',
    ]);
    expect(await toldTo(db, workspaceId, ana.id)).toContain(
      `<@${ben.slackId}> accepted Payments on loan. You stay accountable, and it comes back by itself.`,
    );
    expect((await listMessages(db, workspaceId)).filter(({ channelId }) => channelId !== null)).toEqual([]);
  });

  test('is in the history of the rock', async () => {
    const { id } = await onLoan();
    await giveBack(id, world.ben);
    const events = (await listEvents(world.db, world.workspaceId)).filter(({ type }) =>
      type.startsWith('rock.'),
    );
    expect(events).toMatchObject([
      {
        type: 'rock.lent',
        actorId: world.ben.id,
        after: { lent: { to: world.ben.id, until: '2026-10-16' } },
      },
      { type: 'rock.returned', actorId: world.ben.id, before: { lent: { to: world.ben.id } } },
    ]);
  });

  test('that ended yesterday is refused', async () => {
    expect(await lend('2026-10-04')).toMatchObject({
      code: 'past',
      words: 'Sun 4 Oct is over already. Until when shall they have it? Such as `until Fri`.',
    });
    expect(await handoffsOf(world.db, world.rockId)).toEqual([]);
  });

  test('until today is one, for more than a year is none', async () => {
    expect(outcome(await lend('2027-10-07'))).toBe('long');
    expect(outcome(await lend('2026-10-05'))).toBe('done');
  });

  test('without a last day is refused', async () => {
    const offer = { kind: 'lend' as const, rockId: world.rockId, to: world.ben, words: briefWords };
    expect(outcome(await offerHandoff(world.db, world.workspaceId, world.ana, offer))).toBe('no-until');
  });

  test('of a rock that is on loan is refused, and says to whom', async () => {
    await onLoan();
    expect(await lend('2026-10-20', world.chi)).toMatchObject({
      code: 'on-loan',
      words: `*Payments* is on loan to <@${world.ben.slackId}> until 16 October 2026. When it is back, it can be lent again.`,
    });
  });

  test('that would be over by now cannot be accepted any more', async () => {
    const { id } = got(await lend('2026-10-06'));
    await setClock(world.db, world.workspaceId, '2026-10-07T00:00:01Z');
    expect(outcome(await readAndAccept(world.db, world.workspaceId, world.ben, id))).toBe('loan-over');
  });
});

describe('the return', () => {
  test('comes by itself at the end of the last day in the owner’s zone, and is told the next working morning', async () => {
    const { db, workspaceId, ana, ben } = world;
    await db.updateTable('people').set({ timezone: 'Asia/Tokyo' }).where('id', '=', ana.id).execute();
    const { id } = await onLoan('2026-10-16');
    await turnTo(db, workspaceId, '2026-10-16T14:59:00Z');
    expect(await stateOf()).toEqual(['accepted']);
    await turnTo(db, workspaceId, '2026-10-16T15:00:00Z');
    expect(await stateOf()).toEqual(['completed']);
    const told = (await listMessages(db, workspaceId)).filter(({ dedupeKey }) =>
      dedupeKey.includes('loan-over'),
    );
    // Friday evening in UTC: Monday, nine o'clock, each in their own zone.
    expect(told.map(({ personId, dueAt }) => [personId, dueAt.toString()])).toEqual([
      [ben.id, '2026-10-19T09:00:00Z'],
      [ana.id, '2026-10-19T00:00:00Z'],
    ]);
    expect(told.map(({ text }) => text)).toEqual([
      'Your loan of Payments ended on 16 October 2026. It is back with its owner. Thank you for carrying it.',
      `The loan of Payments to <@${ben.slackId}> ended on 16 October 2026. You carry it again.`,
    ]);
    expect(outcome(await giveBack(id, ben))).toBe('already-returned');
  });

  test('early is one press of either, and the other one is told', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = await onLoan();
    expect(outcome(await giveBack(id, world.chi))).toBe('not-yours');
    expect(outcome(await giveBack(id, ben))).toBe('done');
    expect(await toldTo(db, workspaceId, ana.id)).toContain(
      `<@${ben.slackId}> gives Payments back to you. You carry it again.`,
    );
    const again = await onLoan();
    expect(outcome(await giveBack(again.id, ana))).toBe('done');
    expect(await toldTo(db, workspaceId, ben.id)).toContain(
      `<@${ana.slackId}> takes Payments back. Your loan is over. Thank you for carrying it.`,
    );
    expect(await db.selectFrom('handoff_steps').selectAll().where('handoff_id', '=', id).execute()).toEqual(
      [],
    );
  });
});

/** Somebody looks at their Home. */
const openHome = async ({ id }: Actor) => {
  await world.db.insertInto('homes').values({ workspace_id: world.workspaceId, person_id: id }).execute();
};
const homeRevision = async ({ id }: Actor) =>
  (
    await world.db
      .selectFrom('homes')
      .select('wanted_revision')
      .where('workspace_id', '=', world.workspaceId)
      .where('person_id', '=', id)
      .executeTakeFirst()
  )?.wanted_revision;

describe('when the rock moves on', () => {
  const handOver = async (to: Actor) => {
    const offer = { rockId: world.rockId, to, words: briefWords };
    const { id } = got(await offerHandoff(world.db, world.workspaceId, world.ana, offer));
    got(await readAndAccept(world.db, world.workspaceId, to, id));
  };

  test('the loan survives a change of owner, and is the new owner’s to take back', async () => {
    const { db, workspaceId, ana, ben, chi } = world;
    const { id } = await onLoan();
    await handOver(chi);
    expect(await stateOf()).toEqual(['accepted', 'overlap']);
    // Who lent it has nothing to take back any more, and both read whose it is.
    expect(await buttonsTo(db, workspaceId, ana.id, 'handoff-offered')).toEqual(['Read the brief']);
    expect(await toldTo(db, workspaceId, ana.id)).toContain(
      `<@${ben.slackId}> carries Payments until 16 October 2026. <@${chi.slackId}> owns it now, and it goes back to them by itself.`,
    );
    expect(await toldTo(db, workspaceId, ben.id)).toContain(
      `You carry Payments until 16 October 2026. <@${chi.slackId}> owns it now, and it goes back to them by itself.`,
    );
    await openHome(chi);
    expect(outcome(await giveBack(id, world.ana))).toBe('not-yours');
    expect(outcome(await giveBack(id, ben))).toBe('done');
    expect(await toldTo(db, workspaceId, ben.id)).toContain(
      `Payments went back to <@${chi.slackId}> on 5 October 2026. Thank you.`,
    );
    expect(await toldTo(db, workspaceId, ana.id)).toContain(
      `Payments went back to <@${chi.slackId}> on 5 October 2026, who owns it now.`,
    );
    expect(await homeRevision(chi)).toBeGreaterThan(1);
  });

  test('and the new owner can take it back as well', async () => {
    const { id } = await onLoan();
    await handOver(world.chi);
    expect(outcome(await giveBack(id, world.chi))).toBe('done');
  });

  test('the loan is over when whoever has it stands in from now on, since its owner has left', async () => {
    const { db, workspaceId, rockId, ben, dan } = world;
    await onLoan();
    await inTransaction(db, async (tx) => {
      const at = Temporal.Instant.from('2026-10-06T09:00:00Z');
      const doer = { kind: 'person', personId: dan.id } as const;
      await lockOwnership(tx, workspaceId, rockId);
      await beginActing(tx, { workspaceId, rockId, personId: ben.id, at, doer });
      await endLapsedHandoffs(tx, { workspaceId, rockId, why: 'released', at, doer });
    });
    expect(await stateOf()).toEqual(['completed']);
  });

  test('the loan is over when whoever has it becomes the owner', async () => {
    await onLoan();
    await handOver(world.ben);
    expect(await stateOf()).toEqual(['completed', 'overlap']);
    expect(await ownerOf(world.db, world.workspaceId, world.rockId)).toBe(world.ben.id);
  });

  test.each([
    ['retired', 'completed', 'Payments was retired, so your loan is over. Thank you for carrying it.'],
    ['set-down', 'completed', 'Payments was set down, so your loan is over. Thank you for carrying it.'],
    ['taken', 'accepted', null],
  ] as const)('%s: it is %s', async (why, state, words) => {
    const { db, workspaceId, rockId, dan, ben } = world;
    await onLoan();
    await inTransaction(db, async (tx) => {
      const at = Temporal.Instant.from('2026-10-06T09:00:00Z');
      await endLapsedHandoffs(tx, {
        workspaceId,
        rockId,
        why,
        at,
        doer: { kind: 'person', personId: dan.id },
      });
    });
    expect(await stateOf()).toEqual([state]);
    if (words !== null) expect(await toldTo(db, workspaceId, ben.id)).toContain(words);
  });
});
