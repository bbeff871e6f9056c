import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkStep, readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import { handoffsBlocks } from '../../../src/features/handoffs/list-blocks.ts';
import { readHandoffs } from '../../../src/features/handoffs/list-operations.ts';
import { checkOffer, offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff, declineHandoff, withdrawHandoff } from '../../../src/features/handoffs/operations.ts';
import { findCard } from '../../../src/features/ownership/lookup-operations.ts';
import type { Actor, Person } from '../../../src/features/people/core/person.ts';
import {
  insertActor,
  insertChannel,
  insertPerson,
  insertRock,
  isAbout,
  listEvents,
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { briefWords, got, handoffsOf, outcome, ownerOf, readAndAccept } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let chi: Actor;
let home: { id: number };
let rockId: number;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db);
  await setClock(db, workspaceId, '2026-10-05T09:00:00Z');
  ana = await insertActor(db, workspaceId, { name: 'Ana', timezone: 'Asia/Tokyo' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  chi = await insertActor(db, workspaceId, { name: 'Chi' });
  home = await insertChannel(db, workspaceId, 'payments');
  rockId = await insertRock(db, workspaceId, {
    name: 'Payments',
    owner: ana,
    since: '2025-01-31T20:00:00Z',
    channelId: home.id,
    summary: 'Cards and wallets.',
    backups: [chi, ben],
    links: ['https://bi.example/payments'],
  });
});
afterAll(async () => {
  await database.close();
});

const offer = (to: Person = ben, by: Actor = ana, rock = rockId) =>
  offerHandoff(database.db, workspaceId, by, { rockId: rock, to, words: briefWords });
const accept = async (id: number, by: Actor = ben) => {
  await readBrief(database.db, workspaceId, ben, id);
  return await acceptHandoff(database.db, workspaceId, by, id);
};
const decline = (id: number, reason: string | null = null, by: Actor = ben) =>
  declineHandoff(database.db, workspaceId, by, id, reason);
const withdraw = (id: number, by: Actor = ana) => withdrawHandoff(database.db, workspaceId, by, id);

const offered = async (...given: Parameters<typeof offer>) => got(await offer(...given));
const messages = () => listMessages(database.db, workspaceId);
const owner = () => ownerOf(database.db, workspaceId, rockId);
const eventTypes = async () => (await listEvents(database.db, workspaceId)).map((event) => event.type);

async function messageTo(to: { personId: number } | { channelId: number }, about: string) {
  const [key, id] = Object.entries(to)[0] ?? [];
  return (await messages()).find(
    (message) =>
      message.dedupeKey.startsWith(`handoff-${about}:`) &&
      (key === 'personId' ? message.personId : message.channelId) === id,
  );
}

/** Ownership goes from Ana to Chi behind the handoff's back, as an admin or an import could do it. */
async function moveOn(): Promise<void> {
  const own = { workspace_id: workspaceId, rock_id: rockId, handoff_id: null };
  await database.db
    .updateTable('stints')
    .set({ ended_at: '2026-10-05T09:30:00Z' })
    .where('rock_id', '=', rockId)
    .where('ended_at', 'is', null)
    .execute();
  await database.db
    .insertInto('stints')
    .values({ ...own, person_id: chi.id, began: 'assigned', began_at: '2026-10-05T09:30:00Z' })
    .execute();
}

describe('an offer', () => {
  test('leaves the rock with its owner until it is accepted', async () => {
    await offered();
    expect(await owner()).toBe(ana.id);
  });

  test('reaches the receiver and is confirmed to the sender, at once, and nobody else', async () => {
    const { id } = await offered();
    const told = await messages();
    expect(told.map((message) => [message.dedupeKey, message.personId, message.channelId])).toEqual([
      [`handoff-offer:${id}`, ben.id, null],
      [`handoff-offered:${id}`, ana.id, null],
    ]);
    expect(told.every((message) => isAbout(message.dueAt, '2026-10-05T09:00:00Z'))).toBe(true);
    const buttons = (blocks: unknown) => JSON.stringify(blocks).match(/"action_id":"[^"]+"/g);
    expect(buttons(told[0]?.blocks)).toEqual(['"action_id":"handoff:read"', '"action_id":"handoff:decline"']);
    expect(buttons(told[1]?.blocks)).toEqual(['"action_id":"handoff:withdraw"']);
  });

  test('keeps the facts of the moment beside the words of the sender', async () => {
    const handoff = await offered();
    expect(handoff.words).toEqual(briefWords);
    expect(handoff.facts).toEqual({
      summary: 'Cards and wallets.',
      keyResults: [],
      actions: [],
      decisions: [],
      roadmap: [],
      past: [],
      contributors: [],
      // Of the sender's own zone, in which that evening was the next day.
      carriedSince: '2025-02-01',
      team: null,
      channel: expect.objectContaining({ name: 'payments' }),
      backups: [
        { slackId: chi.slackId, name: 'Chi' },
        { slackId: ben.slackId, name: 'Ben' },
      ],
      links: [{ label: 'Link', url: 'https://bi.example/payments' }],
    });
    await database.db
      .updateTable('rocks')
      .set({ summary: 'Something else' })
      .where('id', '=', rockId)
      .execute();
    const { handoff: later } = got(await readBrief(database.db, workspaceId, ben, handoff.id));
    expect(later.facts.summary).toBe('Cards and wallets.');
  });

  test('is recorded', async () => {
    const { id } = await offered();
    expect(await listEvents(database.db, workspaceId)).toEqual([
      {
        type: 'handoff.offered',
        actorId: ana.id,
        subjectId: id,
        before: null,
        after: { kind: 'give', rock: rockId, from: ana.id, to: ben.id },
      },
    ]);
  });

  test('of the same rock is refused while another is open, whoever it is to', async () => {
    const { id } = await offered();
    expect(outcome(await offer(chi))).toBe('already-offered');
    await withdraw(id);
    expect(outcome(await offer(chi))).toBe('done');
  });

  test('by a new owner ends what the former one had offered, and both are told that it is over', async () => {
    const lapsed = await offered();
    await moveOn();
    expect(outcome(await offer(ben, chi))).toBe('done');
    const kept = await handoffsOf(database.db, rockId);
    expect(kept.map(({ state, from_id }) => [state, from_id])).toEqual([
      ['withdrawn', ana.id],
      ['offered', chi.id],
    ]);
    const texts = (await messages())
      .filter(({ dedupeKey }) => dedupeKey.endsWith(`:${lapsed.id}`))
      .map(({ text }) => text);
    expect(texts).toHaveLength(4);
    for (const text of texts) expect(text).toContain('Payments has another owner by now');
    expect(outcome(await accept(lapsed.id))).toBe('over');
    expect(await owner()).toBe(chi.id);
  });

  test('of the same rock, pressed ten times at once, is one', async () => {
    const pressed = await Promise.all(Array.from({ length: 10 }, () => offer()));
    expect(pressed.map(outcome).sort()).toEqual([...Array(9).fill('already-offered'), 'done']);
    expect(await handoffsOf(database.db, rockId)).toHaveLength(1);
    expect(await messages()).toHaveLength(2);
  });

  test('is refused for who does not own the rock, backups too', async () => {
    expect(outcome(await offer(ben, chi))).toBe('not-owner');
  });

  test('is refused to oneself', async () => {
    expect(outcome(await offer(ana))).toBe('to-oneself');
  });

  test('is refused to somebody who left', async () => {
    expect(outcome(await offer(await insertPerson(database.db, workspaceId, { isDeactivated: true })))).toBe(
      'left',
    );
  });

  test.each(['guest', 'bot', 'outsider'] as const)('is refused to a %s', async (kind) => {
    expect(outcome(await offer(await insertPerson(database.db, workspaceId, { kind })))).toBe('not-a-member');
  });

  test('is refused to somebody who is not in Slack yet', async () => {
    expect(outcome(await offer(await insertPerson(database.db, workspaceId, { slackId: null })))).toBe(
      'not-a-member',
    );
  });

  test('is refused of a rock that nobody owns, that is gone, or that is of another workspace', async () => {
    const unowned = await insertRock(database.db, workspaceId, { name: 'Refunds' });
    const other = await insertWorkspace(database.db);
    const theirs = await insertRock(database.db, other, { name: 'Payments' });
    expect(outcome(await offer(ben, ana, unowned))).toBe('unowned');
    expect(outcome(await offer(ben, ana, 999_999))).toBe('unknown-rock');
    expect(outcome(await offer(ben, ana, theirs))).toBe('unknown-rock');
  });

  test('that is refused leaves nothing behind', async () => {
    await offer(ana);
    await offer(ben, chi);
    expect(await handoffsOf(database.db, rockId)).toEqual([]);
    expect(await messages()).toEqual([]);
    expect(await eventTypes()).toEqual([]);
  });

  test('is checked the same way before anybody writes a brief', async () => {
    const rock = await findCard(database.db, workspaceId, rockId, ana.id);
    if (rock === undefined) throw new Error('no rock');
    const check = async (by: Actor, to: Person | null) =>
      outcome(await checkOffer(database.db, workspaceId, by, rock, to));
    expect(await check(ana, null)).toBe('done');
    expect(await check(ana, ben)).toBe('done');
    expect(await check(ana, ana)).toBe('to-oneself');
    expect(await check(ben, null)).toBe('not-owner');
    await offered();
    expect(await check(ana, null)).toBe('already-offered');
  });
});

describe('the brief', () => {
  const read = async (id: number, by: Actor) => await readBrief(database.db, workspaceId, by, id);
  const readAt = async () => (await handoffsOf(database.db, rockId))[0]?.read_at ?? null;

  test('can be read by the receiver, who may accept then, and the first time is kept', async () => {
    const { id } = await offered();
    expect(got(await read(id, ben))).toMatchObject({ mayAccept: true, handoff: { words: briefWords } });
    expect(isAbout(await readAt(), '2026-10-05T09:00:00Z')).toBe(true);
    await setClock(database.db, workspaceId, '2026-10-06T09:00:00Z');
    await read(id, ben);
    expect(isAbout(await readAt(), '2026-10-05T09:00:00Z')).toBe(true);
  });

  test('can be read by the sender, who may not accept, and that is no reading', async () => {
    const { id } = await offered();
    expect(got(await read(id, ana)).mayAccept).toBe(false);
    expect(await readAt()).toBeNull();
  });

  test('can be read when all is over, and not accepted any more', async () => {
    const { id } = await offered();
    await withdraw(id);
    expect(got(await read(id, ben)).mayAccept).toBe(false);
    expect(await readAt()).toBeNull();
  });

  test('is nobody else’s, and nobody’s of another workspace', async () => {
    const { id } = await offered();
    expect(outcome(await read(id, chi))).toBe('not-yours');
    expect(outcome(await readBrief(database.db, await insertWorkspace(database.db), ben, id))).toBe('gone');
  });
});

describe('accepting', () => {
  test('flips ownership in one moment, with its events', async () => {
    const { id } = await offered();
    await setClock(database.db, workspaceId, '2026-10-06T10:00:00Z');
    expect(got(await accept(id)).state).toBe('overlap');
    expect(await owner()).toBe(ben.id);

    const stints = await database.db
      .selectFrom('stints')
      .selectAll()
      .where('rock_id', '=', rockId)
      .orderBy('id')
      .execute();
    expect(stints).toMatchObject([
      { person_id: ana.id },
      { person_id: ben.id, began: 'handoff', handoff_id: id, ended_at: null },
    ]);
    expect(isAbout(stints[1]?.began_at, '2026-10-06T10:00:00Z')).toBe(true);
    expect(stints[0]?.ended_at?.toString()).toBe(stints[1]?.began_at.toString());

    expect(await listEvents(database.db, workspaceId)).toMatchObject([
      { type: 'handoff.offered' },
      {
        type: 'rock.handed-over',
        actorId: ben.id,
        subjectId: rockId,
        before: { owner: ana.id },
        after: { owner: ben.id, handoff: id },
      },
      { type: 'handoff.accepted', actorId: ben.id, subjectId: id, after: { rock: rockId, to: ben.id } },
    ]);
  });

  test('tells the sender and thanks them in the home channel', async () => {
    const { id } = await offered();
    await accept(id);
    const told = await messages();
    expect(told.slice(2).map((message) => [message.dedupeKey, message.personId, message.channelId])).toEqual([
      [`handoff-accepted:${id}`, ana.id, null],
      [`handoff-thanks:${id}`, null, home.id],
    ]);
    expect(told[3]?.text).toMatch(/20 months/);
    expect(told[3]?.text).toContain(`<@${ben.slackId}>`);
  });

  test('rewrites the offer and the sender’s note: the brief stays to be read by both, and nothing else to be pressed', async () => {
    const { id } = await offered();
    await accept(id);
    const toBen = await messageTo({ personId: ben.id }, 'offer');
    const toAna = await messageTo({ personId: ana.id }, 'offered');
    for (const message of [toBen, toAna]) {
      expect(message).toMatchObject({ revision: 2 });
      expect(JSON.stringify(message?.blocks).match(/"action_id":"[^"]+"/g)).toEqual([
        '"action_id":"handoff:read"',
      ]);
    }
    expect(toBen?.text).toContain('It is yours now.');
  });

  test('thanks in no channel when the rock has none', async () => {
    await database.db.updateTable('rocks').set({ channel_id: null }).where('id', '=', rockId).execute();
    const { id } = await offered();
    await accept(id);
    expect((await messages()).filter((message) => message.channelId !== null)).toEqual([]);
    expect(await owner()).toBe(ben.id);
  });

  test('makes no backup of the new owner', async () => {
    const { id } = await offered();
    await accept(id);
    const card = await findCard(database.db, workspaceId, rockId, ana.id);
    expect(card?.backups.map((backup) => backup.id)).toEqual([chi.id]);
  });

  test('a second time is refused and changes nothing', async () => {
    const { id } = await offered();
    await accept(id);
    const before = await messages();
    expect(outcome(await accept(id))).toBe('over');
    expect(await messages()).toEqual(before);
    expect(await eventTypes()).toHaveLength(3);
  });

  test('is for the receiver alone', async () => {
    const { id } = await offered();
    expect(outcome(await accept(id, ana))).toBe('not-yours');
    expect(outcome(await accept(id, chi))).toBe('not-yours');
    expect(await owner()).toBe(ana.id);
    expect(await eventTypes()).toEqual(['handoff.offered']);
  });

  test('is refused once the rock has moved on', async () => {
    const { id } = await offered();
    await moveOn();
    expect(outcome(await accept(id))).toBe('moved-on');
    expect(await owner()).toBe(chi.id);
    expect(await eventTypes()).toEqual(['handoff.offered']);
  });

  test('is refused for a handoff that is not there', async () => {
    expect(outcome(await accept(999_999))).toBe('gone');
  });

  test('lets the new owner hand the rock on, back too', async () => {
    const first = await offered();
    await accept(first.id);
    const back = await offered(ana, ben);
    got(await readAndAccept(database.db, workspaceId, ana, back.id));
    expect(await owner()).toBe(ana.id);
  });
});

describe('declining', () => {
  test('leaves the rock where it is and tells the sender alone, with the reason', async () => {
    const { id } = await offered();
    const declined = got(await decline(id, 'Too much\n<!channel> on my plate'));
    expect(declined.state).toBe('declined');
    expect(await owner()).toBe(ana.id);
    const told = (await messages()).slice(2);
    expect(told.map((message) => [message.dedupeKey, message.personId])).toEqual([
      [`handoff-declined:${id}`, ana.id],
    ]);
    expect(told[0]?.text).toContain('> Too much\n> &lt;!channel&gt; on my plate');
    expect(await handoffsOf(database.db, rockId)).toMatchObject([
      { state: 'declined', decline_reason: 'Too much\n<!channel> on my plate' },
    ]);
  });

  test('keeps the reason between the two: it is in no event', async () => {
    const { id } = await offered();
    await decline(id, 'Too much on my plate');
    const events = await listEvents(database.db, workspaceId);
    expect(events.at(-1)).toMatchObject({ type: 'handoff.declined', actorId: ben.id, subjectId: id });
    expect(JSON.stringify(events)).not.toContain('Too much');
  });

  test('needs no reason', async () => {
    const { id } = await offered();
    got(await decline(id));
    const told = await messageTo({ personId: ana.id }, 'declined');
    expect(told?.text).toMatch(/It stays with you\.$/);
  });

  test('takes the buttons away', async () => {
    const { id } = await offered();
    await decline(id);
    const first = (await messages()).slice(0, 2);
    expect(first.map((message) => message.revision)).toEqual([2, 2]);
    expect(JSON.stringify(first)).not.toContain('action_id');
  });

  test('is for the receiver alone, and only once', async () => {
    const { id } = await offered();
    expect(outcome(await decline(id, null, ana))).toBe('not-yours');
    expect(outcome(await decline(id, null, chi))).toBe('not-yours');
    expect(outcome(await decline(id))).toBe('done');
    expect(outcome(await decline(id))).toBe('over');
    expect(outcome(await accept(id))).toBe('over');
    expect(await owner()).toBe(ana.id);
  });

  test('is possible even when the rock has moved on', async () => {
    const { id } = await offered();
    await moveOn();
    expect(outcome(await decline(id))).toBe('done');
    expect(await owner()).toBe(chi.id);
  });

  test('is checked the same way before anybody is asked for a reason', async () => {
    const { id } = await offered();
    const check = async (by: Actor) => outcome(await checkStep(database.db, workspaceId, by, id, 'decline'));
    expect(await check(ben)).toBe('done');
    expect(await check(ana)).toBe('not-yours');
    await decline(id);
    expect(await check(ben)).toBe('over');
  });
});

describe('withdrawing', () => {
  test('takes the offer back, rewrites it and tells nobody anew', async () => {
    const { id } = await offered();
    got(await withdraw(id));
    const told = await messages();
    expect(told).toHaveLength(2);
    expect(told[0]?.text).toContain('Nothing is asked of you.');
    expect(JSON.stringify(told)).not.toContain('action_id');
    expect(await eventTypes()).toEqual(['handoff.offered', 'handoff.withdrawn']);
    expect(await owner()).toBe(ana.id);
  });

  test('is for the sender alone, and only while it is open', async () => {
    const { id } = await offered();
    expect(outcome(await withdraw(id, ben))).toBe('not-yours');
    await accept(id);
    expect(outcome(await withdraw(id))).toBe('over');
    expect(await owner()).toBe(ben.id);
  });

  test('a second time is told apart, and changes nothing', async () => {
    const { id } = await offered();
    got(await withdraw(id));
    expect(outcome(await withdraw(id))).toBe('already-withdrawn');
    expect(await eventTypes()).toEqual(['handoff.offered', 'handoff.withdrawn']);
  });
});

describe('what waits', () => {
  const lists = (by: Actor) => readHandoffs(database.db, workspaceId, by);
  const idsOf = (waiting: { handoffs: { id: number }[] }) => waiting.handoffs.map(({ id }) => id);

  test('is what is open to me and of me, oldest first', async () => {
    const second = await insertRock(database.db, workspaceId, { name: 'Refunds', owner: ana });
    const third = await insertRock(database.db, workspaceId, { name: 'Search', owner: chi });
    const fourth = await insertRock(database.db, workspaceId, { name: 'Fraud', owner: ben });
    const first = await offered();
    await setClock(database.db, workspaceId, '2026-10-05T10:00:00Z');
    const later = await offered(ben, ana, second);
    const ofBen = await offered(ana, ben, fourth);
    await decline((await offered(ben, chi, third)).id);
    const { forActor, forOthers } = await lists(ben);
    expect(idsOf(forActor)).toEqual([first.id, later.id]);
    expect(idsOf(forOthers)).toEqual([ofBen.id]);
    expect(await lists(chi)).toEqual({
      forActor: { handoffs: [], total: 0 },
      forOthers: { handoffs: [], total: 0 },
      loans: { handoffs: [], total: 0 },
      overlaps: { handoffs: [], total: 0 },
    });
  });

  test('is counted in full where there is more than a list shows', async () => {
    for (let count = 0; count < 15; count += 1) {
      await offered(
        ben,
        ana,
        await insertRock(database.db, workspaceId, { name: `Rock ${count}`, owner: ana }),
      );
    }
    const waiting = await lists(ben);
    expect(waiting.forActor.total).toBe(15);
    expect(handoffsBlocks(waiting, ben.id).text).toMatch(/… and 9 more\.$/);
  });

  test('who still helps is said until the overlap is over', async () => {
    const { id } = await offered();
    await accept(id);
    expect(idsOf((await lists(ben)).overlaps)).toEqual([id]);
    expect(handoffsBlocks(await lists(ana), ana.id).text).toContain('You still help');
    await setClock(database.db, workspaceId, '2026-10-20T10:00:00Z');
    expect(idsOf((await lists(ana)).overlaps)).toEqual([]);
  });
});
