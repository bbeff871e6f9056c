import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { declineHandoff, withdrawHandoff } from '../../../src/features/handoffs/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { insertRock, listMessages } from '../../support/builders.ts';
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

const assign = (by: Actor = world.dan, to: Actor = world.ben, rockId = world.rockId) =>
  offerHandoff(world.db, world.workspaceId, by, { kind: 'assign', rockId, to, words: briefWords });

describe('assigning', () => {
  test('is the lead’s: whoever carries it is told kindly, and it stays until the receiver says yes', async () => {
    const { db, workspaceId, ana, ben, dan, rockId } = world;
    const { id } = got(await assign());
    expect(await ownerOf(db, workspaceId, rockId)).toBe(ana.id);
    expect(await toldTo(db, workspaceId, ana.id)).toEqual([
      `<@${dan.slackId}> would like <@${ben.slackId}> to carry Payments from now on, and has asked them. It stays yours until they accept. Talk to <@${dan.slackId}> if that surprises you.`,
    ]);
    expect((await toldTo(db, workspaceId, ben.id))[0]).toContain(
      `<@${dan.slackId}> would like you to carry Payments. <@${ana.slackId}> carries it now.`,
    );
    got(await readAndAccept(db, workspaceId, ben, id));
    expect(await ownerOf(db, workspaceId, rockId)).toBe(ben.id);
    const stints = await db
      .selectFrom('stints')
      .selectAll()
      .where('rock_id', '=', rockId)
      .orderBy('id')
      .execute();
    expect(stints).toMatchObject([{ ended: 'assigned' }, { began: 'assigned', handoff_id: id }]);
    expect(await toldTo(db, workspaceId, ana.id)).toEqual([
      `<@${ben.slackId}> carries Payments now, as <@${dan.slackId}> wished. Thank you for carrying it so far.`,
    ]);
  });

  test('works for a rock that nobody carries, with no overlap', async () => {
    const { db, workspaceId, ben, home, teamId } = world;
    const free = await insertRock(db, workspaceId, { name: 'Pricing', channelId: home.id, teamId });
    const { id } = got(await assign(world.dan, ben, free));
    const moved = got(await readAndAccept(db, workspaceId, ben, id));
    expect(await ownerOf(db, workspaceId, free)).toBe(ben.id);
    expect(moved.overlapUntil?.toString()).toBe(moved.acceptedAt?.toString());
    const thanks = (await listMessages(db, workspaceId)).find(({ channelId }) => channelId === home.id);
    expect(thanks?.text).toBe(`<@${ben.slackId}> carries Pricing from now on. Thank you, <@${ben.slackId}>.`);
  });

  test('is refused to members, who are told what they can do', async () => {
    expect(await assign(world.chi)).toMatchObject({
      code: 'not-lead',
      words:
        'Rocks are assigned by the lead of their team and by admins. `/handoff ask payments` asks its owner for it.',
    });
  });

  test('is checked at the moment of the press: a lead of yesterday is none', async () => {
    await world.db
      .updateTable('teams')
      .set({ lead_id: world.chi.id })
      .where('id', '=', world.teamId)
      .execute();
    expect(outcome(await assign())).toBe('not-lead');
    expect(outcome(await assign(world.chi))).toBe('done');
  });

  test('to whoever carries it is refused, and to oneself', async () => {
    expect(await assign(world.dan, world.ana)).toMatchObject({
      words: `<@${world.ana.slackId}> carries it already.`,
    });
    expect(outcome(await assign(world.dan, world.dan))).toBe('to-oneself');
  });

  test('of one’s own rock is a handoff like any other, of a lead and of any owner', async () => {
    const { id, kind } = got(await assign(world.ana));
    expect(kind).toBe('give');
    got(await withdrawHandoff(world.db, world.workspaceId, world.ana, id));
    await world.db
      .updateTable('teams')
      .set({ lead_id: world.ana.id })
      .where('id', '=', world.teamId)
      .execute();
    expect(got(await assign(world.ana)).kind).toBe('give');
  });

  test('is between lead and receiver: the lead withdraws, hears the no, and the owner that it stays', async () => {
    const { db, workspaceId, ana, ben, dan } = world;
    const first = got(await assign());
    expect(outcome(await withdrawHandoff(db, workspaceId, ana, first.id))).toBe('not-yours');
    got(await withdrawHandoff(db, workspaceId, dan, first.id));
    const { id } = got(await assign());
    got(await declineHandoff(db, workspaceId, ben, id, 'Too much.'));
    expect((await toldTo(db, workspaceId, dan.id)).at(-1)).toBe(
      `<@${ben.slackId}> cannot take Payments now. It stays with <@${ana.slackId}>.\n> Too much.`,
    );
    expect((await toldTo(db, workspaceId, ana.id)).at(-1)).toBe(
      `<@${dan.slackId}> would have liked <@${ben.slackId}> to carry Payments. It stays with you after all.`,
    );
    expect(JSON.stringify(await toldTo(db, workspaceId, ana.id))).not.toContain('Too much');
  });

  test('a second one is refused, and names the sender', async () => {
    const { db, workspaceId, ana, ben, chi, dan } = world;
    got(await assign());
    const offer = { rockId: world.rockId, to: chi, words: briefWords };
    expect(await offerHandoff(db, workspaceId, ana, offer)).toMatchObject({
      code: 'already-offered',
      words: `*Payments* is offered to <@${ben.slackId}> already, by <@${dan.slackId}>.`,
    });
    expect(await handoffsOf(db, world.rockId)).toHaveLength(1);
    expect(await buttonsTo(db, workspaceId, dan.id, 'handoff-offered')).toEqual(['Withdraw']);
  });
});
