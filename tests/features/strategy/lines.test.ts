import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lineOf, linesToSupport, supportLine } from '../../../src/features/strategy/operations.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { insertCycle, insertObjective, insertRock, instant, listEvents } from '../../support/builders.ts';
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

const at = instant('2026-11-20T12:00:00Z');
const doer = { kind: 'clock' } as const;
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
const support = async (work: { kind: 'objective' | 'rock'; id: number }, lineId: number | null) =>
  await inTransaction(database.db, (tx) => supportLine(tx, { workspaceId, work, lineId, at, doer }));

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

describe('work is hung from a line', () => {
  test('with an event, and an objective lets go of the one that it supported', async () => {
    const top = await objective('top');
    const low = await objective('low', { supports: top });
    expect(await support({ kind: 'objective', id: low }, id('calm'))).toMatchObject({ ok: true });
    expect(await listEvents(database.db, workspaceId)).toMatchObject([
      { type: 'objective.changed', subjectId: low, before: { supports: 'top' }, after: { supports: 'calm' } },
    ]);
    expect(await lineOf(database.db, workspaceId, [low])).toEqual(
      new Map([[low, { lineId: id('calm'), titles: ['Trust', 'Calm'] }]]),
    );
  });

  test('which is a rock too, and the same again changes nothing', async () => {
    const rock = await insertRock(database.db, workspaceId, { name: 'Payments' });
    await support({ kind: 'rock', id: rock }, id('trust'));
    await support({ kind: 'rock', id: rock }, id('trust'));
    await support({ kind: 'rock', id: rock }, null);
    expect((await listEvents(database.db, workspaceId)).map(({ after }) => after)).toEqual([
      { supports: 'trust' },
      { supports: null },
    ]);
  });

  test('unless that is not in force, or the work is not there', async () => {
    const rock = await insertRock(database.db, workspaceId, { name: 'Payments' });
    expect(await support({ kind: 'rock', id: rock }, 999_999)).toMatchObject({
      ok: false,
      words: 'That line is not in the strategy any more. Pick another one.',
    });
    expect(await support({ kind: 'objective', id: 999_999 }, null)).toMatchObject({
      ok: false,
      words: 'That is not there any more.',
    });
  });
});
