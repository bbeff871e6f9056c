import { describe, expect, test } from 'vitest';
import { stampOf } from '../../../src/features/roadmap/changing.ts';
import { editItem, scoreItem } from '../../../src/features/roadmap/editing-operations.ts';
import { insertObjective, listEvents } from '../../support/builders.ts';
import { publishLines } from '../strategy/support.ts';
import {
  add,
  admin,
  ana,
  ben,
  checkout,
  chi,
  cycleId,
  dan,
  db,
  edit,
  happened,
  itemOf,
  move,
  payments,
  reliable,
  replica,
  risk,
  score,
  testInCompany,
  tryAdd,
  wordsOf,
  workspaceId,
} from './company.ts';

testInCompany();

const visibility = async (of: 'team' | 'workspace') => {
  await db.updateTable('rocks').set({ visibility: of }).where('id', '=', payments).execute();
  await db.updateTable('objectives').set({ visibility: of }).where('id', '=', reliable).execute();
};

describe('adding', () => {
  test('keeps what was said, with a key of its own and an event', async () => {
    const supports = { kind: 'objective', id: reliable } as const;
    const id = await add(
      { teamId: checkout, rockId: payments, supports, needs: [risk], dueOn: '2026-12-01' },
      'now',
    );
    const { key, state } = await itemOf(id);
    expect({ key, ...state }).toMatchObject({
      ...{ key: 'smart-retries', horizon: 'now', owner_id: ana.id, team_id: checkout, rock_id: payments },
      ...{ supports: 'reliable', needs: [risk], due_on: '2026-12-01', first_due_on: '2026-12-01', slips: 0 },
    });
    expect((await listEvents(db, workspaceId)).at(-1)).toMatchObject({
      ...{ type: 'roadmap-item.created', actorId: ana.id, subjectId: id },
      after: { key: 'smart-retries', title: 'Smart retries', supports: 'reliable' },
    });
  });

  test('two at once never get one key', async () => {
    const both = await Promise.all([tryAdd(), tryAdd({}, { actor: ben, on: replica })]);
    const keys = both.map((it) => (it.ok ? it.value.key : it.words));
    expect(keys.sort()).toEqual(['smart-retries', 'smart-retries-2']);
  });

  test('refuses what is not there, its own team, and new links to what is over', async () => {
    const old = await insertObjective(db, workspaceId, { key: 'old', cycleId });
    await db.updateTable('objectives').set({ state: 'dropped' }).where('id', '=', old).execute();
    await db
      .updateTable('rocks')
      .set({ state: 'retired', retired_at: '2026-11-01T00:00:00Z' })
      .where('id', '=', payments)
      .execute();
    const tried = [
      await tryAdd({ teamId: 0 }),
      await tryAdd({ needs: [0] }),
      await tryAdd({ teamId: risk, needs: [risk] }),
      await tryAdd({ rockId: 0 }),
      await tryAdd({ rockId: payments }),
      await tryAdd({ supports: { kind: 'line', id: 0 } }),
      await tryAdd({ supports: { kind: 'objective', id: 0 } }),
      await tryAdd({ supports: { kind: 'objective', id: old } }),
    ];
    expect(tried.map((it) => (it.ok ? 'done' : `${it.field}: ${it.words}`))).toEqual([
      'team: Pick one of the teams that are there.',
      'needs: Pick teams that are there.',
      'needs: That is its own team. Pick others of which it needs something.',
      'rock: Pick one of the rocks that are there.',
      'rock: Payments is retired, so nothing new is linked to it. Pick another rock.',
      'supports: That line is not in the strategy any more. Pick another one.',
      'supports: Pick one of the objectives that are there.',
      'supports: That objective is over, so nothing new is linked to old. Pick another one.',
    ]);
    await db.updateTable('cycles').set({ state: 'closed' }).where('id', '=', cycleId).execute();
    expect(wordsOf(await tryAdd({ supports: { kind: 'objective', id: reliable } }))).toBe(
      '2026-Q4 is closed, so nothing new is linked to reliable. Pick another one.',
    );
    expect(await happened()).toEqual([]);
  });
});

describe('who may change it', () => {
  test('its owner, the owner of its rock, the lead of its team and admins', async () => {
    const id = await add({ teamId: checkout, rockId: payments });
    const tries = [];
    for (const actor of [ana, ben, chi, admin, dan])
      tries.push(wordsOf(await edit(id, { title: `By ${actor.name}` }, { actor })));
    const mention = (who: { slackId: string }) => `<@${who.slackId}>`;
    expect(tries).toEqual([
      ...['done', 'done', 'done', 'done'],
      `You can look at *By Ada*, but not change it. Ask ${mention(ana)} or ${mention(ben)} or ${mention(chi)}.`,
    ]);
  });

  test('whoever does not see its rock is not told whose that is; nobody left to ask is an admin', async () => {
    const id = await add({ rockId: payments });
    await visibility('team');
    expect(wordsOf(await edit(id, {}, { actor: dan }))).toBe(
      `You can look at *Smart retries*, but not change it. Ask <@${ana.slackId}>.`,
    );
    const alone = await add({ ownerId: null, title: 'Alone' });
    expect(wordsOf(await edit(alone, {}, { actor: dan }))).toBe(
      'You can look at *Alone*, but not change it. Ask one of your Cairn admins.',
    );
  });
});

describe('editing', () => {
  test('a form that was filled before somebody else changed it is refused, whatever it says', async () => {
    const id = await add();
    const { state } = await itemOf(id);
    const stamp = stampOf(state);
    await score(id, { impact: 5, effort: 1, alignment: 1 });
    const entry = { title: 'Late', ownerId: ana.id, teamId: null, rockId: null, supports: null, needs: [] };
    const late = await editItem(db, workspaceId, ana, id, {
      entry: { ...entry, summary: null, dueOn: null },
      ...{ why: null, stamp },
    });
    const words =
      'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.';
    expect(late).toMatchObject({ field: 'title', words });
    const scores = { impact: 1, effort: 1, alignment: 1 };
    expect(await scoreItem(db, workspaceId, ana, id, { scores, stamp })).toMatchObject({
      field: 'impact',
      words,
    });
  });

  test('the same again is no event', async () => {
    const id = await add({ needs: [risk] });
    expect(await edit(id, {})).toMatchObject({ ok: true });
    expect(await happened()).toEqual(['created']);
  });

  test('what the actor does not see of it stays', async () => {
    const supports = { kind: 'objective', id: reliable } as const;
    const id = await add({ ownerId: dan.id, rockId: payments, supports });
    await visibility('team');
    expect(await edit(id, { title: 'Mine', rockId: null, supports: null }, { actor: dan })).toMatchObject({
      ok: true,
    });
    expect((await itemOf(id)).state).toMatchObject({
      title: 'Mine',
      rock_id: payments,
      supports: 'reliable',
    });
    await visibility('workspace');
    await edit(id, { rockId: null, supports: null }, { actor: dan });
    expect((await itemOf(id)).state).toMatchObject({ rock_id: null, supports: null });
  });

  test('what was linked before it was over stays linked', async () => {
    const ids = await publishLines(db, workspaceId, { trust: [] });
    const id = await add({ rockId: payments, supports: { kind: 'line', id: ids.get('trust') ?? 0 } });
    await db
      .updateTable('rocks')
      .set({ state: 'retired', retired_at: '2026-11-01T00:00:00Z' })
      .where('id', '=', payments)
      .execute();
    expect(wordsOf(await edit(id, { title: 'Still' }))).toBe('done');
    expect((await itemOf(id)).state).toMatchObject({ rock_id: payments, supports: 'trust' });
  });

  test('a later date is kept as a slip with its words, apart from what else changed', async () => {
    const id = await add({ dueOn: '2026-12-01' }, 'now');
    await edit(id, { dueOn: '2026-12-08', title: 'Retries' }, { why: 'The provider was late' });
    const slips = await db.selectFrom('roadmap_slips').selectAll().where('item_id', '=', id).execute();
    expect(slips.map(({ from_on, to_on, why, by_id }) => [`${from_on} ${to_on}`, why, by_id])).toEqual([
      ['2026-12-01 2026-12-08', 'The provider was late', ana.id],
    ]);
    expect((await listEvents(db, workspaceId)).slice(1)).toMatchObject([
      { type: 'roadmap-item.changed', before: { title: 'Smart retries' }, after: { title: 'Retries' } },
      {
        type: 'roadmap-item.slipped',
        before: { due_on: '2026-12-01', slips: 0 },
        after: { due_on: '2026-12-08', slips: 1, why: 'The provider was late' },
      },
    ]);
  });
});

describe('moving', () => {
  test('is an event by where it goes, and stopping needs words', async () => {
    const id = await add();
    expect(await move(id, 'stopped')).toMatchObject({
      field: 'why',
      words: 'A sentence is enough: why is it stopped?',
    });
    for (const to of ['now', 'shipped', 'later'] as const) await move(id, to);
    await move(id, 'stopped', { why: 'Nobody asked' });
    expect(await happened()).toEqual(['created', 'moved', 'shipped', 'moved', 'stopped']);
    expect((await itemOf(id)).state).toMatchObject({ horizon: 'stopped', why_stopped: 'Nobody asked' });
    await move(id, 'next');
    expect((await itemOf(id)).state).toMatchObject({ horizon: 'next', why_stopped: null });
  });

  test('out of now loses the date, and coming back with a later one is a slip', async () => {
    const id = await add({ dueOn: '2026-12-01' }, 'now');
    await edit(id, { dueOn: '2026-11-25' });
    await move(id, 'next');
    expect((await itemOf(id)).state).toMatchObject({ due_on: null, first_due_on: '2026-12-01' });
    expect(await move(id, 'now', { due: '2026-11-27' })).toMatchObject({
      field: 'why',
      words: 'The date moves from 25 November 2026 to 27 November 2026. Please say in a few words why.',
    });
    await move(id, 'now', { due: '2026-11-27', why: 'Risk was late' });
    expect((await itemOf(id)).state).toMatchObject({ due_on: '2026-11-27', slips: 1 });
    expect((await happened()).slice(-2)).toEqual(['moved', 'slipped']);
  });

  test('by two at once happens once', async () => {
    const id = await add();
    const both = await Promise.all([move(id, 'now'), move(id, 'now', { actor: admin, on: replica })]);
    expect(both.map(wordsOf).sort()).toEqual([
      '*Smart retries* is in now already. `/roadmap edit smart-retries` changes what it says.',
      'done',
    ]);
    expect(await happened()).toEqual(['created', 'moved']);
  });
});
