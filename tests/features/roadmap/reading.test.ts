import { describe, expect, test } from 'vitest';
import { gatherFacts } from '../../../src/features/handoffs/gathering.ts';
import { findCard } from '../../../src/features/ownership/lookup-operations.ts';
import { horizons, planned } from '../../../src/features/roadmap/core/item.ts';
import {
  changedSince,
  findItemNamed,
  itemsOfRock,
  listItems,
} from '../../../src/features/roadmap/operations.ts';
import { instant, setClock } from '../../support/builders.ts';
import { publishLines } from '../strategy/support.ts';
import {
  add,
  ana,
  ben,
  checkout,
  dan,
  db,
  edit,
  move,
  payments,
  reliable,
  risk,
  score,
  testInCompany,
  workspaceId,
} from './company.ts';

testInCompany();

const objective = () => ({ kind: 'objective', id: reliable }) as const;
const titles = async (filter: Partial<Parameters<typeof listItems>[3]>, viewerId: number | null = dan.id) =>
  (await listItems(db, workspaceId, viewerId, { horizons: planned, ...filter })).map(({ title }) => title);

describe('the list', () => {
  test('has the highest priority first in each horizon, and what is not scored last', async () => {
    await add({ title: 'Open' });
    const low = await add({ title: 'Low' });
    const high = await add({ title: 'High' });
    await add({ title: 'Now' }, 'now');
    await score(low, { impact: 1, effort: 5, alignment: 1 });
    await score(high, { impact: 5, effort: 1, alignment: 5 });
    expect(await titles({})).toEqual(['Now', 'High', 'Low', 'Open']);
  });

  test('of a team has what it does and what is needed of it; of a person what they own', async () => {
    await add({ title: 'Theirs', teamId: checkout, needs: [risk], ownerId: ben.id });
    await add({ title: 'Other' });
    expect(await titles({ teamId: checkout })).toEqual(['Theirs']);
    expect(await titles({ teamId: risk })).toEqual(['Theirs']);
    expect(await titles({ ownerId: ana.id })).toEqual(['Other']);
  });

  test('for an intent has what serves it, its initiatives, and their objectives', async () => {
    const ids = await publishLines(db, workspaceId, { trust: ['fewer-failures'], growth: [] });
    const line = (key: string) => ({ kind: 'line', id: ids.get(key) ?? 0 }) as const;
    const { id } = line('fewer-failures');
    await db.updateTable('objectives').set({ line_id: id }).where('id', '=', reliable).execute();
    await add({ title: 'Intent', supports: line('trust') });
    await add({ title: 'Initiative', supports: line('fewer-failures') });
    await add({ title: 'Objective', supports: objective() });
    await add({ title: 'Elsewhere', supports: line('growth') });
    expect(await titles({ supports: line('trust') })).toEqual(['Intent', 'Initiative', 'Objective']);
    expect(await titles({ supports: line('fewer-failures') })).toEqual(['Initiative', 'Objective']);
    expect(await titles({ supports: objective() })).toEqual(['Objective']);
    const [item] = await listItems(db, workspaceId, dan.id, { horizons, supports: objective() });
    expect(item?.supports?.titles).toEqual(['Trust', 'Fewer failures', 'reliable']);
  });

  test('names no rock and no objective that the viewer may not see', async () => {
    await add({ rockId: payments, supports: objective() });
    await db.updateTable('rocks').set({ visibility: 'team' }).where('id', '=', payments).execute();
    await db.updateTable('objectives').set({ visibility: 'team' }).where('id', '=', reliable).execute();
    for (const viewer of [dan.id, null]) {
      const [item] = await listItems(db, workspaceId, viewer, { horizons });
      expect(item).toMatchObject({ title: 'Smart retries', rock: null, supports: null });
    }
    const [own] = await listItems(db, workspaceId, ben.id, { horizons });
    expect(own?.rock).toMatchObject({ name: 'Payments', owner: { name: 'Ben' } });
  });
});

test('an item is found by its key, else by its title', async () => {
  await add({ title: 'Wallets' });
  await add({ title: 'Wallets' });
  const keys = async (text: string) => (await findItemNamed(db, workspaceId, text)).map(({ key }) => key);
  expect(await keys('wallets-2')).toEqual(['wallets-2']);
  expect(await keys('WALLETS')).toEqual(['wallets']);
  expect(await keys(' ')).toEqual([]);
  expect(await keys('nothing')).toEqual([]);
});

test('whoever takes a rock over reads what is on the roadmap for it, the nearest first', async () => {
  await add({ title: 'Later', rockId: payments }, 'later');
  await add({ title: 'Now', rockId: payments }, 'now');
  const stopped = await add({ title: 'Stopped', rockId: payments });
  await move(stopped, 'stopped', { why: 'No' });
  await add({ title: 'Other' });
  expect(await itemsOfRock(db, workspaceId, payments)).toEqual([
    { title: 'Now', horizon: 'now' },
    { title: 'Later', horizon: 'later' },
  ]);
  const card = await findCard(db, workspaceId, payments, ben.id);
  if (card === undefined) throw new Error('no such rock');
  const facts = await gatherFacts(db, workspaceId, card, instant('2026-11-20T09:00:00Z'));
  expect(facts.roadmap).toEqual([
    { title: 'Now', horizon: 'now' },
    { title: 'Later', horizon: 'later' },
  ]);
});

describe('what changed since', () => {
  test('is what was added, moved, slipped, shipped or stopped, and nothing else', async () => {
    const slipped = await add({ title: 'Slipped', dueOn: '2026-12-01' }, 'now');
    const moved = await add({ title: 'Moved' });
    const shipped = await add({ title: 'Shipped' });
    const stopped = await add({ title: 'Stopped' });
    const back = await add({ title: 'There and back' });
    const edited = await add({ title: 'Edited' });
    await setClock(db, workspaceId, '2026-11-24T09:00:00Z');
    const since = instant('2026-11-23T00:00:00Z');
    await edit(slipped, { dueOn: '2026-12-08' }, { why: 'One' });
    await edit(slipped, { dueOn: '2026-12-10' }, { why: 'Two' });
    await move(moved, 'now');
    await move(moved, 'later');
    await move(shipped, 'now');
    await move(shipped, 'shipped');
    await move(stopped, 'stopped', { why: 'No' });
    await move(back, 'now');
    await move(back, 'next');
    await edit(edited, { summary: 'More' });
    await add({ title: 'Added' }, 'later');
    const changes = await changedSince(db, workspaceId, null, since);
    const told = changes.map(({ item, slips, ...rest }) => ({
      title: item.title,
      ...rest,
      slips: slips.map(({ from, to, why }) => `${from} ${to} ${why}`),
    }));
    const none = { isAdded: false, isShipped: false, isStopped: false, horizon: null, slips: [] };
    expect(told).toEqual([
      { ...none, title: 'Slipped', slips: ['2026-12-01 2026-12-08 One', '2026-12-08 2026-12-10 Two'] },
      { ...none, title: 'Moved', horizon: { from: 'next', to: 'later' } },
      { ...none, title: 'Shipped', isShipped: true, horizon: { from: 'next', to: 'shipped' } },
      { ...none, title: 'Stopped', isStopped: true, horizon: { from: 'next', to: 'stopped' } },
      { ...none, title: 'Added', isAdded: true },
    ]);
  });
});
