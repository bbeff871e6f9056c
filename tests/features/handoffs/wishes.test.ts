import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askForRock, handOver } from '../../../src/features/handoffs/ask-operations.ts';
import { askBack } from '../../../src/features/handoffs/back-operations.ts';
import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import { offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff, declineHandoff, withdrawHandoff } from '../../../src/features/handoffs/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { insertRock, listEvents, setClock } from '../../support/builders.ts';
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

const ask = (by: Actor = world.ben, words: string | null = 'I build it anyway.', rockId = world.rockId) =>
  askForRock(world.db, world.workspaceId, by, rockId, words);
const give = (to: Actor, by: Actor = world.ana) =>
  offerHandoff(world.db, world.workspaceId, by, { rockId: world.rockId, to, words: briefWords });
const owner = () => ownerOf(world.db, world.workspaceId, world.rockId);
const rewriting = { words: briefWords, reason: null, overlapDays: 7 };
const states = async () => (await handoffsOf(world.db, world.rockId)).map(({ state }) => state);

describe('asking an owner for a rock', () => {
  test('reaches the owner with the words, and moves nothing', async () => {
    const { db, workspaceId, ana, ben } = world;
    got(await ask());
    expect(await owner()).toBe(ana.id);
    expect(await toldTo(db, workspaceId, ana.id)).toEqual([
      `<@${ben.slackId}> would like to carry Payments, and asks you for it.\n> I build it anyway.\nIt stays yours unless you hand it over.`,
    ]);
    expect(await buttonsTo(db, workspaceId, ana.id, 'handoff-asked')).toEqual(['Hand it over', 'Decline']);
    expect(await buttonsTo(db, workspaceId, ben.id, 'handoff-asking')).toEqual(['Withdraw']);
    expect(JSON.stringify(await listEvents(db, workspaceId))).not.toContain('I build it');
  });

  test('handed over, it is an offer like any other', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = got(await ask());
    expect(got(await handOver(db, workspaceId, ana, id, rewriting))).toMatchObject({
      state: 'offered',
      words: briefWords,
    });
    expect(await buttonsTo(db, workspaceId, ben.id, 'handoff-offer')).toEqual(['Read the brief', 'Decline']);
    expect(await buttonsTo(db, workspaceId, ana.id, 'handoff-asked')).toEqual(['Withdraw']);
    expect(outcome(await handOver(db, workspaceId, ana, id, rewriting))).toBe('over');
    expect(outcome(await acceptHandoff(db, workspaceId, ben, id))).toBe('unread');
    got(await readAndAccept(db, workspaceId, ben, id));
    expect(await owner()).toBe(ben.id);
    expect(await buttonsTo(db, workspaceId, ana.id, 'handoff-asked')).toEqual(['Read the brief']);
  });

  test('declined, it stays, and the reason is for the one who asked', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = got(await ask());
    expect(outcome(await declineHandoff(db, workspaceId, ben, id, null))).toBe('not-yours');
    got(await declineHandoff(db, workspaceId, ana, id, 'Not this quarter.'));
    expect(await toldTo(db, workspaceId, ben.id)).toEqual([
      `Payments stays with <@${ana.slackId}>.`,
      `<@${ana.slackId}> keeps carrying Payments for now.\n> Not this quarter.`,
    ]);
    expect(await owner()).toBe(ana.id);
  });

  test('is withdrawn by who asked alone', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = got(await ask());
    expect(await withdrawHandoff(db, workspaceId, ana, id)).toMatchObject({
      code: 'not-yours',
      words: 'Only who asked for it can withdraw that.',
    });
    got(await withdrawHandoff(db, workspaceId, ben, id));
    expect(await toldTo(db, workspaceId, ana.id)).toEqual([
      `<@${ben.slackId}> asked you for Payments and has withdrawn it. Nothing is asked of you.`,
    ]);
    expect(await handOver(db, workspaceId, ana, id, rewriting)).toMatchObject({
      words: 'This wish was withdrawn meanwhile. Nothing is asked of you.',
    });
  });

  test('one’s own, one that nobody owns, and one that is asked for already are answered with what can be done', async () => {
    const { db, workspaceId, ana, ben, chi } = world;
    expect(await ask(ana)).toMatchObject({ words: 'You carry *Payments* already.' });
    const free = await insertRock(db, workspaceId, { name: 'Pricing' });
    expect(await ask(ben, null, free)).toMatchObject({
      words: 'Nobody owns *Pricing* now. `/owner pricing` lets you take it.',
    });
    got(await ask());
    expect(await ask()).toMatchObject({
      words: `You have asked <@${ana.slackId}> for *Payments* already. \`/handoff\` shows it.`,
    });
    // Who else waits stays with them.
    expect(await ask(chi)).toMatchObject({
      words: "Somebody's answer about *Payments* is waited for already. Ask again if it stays where it is.",
    });
  });

  test('a rock that one does not see is as unknown as any', async () => {
    const { db, rockId, ben } = world;
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rockId).execute();
    expect(outcome(await ask(ben))).toBe('unknown-rock');
  });
});

describe('asking against giving', () => {
  test('an offer to who has asked is the answer to it', async () => {
    const { id } = got(await ask());
    const offered = got(await give(world.ben));
    expect(offered).toMatchObject({ id, kind: 'ask', state: 'offered' });
    expect(await states()).toEqual(['offered']);
  });

  test('an offer to somebody else waits until the wish is answered, and says whose it is', async () => {
    got(await ask());
    expect(await give(world.chi)).toMatchObject({
      code: 'already-asked',
      words: `<@${world.ben.slackId}> has asked for *Payments*. Please answer that first: \`/handoff\` shows it.`,
    });
  });

  test('a wish for what is offered to one already points at the brief', async () => {
    got(await give(world.ben));
    expect(await ask()).toMatchObject({
      words: '*Payments* is offered to you already: `/handoff` shows the brief.',
    });
  });
});

describe('taking back', () => {
  const back = (reason: string | null = 'The launch is mine.', by: Actor = world.ana) =>
    askBack(world.db, world.workspaceId, by, world.rockId, reason);
  const handedOver = async () => {
    const { id } = got(await give(world.ben));
    return got(await readAndAccept(world.db, world.workspaceId, world.ben, id));
  };

  test('is decided by the present owner, who reads first what it would undo', async () => {
    const { db, workspaceId, ana, ben } = world;
    const before = await handedOver();
    const { id } = got(await back());
    expect(await buttonsTo(db, workspaceId, ben.id, 'handoff-asked')).toEqual([
      'Read the request',
      'Decline',
    ]);
    expect(outcome(await acceptHandoff(db, workspaceId, ben, id))).toBe('unread');
    const brief = got(await readBrief(db, workspaceId, ben, id));
    expect(brief).toMatchObject({ mayAccept: true, undone: { id: before.id, words: briefWords } });
    expect(brief.handoff.reason).toBe('The launch is mine.');
    expect(outcome(await acceptHandoff(db, workspaceId, ana, id))).toBe('not-yours');
    got(await acceptHandoff(db, workspaceId, ben, id));
    expect(await owner()).toBe(ana.id);
    // Whoever helped in the handoff that is undone helps no more.
    expect(await states()).toEqual(['completed', 'overlap']);
    const stints = await db
      .selectFrom('stints')
      .selectAll()
      .where('rock_id', '=', world.rockId)
      .orderBy('id')
      .execute();
    expect(stints.map(({ ended, end_reason }) => [ended, end_reason])).toEqual([
      ['handed-over', null],
      ['taken-back', null],
      [null, null],
    ]);
    expect(await toldTo(db, workspaceId, ana.id)).toContain(
      `<@${ben.slackId}> gives Payments back to you. It is yours again.`,
    );
    const steps = await db.selectFrom('handoff_steps').select('handoff_id').execute();
    expect(steps.some((step) => step.handoff_id === before.id)).toBe(false);
  });

  test('less than 30 days after the handoff needs a reason, later none', async () => {
    await handedOver();
    expect(await back(null)).toMatchObject({
      code: 'no-reason',
      words: 'It was handed over less than 30 days ago, so please say why it should come back.',
    });
    await setClock(world.db, world.workspaceId, '2026-11-04T09:30:00Z');
    expect(outcome(await back(null))).toBe('done');
  });

  test('is refused for who never had it', async () => {
    await handedOver();
    expect(await back('I would like it.', world.chi)).toMatchObject({
      code: 'never-had',
      words:
        'You have not carried *Payments* before, so you cannot take it back. `/handoff ask payments` asks for it.',
    });
  });

  test('shows nothing of a brief between others', async () => {
    const { db, workspaceId, ben, chi } = world;
    await handedOver();
    const { id } = got(await give(chi, ben));
    got(await readAndAccept(db, workspaceId, chi, id));
    const wish = got(await back(null));
    expect(got(await readBrief(db, workspaceId, chi, wish.id)).undone).toBeNull();
  });
});
