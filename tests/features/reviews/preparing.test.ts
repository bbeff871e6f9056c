import { describe, expect, test } from 'vitest';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import { preparingJob } from '../../../src/features/reviews/jobs.ts';
import { insertActor, instant, isAbout, setClock } from '../../support/builders.ts';
import { listParts } from '../../support/daily.ts';
import {
  addCadence,
  ana,
  ben,
  cadenceId,
  channelId,
  db,
  replica,
  testInCompany,
  workspaceId,
} from './company.ts';
import { action, decision, item, itemEvent, review } from './rows.ts';

testInCompany();

const lately = '2026-11-10T09:00:00Z';
/** Runs the job at a moment. */
const runAt = async (iso: string, of = db) => {
  await setClock(db, workspaceId, iso);
  await preparingJob({ db: of }, workspaceId).run();
};
const asked = async () =>
  (await listParts(db, workspaceId))
    .filter(({ key }) => key.startsWith('review-bring:'))
    .sort((one, other) => one.personId - other.personId);
const nextAfter = async (iso: string) => await preparingJob({ db }, workspaceId).next(instant(iso));
const endCadence = async (id = cadenceId) =>
  await db.updateTable('cadences').set({ state: 'paused' }).where('id', '=', id).execute();

describe('two working days before a review', () => {
  test('those who owe something to it are asked at nine, once, and nobody else', async () => {
    await itemEvent(await item('Retries'), lately);
    await decision('Keep it?');
    await action('Ask the bank', { occurrence_id: await review(cadenceId, '2026-10-29') });
    await runAt('2026-11-24T08:59:00+01:00');
    expect(await asked()).toEqual([]);
    await runAt('2026-11-24T09:00:30+01:00');
    await Promise.all([runAt('2026-11-24T09:01:00+01:00'), runAt('2026-11-24T09:01:00+01:00', replica)]);
    const parts = await asked();
    expect(parts.map(({ personId, isNudge }) => [personId, isNudge])).toEqual([
      [ana.id, true],
      [ben.id, true],
    ]);
    const { slack_id: channel } = await db
      .selectFrom('channels')
      .select('slack_id')
      .where('id', '=', channelId)
      .executeTakeFirstOrThrow();
    const head = `Roadmap review is on Thu 26 Nov, 10:00, in <#${channel}>. Please bring:`;
    expect(parts.map(({ text }) => text)).toEqual([
      [
        head,
        '• Retries: a word on what changed, and the date you believe in, if it has one',
        '• Keep it?: the options, and the one you would take',
      ].join('\n'),
      `${head}\n• Ask the bank: done, or another day`,
    ]);
    for (const { at, expiresAt } of parts) {
      expect(isAbout(at, '2026-11-24T09:00:30+01:00')).toBe(true);
      expect(expiresAt?.toString()).toBe('2026-11-26T09:00:00Z');
    }
  });

  test('nobody is asked where nobody owes anything, and that is known', async () => {
    await runAt('2026-11-24T09:01:00+01:00');
    expect(await asked()).toEqual([]);
    expect(await nextAfter('2026-11-24T09:01:00+01:00')).toBeNull();
  });

  test('each is asked at nine by their own clock, and never at night', async () => {
    const people = {
      west: await insertActor(db, workspaceId, { name: 'Wes', timezone: 'America/New_York' }),
      east: await insertActor(db, workspaceId, { name: 'Eve', timezone: 'Pacific/Auckland' }),
      near: await insertActor(db, workspaceId, { name: 'Ned', timezone: 'Asia/Kolkata' }),
    };
    for (const { id } of Object.values(people))
      await itemEvent(await item('Retries', { owner_id: id }), lately);
    await runAt('2026-11-24T09:00:00+01:00');
    const parts = await asked();
    const at = (id: number) => parts.find(({ personId }) => personId === id)?.at;
    expect(isAbout(at(people.west.id), '2026-11-24T09:00:00-05:00')).toBe(true);
    // In Auckland it is nine in the evening, in Kolkata early in the afternoon.
    expect(isAbout(at(people.east.id), '2026-11-25T09:00:00+13:00')).toBe(true);
    expect(isAbout(at(people.near.id), '2026-11-24T09:00:00+01:00')).toBe(true);
  });

  test('of a review on a Monday it is the Thursday before; holidays do not count', async () => {
    await endCadence();
    await addCadence({ key: 'mondays', nextDueAt: '2026-11-30T09:00:00Z' });
    expect(await nextAfter('2026-11-20T12:00:00Z')).toMatchObject({ what: 'what people bring to a review' });
    expect((await nextAfter('2026-11-20T12:00:00Z'))?.at.toString()).toBe('2026-11-26T08:00:00Z');
    await db
      .insertInto('company_days')
      .values({ workspace_id: workspaceId, day: '2026-11-27', name: 'Summer party' })
      .execute();
    expect((await nextAfter('2026-11-20T12:00:00Z'))?.at.toString()).toBe('2026-11-25T08:00:00Z');
  });

  test('one that is set up inside the two days asks at once, and one that is due asks nobody', async () => {
    await itemEvent(await item('Retries'), lately);
    await runAt('2026-11-25T15:00:00+01:00');
    expect(await asked()).toHaveLength(1);
    expect(isAbout((await asked())[0]?.at, '2026-11-25T15:00:00+01:00')).toBe(true);
    await addCadence({ key: 'late' });
    await runAt('2026-11-26T10:00:00+01:00');
    expect(await asked()).toHaveLength(1);
  });

  test('the next moment is that of the soonest review for which nobody was asked', async () => {
    await addCadence({ key: 'strategy', ritual: 'strategy-review', nextDueAt: '2026-12-10T09:00:00Z' });
    await addCadence({ key: 'check-in', ritual: 'okr-check-in', nextDueAt: '2026-11-23T09:00:00Z' });
    expect((await nextAfter('2026-11-20T12:00:00Z'))?.at.toString()).toBe('2026-11-24T08:00:00Z');
    await runAt('2026-11-24T09:01:00+01:00');
    expect((await nextAfter('2026-11-24T08:01:00Z'))?.at.toString()).toBe('2026-12-08T08:00:00Z');
  });

  test('who is away is asked when they are back, if that is before the review', async () => {
    await itemEvent(await item('Retries'), lately);
    await action('Ask the bank', { occurrence_id: await review(cadenceId, '2026-10-29') });
    const away = (person: { id: number }, until: string) => ({
      ...{ workspace_id: workspaceId, person_id: person.id },
      ...{ starts_on: '2026-11-20', ends_on: until },
    });
    await db
      .insertInto('absences')
      .values([away(ana, '2026-11-24'), away(ben, '2026-11-30')])
      .execute();
    await runAt('2026-11-24T09:00:30+01:00');
    await dailyJob({ db }, workspaceId).run();
    const [anas, bens] = await asked();
    expect(isAbout(anas?.at, '2026-11-25T09:00:30+01:00')).toBe(true);
    expect(bens).toMatchObject({
      state: 'over',
      reason: 'the person was away, and later it would have been over',
    });
  });

  test('a paused cadence asks nobody', async () => {
    await itemEvent(await item('Retries'), lately);
    await endCadence();
    await runAt('2026-11-24T09:01:00+01:00');
    expect(await asked()).toEqual([]);
  });
});
