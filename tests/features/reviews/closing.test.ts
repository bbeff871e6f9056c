import { describe, expect, test } from 'vitest';
import { closeReview } from '../../../src/features/reviews/closing-operations.ts';
import { decideOnLine } from '../../../src/features/reviews/deciding-operations.ts';
import { deferLine } from '../../../src/features/reviews/line-operations.ts';
import { readClosing, readMinutes } from '../../../src/features/reviews/minutes-operations.ts';
import { listEndedOf } from '../../../src/features/reviews/part-store.ts';
import { insertRock, listEvents, listMessages } from '../../support/builders.ts';
import {
  addCadence,
  ana,
  ben,
  cadenceId,
  chi,
  comeTo,
  db,
  latest,
  linesOf,
  mention,
  occurrences,
  replica,
  testInCompany,
  textsOf,
  value,
  wordsOf,
  workspaceId,
} from './company.ts';
import { decision, item, itemEvent } from './rows.ts';

testInCompany();

const states = async (of = cadenceId) =>
  (await occurrences(of)).map(({ name, state }) => `${name.slice(0, 10)} ${state}`);
const open = async () => {
  await comeTo('2026-11-26T10:00:30+01:00');
  return await latest();
};
const titles = async (id: number) => (await linesOf(id)).map(({ title, source }) => `${source}: ${title}`);
const firstLine = async (id: number) => (await linesOf(id))[0]?.id ?? 0;

describe('an agenda', () => {
  test('of an empty company is short and kind', async () => {
    const id = await open();
    expect(await textsOf(`review:${id}:`)).toEqual([
      'Roadmap review, 26 November 2026\nNothing has changed and nothing waits: a short one, or none at all. Enjoy the hour.',
    ]);
  });

  test('of more than ten lines goes on in its thread, and says what has no room', async () => {
    for (let count = 0; count < 33; count += 1) await insertRock(db, workspaceId, { name: `Rock ${count}` });
    const id = await open();
    const [first, ...others] = (await listMessages(db, workspaceId)).filter(({ dedupeKey }) =>
      dedupeKey.startsWith(`review:${id}:`),
    );
    expect(first?.threadOf).toBeNull();
    expect(others.map(({ threadOf }) => threadOf)).toEqual([first?.id, first?.id]);
    expect(first?.text).toContain('30 lines to talk about, the rest of them in the thread.');
    expect(others.at(-1)?.text).toContain(
      '3 more had no room. What still waits comes next time; `/roadmap moved` tells of every change.',
    );
  });
});

describe('closed by hand', () => {
  test('it posts its minutes in the thread and the channel, once, however many press', async () => {
    await insertRock(db, workspaceId, { name: 'Payments' });
    const id = await open();
    await deferLine(db, workspaceId, ben, await firstLine(id));
    const closed = await Promise.all([
      closeReview(db, workspaceId, ana, id),
      closeReview(replica, workspaceId, ben, id),
      closeReview(db, workspaceId, chi, id),
    ]);
    expect(closed.map((it) => value(it).isNew).sort()).toEqual([false, false, true]);
    const minutes = (await listMessages(db, workspaceId)).filter(({ dedupeKey }) =>
      dedupeKey.startsWith(`review-minutes:${id}`),
    );
    expect(minutes.map(({ threadOf }) => threadOf !== null).sort()).toEqual([false, true]);
    expect(new Set(minutes.map(({ text }) => text)).size).toBe(1);
    expect(minutes[0]?.text).toMatch(
      /^Minutes: Roadmap review, 26 November 2026\n<@\w+> closed it: one line put off\.\nPut off to the next one\n• Payments$/,
    );
    expect((await listEvents(db, workspaceId)).filter(({ type }) => type === 'review.ended')).toHaveLength(1);
    expect(await states()).toEqual(['2026-11-26 held']);
    expect(wordsOf(await readClosing(db, workspaceId, id))).toBe('*Roadmap review* is closed already.');
  });

  test('the agenda says who closed it and loses its buttons', async () => {
    await insertRock(db, workspaceId, { name: 'Payments' });
    const id = await open();
    value(await closeReview(db, workspaceId, ana, id));
    const [agenda] = (await listMessages(db, workspaceId)).filter(
      ({ dedupeKey }) => dedupeKey === `review:${id}:1`,
    );
    expect(agenda?.text).toContain(`Closed by ${mention(ana)}. Nothing was written down.`);
    expect(JSON.stringify(agenda?.blocks)).not.toContain('"type":"actions"');
    expect(value(await readMinutes(db, workspaceId, id)).minutes.untouched).toEqual(['Payments']);
  });

  test('its minutes are read later by those who took part', async () => {
    await insertRock(db, workspaceId, { name: 'Payments' });
    const id = await open();
    await deferLine(db, workspaceId, ben, await firstLine(id));
    value(await closeReview(db, workspaceId, ana, id));
    const ended = async (person: { id: number }) =>
      (await listEndedOf(db, workspaceId, person.id, 5)).map(({ occurrenceId }) => occurrenceId);
    expect([await ended(ana), await ended(ben), await ended(chi)]).toEqual([[id], [id], []]);
  });

  test('one that is not there, or not ended, has no minutes', async () => {
    const id = await open();
    const gone = 'That review is not there any more.';
    expect(wordsOf(await readMinutes(db, workspaceId, id))).toBe(gone);
    expect(wordsOf(await closeReview(db, workspaceId, ana, 999_999))).toBe(gone);
  });
});

describe('closed by time', () => {
  test('it ends after two working days where its cadence names no end, and says kindly that nobody came', async () => {
    const id = await open();
    await comeTo('2026-11-30T09:59:00+01:00');
    expect(await states()).toEqual(['2026-11-26 open']);
    await comeTo('2026-11-30T10:01:00+01:00');
    expect(await states()).toEqual(['2026-11-26 held']);
    const words =
      'Minutes: Roadmap review, 26 November 2026\nTwo working days went by and nobody wrote anything down, so it closed by itself. What still matters comes back next time.';
    expect(await textsOf(`review-minutes:${id}`)).toEqual([words, words]);
    expect((await textsOf(`review:${id}:`))[0]).toContain('Closed by itself. Nothing was written down.');
  });

  test('holidays of the company do not count', async () => {
    await db
      .insertInto('company_days')
      .values({ workspace_id: workspaceId, day: '2026-11-30', name: 'Summer party' })
      .execute();
    await open();
    await comeTo('2026-11-30T10:01:00+01:00');
    expect(await states()).toEqual(['2026-11-26 open']);
    await comeTo('2026-12-01T10:01:00+01:00');
    expect(await states()).toEqual(['2026-11-26 held']);
  });

  test('what its cadence names goes before, and the words say no other', async () => {
    const hourly = await addCadence({ key: 'short', closeAfter: 'PT2H' });
    await comeTo('2026-11-26T10:00:30+01:00');
    const id = await latest(hourly);
    await comeTo('2026-11-26T12:01:00+01:00');
    expect(await states(hourly)).toEqual(['2026-11-26 held']);
    expect((await textsOf(`review-minutes:${id}`))[0]).toContain(
      'Its time went by and nobody wrote anything down, so it closed by itself.',
    );
  });

  test('what came of it is summed up', async () => {
    await decision('Keep it?', { number: 3 });
    const id = await open();
    const made = { outcome: 'We keep it.', why: 'Banks need it.', lookAgainOn: null };
    const given = { question: 'Keep it?', made, approverId: chi.id };
    value(await decideOnLine(db, workspaceId, ana, await firstLine(id), given));
    await comeTo('2026-11-30T10:01:00+01:00');
    expect((await textsOf(`review-minutes:${id}`))[0]).toBe(
      [
        'Minutes: Roadmap review, 26 November 2026',
        'Two working days went by, so it closed by itself: one decision.',
        'Decided',
        `• 3. Keep it? We keep it. (approved by ${mention(chi)})`,
      ].join('\n'),
    );
  });
});

describe('the next one', () => {
  test('closes one that is open still, and begins with what was put off there', async () => {
    const id = await addCadence({ key: 'daily', schedule: '0 10 * * *', closeAfter: 'P5D' });
    await insertRock(db, workspaceId, { name: 'Payments' });
    await comeTo('2026-11-26T10:00:30+01:00');
    const first = await latest(id);
    await deferLine(db, workspaceId, ben, await firstLine(first));
    await comeTo('2026-11-27T10:00:30+01:00');
    expect(await states(id)).toEqual(['2026-11-26 held', '2026-11-27 open']);
    expect(await titles(await latest(id))).toEqual(['deferred: Payments']);
    expect((await textsOf(`review-minutes:${first}`))[0]).toContain(
      'The next one began, so it closed by itself: one line put off.',
    );
  });

  test('returns what was put off exactly once, also when it is put off again', async () => {
    await decision('Keep it?');
    let id = await open();
    for (const day of ['2026-12-03', '2026-12-10']) {
      await deferLine(db, workspaceId, ben, await firstLine(id));
      value(await closeReview(db, workspaceId, ana, id));
      await comeTo(`${day}T10:00:30+01:00`);
      id = await latest();
      expect(await titles(id)).toEqual(['deferred: Keep it?']);
      const [line] = await linesOf(id);
      expect(line?.facts.match(/put off by/g)).toHaveLength(1);
    }
    value(await closeReview(db, workspaceId, ana, id));
    await comeTo('2026-12-17T10:00:30+01:00');
    expect(await titles(await latest())).toEqual(['open-decisions: Keep it?']);
  });

  test('looks back past one to which nobody came, so that nothing that changed is lost', async () => {
    await itemEvent(await item('Retries'), '2026-11-10T09:00:00Z');
    await open();
    for (const day of ['2026-12-03', '2026-12-10', '2026-12-17']) {
      await comeTo(`${day}T10:00:30+01:00`);
      expect(await titles(await latest())).toEqual(['changed-items: Retries']);
    }
    await deferLine(db, workspaceId, ben, await firstLine(await latest()));
    await comeTo('2026-12-24T10:00:30+01:00');
    expect(await titles(await latest())).toEqual(['deferred: Retries']);
  });

  test('makes an open decision that was put off, and no second one beside it', async () => {
    const decisionId = await decision('Keep it?', { number: 3 });
    await deferLine(db, workspaceId, ben, await firstLine(await open()));
    await comeTo('2026-12-03T10:00:30+01:00');
    const made = { outcome: 'We keep it.', why: 'Banks need it.', lookAgainOn: null };
    const given = { question: 'Keep it?', made, approverId: chi.id };
    const line = await firstLine(await latest());
    expect(value(await decideOnLine(db, workspaceId, ana, line, given))).toMatchObject({
      id: decisionId,
      number: 3,
      state: 'decided',
    });
    expect(value(await decideOnLine(db, workspaceId, ben, line, given))).toMatchObject({ number: 4 });
  });
});

describe('a page of one’s own', () => {
  test('that is gone when its time comes is skipped, with the reason', async () => {
    const own = await addCadence({ key: 'sync', ritual: 'weekly-sync' });
    await comeTo('2026-11-26T10:00:30+01:00');
    expect(await occurrences(own)).toMatchObject([
      { state: 'skipped', reason: 'the playbook has no page weekly-sync any more' },
    ]);
  });
});
