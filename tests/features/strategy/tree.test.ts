import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { readTree } from '../../../src/features/strategy/tree-operations.ts';
import type { CycleState } from '../../../src/platform/db/tables.ts';
import {
  insertActor,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertRock,
  insertTeam,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { publishLines } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let cycleId: number;
let lines: Map<string, number>;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db);
  await setClock(db, workspaceId, '2026-11-20T12:00:00Z');
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  cycleId = await insertCycle(db, workspaceId, { key: 'q4', starts: '2026-10-01', ends: '2026-12-31' });
  lines = await publishLines(db, workspaceId, { trust: ['calm'], growth: [] });
});
afterAll(async () => {
  await database.close();
});

async function objective(key: string, set: object = {}, cycle = cycleId): Promise<number> {
  const id = await insertObjective(database.db, workspaceId, { key, cycleId: cycle });
  if (Object.keys(set).length > 0)
    await database.db.updateTable('objectives').set(set).where('id', '=', id).execute();
  return id;
}
/** What the actor sees on each line, and apart. */
async function seen(actor: Actor) {
  const { tree, looseRocks } = await readTree(database.db, workspaceId, actor);
  const titles = (it: { objectives: { title: string }[]; rocks: { name: string }[] }) => [
    ...it.objectives.map(({ title }) => title),
    ...it.rocks.map(({ name }) => name),
  ];
  return {
    lines: Object.fromEntries(
      tree.intents.flatMap((intent) => [
        [intent.line.key, titles(intent)],
        ...intent.initiatives.map((it) => [it.line.key, titles(it)]),
      ]),
    ),
    loose: tree.loose.map(({ title }) => title),
    bare: tree.bare.map(({ key }) => key),
    rocks: looseRocks,
  };
}

describe('what hangs from the strategy', () => {
  test('is what each person may see, and hidden work leaves no line bare', async () => {
    const { db } = database;
    const line_id = lines.get('calm') ?? 0;
    const teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    await db
      .insertInto('team_members')
      .values({ workspace_id: workspaceId, team_id: teamId, person_id: ana.id })
      .execute();
    await objective('for the team', { line_id, visibility: 'team', team_id: teamId });
    await objective('for its owner', { line_id, visibility: 'people', owner_id: ana.id });
    const named = await objective('for who is named', { line_id, visibility: 'people' });
    await db
      .insertInto('objective_viewers')
      .values({ workspace_id: workspaceId, objective_id: named, person_id: ana.id })
      .execute();
    const measured = await objective('for who measures', { line_id, visibility: 'people' });
    await insertKeyResult(db, workspaceId, measured, { key: 'k', owner: ana });
    const rock = await insertRock(db, workspaceId, { name: 'Secret' });
    await db.updateTable('rocks').set({ line_id, visibility: 'people' }).where('id', '=', rock).execute();

    expect((await seen(ana)).lines['calm']).toEqual([
      'for the team',
      'for its owner',
      'for who is named',
      'for who measures',
    ]);
    const bens = await seen(ben);
    expect(bens.lines['calm']).toEqual([]);
    expect(bens.bare).toEqual(['growth']);
    expect((await seen({ ...ana, id: -1 })).lines['calm']).toEqual([]);
  });

  test('is of cycles that go on or are graded, and what has not been dropped', async () => {
    const { db } = database;
    const line_id = lines.get('growth') ?? 0;
    const inCycle = async (title: string, state: CycleState, ends: string) => {
      const id = await insertCycle(db, workspaceId, { key: title, starts: '2026-01-01', ends });
      await objective(title, { line_id }, id);
      await db.updateTable('cycles').set({ state }).where('id', '=', id).execute();
    };
    await inCycle('graded', 'grading', '2026-09-30');
    await inCycle('closed', 'closed', '2026-12-31');
    await inCycle('drafted', 'draft', '2026-12-31');
    await inCycle('over', 'active', '2026-03-31');
    await objective('dropped', { line_id, state: 'dropped' });
    await objective('goes on', { line_id });
    expect((await seen(ana)).lines['growth']).toEqual(['graded', 'goes on']);
  });

  test('counts rocks without a line, what matters first, also those whose line was dropped', async () => {
    const { db } = database;
    for (const name of ['Alpha', 'Beta', 'Gamma']) await insertRock(db, workspaceId, { name });
    await db.updateTable('rocks').set({ importance: 'critical' }).where('name', '=', 'Gamma').execute();
    await db
      .updateTable('rocks')
      .set({ line_id: lines.get('growth') ?? 0 })
      .where('name', '=', 'Beta')
      .execute();
    await db
      .updateTable('rocks')
      .set({ state: 'retired', retired_at: '2026-11-01T00:00:00Z' })
      .where('name', '=', 'Alpha')
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect((await seen(ana)).rocks).toEqual({ names: ['Gamma'], total: 1 });
    await publishLines(db, workspaceId, { trust: ['calm'] }, 2);
    expect((await seen(ana)).rocks).toEqual({ names: ['Gamma', 'Beta'], total: 2 });
  });

  test('is nothing of another workspace', async () => {
    await objective('ours', { line_id: lines.get('growth') ?? 0 });
    const elsewhere = await insertWorkspace(database.db);
    const other = await insertActor(database.db, elsewhere);
    expect(await readTree(database.db, elsewhere, other)).toMatchObject({
      version: null,
      tree: { intents: [], loose: [], bare: [] },
      looseRocks: { names: [], total: 0 },
    });
  });
});
