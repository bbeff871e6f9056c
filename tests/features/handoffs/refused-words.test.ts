import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { finishAction } from '../../../src/features/actions/operations.ts';
import { askForRock } from '../../../src/features/handoffs/ask-operations.ts';
import { askBack } from '../../../src/features/handoffs/back-operations.ts';
import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import { answerFollowUp, checkFollowUp } from '../../../src/features/handoffs/follow-up-operations.ts';
import { returnLoan } from '../../../src/features/handoffs/loan-operations.ts';
import { offerHandoff, offerWork } from '../../../src/features/handoffs/offer-operations.ts';
import type { OfferKind } from '../../../src/features/handoffs/offering.ts';
import { acceptHandoff, withdrawHandoff } from '../../../src/features/handoffs/operations.ts';
import { endWork } from '../../../src/features/handoffs/work-operations.ts';
import { retireRock } from '../../../src/features/ownership/register/retire-operations.ts';
import { setDownRock } from '../../../src/features/ownership/register/standing-operations.ts';
import type { Actor, Person } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { insertRock, setClock } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { setDeactivated } from '../departures/support.ts';
import { briefWords, got, handoffsOf, makeWorld, readAndAccept, turnTo, type World } from './support.ts';

/** What people read, word for word, when what they want cannot be. */
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

const day = (iso: string) => Temporal.PlainDate.from(iso);
const deps = () => ({ db: world.db, onRockMoved: [] });
const offer = (kind: OfferKind, given: { by?: Actor; to?: Person; until?: string; rockId?: number } = {}) => {
  const { by = world.ana, to = world.ben, until, rockId = world.rockId } = given;
  const untilOn = until === undefined ? null : day(until);
  return offerHandoff(world.db, world.workspaceId, by, { kind, rockId, to, words: briefWords, untilOn });
};
const ask = (by: Actor, rockId = world.rockId) => askForRock(world.db, world.workspaceId, by, rockId, null);
const back = (by: Actor, reason: string | null = null) =>
  askBack(world.db, world.workspaceId, by, world.rockId, reason);
const unowned = () =>
  insertRock(world.db, world.workspaceId, { name: 'Pricing', key: 'pricing', teamId: world.teamId });
const wordsOf = (result: Result<unknown>): string => (result.ok ? 'done' : result.words);

describe('a rock is not offered', () => {
  test('to oneself, nor to who carries it', async () => {
    const { ana, ben, dan } = world;
    expect(wordsOf(await offer('give', { to: ana }))).toBe('You carry it already. To whom shall it go?');
    expect(wordsOf(await offer('lend', { to: ana, until: '2026-10-09' }))).toBe(
      'You carry it already. To whom shall it go?',
    );
    expect(wordsOf(await offer('assign', { by: dan, to: ana }))).toBe(
      `<@${ana.slackId}> carries it already.`,
    );
    expect(wordsOf(await offer('assign', { by: dan, to: dan }))).toBe(
      'That is you. Ask its owner for it, or take it where nobody owns it: `/owner` shows both.',
    );
    await setDeactivated(world.db, ben.id, true);
    expect(wordsOf(await offer('give', { to: { ...ben, isDeactivated: true } }))).toBe(
      `<@${ben.slackId}> has left Slack, so nothing can be handed to them.`,
    );
  });

  test('by who does not carry it, who reads whose it is and what they can do', async () => {
    const { ana, chi, dan } = world;
    const whose = `*Payments* is carried by <@${ana.slackId}>, so only they can`;
    expect(wordsOf(await offer('give', { by: chi }))).toBe(`${whose} hand it over.`);
    expect(wordsOf(await offer('lend', { by: chi, until: '2026-10-09' }))).toBe(`${whose} lend it.`);
    expect(wordsOf(await offer('give', { by: dan }))).toBe(
      `${whose} hand it over. \`/handoff assign payments @ben\` asks somebody else to carry it.`,
    );
  });

  test('where nobody carries it', async () => {
    const rockId = await unowned();
    expect(wordsOf(await offer('give', { by: world.chi, rockId }))).toBe(
      'Nobody owns *Pricing* yet. `/owner pricing` lets you take it.',
    );
    expect(wordsOf(await offer('give', { by: world.dan, rockId }))).toBe(
      'Nobody owns *Pricing* yet. `/handoff assign pricing @ben` asks somebody to carry it.',
    );
  });

  test('once it is set down or retired', async () => {
    const { workspaceId, dan, rockId } = world;
    const setDown = { reason: 'Not now.', lookAgainOn: day('2027-03-01') };
    got(await setDownRock(deps(), workspaceId, dan, rockId, setDown));
    expect(wordsOf(await offer('assign', { by: dan }))).toBe(
      '*Payments* is set down, so nobody carries it now. `/rock take payments` picks it up.',
    );
    const pricing = await unowned();
    got(await retireRock(deps(), workspaceId, dan, pricing, { reason: 'Over.' }));
    expect(wordsOf(await offer('assign', { by: dan, rockId: pricing }))).toBe(
      '*Pricing* is retired, so there is nothing to carry any more.',
    );
    expect(wordsOf(await ask(world.ben, pricing))).toBe(
      '*Pricing* is retired, so there is nothing to carry any more.',
    );
  });

  test('while somebody’s wish for it waits', async () => {
    const { ana, ben, chi, dan } = world;
    got(await ask(ben));
    expect(wordsOf(await offer('give', { to: chi }))).toBe(
      `<@${ben.slackId}> has asked for *Payments*. Please answer that first: \`/handoff\` shows it.`,
    );
    expect(wordsOf(await offer('assign', { by: dan, to: chi }))).toBe(
      'Somebody has asked for *Payments*, and its owner decides about that first.',
    );
    expect(wordsOf(await ask(chi))).toBe(
      "Somebody's answer about *Payments* is waited for already. Ask again if it stays where it is.",
    );
    expect(wordsOf(await ask(ben))).toBe(
      `You have asked <@${ana.slackId}> for *Payments* already. \`/handoff\` shows it.`,
    );
  });

  test('while a former owner would like it back', async () => {
    const { ana, ben, chi } = world;
    const { id } = got(await offer('give'));
    got(await readAndAccept(world.db, world.workspaceId, ben, id));
    expect(wordsOf(await back(ana))).toBe(
      'It was handed over less than 30 days ago, so please say why it should come back.',
    );
    got(await back(ana, 'The launch.'));
    expect(wordsOf(await offer('give', { by: ben, to: chi }))).toBe(
      `<@${ana.slackId}> would like to have *Payments* back. Please answer that first: \`/handoff\` shows it.`,
    );
  });
});

describe('a loan is refused', () => {
  test('without a last day, for more than a year, and when it would be over', async () => {
    expect(wordsOf(await offer('lend'))).toBe(
      'Until when? For example `/handoff lend payments @ben until 15 Jan`.',
    );
    expect(wordsOf(await offer('lend', { until: '2027-12-24' }))).toBe(
      'That is longer than a year. What moves for so long is handed over: leave `lend` away.',
    );
    const { id } = got(await offer('lend', { until: '2026-10-06' }));
    got(await readBrief(world.db, world.workspaceId, world.ben, id));
    await setClock(world.db, world.workspaceId, '2026-10-08T09:00:00Z');
    expect(wordsOf(await acceptHandoff(world.db, world.workspaceId, world.ben, id))).toBe(
      'This loan would be over by now, so there is nothing to accept any more.',
    );
  });

  test('a second return, kindly', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = got(await offer('lend', { until: '2026-10-09' }));
    got(await readAndAccept(db, workspaceId, ben, id));
    got(await returnLoan(db, workspaceId, ben, id));
    expect(wordsOf(await returnLoan(db, workspaceId, ana, id))).toBe(
      'It is back already. Nothing more is to be done.',
    );
  });
});

describe('a wish is refused', () => {
  test('of one’s own rock, of one that nobody owns, and of an owner who has left', async () => {
    const { ana, ben } = world;
    expect(wordsOf(await ask(ana))).toBe('You carry *Payments* already.');
    expect(wordsOf(await ask(ben, await unowned()))).toBe(
      'Nobody owns *Pricing* now. `/owner pricing` lets you take it.',
    );
    await setDeactivated(world.db, ana.id, true);
    expect(wordsOf(await ask(ben))).toBe(
      `<@${ana.slackId}> has left Slack, so they cannot answer. The lead of its team or an admin can assign *Payments*.`,
    );
  });

  test('to have back what one never had', async () => {
    expect(wordsOf(await back(world.chi, 'I like it.'))).toBe(
      'You have not carried *Payments* before, so you cannot take it back. `/handoff ask payments` asks for it.',
    );
  });

  test('of what is offered to oneself already', async () => {
    got(await offer('give'));
    expect(wordsOf(await ask(world.ben))).toBe(
      '*Payments* is offered to you already: `/handoff` shows the brief.',
    );
  });
});

describe('a piece of work is refused', () => {
  const work = (to: Actor, dueOn: string | null = null) =>
    offerWork(world.db, world.workspaceId, world.ana, {
      work: 'Launch deck',
      to,
      words: briefWords,
      dueOn: dueOn === null ? null : day(dueOn),
    });

  test('to oneself, and for a day that nobody knows yet', async () => {
    expect(wordsOf(await work(world.ana))).toBe('That is you. Whom would you like to ask?');
    expect(wordsOf(await work(world.ben, '2027-12-24'))).toBe(
      'That is more than a year ahead. Name a nearer day, or none.',
    );
  });

  test('as done by whom it does not concern, and where there is none', async () => {
    const { db, workspaceId, ben, chi } = world;
    const { id } = got(await work(ben));
    const finish = (by: Actor, handoffId: number) =>
      finishAction(db, workspaceId, by, { handoffId }, [endWork]);
    expect(wordsOf(await finish(ben, id))).toBe('That action is not there any more.');
    got(await readAndAccept(db, workspaceId, ben, id));
    expect(wordsOf(await finish(chi, id))).toBe('Only who does it, or who gave it, can say that it is done.');
    got(await finish(ben, id));
    expect(wordsOf(await finish(ben, id))).toBe('That is done already.');
  });
});

describe('a stale button answers kindly', () => {
  test('of what is not there, was withdrawn, or whose rock has another owner', async () => {
    const { db, workspaceId, ana, ben, chi, rockId } = world;
    expect(wordsOf(await acceptHandoff(db, workspaceId, ben, 999_999))).toBe(
      'That handoff is not there any more.',
    );
    const { id } = got(await offer('give'));
    got(await readBrief(db, workspaceId, ben, id));
    // As by a hand that knows no rules: it belongs to Chi from now on.
    await db
      .updateTable('stints')
      .set({ person_id: chi.id })
      .where('rock_id', '=', rockId)
      .where('ended_at', 'is', null)
      .execute();
    expect(wordsOf(await acceptHandoff(db, workspaceId, ben, id))).toBe(
      'Meanwhile this rock has another owner, so it cannot be handed over like this any more.',
    );
    got(await withdrawHandoff(db, workspaceId, ana, id));
    expect(wordsOf(await withdrawHandoff(db, workspaceId, ana, id))).toBe('You have withdrawn this already.');
  });

  test('of a question after a handoff: it is one person’s, and answered once', async () => {
    const { db, workspaceId, ana, ben } = world;
    const { id } = got(await offer('give'));
    got(await readAndAccept(db, workspaceId, ben, id));
    await turnTo(db, workspaceId, '2026-10-12T09:30:00Z');
    const asked = await db
      .selectFrom('follow_ups')
      .select('id')
      .where('handoff_id', '=', id)
      .where('person_id', '=', ana.id)
      .executeTakeFirstOrThrow();
    expect(wordsOf(await checkFollowUp(db, workspaceId, ben, asked.id))).toBe(
      'This was asked of somebody else, so the answer is theirs.',
    );
    got(await answerFollowUp(db, workspaceId, ana, asked.id, 'let-go'));
    expect(wordsOf(await answerFollowUp(db, workspaceId, ana, asked.id, 'let-go'))).toBe(
      'You have answered this already. Thank you.',
    );
    expect(wordsOf(await checkFollowUp(db, workspaceId, ana, 999_999))).toBe(
      'That question is not there any more.',
    );
    expect(await handoffsOf(db, world.rockId)).toHaveLength(1);
  });
});
