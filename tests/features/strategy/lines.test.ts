import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkLine, lineOf, linesToSupport } from '../../../src/features/strategy/operations.ts';
import { insertCycle, insertObjective } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { publishLines } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let cycleId: number;
let lines: Map<string, number>;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  cycleId = await insertCycle(database.db, workspaceId, {
    key: '2026-Q4',
    starts: '2026-10-01',
    ends: '2026-12-31',
  });
  lines = await publishLines(database.db, workspaceId, {
    trust: ['fewer-failures', 'calm'],
    growth: ['guides'],
  });
});
afterAll(async () => {
  await database.close();
});

const id = (key: string): number => lines.get(key) ?? 0;
async function objective(key: string, on: { line?: string; supports?: number } = {}): Promise<number> {
  const objectiveId = await insertObjective(database.db, workspaceId, { key, cycleId });
  await database.db
    .updateTable('objectives')
    .set({ line_id: on.line === undefined ? null : id(on.line), supports_id: on.supports ?? null })
    .where('id', '=', objectiveId)
    .execute();
  return objectiveId;
}

describe('the lines that work can support', () => {
  test('are those in force, each intent before its initiatives', async () => {
    const choices = await linesToSupport(database.db, workspaceId);
    expect(choices.map(({ key, kind }) => `${kind} ${key}`)).toEqual([
      'intent trust',
      'initiative fewer-failures',
      'initiative calm',
      'intent growth',
      'initiative guides',
    ]);
  });

  test('are none while nothing is published', async () => {
    expect(await linesToSupport(database.db, await insertWorkspace(database.db))).toEqual([]);
  });
});

describe('the line that an objective serves', () => {
  test('is found through all objectives that it supports', async () => {
    const top = await objective('top', { line: 'fewer-failures' });
    const middle = await objective('middle', { supports: top });
    const low = await objective('low', { supports: middle });
    const direct = await objective('direct', { line: 'growth' });
    const loose = await objective('loose');
    expect(await lineOf(database.db, workspaceId, [low, direct, loose])).toEqual(
      new Map([
        [low, { lineId: id('fewer-failures'), titles: ['Trust', 'Fewer failures'] }],
        [direct, { lineId: id('growth'), titles: ['Growth'] }],
      ]),
    );
  });

  test('is none where the line was dropped', async () => {
    const dropped = await objective('dropped', { line: 'guides' });
    await publishLines(database.db, workspaceId, { trust: ['fewer-failures'] }, 2);
    expect(await lineOf(database.db, workspaceId, [dropped])).toEqual(new Map());
  });

  test('is nobody else’s: ids of another workspace give nothing', async () => {
    const own = await objective('own', { line: 'trust' });
    const elsewhere = await insertWorkspace(database.db);
    expect(await lineOf(database.db, elsewhere, [own])).toEqual(new Map());
    expect(await lineOf(database.db, workspaceId, [])).toEqual(new Map());
  });
});

describe('the line that a form names', () => {
  test('is one in force, or none', async () => {
    const calm = id('calm');
    expect(await checkLine(database.db, workspaceId, String(calm))).toEqual({ ok: true, value: calm });
    expect(await checkLine(database.db, workspaceId, null)).toEqual({ ok: true, value: null });
  });

  test('is refused once it is dropped, where it is another workspace’s, and where it is no id', async () => {
    const guides = String(id('guides'));
    await publishLines(database.db, workspaceId, { trust: ['calm'] }, 2);
    const elsewhere = await insertWorkspace(database.db);
    const others = (await publishLines(database.db, elsewhere, { trust: [] })).get('trust');
    for (const picked of [guides, String(others), 'guides', '9'.repeat(20)])
      expect(await checkLine(database.db, workspaceId, picked), picked).toMatchObject({
        ok: false,
        words: 'That line is not in the strategy any more. Pick another one.',
      });
  });
});
