import { describe, expect, test } from 'vitest';
import { agendaSources } from '../../../src/features/playbook/core/sources.ts';
import { pageOfRitual } from '../../../src/features/reviews/reading.ts';
import { insertKeyResult, insertObjective, insertRock } from '../../support/builders.ts';
import {
  after,
  agendaOf,
  ana,
  before,
  ben,
  cadenceId,
  chi,
  cycleId,
  db,
  heldOn,
  linesOf,
  newCadence,
  objectiveId,
  openNow,
  otherTeamId,
  teamId,
  testInCompany,
  workspaceId,
} from './company.ts';

testInCompany();

const own = () => ({ workspace_id: workspaceId });

async function item(given: object): Promise<number> {
  const { id } = await db
    .insertInto('roadmap_items')
    .values({
      ...{ ...own(), key: `item-${Math.random()}`, title: 'Smart retries', horizon: 'now', owner_id: ana.id },
      ...{ team_id: teamId, created_at: before, moved_at: before },
      ...given,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What the operation records when an item comes onto the roadmap. */
async function added(itemId: number, at: string): Promise<void> {
  const subject = { subject_kind: 'roadmap-item', subject_id: itemId };
  await db
    .insertInto('events')
    .values({ ...own(), ...subject, at, actor: 'person', actor_id: ana.id, type: 'roadmap-item.created' })
    .execute();
}

async function moved(itemId: number, from: string, to: string, at: string): Promise<void> {
  await db
    .insertInto('events')
    .values({
      ...{ ...own(), at, actor: 'person', actor_id: ana.id, type: 'roadmap-item.moved' },
      ...{ subject_kind: 'roadmap-item', subject_id: itemId },
      ...{ before: JSON.stringify({ horizon: from }), after: JSON.stringify({ horizon: to }) },
    })
    .execute();
}

async function decision(given: object): Promise<number> {
  const { id } = await db
    .insertInto('decisions')
    .values({
      ...{
        ...own(),
        question: 'Which bank first?',
        driver_id: ana.id,
        approver_id: chi.id,
        created_by: ana.id,
      },
      ...{ created_at: before, number: Math.floor(Math.random() * 1e8) },
      ...given,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function action(given: object): Promise<void> {
  await db
    .insertInto('actions')
    .values({
      ...own(),
      title: 'Ask the bank',
      owner_id: ben.id,
      by_id: ana.id,
      created_at: before,
      ...given,
    })
    .execute();
}

async function answered(keyResultId: number, confidence: number, at: string, words: string | null = null) {
  await db
    .insertInto('check_ins')
    .values({
      ...{
        ...own(),
        key_result_id: keyResultId,
        person_id: ana.id,
        value: 1,
        confidence,
        answered_at: at,
        words,
      },
      occurrence_id: null,
    })
    .execute();
}

describe('an agenda gathers, each on its own,', () => {
  test('items that came onto the roadmap since the last review, and no others', async () => {
    const dates = { due_on: '2026-12-20', first_due_on: '2026-12-20' };
    await added(await item({ title: 'Wallets', created_at: after, moved_at: after, ...dates }), after);
    await item({ title: 'Old' });
    expect(await linesOf('changed-items')).toEqual([
      `Wallets: new in now · <@${ana.slackId}> · Checkout · due Sun 20 Dec`,
    ]);
  });

  test('items that moved, shipped or were stopped, with why', async () => {
    await moved(await item({ title: 'Wallets', moved_at: after }), 'next', 'now', after);
    await moved(
      await item({ title: 'Receipts', horizon: 'shipped', moved_at: after }),
      'now',
      'shipped',
      after,
    );
    const why = { horizon: 'stopped', why_stopped: 'The bank *said* no.', moved_at: after };
    await moved(await item({ title: 'Cash', ...why }), 'later', 'stopped', after);
    expect((await linesOf('changed-items')).sort()).toEqual([
      `Cash: stopped: The bank ∗said∗ no. · <@${ana.slackId}> · Checkout`,
      `Receipts: shipped · <@${ana.slackId}> · Checkout`,
      `Wallets: from next to now · <@${ana.slackId}> · Checkout`,
    ]);
  });

  test('dates of items that slipped, with the first one, how often, and why', async () => {
    const dates = { due_on: '2026-12-20', first_due_on: '2026-11-10', slips: 2 };
    const item_id = await item(dates);
    const slip = { ...own(), item_id, by_id: ana.id, from_on: '2026-12-01', to_on: '2026-12-20' };
    await db
      .insertInto('roadmap_slips')
      .values({ ...slip, at: after, why: 'The provider was late.' })
      .execute();
    expect(await linesOf('slips')).toEqual([
      `Smart retries: slipped from Tue 1 Dec to Sun 20 Dec · 2 times in all · first Tue 10 Nov · <@${ana.slackId}> · The provider was late.`,
    ]);
  });

  test('dates of key results that slipped', async () => {
    const id = await insertKeyResult(db, workspaceId, objectiveId, { key: 'Wallet rate', owner: ben });
    const dates = { due_on: '2026-12-20', first_due_on: '2026-11-10', slips: 1 };
    await db.updateTable('key_results').set(dates).where('id', '=', id).execute();
    await answered(id, 5, after);
    await db
      .updateTable('check_ins')
      .set({ slip_words: 'Two more weeks.' })
      .where('key_result_id', '=', id)
      .execute();
    expect(await linesOf('slips')).toEqual([
      `Wallet rate: now due Sun 20 Dec, first Tue 10 Nov · <@${ben.slackId}> · Two more weeks.`,
    ]);
  });

  test('key results that nobody answered for', async () => {
    const id = await insertKeyResult(db, workspaceId, objectiveId, { key: 'Failed rate', owner: ben });
    await insertKeyResult(db, workspaceId, objectiveId, { key: 'Answered', owner: ben });
    await db
      .updateTable('key_results')
      .set({ outdated_since: '2026-11-30T13:00:00Z' })
      .where('id', '=', id)
      .execute();
    expect(await linesOf('stale-key-results')).toEqual([
      `Failed rate: no answer for 3 days · <@${ben.slackId}> · reliable`,
    ]);
  });

  test('confidence that fell by two or more since the last review, in the words of the answer', async () => {
    const fell = await insertKeyResult(db, workspaceId, objectiveId, { key: 'Failed rate', owner: ana });
    const stood = await insertKeyResult(db, workspaceId, objectiveId, { key: 'Steady', owner: ana });
    for (const [id, now] of [
      [fell, 4],
      [stood, 7],
    ] as const) {
      await answered(id, 8, before);
      await answered(id, now, after, 'The <!channel> bank is slow.');
    }
    expect(await linesOf('confidence-drops')).toEqual([
      `Failed rate: confidence from 8 to 4 of 10 · <@${ana.slackId}> · “The &lt;!channel&gt; bank is slow.”`,
    ]);
  });

  test('rocks that nobody carries, what matters most first', async () => {
    await insertRock(db, workspaceId, { name: 'Wallets', teamId });
    const pricing = await insertRock(db, workspaceId, { name: 'Pricing' });
    await db.updateTable('rocks').set({ importance: 'critical' }).where('id', '=', pricing).execute();
    await insertRock(db, workspaceId, { name: 'Payments', owner: ana });
    expect(await linesOf('unowned-rocks')).toEqual([
      'Pricing: nobody carries it · critical',
      'Wallets: nobody carries it · Checkout',
    ]);
  });

  test('handoffs that wait for a yes, without a word of what was said', async () => {
    const rock_id = await insertRock(db, workspaceId, { name: 'Payments', owner: ana });
    await db
      .insertInto('handoffs')
      .values({
        ...{
          ...own(),
          rock_id,
          kind: 'give',
          state: 'offered',
          from_id: ana.id,
          to_id: ben.id,
          by_id: ana.id,
        },
        ...{ offered_at: '2026-11-30T13:00:00Z', reason: 'I am tired.', facts: '{}' },
      })
      .execute();
    expect(await linesOf('waiting-handoffs')).toEqual([
      `Handoff of Payments: <@${ana.slackId}> to <@${ben.slackId}> · waits for 3 days`,
    ]);
  });

  test('open decisions, the most pressing first', async () => {
    await decision({ number: 2, question: 'Which bank second?' });
    await decision({ number: 1, due_on: '2026-12-01' });
    const people = `driver <@${ana.slackId}> · approver <@${chi.slackId}>`;
    expect(await linesOf('open-decisions')).toEqual([
      `Which bank first?: decision 1 is open · was due Tue 1 Dec · ${people}`,
      `Which bank second?: decision 2 is open · ${people}`,
    ]);
  });

  test('what teams need of each other, for items and objectives', async () => {
    const item_id = await item({ horizon: 'next' });
    await db
      .insertInto('roadmap_needs')
      .values({ ...own(), item_id, team_id: otherTeamId })
      .execute();
    const needs = { ...own(), objective_id: objectiveId, team_id: otherTeamId };
    await db.insertInto('objective_needs').values(needs).execute();
    expect(await linesOf('needs')).toEqual([
      `Smart retries: Checkout needs Risk · <@${ana.slackId}>`,
      'reliable: Checkout needs Risk · nobody owns it',
    ]);
  });

  test('actions of reviews that are overdue, or were given last time and are open; not what people hand one another', async () => {
    const occurrence_id = await heldOn('2026-11-12T13:00:00Z');
    await action({ occurrence_id, due_on: '2026-11-20' });
    await action({ occurrence_id, title: 'Write the plan', due_on: '2026-12-10' });
    await action({ title: 'Launch deck', due_on: '2026-11-20' });
    await action({ occurrence_id, title: 'Done', state: 'done', ended_at: after });
    const given = `given by <@${ana.slackId}>`;
    expect(await linesOf('overdue-actions')).toEqual([
      `Ask the bank: action of <@${ben.slackId}> · was due Fri 20 Nov · ${given}`,
      `Write the plan: action of <@${ben.slackId}> · due Thu 10 Dec · ${given}`,
    ]);
  });

  test('decisions that are due for another look', async () => {
    const made = {
      state: 'decided',
      outcome: 'Nordbank.',
      why: 'They answer.',
      decided_at: before,
      decided_by: ana.id,
    };
    await decision({ ...made, number: 7, look_again_on: '2026-12-01' });
    await decision({ ...made, number: 8, look_again_on: '2026-12-31' });
    expect(await linesOf('look-again')).toEqual([
      `Which bank first?: decision 7 was to be looked at again on Tue 1 Dec · “Nordbank.” · driver <@${ana.slackId}>`,
    ]);
  });

  test('intents with how the work below them stands, and strategy and work that do not meet', async () => {
    const version = await db
      .insertInto('strategy_versions')
      .values({
        ...own(),
        number: 1,
        vision: null,
        changed_at: before,
        published_at: before,
        published_by: ana.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const [index, title] of ['Trust', 'Speed'].entries()) {
      const line = await db
        .insertInto('strategy_lines')
        .values({ ...own(), key: title.toLowerCase(), kind: 'intent' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('strategy_wordings')
        .values({
          ...{ ...own(), version_id: version.id, line_id: line.id, parent_id: null, title, rank: index + 1 },
          ...{
            owner_id: ana.id,
            measure: 'Disputes',
            horizon: null,
            not_doing: [],
            problem: null,
            metric: null,
          },
        })
        .execute();
      if (title === 'Trust')
        await db.updateTable('objectives').set({ line_id: line.id }).where('id', '=', objectiveId).execute();
    }
    const id = await insertKeyResult(db, workspaceId, objectiveId, { key: 'Rate' });
    await db.updateTable('key_results').set({ confidence: 9 }).where('id', '=', id).execute();
    expect(await linesOf('intents')).toEqual([
      `Trust: one objective: 1 on track · measure: Disputes · <@${ana.slackId}>`,
      `Speed: no objective serves it · measure: Disputes · <@${ana.slackId}>`,
    ]);
    await insertObjective(db, workspaceId, { key: 'Alone', cycleId });
    await insertRock(db, workspaceId, { name: 'Payments', owner: ana });
    expect(await linesOf('loose-lines')).toEqual([
      'Strategy without work: Speed',
      'Objectives without a line of the strategy: Alone',
      'Rocks without a line of the strategy: 1: Payments',
    ]);
  });

  test('what was put off last time, once', async () => {
    const occurrence_id = await heldOn('2026-11-12T13:00:00Z');
    const line = { ...own(), occurrence_id, position: 1, page: 1, source: 'point', title: 'Who is stuck?' };
    const deferred = { deferred_at: '2026-11-12T13:30:00Z', deferred_by: ben.id };
    await db
      .insertInto('agenda_lines')
      .values({ ...line, ...deferred })
      .execute();
    await db
      .insertInto('agenda_lines')
      .values({ ...line, position: 2, title: 'Settled' })
      .execute();
    expect(await linesOf('deferred')).toEqual([`Who is stuck?: put off by <@${ben.slackId}> on Thu 12 Nov`]);
    await openNow();
    expect(await linesOf('deferred')).toEqual([]);
  });
});

describe('an agenda never shows', () => {
  test('what few may see', async () => {
    const hidden = await insertObjective(db, workspaceId, { key: 'Hidden', cycleId, teamId });
    await db.updateTable('objectives').set({ visibility: 'team' }).where('id', '=', hidden).execute();
    const id = await insertKeyResult(db, workspaceId, hidden, { key: 'Hidden rate', owner: ana });
    await db.updateTable('key_results').set({ outdated_since: after }).where('id', '=', id).execute();
    const rock_id = await insertRock(db, workspaceId, { name: 'Hidden rock' });
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rock_id).execute();
    await decision({ rock_id });
    await decision({ visibility: 'people' });
    await decision({ objective_id: hidden });
    expect((await agendaOf(agendaSources.map(({ key }) => key))).lines.map(({ title }) => title)).toEqual([
      'Objectives without a line of the strategy',
    ]);
  });

  test('what is of other teams, where the cadence names its own', async () => {
    const of = await newCadence([teamId]);
    await insertRock(db, workspaceId, { name: 'Ours', teamId });
    await insertRock(db, workspaceId, { name: 'Theirs', teamId: otherTeamId });
    await insertRock(db, workspaceId, { name: 'Nobody’s' });
    expect(await linesOf('unowned-rocks', of)).toEqual(['Ours: nobody carries it · Checkout']);
    expect(await linesOf('unowned-rocks')).toHaveLength(3);
  });

  test('what is of another workspace', async () => {
    await insertRock(db, workspaceId, { name: 'Ours' });
    const { id: elsewhere } = await db
      .insertInto('workspaces')
      .values({ id: `T${Math.random()}`, name: 'Elsewhere', timezone: 'UTC' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await insertRock(db, elsewhere, { name: 'Theirs' });
    expect(await linesOf('unowned-rocks')).toEqual(['Ours: nobody carries it']);
  });
});

describe('an agenda of all sources at once', () => {
  test('has what was put off first, then each source in its order, and one line for what is told twice', async () => {
    const item_id = await item({
      moved_at: after,
      due_on: '2026-12-20',
      first_due_on: '2026-12-01',
      slips: 1,
    });
    await moved(item_id, 'next', 'now', after);
    const slip = { ...own(), item_id, by_id: ana.id, from_on: '2026-12-01', to_on: '2026-12-20' };
    await db
      .insertInto('roadmap_slips')
      .values({ ...slip, at: after, why: 'Late.' })
      .execute();
    await insertRock(db, workspaceId, { name: 'Pricing' });
    await decision({ number: 1 });
    const page = await pageOfRitual(db, workspaceId, 'roadmap-review');
    const { lines } = await agendaOf(page?.sources ?? []);
    expect(lines.map(({ source, title }) => `${source}: ${title}`)).toEqual([
      'changed-items: Smart retries',
      'unowned-rocks: Pricing',
      'open-decisions: Which bank first?',
    ]);
    expect(lines[0]?.facts).toContain('from next to now');
    expect(lines[0]?.facts).toContain('slipped from Tue 1 Dec to Sun 20 Dec');
    expect(lines.map(({ position, page: on }) => [position, on])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  test('holds thirty lines, of each source the first ones, and counts the rest', async () => {
    for (let index = 0; index < 35; index += 1) await insertRock(db, workspaceId, { name: `Rock ${index}` });
    await decision({ number: 1 });
    const { lines, leftOut } = await agendaOf(['unowned-rocks', 'open-decisions']);
    expect([lines.length, leftOut]).toEqual([30, 6]);
    expect(lines.at(-1)?.title).toBe('Which bank first?');
    expect(lines.at(-1)?.page).toBe(3);
  });

  test('looks back past a review to which nobody came, so that nothing that changed is lost', async () => {
    await added(await item({ title: 'Wallets', created_at: after, moved_at: after }), after);
    await heldOn('2026-11-26T13:00:00Z', null);
    expect(await linesOf('changed-items')).toHaveLength(1);
    await heldOn('2026-11-27T13:00:00Z', ben);
    expect(await linesOf('changed-items')).toEqual([]);
  });
});

test('an empty company gets a short, kind agenda', async () => {
  await openNow();
  const [message] = await db
    .selectFrom('messages')
    .select('text')
    .where('workspace_id', '=', workspaceId)
    .execute();
  expect(message?.text).toBe(
    'Roadmap review, 3 December 2026\nNothing has changed and nothing waits: a short one, or none at all. Enjoy the hour.',
  );
  expect(cadenceId).toBeGreaterThan(0);
});
