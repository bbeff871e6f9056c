import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storyBlocks } from '../../../../src/features/ownership/history/blocks.ts';
import { readStory } from '../../../../src/features/ownership/history/operations.ts';
import { findCard, findRock } from '../../../../src/features/ownership/lookup-operations.ts';
import { bringBackRock } from '../../../../src/features/ownership/register/bring-back-operations.ts';
import type { RockEntry } from '../../../../src/features/ownership/register/core/entry.ts';
import { addRock } from '../../../../src/features/ownership/register/operations.ts';
import {
  along,
  mergeRocks,
  retireRock,
} from '../../../../src/features/ownership/register/retire-operations.ts';
import { splitRock } from '../../../../src/features/ownership/register/split-operations.ts';
import { takeRock } from '../../../../src/features/ownership/take-operations.ts';
import type { Actor, Person } from '../../../../src/features/people/core/person.ts';
import type { Result } from '../../../../src/platform/core/result.ts';
import { type Database, openDatabase } from '../../../../src/platform/db/database.ts';
import { insertActor, listEvents, listMessages, setClock } from '../../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { entry, split } from './support.ts';

let database: TestDatabase;
let replica: Database;
let db: Database;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
const deps = (of: Database = db) => ({ db: of, onRockMoved: [] });

beforeAll(async () => {
  database = await createTestDatabase();
  ({ db } = database);
  replica = openDatabase(database.url);
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  await setClock(db, workspaceId, '2026-10-05T09:00:00Z');
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
});
afterAll(async () => {
  await replica.destroy();
  await database.close();
});

async function add(given: Partial<RockEntry> & { name: string }, actor = ana): Promise<number> {
  const added = await addRock(db, workspaceId, actor, entry(given), actor);
  if (!added.ok) throw new Error(added.words);
  return added.value.id;
}
const retire = (rockId: number, intoId: number | null = null, of = db) =>
  retireRock(deps(of), workspaceId, ana, rockId, { reason: 'It is over.', intoId });
const merge = (fromId: number, intoId: number) =>
  mergeRocks(deps(), workspaceId, ana, { fromId, intoId, takes: along });
const bringBack = (rockId: number, actor = ana, owner: Person | null = null, of = db) =>
  bringBackRock(of, workspaceId, actor, rockId, owner);
const cardOf = async (rockId: number, viewer = ana) => await findCard(db, workspaceId, rockId, viewer.id);
const wordsOf = (result: Result<unknown>) => (result.ok ? 'done' : result.words);
const storyOf = async (rockId: number, viewer = ana) =>
  storyBlocks({ name: 'It' }, await readStory(db, workspaceId, rockId, viewer.id), 'UTC')
    .text.split('\n')
    .slice(1);

describe('a rock that retires and went into another', () => {
  test('leads to that one by its old names, which gets nothing else of it', async () => {
    const links = [{ label: 'Board', url: 'https://board.example/x' }];
    const [rockId, intoId] = [
      await add({ name: 'Billing', aliases: ['psp'], links }),
      await add({ name: 'Pay' }),
    ];
    expect(wordsOf(await retire(rockId, intoId))).toBe('done');
    expect(await findRock(db, workspaceId, 'psp', ben.id)).toMatchObject({
      value: { state: 'retired', retired: { reason: 'It is over.', successor: { name: 'Pay' } } },
    });
    expect(await cardOf(intoId)).toMatchObject({ links: [], state: 'active' });
  });

  test('can name a rock of somebody else, but neither itself, nor one that is retired, nor one that is not seen', async () => {
    const rockId = await add({ name: 'Billing' });
    const theirs = await add({ name: 'Theirs' }, ben);
    const gone = await add({ name: 'Gone' });
    await retire(gone);
    const hidden = await add({ name: 'Secret deal', visibility: 'people', viewers: [ben.id] }, ben);
    expect(await retire(rockId, rockId)).toMatchObject({
      field: 'rock',
      words: 'That is the same rock. Pick the one that it goes into.',
    });
    expect(await retire(rockId, gone)).toMatchObject({
      field: 'rock',
      words: 'Gone is retired itself. Pick a rock that goes on.',
    });
    expect(wordsOf(await retire(rockId, hidden))).toBe('That rock is not in the register any more.');
    expect(await retire(rockId, theirs)).toMatchObject({ ok: true });
  });

  test('never comes back to itself by a way around, also not of two that retire into each other at once', async () => {
    const [one, two, three] = [
      await add({ name: 'One' }),
      await add({ name: 'Two' }),
      await add({ name: 'Three' }),
    ];
    await merge(one, two);
    await merge(two, three);
    expect(wordsOf(await merge(three, one))).toBe(
      '*One* is retired, so there is nothing to change. `/rock history one` tells its story.',
    );
    const four = await add({ name: 'Four' });
    const both = await Promise.all([retire(three, four), retire(four, three, replica)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ code: 'retired' });
  });

  test('at the same moment as somebody takes it is never carried by anybody', async () => {
    const rockId = await add({ name: 'Billing' });
    await db.updateTable('people').set({ is_admin: true }).where('id', '=', ana.id).execute();
    ana = { ...ana, isAdmin: true };
    await db
      .updateTable('stints')
      .set({ ended_at: '2026-10-05T09:00:01Z', ended: 'given-up' })
      .where('rock_id', '=', rockId)
      .execute();
    const [taken, retired] = await Promise.all([
      takeRock(deps(replica), workspaceId, ben, rockId),
      retire(rockId),
    ]);
    expect(retired.ok).toBe(true);
    expect(await cardOf(rockId)).toMatchObject({ state: 'retired', owner: null });
    expect(['done', '*Billing* is retired, so there is nothing to carry.']).toContain(wordsOf(taken));
  });
});

describe('bringing a retired rock back', () => {
  test('makes it what it was, carried by nobody, and lets it lead nowhere else', async () => {
    const [rockId, intoId] = [
      await add({ name: 'Billing', aliases: ['psp'], backups: [ben.id] }),
      await add({ name: 'Pay' }),
    ];
    await retire(rockId, intoId);
    expect(await bringBack(rockId)).toMatchObject({ value: { state: 'active', owner: null, retired: null } });
    expect(await findRock(db, workspaceId, 'psp', ben.id)).toMatchObject({
      value: { id: rockId, state: 'active', backups: [{ id: ben.id }] },
    });
    expect((await listEvents(db, workspaceId)).at(-1)).toMatchObject({
      type: 'rock.brought-back',
      actorId: ana.id,
      subjectId: rockId,
      before: { state: 'retired', retired: { why: 'It is over.', into: 'pay' } },
      after: { state: 'active', retired: null },
    });
    expect(wordsOf(await takeRock(deps(), workspaceId, ben, rockId))).toBe('done');
  });

  test('can name an owner: who does it themself carries it, anybody else is asked', async () => {
    const rockId = await add({ name: 'Billing', backups: [ben.id] });
    await retire(rockId);
    expect(await bringBack(rockId, ana, ben)).toMatchObject({
      value: { owner: { id: ben.id, confirmedAt: null }, backups: [] },
    });
    expect((await listMessages(db, workspaceId)).at(-1)).toMatchObject({
      personId: ben.id,
      text: `<@${ana.slackId}> says that Billing is yours. Is it? Until you say so, answers call it unconfirmed.`,
    });
    const other = await add({ name: 'Refunds' });
    await retire(other);
    expect((await bringBack(other, ana, ana)).ok).toBe(true);
    expect((await cardOf(other))?.owner).toMatchObject({ id: ana.id });
    expect((await cardOf(other))?.owner?.confirmedAt).not.toBeNull();
  });

  test('is refused for one that goes on, a second time too, and at once by two it is done once', async () => {
    const rockId = await add({ name: 'Billing' });
    const words = '*Billing* is not retired, so it need not be brought back.';
    expect(wordsOf(await bringBack(rockId))).toBe(words);
    await retire(rockId);
    const both = await Promise.all([bringBack(rockId), bringBack(rockId, ana, null, replica)]);
    expect(both.map(wordsOf).sort()).toEqual([words, 'done'].sort());
  });

  test('is for whoever carried it until then, the lead of its team and admins; others read whom to ask', async () => {
    const rockId = await add({ name: 'Billing' });
    await retire(rockId);
    expect(wordsOf(await bringBack(rockId, ben))).toBe(
      'You can look at *Billing*, but not bring it back. Ask one of your Cairn admins.',
    );
    expect(wordsOf(await bringBack(rockId, ana))).toBe('done');
    // Whoever carried it once and gave it up before it was retired is nobody special.
    await takeRock(deps(), workspaceId, ben, rockId);
    await db
      .updateTable('stints')
      .set({ ended_at: '2026-10-05T10:00:00Z', ended: 'given-up' })
      .where('rock_id', '=', rockId)
      .where('person_id', '=', ben.id)
      .execute();
    await retireRock(deps(), workspaceId, { ...ana, isAdmin: true }, rockId, { reason: 'Over.' });
    expect((await bringBack(rockId, ana)).ok).toBe(false);
    expect(wordsOf(await bringBack(rockId, { ...ben, isAdmin: true }))).toBe('done');
  });

  test('is refused where another rock has its name by now, and says which, and what to do', async () => {
    const rockId = await add({ name: 'Billing', aliases: ['psp'] });
    await retire(rockId);
    await add({ name: 'billing' }, ben);
    expect(wordsOf(await bringBack(rockId))).toBe(
      `“Billing” is by now the name of *billing* (\`billing-2\`), which <@${ben.slackId}> owns. Two that go on cannot both be called so: give that one another name with \`/rock edit billing-2\`, then bring this one back.`,
    );
    expect((await cardOf(rockId))?.state).toBe('retired');
  });

  test('does not say which rock has its name to who does not see that one', async () => {
    const rockId = await add({ name: 'Deal' });
    await retire(rockId);
    await add({ name: 'Deal', visibility: 'people', viewers: [ben.id] }, ben);
    expect(wordsOf(await bringBack(rockId))).toBe(
      '“Deal” is by now the name of a rock that you do not see. Ask one of your Cairn admins.',
    );
  });

  test('at the same moment as somebody gives its name to a new rock leaves two of that name or none brought back', async () => {
    const rockId = await add({ name: 'Billing' });
    await retire(rockId);
    const [back, added] = await Promise.all([
      bringBack(rockId),
      addRock(replica, workspaceId, ben, entry({ name: 'Wallets', aliases: ['billing'] }), null),
    ]);
    // An alias is refused in any case: a retired rock keeps its names.
    expect(wordsOf(back)).toBe('done');
    expect(wordsOf(added)).toMatch(
      /^“billing” is the (?:key|name) of Billing(?: \(retired\))? already\. Choose another, or leave it out\.$/,
    );
  });
});

describe('the story of a rock', () => {
  test('tells from which one it was split, into which it was merged, and what went into it', async () => {
    const rockId = await add({ name: 'Pay and refund' });
    const made = await splitRock(db, workspaceId, ana, rockId, split('Payments', 'Refunds'), ana);
    const partId = made.ok ? made.value.id : 0;
    const intoId = await add({ name: 'Money' });
    await merge(partId, intoId);
    const who = `<@${ana.slackId}>`;
    expect(await storyOf(partId)).toEqual(
      expect.arrayContaining([
        `• Split from Payments by ${who} on 5 October 2026`,
        `• Merged into Money by ${who} on 5 October 2026`,
      ]),
    );
    expect(await storyOf(rockId)).toContain(
      `• A part became a rock of its own by ${who} on 5 October 2026: Refunds`,
    );
    expect(await storyOf(intoId)).toContain(`• Refunds went into it on 5 October 2026 by ${who}`);
    await bringBack(partId);
    expect(await storyOf(partId)).toContain(`• Brought back by ${who} on 5 October 2026`);
  });

  test('does not name a rock that its reader does not see', async () => {
    const fromId = await add({ name: 'Billing' });
    const intoId = await add({ name: 'Secret deal', visibility: 'people', viewers: [] });
    await merge(fromId, intoId);
    const story = await storyOf(fromId, ben);
    expect(story.join()).not.toContain('Secret');
    expect(story).toContain(`• Merged into another rock by <@${ana.slackId}> on 5 October 2026`);
  });
});
