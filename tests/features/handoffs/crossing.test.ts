import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askForRock, handOver } from '../../../src/features/handoffs/ask-operations.ts';
import { askBack } from '../../../src/features/handoffs/back-operations.ts';
import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import { dropDraft, insertDraft, releaseDraft } from '../../../src/features/handoffs/draft-operations.ts';
import { endLapsedHandoffs } from '../../../src/features/handoffs/ending-operations.ts';
import { returnByClock, returnLoan } from '../../../src/features/handoffs/loan-operations.ts';
import { lockMoving } from '../../../src/features/handoffs/moving.ts';
import { offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff, declineHandoff, withdrawHandoff } from '../../../src/features/handoffs/operations.ts';
import { leaveUnowned, lockOwnership } from '../../../src/features/ownership/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { companyNow } from '../../../src/platform/db/company-time.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { listEvents, setClock } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  briefWords,
  got,
  handoffsOf,
  makeWorld,
  outcome,
  ownerOf,
  readAndAccept,
  toldTo,
  type World,
} from './support.ts';

/** Two replicas: pools of their own on one database. Each pair is pressed several times, in both orders. */
let database: TestDatabase;
let other: Database;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  other = openDatabase(database.url);
});
beforeEach(async () => {
  world = await makeWorld(database.db);
});
afterAll(async () => {
  await other.destroy();
  await database.close();
});

const rounds = Array.from({ length: 6 }, (_, round) => round);
const rewriting = { words: briefWords, reason: null, overlapDays: 14 };
const give = (db: Database, to: Actor = world.ben) =>
  offerHandoff(db, world.workspaceId, world.ana, { rockId: world.rockId, to, words: briefWords });
const ask = (db: Database, by: Actor = world.ben) =>
  askForRock(db, world.workspaceId, by, world.rockId, null);
const owner = () => ownerOf(database.db, world.workspaceId, world.rockId);
const open = async () =>
  (await handoffsOf(database.db, world.rockId)).filter(({ state }) =>
    ['asked', 'offered', 'changes-suggested'].includes(state),
  );

async function atOnce<One, Other>(
  round: number,
  one: () => Promise<One>,
  another: () => Promise<Other>,
): Promise<[One, Other]> {
  if (round % 2 === 0) return await Promise.all([one(), another()]);
  const [second, first] = await Promise.all([another(), one()]);
  return [first, second];
}

/** The register's part: nobody carries the rock from now on, and what waited for it is over. */
async function setDown(db: Database): Promise<Result<null>> {
  return await inTransaction(db, async (tx) => {
    const { workspaceId, rockId, dan } = world;
    const rock = await lockOwnership(tx, workspaceId, rockId);
    const at = await companyNow(tx, workspaceId);
    const doer = { kind: 'person', personId: dan.id } as const;
    if (rock?.owner)
      await leaveUnowned(tx, { workspaceId, rockId, at, ended: 'set-down', reason: null, doer });
    await tx
      .updateTable('rocks')
      .set({ state: 'set-down', set_down_at: at.toString(), set_down_by: dan.id })
      .where('id', '=', rockId)
      .execute();
    await endLapsedHandoffs(tx, { workspaceId, rockId, why: 'set-down', at, doer });
    return { ok: true, value: null };
  });
}

describe('pressed at once', () => {
  test.each(rounds)('two who ask: one wish waits, and the other one hears so (%i)', async (round) => {
    const pressed = await atOnce(
      round,
      () => ask(database.db),
      () => ask(other, world.chi),
    );
    expect(pressed.map(outcome).sort()).toEqual(['done', 'on-its-way']);
    expect(await open()).toHaveLength(1);
  });

  test.each(rounds)('ask against give: one handoff, and both know where it stands (%i)', async (round) => {
    const [asked, given] = await atOnce(
      round,
      () => ask(database.db),
      () => give(other),
    );
    expect(outcome(given)).toBe('done');
    expect(['done', 'already-offered']).toContain(outcome(asked));
    expect((await open()).map(({ state, to_id }) => [state, to_id])).toEqual([['offered', world.ben.id]]);
  });

  test.each(rounds)('`Hand it over` against `Withdraw` of the wish: one of them (%i)', async (round) => {
    const { workspaceId, ana, ben } = world;
    const { id } = got(await ask(database.db));
    const [handed, withdrawn] = await atOnce(
      round,
      () => handOver(database.db, workspaceId, ana, id, rewriting),
      () => withdrawHandoff(other, workspaceId, ben, id),
    );
    // Once it is an offer, who asked for it declines instead.
    expect([outcome(handed), outcome(withdrawn)]).toEqual(
      handed.ok ? ['done', 'not-yours'] : ['over', 'done'],
    );
  });

  test.each(rounds)('two who hand over the same rock, as from two devices: one (%i)', async (round) => {
    const pressed = await atOnce(
      round,
      () => give(database.db),
      () => give(other, world.chi),
    );
    expect(pressed.map(outcome).sort()).toEqual(['already-offered', 'done']);
    expect(await open()).toHaveLength(1);
  });

  test.each(rounds)(
    'accept against the rock being set down: the owner agrees with whoever was first (%i)',
    async (round) => {
      const { workspaceId, ben, rockId } = world;
      const { id } = got(await give(database.db));
      got(await readBrief(database.db, workspaceId, ben, id));
      const [said] = await atOnce(
        round,
        () => acceptHandoff(database.db, workspaceId, ben, id),
        () => setDown(other),
      );
      expect(['done', 'over']).toContain(outcome(said));
      const [handoff] = await handoffsOf(database.db, rockId);
      expect(handoff?.state).toBe(said.ok ? 'completed' : 'withdrawn');
      expect(await owner()).toBeNull();
      expect(await open()).toEqual([]);
      const flips = (await listEvents(database.db, workspaceId)).filter(
        ({ type }) => type === 'rock.handed-over',
      );
      expect(flips).toHaveLength(said.ok ? 1 : 0);
    },
  );

  test.each(rounds)(
    'a yes to a wish to have it back against its withdrawal: one of them (%i)',
    async (round) => {
      const { workspaceId, ana, ben, rockId } = world;
      const first = got(await give(database.db));
      got(await readAndAccept(database.db, workspaceId, ben, first.id));
      const { id } = got(await askBack(database.db, workspaceId, ana, rockId, 'The launch.'));
      got(await readBrief(database.db, workspaceId, ben, id));
      const pressed = await atOnce(
        round,
        () => acceptHandoff(database.db, workspaceId, ben, id),
        () => withdrawHandoff(other, workspaceId, ana, id),
      );
      expect(pressed.map(outcome).sort()).toEqual(['done', 'over']);
      expect(await owner()).toBe(pressed[0].ok ? ana.id : ben.id);
    },
  );

  describe('of a loan', () => {
    const onLoan = async () => {
      const { workspaceId, ana, ben, rockId } = world;
      const untilOn = Temporal.PlainDate.from('2026-10-16');
      const offer = { kind: 'lend' as const, rockId, to: ben, words: briefWords, untilOn };
      const { id } = got(await offerHandoff(database.db, workspaceId, ana, offer));
      return got(await readAndAccept(database.db, workspaceId, ben, id));
    };
    const returns = async () =>
      (await listEvents(database.db, world.workspaceId)).filter(({ type }) => type === 'rock.returned');

    test.each(rounds)('`Give it back` against `Take it back`: it is back once (%i)', async (round) => {
      const { id } = await onLoan();
      const pressed = await atOnce(
        round,
        () => returnLoan(database.db, world.workspaceId, world.ben, id),
        () => returnLoan(other, world.workspaceId, world.ana, id),
      );
      expect(pressed.map(outcome).sort()).toEqual(['already-returned', 'done']);
      expect(await returns()).toHaveLength(1);
    });

    test.each(rounds)('`Give it back` against the clock: it is back once (%i)', async (round) => {
      const { id } = await onLoan();
      await setClock(database.db, world.workspaceId, '2026-10-17T00:00:01Z');
      const clock = () =>
        inTransaction(other, async (tx) => {
          const moving = await lockMoving(tx, world.workspaceId, {
            id,
            rock: { id: world.rockId, key: 'payments', name: 'Payments' },
          });
          if (moving?.handoff.state === 'accepted') await returnByClock(tx, world.workspaceId, moving);
        });
      await atOnce(round, () => returnLoan(database.db, world.workspaceId, world.ben, id), clock);
      expect(await returns()).toHaveLength(1);
    });
  });
});

describe('when the rock moves on without it', () => {
  const lapsed = async (why: 'taken' | 'retired' | 'set-down' | 'merged' | 'released' | 'left') =>
    await inTransaction(database.db, async (tx) => {
      const { workspaceId, rockId, dan } = world;
      const at = await companyNow(tx, workspaceId);
      await endLapsedHandoffs(tx, {
        workspaceId,
        rockId,
        why,
        at,
        doer: { kind: 'person', personId: dan.id },
      });
    });

  test.each([
    ['retired', 'Payments was retired'],
    ['set-down', 'Payments was set down'],
    ['merged', 'Payments went into another rock'],
    ['taken', 'Payments has another owner by now'],
  ] as const)('an offer of a rock that was %s is withdrawn, and both are told', async (why, words) => {
    const { db, workspaceId, ana, ben, rockId } = world;
    const { id } = got(await give(db));
    await lapsed(why);
    expect((await handoffsOf(db, rockId)).map(({ state }) => state)).toEqual(['withdrawn']);
    expect((await toldTo(db, workspaceId, ben.id)).at(-1)).toBe(
      `${words}, so the offer of <@${ana.slackId}> is over. Nothing is asked of you.`,
    );
    expect((await toldTo(db, workspaceId, ana.id)).at(-1)).toBe(
      `${words}, so your offer to <@${ben.slackId}> is over.`,
    );
    expect(
      await db.selectFrom('handoff_steps').select('step').where('handoff_id', '=', id).execute(),
    ).toEqual([]);
  });

  test('a wish is over too, and who asked is told', async () => {
    const { db, workspaceId, ana, ben } = world;
    got(await ask(db));
    await lapsed('retired');
    expect((await toldTo(db, workspaceId, ben.id)).at(-1)).toBe(
      `Payments was retired, so your wish to <@${ana.slackId}> is over.`,
    );
  });
});

describe('a message of a week ago', () => {
  test('whose offer was withdrawn meanwhile answers kindly, whichever button is pressed', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = got(await give(db));
    got(await readBrief(db, workspaceId, ben, id));
    got(await withdrawHandoff(db, workspaceId, ana, id));
    await setClock(db, workspaceId, '2026-10-12T09:00:00Z');
    const words = 'This offer was withdrawn meanwhile. Nothing is asked of you.';
    expect(await acceptHandoff(db, workspaceId, ben, id)).toMatchObject({ words });
    expect(await declineHandoff(db, workspaceId, ben, id, null)).toMatchObject({ words });
    expect(got(await readBrief(db, workspaceId, ben, id)).mayAccept).toBe(false);
  });

  test('whose receiver is no full member any more moves nothing', async () => {
    const { db, workspaceId, ana, ben, rockId } = world;
    const first = got(await give(db));
    got(await readAndAccept(db, workspaceId, ben, first.id));
    const { id } = got(await askBack(db, workspaceId, ana, rockId, 'The launch.'));
    got(await readBrief(db, workspaceId, ben, id));
    await db.updateTable('people').set({ kind: 'guest' }).where('id', '=', ana.id).execute();
    expect(await acceptHandoff(db, workspaceId, ben, id)).toMatchObject({
      words: 'They cannot carry a rock any more: they have left, or are no full members.',
    });
    expect(await owner()).toBe(ben.id);
  });
});

describe('a draft', () => {
  const draft = async (given: { kind?: 'give' | 'assign'; by?: Actor; to?: Actor } = {}) => {
    const { db, workspaceId, ana, ben, rockId } = world;
    const { kind = 'give', by = ana, to = ben } = given;
    return got(
      await inTransaction(db, (tx) =>
        insertDraft(tx, {
          workspaceId,
          kind,
          rockId,
          fromId: ana.id,
          toId: to.id,
          byId: by.id,
          batchId: null,
          words: null,
          reason: null,
        }),
      ),
    );
  };
  const release = (id: number, by: Actor = world.ana, db: Database = database.db) =>
    inTransaction(db, async (tx) =>
      releaseDraft(tx, world.workspaceId, by, id, await companyNow(tx, world.workspaceId)),
    );

  test('is known to nobody until it is released, and then an offer with facts and clock', async () => {
    const { db, workspaceId, ben } = world;
    const id = await draft();
    expect(await toldTo(db, workspaceId, ben.id)).toEqual([]);
    expect(outcome(await readBrief(db, workspaceId, ben, id))).toBe('over');
    expect(got(await release(id))).toMatchObject({ state: 'offered', facts: { team: 'Checkout' } });
    expect(await toldTo(db, workspaceId, ben.id)).toHaveLength(1);
    expect(
      await db.selectFrom('handoff_steps').select('step').where('handoff_id', '=', id).execute(),
    ).toHaveLength(3);
  });

  test('is released by whoever prepared it alone, once', async () => {
    const id = await draft();
    expect(outcome(await release(id, world.ben))).toBe('not-yours');
    const pressed = await Promise.all([release(id), release(id, world.ana, other)]);
    expect(pressed.map(outcome).sort()).toEqual(['done', 'over']);
  });

  test('is refused where the rock is offered already, or has moved on', async () => {
    const { db, workspaceId, dan, chi } = world;
    const id = await draft();
    const assigned = await draft({ kind: 'assign', by: dan, to: chi });
    got(await give(db, chi));
    expect(outcome(await release(id))).toBe('already-offered');
    expect(outcome(await release(assigned, dan))).toBe('already-offered');
    const [offer] = await open();
    got(await readAndAccept(db, workspaceId, chi, offer?.id ?? 0));
    expect(await release(id)).toMatchObject({
      code: 'moved-on',
      words: `*Payments* has moved on meanwhile: <@${chi.slackId}> carries it now.`,
    });
  });

  test('of a lead who is none any more, or to somebody who left, is refused', async () => {
    const { db, dan, ben, teamId } = world;
    const id = await draft({ kind: 'assign', by: dan });
    await db
      .updateTable('people')
      .set({ deactivated_at: '2026-10-05T10:00:00Z' })
      .where('id', '=', ben.id)
      .execute();
    expect(outcome(await release(id, dan))).toBe('left');
    await db.updateTable('teams').set({ lead_id: null }).where('id', '=', teamId).execute();
    expect(outcome(await release(id, dan))).toBe('not-lead');
  });

  test('is dropped without anybody knowing', async () => {
    const { db, workspaceId, ana, ben } = world;
    const id = await draft();
    got(
      await inTransaction(db, async (tx) =>
        dropDraft(tx, workspaceId, ana, id, await companyNow(tx, workspaceId)),
      ),
    );
    expect(await toldTo(db, workspaceId, ben.id)).toEqual([]);
    expect(outcome(await release(id))).toBe('over');
  });
});

test('the receiver of an open offer sees the rock, and nobody else does', async () => {
  const { db, workspaceId, rockId, ben } = world;
  await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rockId).execute();
  expect(await ownerOf(db, workspaceId, rockId)).toBeNull();
  const { id } = got(await give(db));
  expect(got(await readBrief(db, workspaceId, ben, id)).mayAccept).toBe(true);
  expect(outcome(await ask(db, world.chi))).toBe('unknown-rock');
  expect(outcome(await askForRock(db, workspaceId, ben, rockId, null))).toBe('already-offered');
});
