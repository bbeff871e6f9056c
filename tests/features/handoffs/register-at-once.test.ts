import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import { endLapsedHandoffs } from '../../../src/features/handoffs/ending-operations.ts';
import { offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff, declineHandoff, withdrawHandoff } from '../../../src/features/handoffs/operations.ts';
import { findCard } from '../../../src/features/ownership/lookup-operations.ts';
import { mergeRocks } from '../../../src/features/ownership/register/retire-operations.ts';
import { splitRock } from '../../../src/features/ownership/register/split-operations.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { insertRock } from '../../support/builders.ts';
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
let handoffId: number;
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

const rounds = [0, 1, 2, 3];
const offer = async () => {
  const { db, workspaceId, ana, ben, rockId } = world;
  const offered = await offerHandoff(db, workspaceId, ana, { rockId, to: ben, words: briefWords });
  handoffId = got(offered).id;
};
const accept = async (db: Database) => await acceptHandoff(db, world.workspaceId, world.ben, handoffId);
const states = async () => (await handoffsOf(database.db, world.rockId)).map(({ state }) => state);

describe('while an offer waits', () => {
  beforeEach(async () => {
    await offer();
    got(await readBrief(database.db, world.workspaceId, world.ben, handoffId));
  });

  test.each(rounds)(
    'a merge against its yes: nothing waits for a rock that is none any more (%i)',
    async (round) => {
      const { workspaceId, dan, rockId, teamId, ana, ben } = world;
      const intoId = await insertRock(database.db, workspaceId, { name: 'Checkout', owner: ana, teamId });
      const merge = async () =>
        await mergeRocks({ db: other, onRockMoved: [endLapsedHandoffs] }, workspaceId, dan, {
          fromId: rockId,
          intoId,
          takes: ['links'],
        });
      const work = [() => accept(database.db), merge];
      const [one, two] = await Promise.all(
        (round % 2 === 0 ? work : work.toReversed()).map((each) => each()),
      );
      const [said, merged] = round % 2 === 0 ? [one, two] : [two, one];
      expect(merged?.ok).toBe(true);
      expect(await states()).toEqual([said?.ok === true ? 'completed' : 'withdrawn']);
      expect(await ownerOf(database.db, workspaceId, rockId)).toBeNull();
      const lapsed = `Payments went into another rock, so the offer of <@${ana.slackId}> is over. Nothing is asked of you.`;
      expect((await toldTo(database.db, workspaceId, ben.id)).includes(lapsed)).toBe(said?.ok === false);
    },
  );

  test.each(rounds)(
    'a split against its yes: the first rock moves, and the part stays where it was put (%i)',
    async (round) => {
      const { workspaceId, ana, ben, rockId } = world;
      const form = {
        first: { name: 'Card payments', summary: null },
        second: { name: 'Wallets', summary: null },
        goesAlong: { alias: () => false, link: () => false },
      };
      const split = async () => await splitRock(other, workspaceId, ana, rockId, form, ana);
      const work = [() => accept(database.db), split];
      const [one, two] = await Promise.all(
        (round % 2 === 0 ? work : work.toReversed()).map((each) => each()),
      );
      const [said, made] = round % 2 === 0 ? [one, two] : [two, one];
      expect(said?.ok).toBe(true);
      // Whoever has it no more cannot split it.
      expect(['done', 'not-yours']).toContain(made === undefined ? '' : outcome(made));
      expect(await states()).toEqual(['overlap']);
      expect(await ownerOf(database.db, workspaceId, rockId)).toBe(ben.id);
    },
  );
});

describe('a rock for few eyes', () => {
  beforeEach(async () => {
    const { db, rockId } = world;
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rockId).execute();
    await offer();
  });
  const sees = async () =>
    (await findCard(database.db, world.workspaceId, world.rockId, world.ben.id)) !== undefined;

  test('is seen by whom it is offered to as long as the offer waits, and no longer', async () => {
    const { db, workspaceId, ben } = world;
    expect(await sees()).toBe(true);
    got(await declineHandoff(db, workspaceId, ben, handoffId, null));
    expect(await sees()).toBe(false);
    // Their own handoff they can read again.
    expect(outcome(await readBrief(db, workspaceId, ben, handoffId))).toBe('done');
  });

  test('is theirs once they accept it, and the home channel hears nothing', async () => {
    const { db, workspaceId, ben, chi, rockId, home } = world;
    got(await readAndAccept(db, workspaceId, ben, handoffId));
    expect((await findCard(db, workspaceId, rockId, ben.id))?.owner?.id).toBe(ben.id);
    expect(await findCard(db, workspaceId, rockId, chi.id)).toBeUndefined();
    const messages = await db
      .selectFrom('messages')
      .select('id')
      .where('to_channel_id', '=', home.id)
      .execute();
    expect(messages).toEqual([]);
  });

  test.each(rounds)(
    'withdrawn while it is accepted: seen exactly by whoever has it then (%i)',
    async (round) => {
      const { workspaceId, ana, ben } = world;
      got(await readBrief(database.db, workspaceId, ben, handoffId));
      const work = [() => accept(database.db), () => withdrawHandoff(other, workspaceId, ana, handoffId)];
      const pressed = await Promise.all((round % 2 === 0 ? work : work.toReversed()).map((each) => each()));
      expect(pressed.map(outcome).sort()).toEqual(['done', 'over']);
      expect(await sees()).toBe((await states())[0] === 'overlap');
    },
  );
});
