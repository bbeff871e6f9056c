import { describe, expect, test } from 'vitest';
import { reviewPages } from '../../../src/features/playbook/core/built-in-reviews.ts';
import { agendaSources } from '../../../src/features/playbook/core/sources.ts';
import { pageOfRitual, readAgenda } from '../../../src/features/reviews/reading.ts';
import { insertRock } from '../../support/builders.ts';
import { insertWorkspace } from '../../support/database.ts';
import { publishLines } from '../strategy/support.ts';
import {
  addCadence,
  agendaOf,
  ana,
  ben,
  cadenceId,
  checkout,
  chi,
  db,
  due,
  mention,
  read,
  risk,
  testInCompany,
  workspaceId,
} from './company.ts';
import {
  action,
  checkIn,
  decision,
  deferred,
  handoff,
  item,
  itemEvent,
  itemSlip,
  keyResult,
  madeLong,
  needs,
  objectiveOf,
  review,
} from './rows.ts';

testInCompany();

/** Within the month that a first review looks back, and before it. */
const lately = '2026-11-10T09:00:00Z';
const before = '2026-10-20T09:00:00Z';
const all = agendaSources.map(({ key }) => key);
const hide = async (table: 'rocks' | 'objectives', id: number) =>
  await db.updateTable(table).set({ visibility: 'people' }).where('id', '=', id).execute();
/** A review of the other team's work alone. */
const ofRisk = async () => await addCadence({ key: 'of-risk', teamIds: [risk] });
const ofCheckout = async () => await addCadence({ key: 'of-checkout', teamIds: [checkout] });

describe('what was put off', () => {
  test('comes back with its facts, and who put it off', async () => {
    const last = await review(cadenceId, '2026-10-29');
    await deferred(last, 'Pricing', { at: '2026-10-29T10:00:00Z', facts: 'two options' });
    expect(await read(['deferred'])).toEqual([
      { title: 'Pricing', facts: `put off by ${mention(ben)} on Thu 29 Oct\ntwo options`, owes: [] },
    ]);
  });

  test('is told by the day where the review is held', async () => {
    const last = await review(cadenceId, '2026-10-29');
    await deferred(last, 'Pricing', { at: '2026-10-29T23:30:00Z' });
    expect(await read(['deferred'])).toMatchObject([{ facts: `put off by ${mention(ben)} on Fri 30 Oct` }]);
  });

  test('does not come again once it stands on a later agenda, unless it was put off there, too', async () => {
    const [first, second] = [await review(cadenceId, '2026-10-29'), await review(cadenceId, '2026-11-05')];
    const at = '2026-10-29T10:00:00Z';
    const line = await deferred(first, 'Pricing', { at, facts: 'two options' });
    const facts = `put off by ${mention(ben)} on Thu 29 Oct\ntwo options`;
    await deferred(second, 'Pricing', {
      ...{ at: '2026-11-05T10:00:00Z', by: ana, source: 'deferred', from_line_id: line, facts },
    });
    expect(await read(['deferred'])).toEqual([
      { title: 'Pricing', facts: `put off by ${mention(ana)} on Thu 5 Nov\ntwo options`, owes: [] },
    ]);
  });

  test('is not that of another review, nor about what few may see by now', async () => {
    const other = await review(await addCadence({ key: 'other' }), '2026-10-29');
    await deferred(other, 'Theirs', { at: before });
    const last = await review(cadenceId, '2026-10-29');
    const rock = await insertRock(db, workspaceId, { name: 'Merger' });
    const kr = await keyResult('Merged');
    const about = (kind: string, id: number) => ({ subject_kind: kind, subject_id: id, at: before });
    await deferred(last, 'Merger', about('rock', rock));
    await deferred(last, 'Merged', about('key-result', kr));
    await deferred(last, 'Objective', about('objective', await objectiveOf(kr)));
    await deferred(last, 'Handoff of Merger', about('handoff', await handoff(rock)));
    await deferred(
      last,
      'Do we merge?',
      about('decision', await decision('Do we merge?', { rock_id: rock })),
    );
    expect(await read(['deferred'])).toHaveLength(5);
    await hide('rocks', rock);
    await hide('objectives', await objectiveOf(kr));
    expect(await read(['deferred'])).toEqual([]);
  });
});

describe('roadmap items that changed', () => {
  test('are told with where they went, their owner, team and date', async () => {
    const moved = await item('Smart retries', { due_on: '2026-12-01', first_due_on: '2026-12-01' });
    await itemEvent(moved, lately, { from: 'next', to: 'now' });
    const added = await item('Dark mode', { horizon: 'later', owner_id: null, team_id: null });
    await itemEvent(added, lately);
    const shipped = await item('Invoices', { horizon: 'shipped' });
    await itemEvent(shipped, lately, { from: 'now', to: 'shipped' });
    const stopped = await item('Wallet', { horizon: 'stopped', why_stopped: 'Nobody *asked*' });
    await itemEvent(stopped, lately, { from: 'later', to: 'stopped' });
    const lines = await read(['changed-items']);
    expect(lines).toHaveLength(4);
    expect(lines).toEqual(
      expect.arrayContaining([
        {
          title: 'Smart retries',
          facts: `from next to now · ${mention(ana)} · Checkout · due Tue 1 Dec`,
          owes: ['Ana'],
        },
        { title: 'Dark mode', facts: 'new in later · nobody owns it', owes: [] },
        { title: 'Invoices', facts: `shipped · ${mention(ana)} · Checkout`, owes: ['Ana'] },
        {
          title: 'Wallet',
          facts: `stopped: Nobody ∗asked∗ · ${mention(ana)} · Checkout`,
          owes: ['Ana'],
        },
      ]),
    );
  });

  test('are not those of before the last review, nor those that came back to where they were', async () => {
    await itemEvent(await item('Long ago'), before, { from: 'next', to: 'now' });
    const back = await item('There and back');
    await itemEvent(back, lately, { from: 'now', to: 'next' });
    await itemEvent(back, lately, { from: 'next', to: 'now' });
    await item('Never moved');
    expect(await read(['changed-items'])).toEqual([]);
  });

  test('are those of the teams of the review, and those that need something of them', async () => {
    await itemEvent(await item('Retries'), lately);
    const needing = await item('Needs risk');
    await itemEvent(needing, lately);
    await needs('roadmap_needs', needing, risk);
    expect((await read(['changed-items'], await ofRisk())).map(({ title }) => title)).toEqual(['Needs risk']);
  });
});

describe('dates that slipped', () => {
  test('of items are told from when to when, and why', async () => {
    const id = await item('Smart retries');
    await itemSlip(id, { at: lately, from: '2026-12-01', to: '2026-12-15', why: 'The bank <is> slow' });
    expect(await read(['slips'])).toEqual([
      {
        title: 'Smart retries',
        facts: `slipped from Tue 1 Dec to Tue 15 Dec · ${mention(ana)} · The bank &lt;is&gt; slow`,
        owes: ['Ana'],
      },
    ]);
  });

  test('of key results are told with their first date', async () => {
    const id = await keyResult('95 % succeed', {
      due_on: '2026-12-20',
      first_due_on: '2026-12-01',
      slips: 2,
    });
    await checkIn(id, { at: lately, confidence: 6, slipWords: 'Certification takes longer' });
    expect(await read(['slips'])).toEqual([
      {
        title: '95 % succeed',
        facts: `now due Sun 20 Dec, first Tue 1 Dec · slipped 2 times · ${mention(ben)} · Certification takes longer`,
        owes: ['Ben'],
      },
    ]);
  });

  test('are not those of before, of a cycle that is over, of what few may see, of other teams', async () => {
    await itemSlip(await item('Long ago'), { at: before, from: '2026-12-01', to: '2026-12-15' });
    const slipped = { due_on: '2026-12-20', first_due_on: '2026-12-01', slips: 1 };
    const say = { confidence: 6, slipWords: 'Later' };
    await checkIn(await keyResult('Before', slipped), { at: before, ...say });
    await checkIn(await keyResult('Private', slipped, { visibility: 'team' }), { at: lately, ...say });
    await checkIn(await keyResult('Over', slipped, {}, { state: 'grading' }), { at: lately, ...say });
    expect(await read(['slips'])).toEqual([]);
    await checkIn(await keyResult('Ours', slipped), { at: lately, ...say });
    expect(await read(['slips'], await ofRisk())).toEqual([]);
    expect(await read(['slips'], await ofCheckout())).toHaveLength(1);
  });
});

describe('key results that went quiet', () => {
  test('are told with how long, the longest first', async () => {
    await keyResult('Two weeks', { outdated_since: '2026-11-12T09:00:00Z' });
    await keyResult('Three weeks', { outdated_since: '2026-11-05T09:00:00Z', owner_id: null });
    expect(await read(['stale-key-results'])).toEqual([
      { title: 'Three weeks', facts: 'no answer for 21 days · nobody owns it · Fewer failures', owes: [] },
      {
        title: 'Two weeks',
        facts: `no answer for 14 days · ${mention(ben)} · Fewer failures`,
        owes: ['Ben'],
      },
    ]);
  });

  test('are not those that few may see, that are over, or of other teams', async () => {
    const quiet = { outdated_since: '2026-11-12T09:00:00Z' };
    await keyResult('Private', quiet, { visibility: 'people' });
    await keyResult('Dropped', { ...quiet, state: 'dropped', why_dropped: 'x', ended_at: lately });
    await keyResult('Graded', quiet, {}, { state: 'grading' });
    expect(await read(['stale-key-results'])).toEqual([]);
    await keyResult('Ours', quiet);
    expect(await read(['stale-key-results'], await ofRisk())).toEqual([]);
  });
});

describe('confidence that dropped', () => {
  test('by two or more since the last review is told with what was said, the deepest fall first', async () => {
    const [small, deep, none] = [await keyResult('Two'), await keyResult('Five'), await keyResult('One')];
    for (const [id, to] of [[small, 6] as const, [deep, 3] as const, [none, 7] as const]) {
      await checkIn(id, { at: before, confidence: 8 });
      await checkIn(id, { at: lately, confidence: to, words: 'The bank is slow' });
    }
    expect(await read(['confidence-drops'])).toEqual([
      {
        title: 'Five',
        facts: `confidence from 8 to 3 of 10 · ${mention(ben)} · “The bank is slow”`,
        owes: ['Ben'],
      },
      {
        title: 'Two',
        facts: `confidence from 8 to 6 of 10 · ${mention(ben)} · “The bank is slow”`,
        owes: ['Ben'],
      },
    ]);
  });

  test('of a key result without an earlier answer counts from its first', async () => {
    const id = await keyResult('New');
    await checkIn(id, { at: '2026-11-09T09:00:00Z', confidence: 9 });
    await checkIn(id, { at: '2026-11-16T09:00:00Z', confidence: 4 });
    expect(await read(['confidence-drops'])).toMatchObject([
      { facts: `confidence from 9 to 4 of 10 · ${mention(ben)}` },
    ]);
  });

  test('is not told where few may see it, and not of other teams', async () => {
    for (const set of [{ visibility: 'team' }, { team_id: checkout }]) {
      const id = await keyResult('Fell', {}, set);
      await checkIn(id, { at: before, confidence: 8 });
      await checkIn(id, { at: lately, confidence: 2 });
    }
    expect(await read(['confidence-drops'])).toHaveLength(1);
    expect(await read(['confidence-drops'], await ofRisk())).toEqual([]);
  });
});

describe('rocks that nobody carries', () => {
  test('are told with their team and what they mean, what matters most first; the lead of the team owes a word', async () => {
    await insertRock(db, workspaceId, { name: 'Logs' });
    const critical = await insertRock(db, workspaceId, { name: 'Payments', teamId: checkout });
    await db.updateTable('rocks').set({ importance: 'very-important' }).where('id', '=', critical).execute();
    expect(await read(['unowned-rocks'])).toEqual([
      { title: 'Payments', facts: 'nobody carries it · very important · Checkout', owes: ['Chi'] },
      { title: 'Logs', facts: 'nobody carries it', owes: [] },
    ]);
  });

  test('are not those that few may see, that somebody carries, that were set down, or of other teams', async () => {
    await hide('rocks', await insertRock(db, workspaceId, { name: 'Merger' }));
    await insertRock(db, workspaceId, { name: 'Carried', owner: ana });
    const down = await insertRock(db, workspaceId, { name: 'Set down' });
    const columns = { state: 'set-down' as const, set_down_by: ana.id, set_down_at: lately };
    await db
      .updateTable('rocks')
      .set({ ...columns, set_down_reason: 'Not now', look_again_on: '2027-03-01' })
      .where('id', '=', down)
      .execute();
    expect(await read(['unowned-rocks'])).toEqual([]);
    await insertRock(db, workspaceId, { name: 'Ours', teamId: checkout });
    expect(await read(['unowned-rocks'], await ofRisk())).toEqual([]);
  });
});

describe('handoffs that wait', () => {
  test('are told with from whom, to whom and since when, and never with their reason', async () => {
    await handoff(await insertRock(db, workspaceId, { name: 'Payments', owner: ana }));
    expect(await read(['waiting-handoffs'])).toEqual([
      {
        title: 'Handoff of Payments',
        facts: `${mention(ana)} to ${mention(ben)} · waits for 14 days`,
        owes: [],
      },
    ]);
  });

  test('are not those of rocks that few may see, that are answered, or of other teams', async () => {
    const merger = await insertRock(db, workspaceId, { name: 'Merger', owner: ana });
    await handoff(merger);
    await hide('rocks', merger);
    const done = await insertRock(db, workspaceId, { name: 'Done', owner: ana });
    await handoff(done, { state: 'declined', ended_at: lately, decline_reason: 'No time' });
    expect(await read(['waiting-handoffs'])).toEqual([]);
    await handoff(await insertRock(db, workspaceId, { name: 'Ours', owner: ana, teamId: checkout }));
    expect(await read(['waiting-handoffs'], await ofRisk())).toEqual([]);
  });
});

describe('decisions', () => {
  test('that are open are told with their day and people, the most pressing first', async () => {
    await decision('Undated?', { number: 1 });
    await decision('Late?', { number: 2, due_on: '2026-11-20' });
    await decision('Soon?', { number: 3, due_on: '2026-12-01' });
    const people = `driver ${mention(ana)} · approver ${mention(chi)}`;
    expect(await read(['open-decisions'])).toEqual([
      { title: 'Late?', facts: `decision 2 · was due Fri 20 Nov · ${people}`, owes: ['Ana'] },
      { title: 'Soon?', facts: `decision 3 · by Tue 1 Dec · ${people}`, owes: ['Ana'] },
      { title: 'Undated?', facts: `decision 1 · ${people}`, owes: ['Ana'] },
    ]);
  });

  test('that are due for another look are told with what was decided', async () => {
    await decision('Do we keep it?', { ...madeLong('2026-11-26'), number: 4 });
    await decision('Not yet', madeLong('2026-11-27'));
    await decision('Never', madeLong(null));
    expect(await read(['look-again'])).toEqual([
      {
        title: 'Do we keep it?',
        facts: `decision 4 was to be looked at again on Thu 26 Nov · “We keep it.” · driver ${mention(ana)}`,
        owes: ['Ana'],
      },
    ]);
  });

  test('are not those that few may see, themselves or for what they are about', async () => {
    const rock = await insertRock(db, workspaceId, { name: 'Merger' });
    await hide('rocks', rock);
    const objective = await objectiveOf(await keyResult('Private', {}, { visibility: 'people' }));
    const few = [{ visibility: 'people' }, { rock_id: rock }, { objective_id: objective }];
    for (const columns of [...few, { visibility: 'team', team_id: checkout }]) {
      await decision('Open?', columns);
      await decision('Made?', { ...madeLong('2026-11-01'), ...columns });
    }
    expect(await read(['open-decisions', 'look-again'])).toEqual([]);
  });

  test('of other teams are not told; those of no team are', async () => {
    await decision('Ours?', { team_id: checkout });
    await decision('Everybody’s?');
    const titles = (await read(['open-decisions'], await ofRisk())).map(({ title }) => title);
    expect(titles).toEqual(['Everybody’s?']);
  });
});

describe('what teams need of each other', () => {
  test('is told of items and objectives, to their owners and the leads of the needed teams', async () => {
    const id = await item('Ledger', { team_id: risk });
    await needs('roadmap_needs', id, checkout);
    const objective = await objectiveOf(await keyResult('Any'));
    await needs('objective_needs', objective, risk);
    expect(await read(['needs'])).toEqual([
      { title: 'Ledger', facts: `Risk needs Checkout · ${mention(ana)}`, owes: ['Ana', 'Chi'] },
      { title: 'Fewer failures', facts: `Checkout needs Risk · ${mention(ana)}`, owes: ['Ana'] },
    ]);
    const third = await addCadence({ key: 'third', teamIds: [await otherTeam()] });
    expect(await read(['needs'], third)).toEqual([]);
  });

  test('is not that of later, of what is over, or of what few may see', async () => {
    for (const horizon of ['later', 'shipped'])
      await needs('roadmap_needs', await item(horizon, { horizon }), risk);
    await needs('objective_needs', await objectiveOf(await keyResult('x', {}, { visibility: 'team' })), risk);
    expect(await read(['needs'])).toEqual([]);
  });
});

async function otherTeam(): Promise<number> {
  const row = await db
    .insertInto('teams')
    .values({ workspace_id: workspaceId, key: 'third', name: 'Third', lead_id: null, channel_id: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

describe('actions', () => {
  test('of this review that are open, and those of any that are late, are told with who does them', async () => {
    const here = await review(cadenceId, '2026-10-29');
    const there = await review(await addCadence({ key: 'other' }), '2026-10-29');
    await action('Ask the bank', { occurrence_id: here, due_on: '2026-12-01' });
    await action('Late elsewhere', { occurrence_id: there, due_on: '2026-11-20' });
    await action('Elsewhere, in time', { occurrence_id: there, due_on: '2026-12-01' });
    const given = `given by ${mention(ana)}`;
    expect(await read(['overdue-actions'])).toEqual([
      {
        title: 'Late elsewhere',
        facts: `action of ${mention(ben)} · was due Fri 20 Nov · ${given}`,
        owes: ['Ben'],
      },
      { title: 'Ask the bank', facts: `action of ${mention(ben)} · due Tue 1 Dec · ${given}`, owes: ['Ben'] },
    ]);
  });

  test('that people gave one another, that are done, or about what few may see are not told', async () => {
    const here = await review(cadenceId, '2026-10-29');
    const rock = await insertRock(db, workspaceId, { name: 'Merger', owner: ana });
    const late = { due_on: '2026-11-01' };
    await action('Between us', late);
    await action('Of a handoff', { ...late, handoff_id: await handoff(rock), rock_id: rock });
    await action('Done', { ...late, occurrence_id: here, state: 'done', ended_at: lately });
    await action('Secret', { ...late, occurrence_id: here, rock_id: rock });
    await hide('rocks', rock);
    expect(await read(['overdue-actions'])).toEqual([]);
  });

  test('of other teams are not told, nor those of another review that belong to no team', async () => {
    const there = await review(await addCadence({ key: 'other' }), '2026-10-29');
    const late = { occurrence_id: there, due_on: '2026-11-01' };
    await action('Theirs', { ...late, item_id: await item('Retries') });
    await action('Of no team', late);
    expect(await read(['overdue-actions'], await ofRisk())).toEqual([]);
    const titles = (await read(['overdue-actions'], await ofCheckout())).map(({ title }) => title);
    expect(titles).toEqual(['Theirs']);
  });
});

describe('the strategy', () => {
  test('has a line for each intent with how its work stands', async () => {
    const lines = await publishLines(db, workspaceId, { trust: ['calm'], growth: [] });
    const kr = await keyResult('95 % succeed', { confidence: 4, answered_at: lately });
    const line_id = lines.get('calm') ?? 0;
    await db
      .updateTable('objectives')
      .set({ line_id })
      .where('id', '=', await objectiveOf(kr))
      .execute();
    await db
      .updateTable('strategy_wordings')
      .set({ owner_id: chi.id, measure: 'Net promoter score' })
      .where('line_id', '=', lines.get('trust') ?? 0)
      .execute();
    expect(await read(['intents'])).toEqual([
      {
        title: 'Trust',
        facts: `one objective: 1 off track · measure: Net promoter score · ${mention(chi)}`,
        owes: ['Chi'],
      },
      { title: 'Growth', facts: 'no objective serves it · nobody owns it', owes: [] },
    ]);
  });

  test('has a line for lines without work, and one each for work without a line', async () => {
    await publishLines(db, workspaceId, { trust: ['calm'] });
    await keyResult('Loose');
    await insertRock(db, workspaceId, { name: 'Logs', owner: ana });
    const lines = await read(['loose-lines']);
    expect(lines).toEqual([
      { title: 'Strategy without work', facts: expect.stringContaining('Calm'), owes: [] },
      { title: 'Objectives without a line of the strategy', facts: 'Fewer failures', owes: [] },
      { title: 'Rocks without a line of the strategy', facts: 'Logs', owes: [] },
    ]);
  });

  test('names no objective or rock that few may see', async () => {
    const lines = await publishLines(db, workspaceId, { trust: [] });
    const kr = await keyResult('Secret', {}, { title: 'Secret', visibility: 'people' });
    const objective = await objectiveOf(kr);
    const line_id = lines.get('trust') ?? 0;
    await keyResult('Secret', {}, { title: 'Secret too', visibility: 'team' });
    await db.updateTable('objectives').set({ line_id }).where('id', '=', objective).execute();
    await hide('rocks', await insertRock(db, workspaceId, { name: 'Merger', owner: ana }));
    expect(await read(['intents'])).toMatchObject([{ facts: 'no objective serves it · nobody owns it' }]);
    expect(JSON.stringify(await read(['loose-lines']))).not.toMatch(/Secret|Merger/);
  });
});

describe('all at once', () => {
  test('has what was put off first, then the points of the page, then the sources in their order', async () => {
    const last = await review(cadenceId, '2026-10-29');
    await deferred(last, 'Put off', { at: '2026-10-29T10:00:00Z' });
    await itemEvent(await item('Changed'), lately);
    await itemSlip(await item('Slipped'), { at: lately, from: '2026-12-01', to: '2026-12-15' });
    await keyResult('Quiet', { outdated_since: lately });
    const fell = await keyResult('Fell');
    await checkIn(fell, { at: before, confidence: 8 });
    await checkIn(fell, { at: lately, confidence: 3 });
    await insertRock(db, workspaceId, { name: 'Unowned' });
    await handoff(await insertRock(db, workspaceId, { name: 'Waiting', owner: ana }));
    await decision('Open?');
    await needs('roadmap_needs', await item('Needing'), risk);
    await action('Late', { occurrence_id: last, due_on: '2026-11-01' });
    await decision('Look again?', madeLong('2026-11-01'));
    await publishLines(db, workspaceId, { trust: [] });
    const { lines, leftOut } = await agendaOf(all, { points: ['A point'] });
    expect(lines.map(({ source, title }) => `${source}: ${title}`)).toEqual([
      'deferred: Put off',
      'point: A point',
      'changed-items: Changed',
      'slips: Slipped',
      'stale-key-results: Quiet',
      'confidence-drops: Fell',
      'unowned-rocks: Unowned',
      'waiting-handoffs: Handoff of Waiting',
      'open-decisions: Open?',
      'needs: Needing',
      'overdue-actions: Late',
      'look-again: Look again?',
      'intents: Trust',
      'loose-lines: Strategy without work',
      'loose-lines: Objectives without a line of the strategy',
      'loose-lines: Rocks without a line of the strategy',
    ]);
    expect(lines.map(({ position }) => position)).toEqual(lines.map((_, index) => index + 1));
    expect(lines.map(({ page }) => page)).toEqual(lines.map((_, index) => (index < 10 ? 1 : 2)));
    expect(leftOut).toBe(0);
  });

  test('tells what moved and slipped on one line with both', async () => {
    const id = await item('Smart retries');
    await itemEvent(id, lately, { from: 'next', to: 'now' });
    await itemSlip(id, { at: lately, from: '2026-12-01', to: '2026-12-15' });
    expect(await read(all)).toEqual([
      {
        title: 'Smart retries',
        facts: [
          `from next to now · ${mention(ana)} · Checkout · due Tue 15 Dec`,
          `slipped from Tue 1 Dec to Tue 15 Dec · ${mention(ana)}`,
        ].join('\n'),
        owes: ['Ana'],
      },
    ]);
  });

  test('tells of what was put off as it stands now, and not twice', async () => {
    const last = await review(cadenceId, '2026-10-29');
    const id = await decision('Open?', { number: 7 });
    const people = `driver ${mention(ana)} · approver ${mention(chi)}`;
    await deferred(last, 'Open?', {
      ...{ at: '2026-10-29T10:00:00Z', source: 'open-decisions' },
      ...{ subject_kind: 'decision', subject_id: id, facts: `decision 7 · by Tue 1 Dec · ${people}` },
    });
    expect(await read(all)).toEqual([
      {
        title: 'Open?',
        facts: `put off by ${mention(ben)} on Thu 29 Oct\ndecision 7 · ${people}`,
        owes: ['Ana'],
      },
    ]);
  });

  test('leaves out what has no room, and keeps the first of each source', async () => {
    for (let count = 0; count < 35; count += 1) await insertRock(db, workspaceId, { name: `Rock ${count}` });
    await decision('Open?');
    await needs('roadmap_needs', await item('Needing'), risk);
    const { lines, leftOut } = await agendaOf(['unowned-rocks', 'open-decisions', 'needs']);
    expect(lines).toHaveLength(30);
    expect(leftOut).toBe(7);
    expect(lines.map(({ source }) => source)).toEqual(expect.arrayContaining(['open-decisions', 'needs']));
  });

  test('has nothing of another workspace', async () => {
    await insertRock(db, workspaceId, { name: 'Ours' });
    await decision('Ours?');
    await itemEvent(await item('Ours'), lately);
    await keyResult('Ours', { outdated_since: lately });
    const other = await insertWorkspace(db);
    const own = { workspaceId: other, cadenceId: 0 };
    const local = due.toZonedDateTimeISO('UTC').toPlainDateTime();
    const agenda = await readAgenda(db, { ...own, local, dueAt: due }, { points: [], sources: all });
    expect(agenda.lines).toEqual([]);
  });

  test('is empty in an empty company', async () => {
    for (const { sources } of reviewPages) expect((await agendaOf(sources)).lines).toEqual([]);
  });
});

describe('how far it looks back', () => {
  const moved = async () => {
    await itemEvent(await item('Old'), '2026-10-20T09:00:00Z');
    await itemEvent(await item('Middle'), '2026-11-03T09:00:00Z');
    await itemEvent(await item('New'), '2026-11-20T09:00:00Z');
  };
  const titles = async () => (await read(['changed-items'])).map(({ title }) => title).sort();

  test('is a month for the first', async () => {
    await moved();
    expect(await titles()).toEqual(['Middle', 'New']);
  });

  test('is to the last one that was closed by somebody, or of which anything came', async () => {
    await moved();
    await review(cadenceId, '2026-11-12', {
      ...{ ended_at: '2026-11-12T12:00:00Z', ended_by: ana.id, minutes: '{}' },
    });
    expect(await titles()).toEqual(['New']);
  });

  test('is past one to which nobody came', async () => {
    await moved();
    const first = await review(cadenceId, '2026-11-12', {
      ...{ ended_at: '2026-11-16T12:00:00Z', minutes: '{}', looks_back_to: '2026-10-13T09:00:00Z' },
    });
    expect(await titles()).toEqual(['Middle', 'New', 'Old']);
    await deferred(first, 'Pricing', { at: '2026-11-12T10:00:00Z' });
    expect(await titles()).toEqual(['New']);
  });
});

describe('a page of the company', () => {
  test('has its own points first; those that a copied page had are what is gathered', async () => {
    const copied = reviewPages.find(({ key }) => key === 'roadmap-review');
    if (copied === undefined) throw new Error('there is no page of the roadmap review');
    const { purpose, agenda, sources } = copied;
    await db
      .insertInto('playbook_pages')
      .values({
        ...{ workspace_id: workspaceId, key: 'ours', name: 'Ours', purpose, timing: '' },
        ...{ inputs: [], outputs: [], roles: [], questions: [], sources: [...sources] },
        agenda: ['What do customers say?', ...agenda],
        changed_at: '2026-11-20T12:00:00Z',
      })
      .execute();
    expect(await pageOfRitual(db, workspaceId, 'ours')).toMatchObject({
      points: ['What do customers say?'],
      sources,
    });
  });
});
