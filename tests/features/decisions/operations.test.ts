import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import { entryOf } from '../../../src/features/decisions/core/form.ts';
import { changeDecision, decide, openDecision } from '../../../src/features/decisions/operations.ts';
import {
  decisionsOf,
  decisionsOfRock,
  listDecisions,
  listQueue,
  readDecision,
} from '../../../src/features/decisions/reading-operations.ts';
import { keepDecision, supersede } from '../../../src/features/decisions/superseding-operations.ts';
import { stampOf } from '../../../src/platform/core/stamp.ts';
import { companyNow } from '../../../src/platform/db/company-time.ts';
import {
  insertCycle,
  insertObjective,
  insertRock,
  listEvents,
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { listParts, sendAll } from '../../support/daily.ts';
import {
  ana,
  ben,
  chi,
  db,
  entry,
  made,
  replica,
  rockId,
  teamId,
  testInCompany,
  value,
  wordsOf,
  workspaceId,
} from './company.ts';

testInCompany();

const day = (iso: string) => Temporal.PlainDate.from(iso);
const open = async (given: Parameters<typeof entry>[0] = {}, actor = ana) =>
  value(await openDecision(db, workspaceId, actor, { entry: entry(given), sourceUrl: null }));
const waiting = async () =>
  (await listParts(db, workspaceId)).filter(({ state }) => state !== 'over').map(({ key }) => key);

describe('writing a decision down', () => {
  test('gives it the next number and tells who has a part in it, but not who wrote it', async () => {
    const first = await open({ contributorIds: [ben.id] });
    const second = await open();
    expect([first.number, second.number]).toEqual([1, 2]);
    const told = (await listParts(db, workspaceId)).filter(({ key }) =>
      key.startsWith(`decision-asked:${first.id}`),
    );
    expect(told.map(({ key, text }) => [key, text])).toEqual([
      [
        `decision-asked:${first.id}:${ben.id}`,
        `<@${ana.slackId}> would like to hear what you think.\n1. Do we keep the old checkout?`,
      ],
      [
        `decision-asked:${first.id}:${chi.id}`,
        `<@${ana.slackId}> asks for your decision: you approve it.\n1. Do we keep the old checkout?`,
      ],
    ]);
  });

  test('numbers those that are written at once one after the other', async () => {
    const given = { entry: entry(), sourceUrl: null };
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        openDecision(index % 2 === 0 ? db : replica, workspaceId, ana, given),
      ),
    );
    expect(all.map((one) => value(one).number).sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  test('refuses a day that is over', async () => {
    const late = await openDecision(db, workspaceId, ana, {
      entry: entry({ dueOn: day('2026-11-04') }),
      sourceUrl: null,
    });
    expect(late).toMatchObject({ field: 'due', words: 'That day is over. Pick today or a later one.' });
  });

  test('refuses what is about a retired rock, and names what came in its place', async () => {
    const about = [{ kind: 'rock' as const, id: rockId }];
    const retired = { state: 'retired' as const, retired_at: '2026-11-01T00:00:00Z', retired_reason: 'Gone' };
    await db.updateTable('rocks').set(retired).where('id', '=', rockId).execute();
    const given = { entry: entry({ about }), sourceUrl: null };
    expect(await openDecision(db, workspaceId, ana, given)).toMatchObject({
      field: 'about',
      words:
        'Payments is retired, so nothing is decided about it any more. Pick another rock, or leave it open.',
    });
    const successor_id = await insertRock(db, workspaceId, { name: 'Wallets' });
    await db.updateTable('rocks').set({ successor_id }).where('id', '=', rockId).execute();
    expect(wordsOf(await openDecision(db, workspaceId, ana, given))).toBe(
      'Payments is retired. Wallets came in its place: pick that one, or leave it open.',
    );
  });

  test('refuses what is about a rock that the writer does not see, as what is not there', async () => {
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rockId).execute();
    const given = { entry: entry({ about: [{ kind: 'rock', id: rockId }] }), sourceUrl: null };
    expect(wordsOf(await openDecision(db, workspaceId, ana, given))).toBe(
      'That is not there any more. Pick something else.',
    );
  });

  test('asks for the team where the team alone may see it', async () => {
    const given = { entry: entry({ visibility: 'team' }), sourceUrl: null };
    expect(await openDecision(db, workspaceId, ana, given)).toMatchObject({
      field: 'visibility',
      words: 'Pick the team first, or another choice here.',
    });
  });

  test('reminds its driver on the working day before it is due and after, until it is made', async () => {
    const decision = await open({ dueOn: day('2026-11-16') });
    const keys = [`decision-reminder:${decision.id}:before`, `decision-reminder:${decision.id}:after`];
    const planned = (await listParts(db, workspaceId)).filter(({ key }) => keys.includes(key));
    expect(planned.map(({ at }) => at.toString()).sort()).toEqual([
      '2026-11-13T08:00:00Z',
      '2026-11-17T08:00:00Z',
    ]);
    await decide(db, workspaceId, ben, decision.id, { made: made(), approverId: chi.id });
    expect((await waiting()).filter((key) => keys.includes(key))).toEqual([]);
  });
});

describe('making a decision', () => {
  test('keeps what, why, who approved and who pressed, and tells everybody who has a part in it', async () => {
    const decision = await open({ informedIds: [ben.id], dueOn: day('2026-11-16') });
    const decided = value(
      await decide(db, workspaceId, ana, decision.id, { made: made(), approverId: chi.id }),
    );
    expect(decided).toMatchObject({
      state: 'decided',
      outcome: 'We keep it until March.',
      approver: { id: chi.id },
      decidedBy: { id: ana.id },
    });
    expect((await waiting()).filter((key) => key.startsWith('decision-made')).sort()).toEqual(
      [`decision-made:${decision.id}:${ben.id}`, `decision-made:${decision.id}:${chi.id}`].sort(),
    );
  });

  test('asks nobody about it any more, where they were asked already, too', async () => {
    const decision = await open();
    const asked = [`decision-asked:${decision.id}:${chi.id}`];
    expect((await waiting()).filter((key) => asked.includes(key))).toEqual(asked);
    await dailyJob({ db }, workspaceId).run();
    await sendAll(db, workspaceId);
    await decide(db, workspaceId, chi, decision.id, { made: made(), approverId: chi.id });
    expect((await listMessages(db, workspaceId)).map(({ text }) => text)).toContain('Decision 1 is made.');
    expect((await waiting()).filter((key) => asked.includes(key))).toEqual([]);
  });

  test('is done once, however many press at once', async () => {
    const decision = await open();
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        decide(index % 2 === 0 ? db : replica, workspaceId, ana, decision.id, {
          made: made({ outcome: `Outcome ${index}` }),
          approverId: chi.id,
        }),
      ),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = all.find(({ ok }) => !ok);
    expect(refused && wordsOf(refused)).toBe('Decision 1 is made already. A later one can take its place.');
    const types = (await listEvents(db, workspaceId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'decision.made')).toHaveLength(1);
  });

  test('is history: the database refuses to change it', async () => {
    const decision = await open();
    await decide(db, workspaceId, ana, decision.id, { made: made(), approverId: chi.id });
    await expect(
      db.updateTable('decisions').set({ outcome: 'Something else' }).where('id', '=', decision.id).execute(),
    ).rejects.toThrow('decision 1 is made: it is superseded, not changed');
    expect(wordsOf(await changeDecision(db, workspaceId, ana, decision.id, entry(), 'stamp'))).toBe(
      'Decision 1 is made already. A later one can take its place.',
    );
  });

  test('is superseded by a later one, once, and says by which', async () => {
    const first = await open({ about: [{ kind: 'rock', id: rockId }], contributorIds: [ben.id] });
    const later = {
      question: 'Do we still keep it?',
      made: made({ outcome: 'We drop it.' }),
      approverId: chi.id,
    };
    expect(wordsOf(await supersede(db, workspaceId, ana, first.id, later))).toBe(
      'Decision 1 is still open. Decide it first.',
    );
    await decide(db, workspaceId, ana, first.id, { made: made(), approverId: chi.id });
    const second = value(await supersede(db, workspaceId, ben, first.id, later));
    expect(second).toMatchObject({
      number: 2,
      supersedes: [1],
      about: [{ name: 'Payments' }],
      contributors: [{ id: ben.id }],
    });
    expect(value(await readDecision(db, workspaceId, ana, { number: 1 })).decision).toMatchObject({
      state: 'superseded',
      supersededBy: 2,
      outcome: 'We keep it until March.',
    });
    expect(wordsOf(await supersede(db, workspaceId, ana, first.id, later))).toBe(
      'Decision 1 was superseded by decision 2 already.',
    );
  });

  test('is looked at again on its day, and then it holds or is decided anew', async () => {
    const decision = await open();
    const lookAgainOn = day('2026-12-01');
    await decide(db, workspaceId, ana, decision.id, { made: made({ lookAgainOn }), approverId: chi.id });
    const look = (await listParts(db, workspaceId)).find(({ key }) => key.startsWith('decision-look-again'));
    expect([look?.at.toString(), look?.text.split('\n')[0]]).toEqual([
      '2026-12-01T08:00:00Z',
      'Decision 1 is due for another look: Do we keep the old checkout?',
    ]);
    await setClock(db, workspaceId, '2026-12-01T09:00:00Z');
    await dailyJob({ db }, workspaceId).run();
    await sendAll(db, workspaceId);
    const kept = value(await keepDecision(db, workspaceId, ana, decision.id, day('2027-03-01')));
    expect(kept.lookAgainOn?.toString()).toBe('2027-03-01');
    const texts = (await listMessages(db, workspaceId)).map(({ text }) => text);
    expect(texts).toContain('Decision 1 still holds.');
    expect(texts.join('\n')).not.toContain('is due for another look');
    const past = await decide(db, workspaceId, ana, (await open()).id, {
      made: made({ lookAgainOn }),
      approverId: chi.id,
    });
    expect(past.ok).toBe(true);
    const late = made({ lookAgainOn: day('2026-11-30') });
    expect(
      await decide(db, workspaceId, ana, (await open()).id, { made: late, approverId: chi.id }),
    ).toMatchObject({
      field: 'look-again',
      words: 'That day is over. Pick today or a later one.',
    });
  });
});

describe('changing an open decision', () => {
  test('is for who drives, approves or wrote it, the lead of its team and admins', async () => {
    const decision = await open();
    const now = entryOf(decision);
    const wish = { ...now, question: 'Do we keep it?' };
    expect(wordsOf(await changeDecision(db, workspaceId, ben, decision.id, wish, stampOf(now)))).toBe(
      `Decision 1 is changed by those who drive, approve or wrote it. Ask <@${ana.slackId}>.`,
    );
    expect(wordsOf(await changeDecision(db, workspaceId, chi, decision.id, wish, stampOf(now)))).toBe('done');
  });

  test('never undoes what somebody else has changed meanwhile', async () => {
    const decision = await open();
    const now = entryOf(decision);
    const change = async (question: string) =>
      await changeDecision(db, workspaceId, ana, decision.id, { ...now, question }, stampOf(now));
    expect(wordsOf(await change('One?'))).toBe('done');
    expect(await change('Two?')).toMatchObject({
      field: 'question',
      words:
        'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.',
    });
  });

  test('moves what reminds its driver to the new day and the new driver', async () => {
    const decision = await open({ dueOn: day('2026-11-16') });
    const now = entryOf(decision);
    const wish = { ...now, dueOn: day('2026-11-20'), driverId: ben.id };
    await changeDecision(db, workspaceId, ana, decision.id, wish, stampOf(now));
    const parts = (await listParts(db, workspaceId)).filter(
      ({ key, state }) => key.includes('reminder') && state !== 'over',
    );
    expect(parts.map(({ at, personId }) => [at.toString(), personId]).sort()).toEqual([
      ['2026-11-19T08:00:00Z', ben.id],
      ['2026-11-23T08:00:00Z', ben.id],
    ]);
  });
});

describe('who sees a decision', () => {
  test('is everybody, its team, or those who have a part in it', async () => {
    const hidden = await open({ visibility: 'people', approverId: chi.id });
    const ofTeam = await open({ visibility: 'team', teamId, approverId: chi.id });
    const seenBy = async (actor: typeof ben) =>
      value(
        await listDecisions(db, workspaceId, actor, { text: null, since: null, until: null }, 0),
      ).decisions.map(({ id }) => id);
    expect(await seenBy(ben)).toEqual([]);
    expect((await seenBy(chi)).sort()).toEqual([hidden.id, ofTeam.id].sort());
    await db
      .insertInto('team_members')
      .values({ workspace_id: workspaceId, team_id: teamId, person_id: ben.id })
      .execute();
    expect(await seenBy(ben)).toEqual([ofTeam.id]);
    expect(wordsOf(await readDecision(db, workspaceId, ben, { id: hidden.id }))).toBe(
      "I don't know that decision. `/decide list` has the latest.",
    );
  });

  test('leaves out what is about a rock that few see', async () => {
    await open({ about: [{ kind: 'rock', id: rockId }] });
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rockId).execute();
    const all = { text: null, since: null, until: null };
    expect(value(await listDecisions(db, workspaceId, ben, all, 0)).decisions).toEqual([]);
    const own = value(await listDecisions(db, workspaceId, ana, all, 0)).decisions;
    expect(own.map(({ about }) => about)).toEqual([[]]);
  });
});

describe('finding decisions', () => {
  test('goes by words, by a rock, and by days', async () => {
    const rock = await open({ question: 'Which bank first?', about: [{ kind: 'rock', id: rockId }] });
    const words = await open({ question: 'Do we rename the wallets?' });
    await setClock(db, workspaceId, '2026-11-12T09:00:00Z');
    const later = await open({ question: 'Do we hire a wallet engineer?' });
    const find = async (given: { text?: string; since?: string; until?: string }) =>
      value(
        await listDecisions(
          db,
          workspaceId,
          ben,
          {
            text: given.text ?? null,
            since: given.since === undefined ? null : day(given.since),
            until: given.until === undefined ? null : day(given.until),
          },
          0,
        ),
      ).decisions.map(({ id }) => id);
    expect(await find({ text: 'payments' })).toEqual([rock.id]);
    expect((await find({ text: 'wallets' })).sort()).toEqual([words.id, later.id].sort());
    expect(await find({ text: 'wallet', since: '2026-11-10' })).toEqual([later.id]);
    expect(await find({ until: '2026-11-10' })).toEqual([words.id, rock.id]);
    expect(await find({ text: 'nothing of the kind' })).toEqual([]);
  });

  test('refuses a question of 10,000 characters', async () => {
    const long = { text: 'x'.repeat(10_000), since: null, until: null };
    expect(wordsOf(await listDecisions(db, workspaceId, ana, long, 0))).toBe(
      'That is long. Search with a few words, 200 characters at most.',
    );
  });

  test('the queue has the most pressing first, and what has no day last', async () => {
    const undated = await open();
    const later = await open({ dueOn: day('2026-12-01') });
    const soon = await open({ dueOn: day('2026-11-10') });
    const queue = await listQueue(db, workspaceId, ben, 0);
    expect(queue.decisions.map(({ id }) => id)).toEqual([soon.id, later.id, undated.id]);
    expect((await decisionsOf(db, workspaceId, chi, 2)).map(({ id }) => id)).toEqual([
      soon.id,
      later.id,
      undated.id,
    ]);
    expect(await decisionsOf(db, workspaceId, ben, 2)).toEqual([]);
  });

  test('a brief has those about its rock of the last 180 days that everybody may read', async () => {
    const about = [{ kind: 'rock' as const, id: rockId }];
    const seen = await open({ about });
    const hidden = await open({ about, visibility: 'people' });
    const secret = await open({ about });
    const cycleId = await insertCycle(db, workspaceId, {
      key: 'q4',
      starts: '2026-10-01',
      ends: '2026-12-31',
    });
    const objective_id = await insertObjective(db, workspaceId, { key: 'merge', cycleId });
    await db.updateTable('objectives').set({ visibility: 'people' }).where('id', '=', objective_id).execute();
    await db.updateTable('decisions').set({ objective_id }).where('id', '=', secret.id).execute();
    for (const { id } of [seen, hidden, secret])
      await decide(db, workspaceId, ana, id, { made: made(), approverId: chi.id });
    const now = await companyNow(db, workspaceId);
    const briefed = await decisionsOfRock(db, workspaceId, rockId, now);
    expect(briefed.map(({ outcome }) => outcome)).toEqual(['We keep it until March.']);
    expect(await decisionsOfRock(db, workspaceId, rockId, now.add({ hours: 24 * 181 }))).toEqual([]);
  });
});
