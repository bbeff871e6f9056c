import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { closeReview } from '../../../src/features/reviews/closing-operations.ts';
import { decideOnLine } from '../../../src/features/reviews/deciding-operations.ts';
import { addActionOnLine, deferLine, readLine } from '../../../src/features/reviews/line-operations.ts';
import { insertRock } from '../../support/builders.ts';
import { listParts } from '../../support/daily.ts';
import { insertWorkspace } from '../../support/database.ts';
import {
  ana,
  ben,
  chi,
  comeTo,
  db,
  latest,
  linesOf,
  replica,
  testInCompany,
  textsOf,
  value,
  wordsOf,
  workspaceId,
} from './company.ts';
import { decision, handoff, item, itemEvent, keyResult, madeLong, objectiveOf } from './rows.ts';

testInCompany();

const day = (iso: string) => Temporal.PlainDate.from(iso);
const gone = 'That line is not on an agenda any more.';
const made = { outcome: 'We keep it.', why: 'Banks need it.', lookAgainOn: null };
const decide = async (
  lineId: number,
  given: Partial<typeof made & { question: string }> = {},
  actor = ana,
) => {
  const { question = 'Keep it?', ...rest } = given;
  return await decideOnLine(db, workspaceId, actor, lineId, {
    question,
    made: { ...made, ...rest },
    approverId: chi.id,
  });
};
const open = async () => {
  await comeTo('2026-11-26T10:00:30+01:00');
  return await latest();
};
const lineAbout = async (title: string) => {
  const line = (await linesOf(await open())).find((it) => it.title === title);
  if (line === undefined) throw new Error(`no line is about ${title}`);
  return line;
};

describe('what is decided on a line', () => {
  test('is about the rock, objective or item that the line is about', async () => {
    const rock = await insertRock(db, workspaceId, { name: 'Payments' });
    await handoff(await insertRock(db, workspaceId, { name: 'Logs', owner: ana }));
    const kr = await keyResult('Quiet', { outdated_since: '2026-11-10T09:00:00Z' });
    const roadmap = await item('Retries');
    await itemEvent(roadmap, '2026-11-10T09:00:00Z');
    const abouts = new Map<string, unknown>();
    for (const { id, title } of await linesOf(await open())) {
      const { about } = value(await decide(id));
      abouts.set(title, about.map((it) => `${it.kind} ${it.name}`).join());
    }
    expect(rock).toBeGreaterThan(0);
    expect(await objectiveOf(kr)).toBeGreaterThan(0);
    expect(Object.fromEntries(abouts)).toEqual({
      Payments: 'rock Payments',
      'Handoff of Logs': 'rock Logs',
      Quiet: 'objective Fewer failures',
      Retries: 'item Retries',
    });
  });

  test('makes the open decision that the line is about; a second one is a decision of its own', async () => {
    const id = await decision('Keep it?', { number: 3 });
    const line = await lineAbout('Keep it?');
    const both = await Promise.all([decide(line.id), decide(line.id, { outcome: 'We drop it.' }, ben)]);
    expect(both.map((it) => value(it).number).sort()).toEqual([3, 4]);
    const row = await db.selectFrom('decisions').select('state').where('id', '=', id).executeTakeFirst();
    expect(row?.state).toBe('decided');
  });

  test('takes the place of one that is due for another look', async () => {
    const id = await decision('Keep it?', { ...madeLong('2026-11-20'), number: 3 });
    const line = await lineAbout('Keep it?');
    expect(value(await decide(line.id))).toMatchObject({ number: 4, supersedes: [3] });
    const row = await db.selectFrom('decisions').select('state').where('id', '=', id).executeTakeFirst();
    expect(row?.state).toBe('superseded');
    expect(value(await decide(line.id))).toMatchObject({ number: 5, supersedes: [] });
  });

  test('is not about a rock that was retired meanwhile', async () => {
    const rock = await insertRock(db, workspaceId, { name: 'Payments' });
    const line = await lineAbout('Payments');
    const retired = { state: 'retired' as const, retired_at: '2026-11-26T09:00:00Z', retired_reason: 'Over' };
    await db.updateTable('rocks').set(retired).where('id', '=', rock).execute();
    expect(wordsOf(await decide(line.id))).toBe(
      'The rock that this line is about is retired, so nothing is decided about it any more. /decide takes what you wrote: copy it before you close this form.',
    );
    expect(value(await deferLine(db, workspaceId, ana, line.id))).toEqual({ isNew: true });
  });

  test('is not about what few may see by now', async () => {
    const rock = await insertRock(db, workspaceId, { name: 'Payments' });
    const line = await lineAbout('Payments');
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rock).execute();
    expect(wordsOf(await decide(line.id))).toBe(
      'What this line is about is not there any more. /decide takes what you wrote: copy it before you close this form.',
    );
  });

  test('has a day for another look that lies ahead', async () => {
    await insertRock(db, workspaceId, { name: 'Payments' });
    const line = await lineAbout('Payments');
    const late = {
      question: 'Keep it?',
      made: { ...made, lookAgainOn: day('2026-11-20') },
      approverId: chi.id,
    };
    expect(await decideOnLine(db, workspaceId, ana, line.id, late)).toMatchObject({
      field: 'look-again',
      words: 'That day is over. Pick today or a later one.',
    });
  });
});

describe('an action on a line', () => {
  test('is told to who does it, with where it was given, and nothing of the page’s name pings', async () => {
    await insertRock(db, workspaceId, { name: 'Payments' });
    const line = await lineAbout('Payments');
    await db.updateTable('reviews').set({ name: 'Review <!channel>' }).execute();
    const given = { title: 'Ask the bank', owner: ben, dueOn: day('2026-12-01') };
    value(await addActionOnLine(db, workspaceId, ana, line.id, given));
    const [told] = (await listParts(db, workspaceId)).filter(({ key }) => key.startsWith('action-given:'));
    expect(told?.text).toContain(
      'gave you an action in Review &lt;!channel&gt;, 26 November 2026: Ask the bank',
    );
  });

  test('is not for a day that is over, by the calendar of who gives it', async () => {
    await insertRock(db, workspaceId, { name: 'Payments' });
    const line = await lineAbout('Payments');
    const on = async (iso: string) =>
      await addActionOnLine(db, workspaceId, ana, line.id, { title: 'Ask', owner: ben, dueOn: day(iso) });
    expect(await on('2026-11-25')).toMatchObject({
      field: 'due',
      words: 'That day is over. Pick today or a later one.',
    });
    expect(wordsOf(await on('2026-11-26'))).toBe('done');
  });
});

describe('putting off', () => {
  test('happens once, however many press', async () => {
    await insertRock(db, workspaceId, { name: 'Payments' });
    const line = await lineAbout('Payments');
    const pressed = await Promise.all([
      deferLine(db, workspaceId, ana, line.id),
      deferLine(replica, workspaceId, ben, line.id),
    ]);
    expect(pressed.map((it) => value(it).isNew).sort()).toEqual([false, true]);
    const [agenda] = await textsOf('review:');
    expect(agenda?.match(/Put off to the next one/g)).toHaveLength(1);
  });

  test('takes nothing away: the line can still be decided', async () => {
    await insertRock(db, workspaceId, { name: 'Payments' });
    const line = await lineAbout('Payments');
    value(await deferLine(db, workspaceId, ana, line.id));
    expect(wordsOf(await decide(line.id))).toBe('done');
  });
});

describe('a line that is not there, of another workspace, or of a closed review', () => {
  test('takes nothing', async () => {
    await insertRock(db, workspaceId, { name: 'Payments' });
    const line = await lineAbout('Payments');
    const other = await insertWorkspace(db);
    expect(wordsOf(await readLine(db, workspaceId, 999_999))).toBe(gone);
    expect(wordsOf(await deferLine(db, other, ana, line.id))).toBe(gone);
    value(await closeReview(db, workspaceId, ana, await latest()));
    const pressed =
      '*Roadmap review, 26 November 2026* is closed, and its minutes are in the thread. What still matters comes back next time.';
    const typed =
      'Roadmap review, 26 November 2026 is closed. /decide and /handoff take what you wrote: copy it before you close this form.';
    expect(wordsOf(await readLine(db, workspaceId, line.id))).toBe(pressed);
    expect(wordsOf(await deferLine(db, workspaceId, ana, line.id))).toBe(pressed);
    expect(wordsOf(await decide(line.id))).toBe(typed);
    const given = { title: 'Ask', owner: ben, dueOn: day('2026-12-01') };
    expect(wordsOf(await addActionOnLine(db, workspaceId, ana, line.id, given))).toBe(typed);
  });
});
