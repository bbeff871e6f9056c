import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, RockCard } from '../../../src/features/ownership/core/rock.ts';
import { findCard, findOwner } from '../../../src/features/ownership/lookup-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { insertActor, insertPerson, insertRock, insertTeam, setClock } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { fakeDirectory } from '../people/fake-directory.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let noor: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Lisbon' });
  await setClock(database.db, workspaceId, '2026-11-25T22:30:00Z');
  ana = await insertActor(database.db, workspaceId, { name: 'Ana', timezone: 'Asia/Tokyo' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben', timezone: 'America/New_York' });
  noor = await insertActor(database.db, workspaceId, { name: 'Noor' });
});
afterAll(async () => {
  await database.close();
});

const deps = () => ({ db: database.db, directory: fakeDirectory() });

async function ask(text: string, viewer = noor): Promise<Answer> {
  const result = await findOwner(deps(), workspaceId, { kind: 'name', text }, viewer.id);
  if (!result.ok) throw new Error(result.words);
  return result.value;
}

async function cardOf(rockId: number): Promise<RockCard> {
  const card = await findCard(database.db, workspaceId, rockId, noor.id);
  if (card === undefined) throw new Error('no card');
  return card;
}

const away = (personId: number, from: string, to: string) =>
  database.db
    .insertInto('absences')
    .values({ workspace_id: workspaceId, person_id: personId, starts_on: from, ends_on: to })
    .execute();

async function handoff(
  rockId: number,
  given: { kind: 'lend' | 'give'; state: 'offered' | 'accepted' | 'overlap'; from: Actor; to: Actor } & {
    until_on?: string;
    overlap_until?: string;
  },
): Promise<void> {
  const { kind, state, from, to, ...more } = given;
  await database.db
    .insertInto('handoffs')
    .values({
      workspace_id: workspaceId,
      rock_id: rockId,
      kind,
      state,
      from_id: from.id,
      to_id: to.id,
      by_id: from.id,
      facts: '{}',
      offered_at: '2026-11-20T09:00:00Z',
      accepted_at: '2026-11-21T09:00:00Z',
      work: null,
      why_it_matters: 'It matters.',
      where_it_stands: 'Well.',
      next_step: null,
      what_could_hurt: null,
      suggestion: null,
      reason: null,
      decline_reason: null,
      batch_id: null,
      undoes_id: null,
      request_message_id: null,
      offer_message_id: null,
      sender_message_id: null,
      ...more,
    })
    .execute();
}

describe('a card says', () => {
  test('until when owner and backups are away, by the calendar of each', async () => {
    const rockId = await insertRock(database.db, workspaceId, {
      name: 'Payments',
      owner: ana,
      backups: [ben],
    });
    // It is Thursday already in Tokyo, and still Wednesday in New York.
    await away(ana.id, '2026-11-26', '2026-11-27');
    await away(ana.id, '2026-12-24', '2027-01-02');
    await away(ben.id, '2026-11-26', '2026-12-04');
    const card = await cardOf(rockId);
    expect(String(card.owner?.away?.until)).toBe('2026-11-27');
    expect(card.backups).toMatchObject([{ name: 'Ben', away: null }]);
    await setClock(database.db, workspaceId, '2026-11-27T15:00:00Z');
    const later = await cardOf(rockId);
    expect(later.owner?.away).toBeNull();
    expect(String(later.backups[0]?.away?.until)).toBe('2026-12-04');
  });

  test('who has it on loan', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    expect((await cardOf(rockId)).loan).toBeNull();
    await handoff(rockId, { kind: 'lend', state: 'accepted', from: ana, to: ben, until_on: '2027-01-15' });
    const { loan, owner } = await cardOf(rockId);
    expect(loan).toMatchObject({ to: { id: ben.id, timezone: 'America/New_York' } });
    expect(String(loan?.until)).toBe('2027-01-15');
    expect(owner?.id).toBe(ana.id);
  });

  test('whom to ask about the past until the overlap is over, and not who owns it again or has left', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ben });
    const ended = { kind: 'give', state: 'overlap', overlap_until: '2026-12-05T09:00:00Z' } as const;
    await handoff(rockId, { ...ended, from: ben, to: ana });
    expect((await cardOf(rockId)).past).toBeNull();
    await handoff(rockId, { ...ended, from: ana, to: ben });
    expect((await cardOf(rockId)).past).toMatchObject({ askPerson: { id: ana.id } });
    await setClock(database.db, workspaceId, '2026-12-05T09:00:00Z');
    expect((await cardOf(rockId)).past).toBeNull();
  });

  test('who contributes by discipline, and that a backup acts as the owner', async () => {
    const rockId = await insertRock(database.db, workspaceId, {
      name: 'Payments',
      owner: ana,
      began: 'acting',
    });
    await database.db
      .insertInto('rock_contributors')
      .values({ workspace_id: workspaceId, rock_id: rockId, person_id: ben.id, discipline: 'design' })
      .execute();
    const card = await cardOf(rockId);
    expect(card.contributors).toMatchObject([{ id: ben.id, discipline: 'design' }]);
    expect(card.owner?.isActing).toBe(true);
  });
});

describe('what is over or set down', () => {
  const change = (rockId: number, to: object) =>
    database.db.updateTable('rocks').set(to).where('id', '=', rockId).execute();
  const retire = (rockId: number, successorId: number | null) =>
    change(rockId, {
      state: 'retired',
      retired_at: '2026-11-01T00:00:00Z',
      retired_reason: 'Merged',
      successor_id: successorId,
    });

  test('is found by its old alias, with where it went in the end', async () => {
    const last = await insertRock(database.db, workspaceId, { name: 'Checkout' });
    const middle = await insertRock(database.db, workspaceId, { name: 'Payments' });
    const first = await insertRock(database.db, workspaceId, { name: 'Cards', aliases: ['plastic'] });
    await retire(middle, last);
    await retire(first, middle);
    expect(await ask('plastic')).toMatchObject({
      kind: 'card',
      card: { name: 'Cards', retired: { reason: 'Merged', successor: { name: 'Payments' } } },
      successor: { name: 'Checkout' },
    });
  });

  test('names no successor that the asker does not see', async () => {
    const secret = await insertRock(database.db, workspaceId, { name: 'Merger' });
    await change(secret, { visibility: 'people' });
    await retire(await insertRock(database.db, workspaceId, { name: 'Cards' }), secret);
    expect(await ask('cards')).toMatchObject({ card: { retired: { successor: null } }, successor: null });
  });

  test('gives way to a living rock of the same name', async () => {
    await retire(await insertRock(database.db, workspaceId, { name: 'Cards', key: 'old' }), null);
    expect(await ask('card')).toMatchObject({ card: { key: 'old' } });
    await insertRock(database.db, workspaceId, { name: 'Cards', key: 'new' });
    expect(await ask('card')).toMatchObject({ kind: 'card', card: { key: 'new' } });
  });

  test('is no gap: it is counted apart, and says who set it down and when to look again', async () => {
    await insertRock(database.db, workspaceId, { name: 'Pricing' });
    const rockId = await insertRock(database.db, workspaceId, { name: 'Swag' });
    await change(rockId, {
      state: 'set-down',
      set_down_by: ana.id,
      set_down_at: '2026-11-01T00:00:00Z',
      set_down_reason: 'No budget',
      look_again_on: '2027-03-01',
    });
    await retire(await insertRock(database.db, workspaceId, { name: 'Fax' }), null);
    const { setDown } = await cardOf(rockId);
    expect(setDown).toMatchObject({ by: { id: ana.id }, reason: 'No budget' });
    expect(String(setDown?.lookAgainOn)).toBe('2027-03-01');
    expect(await findOwner(deps(), workspaceId, { kind: 'unowned' }, noor.id)).toMatchObject({
      value: { about: { setDown: 1 }, total: 1, rocks: [{ name: 'Pricing' }] },
    });
  });
});

describe('a rock that one does not see does not exist', () => {
  const place = 'https://bi.example/merger';
  let teamId: number;
  let rockId: number;
  beforeEach(async () => {
    teamId = await insertTeam(database.db, workspaceId, { key: 'deals' });
    rockId = await insertRock(database.db, workspaceId, {
      name: 'Merger of banks',
      key: 'merger',
      aliases: ['Falcon'],
      links: [place],
      summary: 'The acquisition of a competitor.',
      teamId,
      owner: ana,
    });
    await database.db.updateTable('rocks').set({ visibility: 'team' }).where('id', '=', rockId).execute();
  });

  const asks = [
    'merger of banks',
    'merger',
    'falcon',
    'flacon',
    'banks merger',
    'mergre of bank',
    'mob',
    'mer',
    'acquisition',
  ];

  test.each(asks)('asked for as “%s”', async (text) => {
    expect(await ask(text)).toMatchObject({ kind: 'nothing' });
    expect(JSON.stringify(await ask(text, ana))).toContain('Merger of banks');
  });

  test('by its address and in lists; those of its team see it', async () => {
    const dee = await insertActor(database.db, workspaceId, { name: 'Dee' });
    await database.db
      .insertInto('team_members')
      .values({ workspace_id: workspaceId, team_id: teamId, person_id: dee.id })
      .execute();
    const named = async (viewer: Actor) => {
      const answers = await Promise.all([
        findOwner(deps(), workspaceId, { kind: 'url', url: `${place}/page` }, viewer.id),
        findOwner(deps(), workspaceId, { kind: 'url', url: 'https://bi.example' }, viewer.id),
        findOwner(deps(), workspaceId, { kind: 'person', slackId: ana.slackId, name: null }, viewer.id),
      ]);
      return answers.map((answer) => JSON.stringify(answer).includes('Merger of banks'));
    };
    expect(await named(noor)).toEqual([false, false, false]);
    expect(await named(dee)).toEqual([true, true, true]);
    expect(await findCard(database.db, workspaceId, rockId, noor.id)).toBeUndefined();
  });

  test('does not make another one unsure', async () => {
    await insertRock(database.db, workspaceId, { name: 'Merger of banks', key: 'public' });
    expect(await ask('merger of banks')).toMatchObject({ kind: 'card', card: { key: 'public' } });
  });
});

describe('a rock is found by', () => {
  test.each([
    ['a word of its summary, in another form', 'wallet', 'choice'],
    ['several words of it, with accents', 'pre-paid wallets Zürich', 'choice'],
    ['initials of three words', 'tos', 'card'],
    ['a word typed as one with the next', 'termsof service', 'card'],
    ['beginnings', 'ter ser', 'card'],
    ['its words in another order, with slips', 'serivce terms', 'card'],
  ])('%s', async (_, typed, kind) => {
    await insertRock(database.db, workspaceId, {
      name: 'Terms of service',
      summary: 'What the prepaid wallets of Zurich promise, in pre-paid words.',
    });
    await insertRock(database.db, workspaceId, { name: 'Refunds', summary: 'Money back.' });
    const answer = await ask(typed);
    expect(answer.kind).toBe(kind);
    expect(JSON.stringify(answer)).toContain('Terms of service');
    expect(JSON.stringify(answer)).not.toContain('Refunds');
  });

  test('its names of today, whatever it was called before', async () => {
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments' });
    await database.db
      .updateTable('rock_names')
      .set({ name: 'Settlement', normal: 'settlement' })
      .where('rock_id', '=', rockId)
      .execute();
    expect(await ask('setlement')).toMatchObject({ kind: 'card' });
    expect(await ask('paymets')).toMatchObject({ kind: 'nothing' });
  });

  test('nothing that another workspace has', async () => {
    const other = await insertWorkspace(database.db);
    await insertRock(database.db, other, { name: 'Terms of service', summary: 'Wallets.' });
    for (const text of ['terms of service', 'tos', 'termsofservice', 'term of servise', 'wallets']) {
      expect(await ask(text)).toMatchObject({ kind: 'nothing' });
    }
  });
});

test('an owner who has left is still named, so that the answer can say so', async () => {
  const gone = await insertPerson(database.db, workspaceId, { name: 'Gil', isDeactivated: true });
  const rockId = await insertRock(database.db, workspaceId, { name: 'Refunds', owner: gone, backups: [ben] });
  expect(await cardOf(rockId)).toMatchObject({ owner: { isDeactivated: true }, backups: [{ id: ben.id }] });
});
