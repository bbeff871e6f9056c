import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askForRock } from '../../../src/features/handoffs/ask-operations.ts';
import { readBrief, suggestChanges } from '../../../src/features/handoffs/brief-operations.ts';
import {
  answerFollowUp,
  reportMissing,
  sendAskers,
} from '../../../src/features/handoffs/follow-up-operations.ts';
import { handoffJob } from '../../../src/features/handoffs/jobs.ts';
import { offerHandoff, offerWork } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff, declineHandoff } from '../../../src/features/handoffs/operations.ts';
import type { Actor, Person } from '../../../src/features/people/core/person.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { insertPerson, keptLog, listEvents, setClock } from '../../support/builders.ts';
import { listTold } from '../../support/daily.ts';
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
  turnTo,
  type World,
} from './support.ts';

let database: TestDatabase;
let replica: Database;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  replica = openDatabase(database.url);
});
beforeEach(async () => {
  world = await makeWorld(database.db);
});
afterAll(async () => {
  await replica.destroy();
  await database.close();
});

const offered = async (to: Person = world.ben) => {
  const offer = { rockId: world.rockId, to, words: briefWords };
  return got(await offerHandoff(world.db, world.workspaceId, world.ana, offer));
};
const turn = (iso: string) => turnTo(world.db, world.workspaceId, iso);
const told = async (about: string) =>
  (await listTold(world.db, world.workspaceId)).filter(({ dedupeKey }) =>
    dedupeKey.startsWith(`handoff-${about}`),
  );
const stepsLeft = async () => {
  const rows = await world.db
    .selectFrom('handoff_steps')
    .select('step')
    .where('workspace_id', '=', world.workspaceId)
    .orderBy('due_at')
    .execute();
  return rows.map(({ step }) => step);
};

describe('an offer that nobody answers', () => {
  test('is remembered after one working day, in its thread', async () => {
    await offered();
    await turn('2026-10-06T08:59:00Z');
    expect(await told('reminder')).toEqual([]);
    await turn('2026-10-06T09:01:00Z');
    const [offer] = await told('offer:');
    const [reminder] = await told('reminder');
    expect(reminder).toMatchObject({
      personId: world.ben.id,
      threadOf: offer?.id,
      text: 'Payments still waits for your answer. A `Decline` is fine too: then it goes another way.',
    });
    const nudge = await world.db
      .selectFrom('deliveries')
      .select('is_nudge')
      .where('message_id', '=', reminder?.id ?? 0)
      .executeTakeFirst();
    expect(nudge?.is_nudge).toBe(true);
  });

  test('counts the receiver’s working days: not the weekend, and not while they are away', async () => {
    await setClock(world.db, world.workspaceId, '2026-10-09T09:00:00Z');
    await world.db
      .insertInto('absences')
      .values({
        workspace_id: world.workspaceId,
        person_id: world.ben.id,
        starts_on: '2026-10-12',
        ends_on: '2026-10-13',
      })
      .execute();
    await offered();
    await turn('2026-10-14T08:59:00Z');
    expect(await told('reminder')).toEqual([]);
    await turn('2026-10-14T09:01:00Z');
    expect(await told('reminder')).toHaveLength(1);
  });

  test('after three is told to the team’s lead in private: that it waits, and not why', async () => {
    await offered();
    await turn('2026-10-08T09:01:00Z');
    const { ana, ben, dan } = world;
    expect(await toldTo(world.db, world.workspaceId, dan.id)).toEqual([
      `The handoff of Payments between <@${ana.slackId}> and <@${ben.slackId}> has waited for <@${ben.slackId}> for three working days. Perhaps a word from you helps. Only you read this.`,
    ]);
  });

  test('is told to no lead who is one of the two', async () => {
    await offered(world.dan);
    await turn('2026-10-08T09:01:00Z');
    expect(await told('waits')).toEqual([]);
  });

  test('is over after ten: both are told kindly, and the rock stays', async () => {
    const { db, workspaceId, ana, ben, rockId } = world;
    const { id } = await offered();
    await turn('2026-10-19T09:01:00Z');
    expect((await handoffsOf(db, rockId)).map(({ state }) => state)).toEqual(['expired']);
    expect(await ownerOf(db, workspaceId, rockId)).toBe(ana.id);
    expect((await toldTo(db, workspaceId, ben.id)).at(-1)).toBe(
      'The offer of Payments is over, and nothing is asked of you any more.',
    );
    expect((await toldTo(db, workspaceId, ana.id)).at(-1)).toBe(
      'Nobody answered about Payments, so the offer is over. You can offer it again, or to somebody else.',
    );
    expect(await acceptHandoff(db, workspaceId, ben, id)).toMatchObject({ words: 'This offer has expired.' });
    expect((await listEvents(db, workspaceId)).at(-1)).toMatchObject({
      type: 'handoff.expired',
      actorId: null,
    });
    expect(await stepsLeft()).toEqual([]);
  });

  test('that is answered wants nothing more of the clock', async () => {
    const { id } = await offered();
    expect(await stepsLeft()).toEqual(['remind', 'escalate', 'expire']);
    got(await declineHandoff(world.db, world.workspaceId, world.ben, id, null));
    expect(await stepsLeft()).toEqual([]);
  });

  test('begins to wait for the sender when changes are suggested', async () => {
    const { id } = await offered();
    await setClock(world.db, world.workspaceId, '2026-10-07T15:00:00Z');
    got(await suggestChanges(world.db, world.workspaceId, world.ben, id, 'Say more.'));
    await turn('2026-10-08T14:00:00Z');
    expect(await told('reminder')).toEqual([]);
    await turn('2026-10-08T15:01:00Z');
    expect((await told('reminder')).map(({ personId }) => personId)).toEqual([world.ana.id]);
  });

  test('asked of an owner is reminded of the same way', async () => {
    const { db, workspaceId, rockId, ben, ana } = world;
    got(await askForRock(db, workspaceId, ben, rockId, null));
    await turn('2026-10-06T09:01:00Z');
    expect((await told('reminder')).map(({ personId, text }) => [personId, text])).toEqual([
      [ana.id, `<@${ben.slackId}> still waits for your answer about Payments. Either answer helps.`],
    ]);
    await turn('2026-10-19T09:01:00Z');
    expect((await toldTo(db, workspaceId, ben.id)).at(-1)).toBe(
      'Nobody answered about Payments, so your wish is over for now. You can ask again.',
    );
  });

  test('of a piece of work has no lead to tell', async () => {
    const { db, workspaceId, ana, ben } = world;
    got(await offerWork(db, workspaceId, ana, { work: 'Deck', to: ben, words: briefWords, dueOn: null }));
    await turn('2026-10-08T09:01:00Z');
    expect(await told('reminder')).toHaveLength(1);
    expect(await told('waits')).toEqual([]);
  });
});

describe('several processes', () => {
  test('do a step once', async () => {
    await offered();
    await setClock(world.db, world.workspaceId, '2026-10-19T09:01:00Z');
    const jobs = [world.db, replica, world.db, replica].map((db) =>
      handoffJob({ db, log: keptLog().log }, world.workspaceId).run(),
    );
    await Promise.all(jobs);
    const types = (await listEvents(world.db, world.workspaceId)).map(({ type }) => type);
    expect(types).toEqual(['handoff.offered', 'handoff.expired']);
    expect(await told('expired')).toHaveLength(2);
    expect(await told('waits')).toHaveLength(1);
  });

  test('and a yes at the very moment of the end agree on one of the two', async () => {
    const { db, workspaceId, ben, rockId, ana } = world;
    const { id } = await offered();
    await setClock(db, workspaceId, '2026-10-19T09:01:00Z');
    const [said] = await Promise.all([
      readAndAccept(replica, workspaceId, ben, id),
      handoffJob({ db, log: keptLog().log }, workspaceId).run(),
    ]);
    const [handoff] = await handoffsOf(db, rockId);
    expect(handoff?.state).toBe(said.ok ? 'overlap' : 'expired');
    expect(await ownerOf(db, workspaceId, rockId)).toBe(said.ok ? ben.id : ana.id);
  });
});

describe('after a handoff', () => {
  const handedOver = async (to: Actor = world.ben) => {
    const { id } = await offered(to);
    return got(await readAndAccept(world.db, world.workspaceId, to, id));
  };
  const followUpOf = async (personId: number, day: 7 | 30) =>
    (
      await world.db
        .selectFrom('follow_ups')
        .select('id')
        .where('person_id', '=', personId)
        .where('day', '=', day)
        .executeTakeFirstOrThrow()
    ).id;

  test('the overlap ends by itself', async () => {
    await handedOver();
    await turn('2026-10-19T09:01:00Z');
    const [handoff] = await handoffsOf(world.db, world.rockId);
    expect(handoff?.state).toBe('completed');
    expect(await stepsLeft()).toEqual(['follow-up-30']);
  });

  test('both are asked after 7 and 30 days, in private, at nine of a working day', async () => {
    const { db, workspaceId, ana, ben } = world;
    await setClock(db, workspaceId, '2026-10-03T22:00:00Z');
    await handedOver();
    await turn('2026-11-03T22:01:00Z');
    const asked = await told('follow-up');
    expect(asked.map(({ personId, dueAt }) => [personId, dueAt.toString()])).toEqual([
      // Day 7 is a Saturday evening.
      [ana.id, '2026-10-12T09:00:00Z'],
      [ben.id, '2026-10-12T09:00:00Z'],
      [ana.id, '2026-11-03T09:00:00Z'],
      [ben.id, '2026-11-03T09:00:00Z'],
    ]);
    expect(asked[0]?.text).toBe(
      `A week ago <@${ben.slackId}> took Payments over from you. Still asked about it?`,
    );
    expect(asked[1]?.text).toBe('A week ago you took Payments over. Anything missing from the brief?');
    expect((await listTold(db, workspaceId)).filter(({ channelId }) => channelId !== null)).toHaveLength(1);
  });

  test('nobody is asked when the rock has moved on', async () => {
    const { db, workspaceId, ben, chi, rockId } = world;
    await handedOver();
    const next = got(await offerHandoff(db, workspaceId, ben, { rockId, to: chi, words: briefWords }));
    got(await readAndAccept(db, workspaceId, chi, next.id));
    await turn('2026-10-12T09:30:00Z');
    expect((await told('follow-up')).every(({ dedupeKey }) => dedupeKey.includes(`:${next.id}:`))).toBe(true);
  });

  test('who still asks is sent on, in words of ours, and the question is answered once', async () => {
    const { db, workspaceId, ana, ben, chi, dan } = world;
    await handedOver();
    await turn('2026-10-12T09:01:00Z');
    const id = await followUpOf(ana.id, 7);
    expect(outcome(await sendAskers(db, workspaceId, ben, id, [chi]))).toBe('not-yours');
    expect(outcome(await sendAskers(db, workspaceId, ana, id, []))).toBe('nobody');
    const send = () => sendAskers(db, workspaceId, ana, id, [chi]);
    expect((await Promise.all([send(), send()])).map(outcome).sort()).toEqual(['answered', 'done']);
    expect(await toldTo(db, workspaceId, chi.id)).toEqual([
      `<@${ana.slackId}> no longer carries Payments: <@${ben.slackId}> has it now. Please ask <@${ben.slackId}> from now on, who is happy to help.`,
    ]);
    expect(await toldTo(db, workspaceId, ana.id)).toContain(
      `Thank you: one person knows now that <@${ben.slackId}> is the one to ask about Payments.`,
    );
    expect(await toldTo(db, workspaceId, dan.id)).toEqual([]);
  });

  test('nobody is sent to somebody who has it no more, though it moves on at that moment', async () => {
    const { db, workspaceId, ana, ben, chi, dan, rockId } = world;
    await handedOver();
    await turn('2026-10-12T09:01:00Z');
    const id = await followUpOf(ana.id, 7);
    const next = got(await offerHandoff(db, workspaceId, ben, { rockId, to: dan, words: briefWords }));
    got(await readBrief(db, workspaceId, dan, next.id));
    const [sent, accepted] = await Promise.all([
      sendAskers(replica, workspaceId, ana, id, [chi]),
      acceptHandoff(db, workspaceId, dan, next.id),
    ]);
    expect(outcome(accepted)).toBe('done');
    expect(['done', 'moved-on']).toContain(outcome(sent));
    expect(await toldTo(db, workspaceId, chi.id)).toHaveLength(sent.ok ? 1 : 0);
    if (sent.ok) return;
    expect(sent.words).toBe(
      `*Payments* has moved on from <@${ben.slackId}> meanwhile. \`/owner payments\` says who has it now.`,
    );
    expect(outcome(await answerFollowUp(db, workspaceId, ana, id, 'let-go'))).toBe('done');
  });

  test('askers are not sent to a rock that has moved on, nor to the one who has it', async () => {
    const { db, workspaceId, ana, ben, chi, rockId } = world;
    await handedOver();
    await turn('2026-10-12T09:01:00Z');
    const id = await followUpOf(ana.id, 7);
    expect(await sendAskers(db, workspaceId, ana, id, [ben, ana])).toMatchObject({
      words: 'Please pick who asked you.',
    });
    const next = got(await offerHandoff(db, workspaceId, ben, { rockId, to: chi, words: briefWords }));
    got(await readAndAccept(db, workspaceId, chi, next.id));
    expect(await sendAskers(db, workspaceId, ana, id, [world.dan])).toMatchObject({ code: 'moved-on' });
    expect(await toldTo(db, workspaceId, world.dan.id)).toEqual([]);
  });

  test('a rock that does not let go after 30 days is a hint to the lead, in private, and never a public line', async () => {
    const { db, workspaceId, ana, ben, chi, dan } = world;
    await handedOver();
    await turn('2026-11-04T09:01:00Z');
    const before = (await listTold(db, workspaceId)).filter(({ channelId }) => channelId !== null);
    got(await sendAskers(db, workspaceId, ana, await followUpOf(ana.id, 30), [chi]));
    expect(await toldTo(db, workspaceId, dan.id)).toEqual([
      `<@${ben.slackId}> carries Payments for a month now, and <@${ana.slackId}> is still asked about it. Perhaps say once more who has it. Only you read this.`,
    ]);
    expect((await listTold(db, workspaceId)).filter(({ channelId }) => channelId !== null)).toEqual(before);
  });

  test('nobody is told of a rock that they do not see', async () => {
    const { db, workspaceId, ana, chi } = world;
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', world.rockId).execute();
    await handedOver();
    await turn('2026-10-12T09:01:00Z');
    expect(await sendAskers(db, workspaceId, ana, await followUpOf(ana.id, 7), [chi])).toMatchObject({
      code: 'unseen',
      words: 'I cannot write to Chi about this rock, since they do not see it.',
    });
    expect(await toldTo(db, workspaceId, chi.id)).toEqual([]);
    expect(await told('thanks')).toEqual([]);
  });

  test('what is missing goes to the former owner alone', async () => {
    const { db, workspaceId, ana, ben } = world;
    await handedOver();
    await turn('2026-10-12T09:01:00Z');
    const id = await followUpOf(ben.id, 7);
    got(await reportMissing(db, workspaceId, ben, id, 'Who signs the contract?'));
    expect(await toldTo(db, workspaceId, ana.id)).toContain(
      `<@${ben.slackId}> misses something in the brief of Payments. A word from you helps:\n> Who signs the contract?`,
    );
    expect(JSON.stringify(await listEvents(db, workspaceId))).not.toContain('contract');
    expect(outcome(await answerFollowUp(db, workspaceId, ben, id, 'complete'))).toBe('answered');
  });

  test('a former owner who has left is asked nothing', async () => {
    const { db, ana } = world;
    await handedOver();
    await db
      .updateTable('people')
      .set({ deactivated_at: '2026-10-06T00:00:00Z' })
      .where('id', '=', ana.id)
      .execute();
    await turn('2026-10-12T09:01:00Z');
    expect((await told('follow-up')).map(({ personId }) => personId)).toEqual([world.ben.id]);
  });
});

test('a guest is asked nothing and told nothing by the clock', async () => {
  const gus = await insertPerson(world.db, world.workspaceId, { kind: 'guest' });
  await world.db.updateTable('teams').set({ lead_id: gus.id }).where('id', '=', world.teamId).execute();
  await offered();
  await turn('2026-10-08T09:01:00Z');
  expect(await toldTo(world.db, world.workspaceId, gus.id)).toEqual([]);
});
