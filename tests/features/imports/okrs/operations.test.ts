import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undoImport } from '../../../../src/features/imports/undo-operations.ts';
import { keyResultColumns, keyResultRows } from '../../../../src/features/okrs/csv.ts';
import { readNaming } from '../../../../src/features/people/export.ts';
import { writeCsv } from '../../../../src/platform/file/csv.ts';
import { readSheet } from '../../../../src/platform/file/sheet.ts';
import { setClock } from '../../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts';
import { brought, type Company, company, done, looked } from '../company.ts';
import { dumpOf } from '../dump.ts';
import { sheet } from './sheets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

async function fresh(): Promise<Company> {
  const of = await company(database.db);
  await setClock(database.db, of.workspaceId, '2026-11-26T09:00:00Z');
  return of;
}

const first = () =>
  sheet(`
    Objective | Objective owner | Team | Quarter | Key result | Owner | Start | Target | Current | Due | Commitment
    Checkout that just works | Ana Sousa | Checkout | Q4 2026 | Failed payment rate | Ben | 4.2 % | 2 % | 3.1 % | 2026-12-15 | committed
    | | | | Time to pay | Ben / Ana | baseline | 12 | | | stretch
    Trust | Ben | | Q1 2027 | Audits passed | Ben | 0 | 3 | | |`);

const keyResults = async ({ db, workspaceId }: Company) =>
  await db
    .selectFrom('key_results')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();

describe('OKRs from a sheet', () => {
  it('are there afterwards, with a draft of a cycle that was not, as doings of the admin', async () => {
    const of = await fresh();
    const preview = await brought(of, 'okrs', first());
    expect(preview.questions).toEqual([]);
    expect(preview.counts).toMatchObject({ added: 3, refused: 0, 'left-out': 0 });
    const [rate, time, audits] = await keyResults(of);
    expect(rate).toMatchObject({
      key: 'failed-payment-rate',
      type: 'percent',
      direction: 'down',
      owner_id: of.ben.id,
    });
    expect(rate).toMatchObject({
      start_value: 4.2,
      target_value: 2,
      current_value: 3.1,
      commitment: 'committed',
    });
    expect(String(rate?.due_on)).toBe('2026-12-15');
    expect(String(rate?.first_due_on)).toBe('2026-12-15');
    expect(time).toMatchObject({ start_value: null, backup_id: of.admin.id, commitment: 'aspirational' });
    expect(time?.objective_id).toBe(rate?.objective_id);
    const objectives = await of.db
      .selectFrom('objectives as o')
      .innerJoin('cycles as c', 'c.id', 'o.cycle_id')
      .select(['o.id', 'o.key', 'o.owner_id', 'o.team_id', 'c.key as cycle', 'c.state'])
      .where('o.workspace_id', '=', of.workspaceId)
      .orderBy('o.position')
      .execute();
    expect(objectives).toMatchObject([
      { key: 'checkout-that-just-works', owner_id: of.admin.id, team_id: of.teamId, cycle: '2026-Q4' },
      { id: audits?.objective_id, key: 'trust', owner_id: of.ben.id, cycle: '2027-Q1', state: 'draft' },
    ]);
    const events = await of.db
      .selectFrom('events')
      .select(['type', 'actor', 'actor_id'])
      .where('workspace_id', '=', of.workspaceId)
      .where('type', 'in', ['cycle.created', 'objective.created', 'key-result.created'])
      .execute();
    expect(events).toHaveLength(6);
    expect(events.every(({ actor, actor_id }) => actor === 'person' && actor_id === of.admin.id)).toBe(true);
  });

  it('are unchanged when the same sheet comes again', async () => {
    const of = await fresh();
    await brought(of, 'okrs', first());
    const again = await looked(of, 'okrs', first());
    expect(again.counts).toMatchObject({ added: 0, changed: 0, unchanged: 3, refused: 0 });
  });

  it('change what is there, and the target that was is kept', async () => {
    const of = await fresh();
    await brought(of, 'okrs', first());
    const preview = await brought(
      of,
      'okrs',
      sheet(`
        Objective | Quarter | Key result | Owner | Target
        Checkout that just works | Q4 2026 | Failed payment rate | Ana Sousa | 1.5 %`),
    );
    expect(preview.rows).toMatchObject([
      { outcome: 'changed', words: 'Target from 2 to 1.5. Stays as people have it: owner Ben Kaya.' },
    ]);
    const [rate] = await keyResults(of);
    expect(rate).toMatchObject({ target_value: 1.5, owner_id: of.ben.id, current_value: 3.1, position: 0 });
    const targets = await of.db
      .selectFrom('target_changes')
      .select(['old_target', 'new_target', 'changed_by'])
      .where('workspace_id', '=', of.workspaceId)
      .execute();
    expect(targets).toEqual([{ old_target: 2, new_target: 1.5, changed_by: of.admin.id }]);
  });

  it('leave the database as it was before, row by row, when they are taken back', async () => {
    const of = await fresh();
    await brought(of, 'okrs', first());
    const before = await dumpOf(of.db, of.workspaceId);
    const second = sheet(`
      Objective | Objective owner | Team | Quarter | Key result | Owner | Start | Target | Due
      Checkout that just works | | | Q4 2026 | Failed payment rate | | | 1.5 % |
      | | | | Time to pay | | 40 | 10 | 2026-12-20
      | | | | Refunds | Ben | 10 | 4 |
      Trust | | Checkout | Q1 2027 | Audits passed | | | 5 |
      Speed | Ben | | Q2 2027 | Pages under a second | Ben | 10 % | 90 % |`);
    const { importId, counts } = await brought(of, 'okrs', second);
    expect(counts).toMatchObject({ added: 2, changed: 3, refused: 0 });
    expect(await dumpOf(of.db, of.workspaceId)).not.toEqual(before);
    const undone = done(await undoImport({ db: of.db }, of.workspaceId, of.admin, importId));
    expect(undone.kept).toBe(0);
    expect(await dumpOf(of.db, of.workspaceId)).toEqual(before);
  });

  it('come out as CSV and in again with everything unchanged', async () => {
    const of = await fresh();
    await brought(of, 'okrs', first());
    const naming = await readNaming(of.db, of.workspaceId);
    const csv = writeCsv(keyResultColumns, await keyResultRows(of.db, of.workspaceId, naming));
    const read = done(await readSheet(new TextEncoder().encode(csv), 'key-results.csv'));
    const preview = await looked(of, 'okrs', read);
    expect(preview.questions).toEqual([]);
    expect(preview.rows.map(({ outcome, words }) => [outcome, words])).toEqual([
      ['unchanged', ''],
      ['unchanged', ''],
      ['unchanged', ''],
    ]);
  });

  it('of five thousand rows take seconds', async () => {
    const of = await fresh();
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      line: index + 2,
      cells: [
        `Objective number ${Math.floor(index / 4)} of the company`,
        `Measure ${index} goes up`,
        'Ben Kaya',
        '0',
        '10',
      ],
    }));
    const columns = ['Objective', 'Key result', 'Owner', 'Start', 'Target'];
    const began = performance.now();
    const { counts } = await brought(of, 'okrs', { name: null, columns, rows, notes: [] });
    expect(counts).toMatchObject({ added: 5_000 });
    const again = await looked(of, 'okrs', { name: null, columns, rows, notes: [] });
    expect(again.counts).toMatchObject({ unchanged: 5_000 });
    expect(performance.now() - began).toBeLessThan(60_000);
  }, 120_000);
});
