import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { answerQuestions, readQuestions } from '../../../src/features/reviews/answering-operations.ts';
import { closeReview } from '../../../src/features/reviews/closing-operations.ts';
import { insertActor, isAbout, listEvents, listMessages, setClock } from '../../support/builders.ts';
import { listParts } from '../../support/daily.ts';
import {
  addCadence,
  ana,
  ben,
  checkout,
  chi,
  comeTo,
  db,
  latest,
  linesOf,
  mention,
  replica,
  testInCompany,
  textsOf,
  value,
  wordsOf,
  workspaceId,
} from './company.ts';

testInCompany();

/** A page with two questions and a point, held on Thursdays at ten for Checkout: Ana and Ben, and Chi who leads it. */
let own: number;
let wes: Actor;
beforeEach(async () => {
  await db
    .insertInto('playbook_pages')
    .values({
      workspace_id: workspaceId,
      key: 'sync',
      name: 'Weekly sync',
      purpose: 'Know what others do.',
      agenda: ['Who is stuck?'],
      questions: ['What did you learn?', 'Where are you stuck?'],
      changed_at: '2026-11-01T00:00:00Z',
      changed_by: ana.id,
    })
    .execute();
  wes = await insertActor(db, workspaceId, { name: 'Wes', timezone: 'America/New_York' });
  await db
    .insertInto('team_members')
    .values(
      [ana, ben, wes].map(({ id }) => ({ workspace_id: workspaceId, team_id: checkout, person_id: id })),
    )
    .execute();
  await addCadence({ key: 'unused' });
  own = await addCadence({
    key: 'sync',
    ritual: 'sync',
    teamIds: [checkout],
    nudgeAfter: 'P1D',
    closeAfter: 'P3D',
  });
});

const open = async () => {
  await comeTo('2026-11-26T10:00:30+01:00');
  return await latest(own);
};
const parts = async (prefix = 'ritual') =>
  (await listParts(db, workspaceId)).filter(({ key }) => key.startsWith(`${prefix}:`));
const partOf = async (person: Actor, prefix = 'ritual') =>
  (await parts(prefix)).find(({ personId }) => personId === person.id);
const answer = async (actor: Actor, id: number, answers: string[], of = db) =>
  await answerQuestions(of, workspaceId, actor, id, answers);
const agenda = async (id: number) => (await textsOf(`review:${id}:`))[0];

describe('the questions of an own page', () => {
  test('go to the members of its teams and their leads, each at their own time', async () => {
    const id = await open();
    expect((await parts()).map(({ personId }) => personId).sort()).toEqual(
      [ana.id, ben.id, chi.id, wes.id].sort(),
    );
    expect(isAbout((await partOf(ana))?.at, '2026-11-26T10:00:00+01:00')).toBe(true);
    expect(isAbout((await partOf(wes))?.at, '2026-11-26T10:00:00-05:00')).toBe(true);
    expect((await partOf(ana))?.text).toBe(
      'Weekly sync has 2 questions for you. What you say stands in its thread, with your name.',
    );
    expect(await agenda(id)).toContain('0 of 4 have answered; see the thread.');
    expect((await linesOf(id)).map(({ source, title }) => [source, title])).toEqual([
      ['point', 'Who is stuck?'],
    ]);
  });

  test('do not go to who is away', async () => {
    await db
      .insertInto('absences')
      .values({
        workspace_id: workspaceId,
        person_id: ben.id,
        starts_on: '2026-11-20',
        ends_on: '2026-11-26',
      })
      .execute();
    const id = await open();
    expect(await partOf(ben)).toBeUndefined();
    expect(await agenda(id)).toContain('0 of 3 have answered');
    expect(wordsOf(await readQuestions(db, workspaceId, ben, id))).toBe(
      'These questions were not put to you, or are not there any more.',
    );
  });

  test('are asked once more a working day later, by each one’s own days, and not after it closes', async () => {
    await db
      .updateTable('people')
      .set({ working_days: [1, 2, 3, 4] })
      .where('id', '=', ben.id)
      .execute();
    await db
      .updateTable('people')
      .set({ working_days: [4] })
      .where('id', '=', chi.id)
      .execute();
    await open();
    expect(isAbout((await partOf(ana, 'ritual-nudge'))?.at, '2026-11-27T10:00:00+01:00')).toBe(true);
    expect(isAbout((await partOf(ben, 'ritual-nudge'))?.at, '2026-11-30T10:00:00+01:00')).toBe(true);
    expect(await partOf(chi, 'ritual-nudge')).toBeUndefined();
  });

  test('are put to who is away for a year from tomorrow on, who is not reminded', async () => {
    await db
      .insertInto('absences')
      .values({
        workspace_id: workspaceId,
        person_id: chi.id,
        starts_on: '2026-11-27',
        ends_on: '2028-12-31',
      })
      .execute();
    await open();
    expect(await partOf(chi)).toBeDefined();
    expect(await partOf(chi, 'ritual-nudge')).toBeUndefined();
  });

  test('are put at once to whose own time comes when it is closed already', async () => {
    await db.updateTable('cadences').set({ close_after: 'PT4H' }).where('id', '=', own).execute();
    await open();
    expect(isAbout((await partOf(wes))?.at, '2026-11-26T10:00:00+01:00')).toBe(true);
  });
});

describe('an answer', () => {
  test('stands in the thread with its name, is counted, and thanked for', async () => {
    const id = await open();
    value(await answer(ana, id, ['Banks are <slow>.', '']));
    value(await answer(ben, id, ['', 'On *certificates*.']));
    const said = (await listMessages(db, workspaceId)).filter(({ dedupeKey }) =>
      dedupeKey.startsWith(`ritual-answer:${id}:`),
    );
    expect(said.map(({ text }) => text)).toEqual([
      `${mention(ana)}\nWhat did you learn?\n> Banks are &lt;slow&gt;.`,
      `${mention(ben)}\nWhere are you stuck?\n> On certificates.`,
    ]);
    expect(said.every(({ threadOf }) => threadOf !== null)).toBe(true);
    expect(await agenda(id)).toContain('2 of 4 have answered; see the thread.');
    expect((await partOf(ana))?.text).toBe('Thank you, Weekly sync has your answers.');
    expect((await partOf(ana, 'ritual-nudge'))?.state).toBe('over');
    expect((await partOf(chi, 'ritual-nudge'))?.state).not.toBe('over');
  });

  test('that is changed changes what stands in the thread, and is counted once', async () => {
    const id = await open();
    value(await answer(ana, id, ['Banks are slow.', '']));
    expect(value(await readQuestions(db, workspaceId, ana, id)).answers).toEqual(['Banks are slow.', '']);
    await Promise.all([answer(ana, id, ['Banks are fast.', '']), answer(ben, id, ['Nothing.', ''], replica)]);
    expect((await textsOf(`ritual-answer:${id}:${ana.id}`)).join()).toContain('> Banks are fast.');
    expect(await textsOf(`ritual-answer:${id}:`)).toHaveLength(2);
    expect(await agenda(id)).toContain('2 of 4 have answered');
    const types = (await listEvents(db, workspaceId)).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('review.answer'))).toEqual(
      expect.arrayContaining(['review.answered', 'review.answer-changed']),
    );
  });

  test('of nothing, of who was not asked, and after the end are refused', async () => {
    const id = await open();
    expect(await answer(ana, id, ['', ''])).toMatchObject({
      words: 'One of them at least wants a word.',
      field: 'answer/0',
    });
    const dee = await insertActor(db, workspaceId, { name: 'Dee' });
    const notAsked = 'These questions were not put to you, or are not there any more.';
    expect(wordsOf(await answer(dee, id, ['Hello', '']))).toBe(notAsked);
    value(await closeReview(db, workspaceId, ana, id));
    const closed = 'Weekly sync is closed, so its questions are too. The next one asks again.';
    expect(wordsOf(await answer(ana, id, ['Hello', '']))).toBe(closed);
    expect(wordsOf(await readQuestions(db, workspaceId, ana, id))).toBe(closed);
  });

  test('that nobody gave is not waited for any more once it is closed', async () => {
    const id = await open();
    value(await answer(ana, id, ['Banks are slow.', '']));
    value(await closeReview(db, workspaceId, ana, id));
    const of = async (person: Actor) => [await partOf(person), await partOf(person, 'ritual-nudge')];
    expect((await of(ben)).map((part) => [part?.state, part?.reason])).toEqual([
      ['over', 'Weekly sync is closed. The next one asks again.'],
      ['over', 'Weekly sync is closed. The next one asks again.'],
    ]);
    expect((await partOf(ana))?.state).not.toBe('over');
  });

  test('is refused where its page is gone meanwhile', async () => {
    const id = await open();
    await db.deleteFrom('playbook_pages').where('workspace_id', '=', workspaceId).execute();
    expect(wordsOf(await answer(ana, id, ['Hello', '']))).toBe(
      'These questions were not put to you, or are not there any more.',
    );
    await setClock(db, workspaceId, '2026-12-03T10:00:30+01:00');
  });
});
