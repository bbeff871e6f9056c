import { beforeEach, describe, expect, test } from 'vitest';
import { comeBackTo, whoLeft } from '../../../src/features/check-ins/leaving/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { answerQuestions } from '../../../src/features/reviews/answering-operations.ts';
import { leaveReview, snoozeReview } from '../../../src/features/reviews/leaving-operations.ts';
import { isAbout } from '../../support/builders.ts';
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
  replica,
  testInCompany,
  textsOf,
  wordsOf,
  workspaceId,
} from './company.ts';

testInCompany();

/** A page with a question, held on Thursdays at ten for Checkout: Ana and Ben, and Chi who leads it. */
let own: number;
let id: number;
beforeEach(async () => {
  await db
    .insertInto('playbook_pages')
    .values({
      ...{ workspace_id: workspaceId, key: 'sync', name: 'Weekly sync', purpose: 'Know what others do.' },
      ...{ agenda: ['Who is stuck?'], questions: ['What did you learn?'] },
      ...{ changed_at: '2026-11-01T00:00:00Z', changed_by: ana.id },
    })
    .execute();
  const members = [ana, ben].map((it) => ({
    workspace_id: workspaceId,
    team_id: checkout,
    person_id: it.id,
  }));
  await db.insertInto('team_members').values(members).execute();
  await addCadence({ key: 'unused' });
  own = await addCadence({
    ...{ key: 'sync', ritual: 'sync', teamIds: [checkout] },
    ...{ nudgeAfter: 'P1D', closeAfter: 'P3D' },
  });
  await comeTo('2026-11-26T10:00:30+01:00');
  id = await latest(own);
});

const partsOf = async (person: Actor, prefix: string) =>
  (await listParts(db, workspaceId))
    .filter(({ key, personId }) => personId === person.id && key.startsWith(`${prefix}:`))
    .map(({ text, state }) => `${state}: ${text}`);
const agenda = async () => (await textsOf(`review:${id}:`))[0];
const leave = async (actor: Actor, of = db) =>
  await leaveReview(of, workspaceId, actor, { occurrenceId: id, reason: 'elsewhere' });
const snooze = async (actor: Actor) =>
  await snoozeReview(db, workspaceId, actor, { occurrenceId: id, reason: 'numbers' });

describe('who leaves a ritual of the company’s own', () => {
  test('is asked and reminded no more, is not counted, and nobody is asked instead', async () => {
    expect(await leave(ana)).toMatchObject({ value: { key: 'sync', passed: [], unasked: 0, told: null } });
    expect(await partsOf(ana, 'ritual')).toEqual([
      expect.stringContaining('You have left `sync`, so nothing of it is asked of you.'),
    ]);
    expect(await partsOf(ana, 'ritual-nudge')).toEqual([expect.stringMatching(/^over: /)]);
    expect(await agenda()).toContain('0 of 2 have answered');
    expect(await whoLeft(db, workspaceId, own)).toMatchObject([{ person: { id: ana.id } }]);
    await comeTo('2026-12-03T10:00:30+01:00');
    expect(await partsOf(ana, 'ritual')).toHaveLength(1);
    expect(await partsOf(ben, 'ritual')).toHaveLength(2);
  });

  test('keeps what they have answered', async () => {
    await answerQuestions(db, workspaceId, ana, id, ['A lot']);
    expect((await leave(ana)).ok).toBe(true);
    expect(await agenda()).toContain('1 of 3 have answered');
  });

  test('is asked again from the next one on when they come back', async () => {
    await leave(ben);
    expect((await comeBackTo(db, workspaceId, ben, own)).ok).toBe(true);
    await comeTo('2026-12-03T10:00:30+01:00');
    expect(await partsOf(ben, 'ritual')).toHaveLength(2);
  });

  test('and leads its team: admins are told', async () => {
    expect(await leave(chi)).toMatchObject({ value: { told: { kind: 'admins' } } });
  });

  test('twice at once has left once, and somebody who is not asked is refused', async () => {
    const both = await Promise.all([leave(ana), leave(ana, replica)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(wordsOf(await snooze(ana))).toBe(
      'These questions were not put to you, or are not there any more.',
    );
  });
});

test('who puts the questions off is asked again the next working day, unless they have answered', async () => {
  expect((await snooze(ana)).ok).toBe(true);
  expect(await partsOf(ana, 'ritual')).toEqual([expect.stringMatching(/^waiting: /)]);
  const [question] = (await listParts(db, workspaceId)).filter(({ key }) => key === `ritual:${id}:${ana.id}`);
  expect(isAbout(question?.at, '2026-11-27T10:00:30+01:00')).toBe(true);
  await answerQuestions(db, workspaceId, ben, id, ['A lot']);
  expect(wordsOf(await snooze(ben))).toBe('You have answered already. Thank you.');
});
