import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import { endLapsedHandoffs } from '../../../src/features/handoffs/ending-operations.ts';
import { offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff, declineHandoff, withdrawHandoff } from '../../../src/features/handoffs/operations.ts';
import { takeRock } from '../../../src/features/ownership/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { insertActor, insertChannel, insertRock, listEvents, listMessages } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { briefWords, got, handoffsOf, outcome, ownerOf, readAndAccept } from './support.ts';

/** Two replicas: pools of their own on one database. */
let database: TestDatabase;
let replicas: [Database, Database];
beforeAll(async () => {
  database = await createTestDatabase();
  replicas = [database.db, openDatabase(database.url)];
});
afterAll(async () => {
  await replicas[1].destroy();
  await database.close();
});

describe('pressed at once in two replicas', () => {
  let workspaceId: string;
  let ana: Actor;
  let ben: Actor;
  let rockId: number;
  let handoffId: number;
  beforeEach(async () => {
    const { db } = database;
    workspaceId = await insertWorkspace(db);
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    const channel = await insertChannel(db, workspaceId, 'payments');
    rockId = await insertRock(db, workspaceId, { name: 'Payments', owner: ana, channelId: channel.id });
    const offer = { rockId, to: ben, words: briefWords };
    handoffId = got(await offerHandoff(db, workspaceId, ana, offer)).id;
    got(await readBrief(db, workspaceId, ben, handoffId));
  });

  const accept = (db: Database) => acceptHandoff(db, workspaceId, ben, handoffId);
  const typesOf = async () => (await listEvents(database.db, workspaceId)).map((event) => event.type);

  test('`Accept` has one effect', async () => {
    const [one, other] = replicas;
    const pressed = await Promise.all([accept(one), accept(other), accept(one), accept(other)]);
    expect(pressed.map(outcome).sort()).toEqual(['done', 'over', 'over', 'over']);
    expect(await typesOf()).toEqual(['handoff.offered', 'rock.handed-over', 'handoff.accepted']);
    expect(await listMessages(database.db, workspaceId)).toHaveLength(4);
    const stints = await database.db.selectFrom('stints').selectAll().where('rock_id', '=', rockId).execute();
    expect(stints).toHaveLength(2);
  });

  test.each(Array.from({ length: 12 }, (_, round) => round))(
    '`Accept` against `Withdraw` or `Decline`: one of them wins, and the owner agrees with it (%i)',
    async (round) => {
      const [one, other] = round % 2 === 0 ? replicas : replicas.toReversed();
      if (one === undefined || other === undefined) throw new Error('two replicas are needed');
      const against = (): Promise<Result<unknown>> =>
        round % 3 === 0
          ? declineHandoff(other, workspaceId, ben, handoffId, null)
          : withdrawHandoff(other, workspaceId, ana, handoffId);
      const pressed =
        round % 4 < 2
          ? await Promise.all([accept(one), against()])
          : (await Promise.all([against(), accept(one)])).toReversed();
      const isAccepted = pressed[0]?.ok === true;
      expect(pressed.map(outcome).sort()).toEqual(['done', 'over']);

      const [handoff] = await handoffsOf(database.db, rockId);
      expect(handoff?.state === 'overlap').toBe(isAccepted);
      expect(await ownerOf(database.db, workspaceId, rockId)).toBe(isAccepted ? ben.id : ana.id);
      const types = await typesOf();
      expect(types.includes('rock.handed-over')).toBe(isAccepted);
      expect(types.filter((type) => type.startsWith('handoff.'))).toHaveLength(2);
    },
  );
});

describe('whatever people do, one after the other and at once', () => {
  const people = 4;
  const rocks = 2;
  const anyone = fc.nat({ max: people - 1 });
  const anyRock = fc.nat({ max: rocks - 1 });
  const offer = fc.record({ do: fc.constant('offer' as const), by: anyone, rock: anyRock, to: anyone });
  const press = fc.record({
    do: fc.constantFrom('accept', 'decline', 'withdraw', 'take'),
    by: anyone,
    rock: anyRock,
  });
  /** Steps of whom they are up to, so that much of what happens is allowed. */
  const offerOfOwner = fc.record({ do: fc.constant('offer-of-owner' as const), rock: anyRock, to: anyone });
  const acceptOfReceiver = fc.record({ do: fc.constant('accept-of-receiver' as const), rock: anyRock });
  const step = fc.oneof(offer, press, offerOfOwner, acceptOfReceiver);
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
  /** What stands together in one list happens at once. */
  const story = fc.array(fc.array(step, { minLength: 1, maxLength: 5, size: 'max' }), {
    minLength: 5,
    maxLength: 15,
    size: 'max',
  });

  test('a rock has one owner and one open handoff at most, and every change of owner has its event', async () => {
    let flips = 0;
    await fc.assert(
      fc.asyncProperty(story, async (turns) => {
        const world = await makeWorld();
        for (const [turn, steps] of turns.entries()) {
          await Promise.all(
            steps.map((step, index) => world.act(step, replicas[(turn + index) % 2 === 0 ? 0 : 1])),
          );
          await world.check();
        }
        flips += await world.flips();
      }),
      { numRuns: 30 },
    );
    // Or the stories were too tame to show anything.
    expect(flips).toBeGreaterThan(10);
  }, 90_000);

  async function makeWorld() {
    const { db } = database;
    const workspaceId = await insertWorkspace(db);
    const actors: Actor[] = [];
    for (let index = 0; index < people; index += 1) actors.push(await insertActor(db, workspaceId));
    const rockIds: number[] = [];
    for (let index = 0; index < rocks; index += 1) {
      const owner = index === 0 ? undefined : actors[index];
      const name = `Rock ${index}`;
      rockIds.push(await insertRock(db, workspaceId, owner === undefined ? { name } : { name, owner }));
    }
    const atFirst = await Promise.all(rockIds.map((rockId) => ownerOf(db, workspaceId, rockId)));
    const person = (index: number): Actor => {
      const actor = actors[index];
      if (actor === undefined) throw new Error('nobody');
      return actor;
    };

    async function act(step: Step, on: Database): Promise<void> {
      const rockId = rockIds[step.rock] ?? 0;
      const last = (await handoffsOf(on, rockId)).at(-1);
      const owner = await ownerOf(on, workspaceId, rockId);
      const actorOf = (id: number | null) => actors.find((actor) => actor.id === id);
      switch (step.do) {
        case 'offer':
        case 'offer-of-owner': {
          const by = step.do === 'offer' ? person(step.by) : actorOf(owner);
          if (by === undefined) return;
          await offerHandoff(on, workspaceId, by, { rockId, to: person(step.to), words: briefWords });
          return;
        }
        case 'take':
          await takeRock({ db: on, onRockMoved: [endLapsedHandoffs] }, workspaceId, person(step.by), rockId);
          return;
        case 'accept-of-receiver': {
          const by = actorOf(last?.to_id ?? null);
          if (by !== undefined && last !== undefined) await readAndAccept(on, workspaceId, by, last.id);
          return;
        }
        case 'accept':
          if (last !== undefined) await acceptHandoff(on, workspaceId, person(step.by), last.id);
          return;
        case 'decline':
          if (last !== undefined) await declineHandoff(on, workspaceId, person(step.by), last.id, 'no');
          return;
        case 'withdraw':
          if (last !== undefined) await withdrawHandoff(on, workspaceId, person(step.by), last.id);
      }
    }

    async function check(): Promise<void> {
      const events = await listEvents(db, workspaceId);
      for (const [index, rockId] of rockIds.entries()) {
        const handoffs = await handoffsOf(db, rockId);
        expect(handoffs.filter((handoff) => handoff.state === 'offered').length).toBeLessThanOrEqual(1);
        const stints = await db.selectFrom('stints').selectAll().where('rock_id', '=', rockId).execute();
        expect(stints.filter((stint) => stint.ended_at === null).length).toBeLessThanOrEqual(1);

        // The events alone tell the whole story of who owned the rock.
        const told = events
          .filter(({ type, subjectId }) => type.startsWith('rock.') && subjectId === rockId)
          .map(({ before, after }) => [ownerIn(before), ownerIn(after)]);
        let owner = atFirst[index] ?? null;
        for (const [before, after] of told) {
          expect(before).toBe(owner);
          owner = after ?? null;
        }
        expect(await ownerOf(db, workspaceId, rockId)).toBe(owner);
        expect(stints).toHaveLength(told.length + (atFirst[index] === null ? 0 : 1));

        // Each accepted handoff moved the rock once, and nothing else did but taking it.
        const moved = stints.filter((stint) => stint.began === 'handoff').map((stint) => stint.handoff_id);
        const accepted = handoffs
          .filter((handoff) => handoff.accepted_at !== null)
          .map((handoff) => handoff.id);
        expect(moved.toSorted()).toEqual(accepted.toSorted());
      }
    }

    const flips = async () =>
      (await listEvents(db, workspaceId)).filter((event) => event.type === 'rock.handed-over').length;
    return { act, check, flips };
  }

  function ownerIn(state: unknown): number | null {
    if (typeof state !== 'object' || state === null || !('owner' in state)) throw new Error('no owner in it');
    return typeof state.owner === 'number' ? state.owner : null;
  }
});
