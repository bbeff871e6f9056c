import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undoImport } from '../../../../src/features/imports/undo-operations.ts';
import { setClock } from '../../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts';
import { brought, type Company, company, done, looked } from '../company.ts';
import { dumpOf } from '../dump.ts';
import { sheet } from '../okrs/sheets.ts';

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
    Title | Status | Owner | Team | Due | Impact | Effort | Alignment
    Smart retries | In progress | Ben Kaya | Checkout | 1 Dec 2026 | 5 | 3 | 4
    New logo | backlog | | | | 1 | 1 | 1
    Old thing | done | Ben Kaya | | | | |`);

const items = async ({ db, workspaceId }: Company) =>
  await db
    .selectFrom('roadmap_items')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('position')
    .execute();

describe('a roadmap from a sheet', () => {
  it('is there afterwards, as the doing of the admin, and nobody is asked about what had shipped', async () => {
    const of = await fresh();
    const preview = await brought(of, 'roadmap', first());
    expect(preview.counts).toMatchObject({ added: 3, refused: 0 });
    const [retries, logo, old] = await items(of);
    expect(retries).toMatchObject({ key: 'smart-retries', horizon: 'now', owner_id: of.ben.id, impact: 5 });
    expect([String(retries?.due_on), String(retries?.first_due_on)]).toEqual(['2026-12-01', '2026-12-01']);
    expect(logo).toMatchObject({ horizon: 'later', owner_id: null, position: 1 });
    expect(old).toMatchObject({ horizon: 'shipped', ask_at: null, outcome: null });
    const events = await of.db
      .selectFrom('events')
      .select(['actor', 'actor_id'])
      .where('workspace_id', '=', of.workspaceId)
      .where('type', '=', 'roadmap-item.created')
      .execute();
    expect(events).toEqual(Array.from({ length: 3 }, () => ({ actor: 'person', actor_id: of.admin.id })));
    expect((await looked(of, 'roadmap', first())).counts).toMatchObject({ unchanged: 3 });
  });

  it('is as it was before, row by row, when it is taken back', async () => {
    const of = await fresh();
    await brought(of, 'roadmap', first());
    const before = await dumpOf(of.db, of.workspaceId);
    const second = sheet(`
      Title | Status | Team | Due | Needs
      Smart retries | now | | 20 Dec 2026 |
      New logo | now | | 24 Dec 2026 | Checkout
      Third thing | next | | | Checkout`);
    const { importId, counts } = await brought(of, 'roadmap', second);
    expect(counts).toMatchObject({ added: 1, changed: 2 });
    const slips = await of.db
      .selectFrom('roadmap_slips')
      .select(['from_on', 'to_on'])
      .where('workspace_id', '=', of.workspaceId)
      .execute();
    expect(slips.map(({ from_on, to_on }) => `${from_on} ${to_on}`)).toEqual(['2026-12-01 2026-12-20']);
    expect(await dumpOf(of.db, of.workspaceId)).not.toEqual(before);
    const undone = done(await undoImport({ db: of.db }, of.workspaceId, of.admin, importId));
    expect(undone.kept).toBe(0);
    expect(await dumpOf(of.db, of.workspaceId)).toEqual(before);
  });

  it('of five thousand rows takes seconds', async () => {
    const of = await fresh();
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      line: index + 2,
      cells: [`Thing number ${index}`, 'next', 'Ben Kaya'],
    }));
    const given = { name: null, columns: ['Title', 'Status', 'Owner'], rows, notes: [] };
    const began = performance.now();
    expect((await brought(of, 'roadmap', given)).counts).toMatchObject({ added: 5_000 });
    expect((await looked(of, 'roadmap', given)).counts).toMatchObject({ unchanged: 5_000 });
    expect(performance.now() - began).toBeLessThan(60_000);
  }, 120_000);
});
