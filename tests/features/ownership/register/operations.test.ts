import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findCard, findRock } from '../../../../src/features/ownership/lookup-operations.ts';
import type { RockMoved } from '../../../../src/features/ownership/moved.ts';
import { beginActing, lockOwnership } from '../../../../src/features/ownership/operations.ts';
import { stateNow } from '../../../../src/features/ownership/register/changing.ts';
import type { RockEntry } from '../../../../src/features/ownership/register/core/entry.ts';
import { addRock, editRock } from '../../../../src/features/ownership/register/operations.ts';
import { answerProposal } from '../../../../src/features/ownership/register/proposing-operations.ts';
import { splitRock } from '../../../../src/features/ownership/register/split-operations.ts';
import { takeRock } from '../../../../src/features/ownership/take-operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import type { Result } from '../../../../src/platform/core/result.ts';
import { stampOf } from '../../../../src/platform/core/stamp.ts';
import { type Database, openDatabase } from '../../../../src/platform/db/database.ts';
import { inTransaction } from '../../../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertRock,
  insertTeam,
  instant,
  listEvents,
  listMessages,
  setClock,
} from '../../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { entry, split } from './support.ts';

let database: TestDatabase;
let replica: Database;
let db: Database;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let moved: { rockId: number; why: string }[];
const onRockMoved: RockMoved[] = [async (_tx, { rockId, why }) => void moved.push({ rockId, why })];
const deps = (of: Database = db) => ({ db: of, onRockMoved });

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
  moved = [];
});
afterAll(async () => {
  await replica.destroy();
  await database.close();
});

async function add(given: Partial<RockEntry> & { name: string }, owner: Actor | null = ana): Promise<number> {
  const added = await addRock(db, workspaceId, ana, entry(given), owner);
  if (!added.ok) throw new Error(added.words);
  return added.value.id;
}
const cardOf = async (rockId: number, viewer = ana) => await findCard(db, workspaceId, rockId, viewer.id);
const stampNow = async (rockId: number) => stampOf(await stateNow(db, workspaceId, rockId));
const eventsOf = async (rockId: number) =>
  (await listEvents(db, workspaceId)).filter(
    ({ subjectId, type }) => subjectId === rockId && type.startsWith('rock.'),
  );
const wordsOf = (result: Result<unknown>) => (result.ok ? 'done' : result.words);

describe('adding a rock', () => {
  test('makes whoever adds it its owner, with a key from its name', async () => {
    const rockId = await add({ name: 'Card payments', aliases: ['cards'] });
    expect(await cardOf(rockId)).toMatchObject({ key: 'card-payments', owner: { id: ana.id } });
    expect((await cardOf(rockId))?.owner?.confirmedAt).not.toBeNull();
    expect((await eventsOf(rockId)).map(({ type }) => type)).toEqual(['rock.created', 'rock.assigned']);
  });

  test('for somebody else is a proposal until they confirm it, and they are told', async () => {
    const rockId = await add({ name: 'Payments' }, ben);
    expect((await cardOf(rockId))?.owner).toMatchObject({ id: ben.id, confirmedAt: null });
    expect((await listMessages(db, workspaceId)).map(({ personId, text }) => ({ personId, text }))).toEqual([
      {
        personId: ben.id,
        text: `<@${ana.slackId}> says that Payments is yours. Is it? Until you say so, answers call it unconfirmed.`,
      },
    ]);
  });

  test('twice at once gives two keys', async () => {
    const added = await Promise.all(
      [db, replica].map((of) => addRock(of, workspaceId, ana, entry({ name: 'Payments' }), null)),
    );
    expect(added.map((it) => it.ok && it.value.key).sort()).toEqual(['payments', 'payments-2']);
  });

  test('with the same alias at once leaves it to one, and says whose it is', async () => {
    const added = await Promise.all(
      [db, replica].map((of, index) =>
        addRock(of, workspaceId, ana, entry({ name: `Rock ${index}`, aliases: ['billing'] }), null),
      ),
    );
    const winner = added.find(({ ok }) => ok);
    expect(added.filter(({ ok }) => ok)).toHaveLength(1);
    expect(added.find(({ ok }) => !ok)).toMatchObject({
      field: 'aliases',
      words: `“billing” is an alias of ${winner?.ok ? winner.value.name : ''} already. Choose another, or leave it out.`,
    });
  });

  test('does not say whose a name is to who does not see that rock', async () => {
    await add({ name: 'Secret deal', visibility: 'people', viewers: [ana.id] });
    const added = await addRock(db, workspaceId, ben, entry({ name: 'X', aliases: ['secret deal'] }), null);
    expect(wordsOf(added)).toBe('“secret deal” is taken already. Choose another, or leave it out.');
  });
});

describe('the answer to a proposal', () => {
  let rockId: number;
  beforeEach(async () => {
    rockId = await add({ name: 'Payments' }, ben);
  });
  const answer = (isMine: boolean, of = db) => answerProposal(deps(of), workspaceId, ben, rockId, isMine);

  test('yes confirms it, and twice at once is once', async () => {
    const answers = await Promise.all([answer(true), answer(true, replica)]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await cardOf(rockId))?.owner?.confirmedAt).not.toBeNull();
    expect((await eventsOf(rockId)).filter(({ type }) => type === 'rock.confirmed')).toHaveLength(1);
  });

  test('no leaves it to nobody, whoever proposed it is told, and twice says so', async () => {
    expect((await answer(false)).ok).toBe(true);
    expect((await cardOf(rockId))?.owner).toBeNull();
    expect(moved).toEqual([{ rockId, why: 'left' }]);
    expect((await listMessages(db, workspaceId)).at(-1)).toMatchObject({
      personId: ana.id,
      text: `<@${ben.slackId}> says that Payments is not theirs. Nobody owns it now.`,
    });
    expect(wordsOf(await answer(false))).toBe('Nobody owns *Payments* any more. Nothing is asked of you.');
  });

  test('no after a yes changes nothing, and says how to hand it over', async () => {
    await answer(true);
    expect(wordsOf(await answer(false))).toBe(
      'You have said that *Payments* is yours. `/handoff payments @ben` hands it over.',
    );
    expect((await cardOf(rockId))?.owner?.id).toBe(ben.id);
  });

  test('comes too late once it is with somebody else', async () => {
    await answer(false);
    await takeRock(deps(), workspaceId, ana, rockId);
    expect(wordsOf(await answer(true))).toBe(
      'Meanwhile *Payments* is with somebody else. Nothing is asked of you.',
    );
  });
});

describe('editing a rock', () => {
  test('records what changed and nothing else, and when', async () => {
    const rockId = await add({ name: 'Payments', aliases: ['psp'], weight: 2 });
    const change = entry({ name: 'Payments', aliases: ['psp', 'billing'], weight: 2, backups: [ben.id] });
    expect((await editRock(db, workspaceId, ana, rockId, change, await stampNow(rockId))).ok).toBe(true);
    expect((await eventsOf(rockId)).at(-1)).toEqual({
      type: 'rock.changed',
      actorId: ana.id,
      subjectId: rockId,
      before: { aliases: ['psp'], backups: [] },
      after: { aliases: ['psp', 'billing'], backups: [ben.id] },
    });
    const row = await db.selectFrom('rocks').select('changed_at').where('id', '=', rockId).executeTakeFirst();
    expect(row?.changed_at?.toString()).toMatch(/^2026-10-05T09:0/);
  });

  test('that changes nothing records nothing', async () => {
    const rockId = await add({ name: 'Payments' });
    await editRock(db, workspaceId, ana, rockId, entry({ name: 'Payments' }), await stampNow(rockId));
    expect((await eventsOf(rockId)).map(({ type }) => type)).toEqual(['rock.created', 'rock.assigned']);
  });

  test('of two who edit at once undoes nothing: the second is told', async () => {
    const rockId = await add({ name: 'Payments' });
    const stamp = await stampNow(rockId);
    const edited = await Promise.all([
      editRock(db, workspaceId, ana, rockId, entry({ name: 'Payments', weight: 3 }), stamp),
      editRock(replica, workspaceId, ana, rockId, entry({ name: 'Payments', weight: 4 }), stamp),
    ]);
    expect(edited.filter(({ ok }) => ok)).toHaveLength(1);
    expect(edited.find(({ ok }) => !ok)).toMatchObject({
      field: 'name',
      words:
        'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.',
    });
  });

  test('is for its owner, who stands in, the lead of its team and admins; others read whom to ask', async () => {
    const chi = await insertActor(db, workspaceId, { name: 'Chi' });
    const dan = await insertActor(db, workspaceId, { name: 'Dan' });
    const teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', teamId).execute();
    const given = { name: 'Payments', backups: [ben.id], teamId };
    const rockId = await add(given);
    const edit = async (actor: Actor) =>
      wordsOf(await editRock(db, workspaceId, actor, rockId, entry(given), await stampNow(rockId)));
    for (const actor of [ana, ben, chi, { ...dan, isAdmin: true }]) expect(await edit(actor)).toBe('done');

    const refusal = 'You can look at *Payments*, but not edit it. Ask';
    expect(await edit(dan)).toBe(`${refusal} <@${ana.slackId}>.`);
    await db
      .updateTable('stints')
      .set({ ended_at: '2026-10-06T00:00:00Z' })
      .where('rock_id', '=', rockId)
      .execute();
    expect(await edit(dan)).toBe(`${refusal} <@${chi.slackId}>, who leads its team.`);
    await db.updateTable('teams').set({ lead_id: null }).where('id', '=', teamId).execute();
    expect(await edit(dan)).toBe(`${refusal} one of your Cairn admins.`);
    await db.updateTable('people').set({ is_admin: true }).where('id', '=', chi.id).execute();
    expect(await edit(dan)).toBe(`${refusal} <@${chi.slackId}>.`);
  });

  test('refuses the owner as a backup, an alias that is its name, and one that stands there twice', async () => {
    const rockId = await add({ name: 'Payments' });
    const edit = async (given: Partial<RockEntry>) =>
      await editRock(
        db,
        workspaceId,
        ana,
        rockId,
        entry({ name: 'Payments', ...given }),
        await stampNow(rockId),
      );
    expect(await edit({ backups: [ana.id] })).toMatchObject({
      field: 'backups',
      words: 'The owner cannot stand in for themself. Pick somebody else as backup.',
    });
    expect(await edit({ aliases: ['payment'] })).toMatchObject({
      field: 'aliases',
      words: '“payment” is its name already, so it needs no alias.',
    });
    expect(await edit({ aliases: ['psp', 'PSP'] })).toMatchObject({
      field: 'aliases',
      words: '“PSP” stands there twice.',
    });
  });

  test('goes on while a backup acts as its owner, who stays a backup', async () => {
    const given = { name: 'Payments', backups: [ben.id] };
    const rockId = await add(given);
    await inTransaction(db, async (tx) => {
      await lockOwnership(tx, workspaceId, rockId);
      const at = instant('2026-10-05T09:30:00Z');
      const doer = { kind: 'person', personId: ana.id } as const;
      await beginActing(tx, { workspaceId, rockId, personId: ben.id, at, doer });
    });
    const change = entry({ ...given, summary: 'Cards and wallets.' });
    expect(wordsOf(await editRock(db, workspaceId, ben, rockId, change, await stampNow(rockId)))).toBe(
      'done',
    );
    expect(await stateNow(db, workspaceId, rockId)).toMatchObject({
      summary: 'Cards and wallets.',
      backups: [ben.id],
    });
  });

  test('a rock that one does not see is one that nobody knows', async () => {
    const rockId = await add({ name: 'Secret deal', visibility: 'people', viewers: [ana.id] });
    expect(wordsOf(await editRock(db, workspaceId, ben, rockId, entry({ name: 'X' }), 'x'))).toBe(
      'That rock is not in the register any more.',
    );
    const words = (name: string) => `I don't know a rock called “${name}”.`;
    expect(wordsOf(await findRock(db, workspaceId, 'secret deal', ben.id))).toBe(words('secret deal'));
    expect(wordsOf(await findRock(db, workspaceId, 'nothing here', ben.id))).toBe(words('nothing here'));
  });
});

describe('splitting a rock', () => {
  const links = [
    { label: 'Board', url: 'https://board.example/x' },
    { label: 'Book', url: 'https://book.example/y' },
  ];

  test('gives the new one the names and links that are said, as a proposal where it is for somebody else', async () => {
    const aliases = ['psp', 'refunds', 'money back'];
    const rockId = await add({ name: 'Pay and refund', aliases, links, weight: 4 });
    const form = split('Payments', 'Refunds', ['money back'], ['https://book.example/y']);
    const made = await splitRock(db, workspaceId, ana, rockId, form, ben);
    expect(made).toMatchObject({ value: { name: 'Refunds', owner: { id: ben.id, confirmedAt: null } } });
    const newId = made.ok ? made.value.id : 0;
    expect(await stateNow(db, workspaceId, newId)).toMatchObject({
      aliases: ['money back'],
      links: [links[1]],
    });
    // “refunds” is what the new one is called.
    const left = { name: 'Payments', aliases: ['psp'], links: [links[0]] };
    expect(await stateNow(db, workspaceId, rockId)).toMatchObject({ ...left, weight: 4 });
    expect((await eventsOf(rockId)).at(-1)).toMatchObject({
      type: 'rock.split',
      before: { name: 'Pay and refund', aliases, links },
      after: { ...left, into: newId },
    });
    expect((await eventsOf(newId))[0]).toMatchObject({ type: 'rock.created', after: { splitFrom: rockId } });
  });

  test.each([
    [split('Payments', 'payment'), 'name', 'The two need different names.'],
    [
      split('Wallets', 'Refunds', ['pay']),
      'aliases',
      '“pay” stays with the first one, whose name or key it is.',
    ],
    [
      split('Billing', 'Refunds'),
      'first-name',
      '“Billing” is an alias of Invoices already. Choose another name.',
    ],
    [split('Wallets', 'Billing'), 'name', '“Billing” is an alias of Invoices already. Choose another name.'],
  ])('refuses names that lead elsewhere, and changes nothing (%#)', async (form, field, words) => {
    await add({ name: 'Invoices', aliases: ['billing'] });
    const rockId = await insertRock(db, workspaceId, {
      name: 'Wallets',
      key: 'pay',
      aliases: ['pay'],
      owner: ana,
    });
    const before = await stampNow(rockId);
    expect(await splitRock(db, workspaceId, ana, rockId, form, ana)).toMatchObject({
      ok: false,
      field,
      words,
    });
    expect(await stampNow(rockId)).toBe(before);
  });
});
