import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CsvTableName, csvTableNames } from '../../../src/features/csv-out/core/tables.ts';
import { csvOf } from '../../../src/features/csv-out/writing.ts';
import { playgroundWorkspace } from '../../../src/platform/db/playground-workspace.ts';
import { readSheet } from '../../../src/platform/file/sheet.ts';
import { importText } from '../../cli/cairn.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const workspaceId = playgroundWorkspace.id;
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => await database.close());

/** One of everything; `t` makes each text what a test wants. */
const company = (t: (text: string) => string) => {
  const q = (text: string) => JSON.stringify(t(text));
  return `version: 1
people: { ana: { email: ana@x.example }, ben: { slack: U01BEN } }
teams: [{ key: checkout, name: ${q('Checkout')}, lead: ana, channel: "#checkout", members: [ana, ben] }, { key: risk, name: ${q('Risk')} }]
rocks:
  - key: payments
    name: ${q('Payments')}
    summary: ${q('Cards and wallets')}
    aliases: [${q('billing')}, ${q('psp')}]
    owner: ana
    backups: [ben]
    team: checkout
    channel: "#payments"
    importance: critical
    weight: 3
    confirmed: 2026-01-02
    owned_since: 2025-01-02
    links: [{ label: ${q('Bi')}, url: "https://bi.example/a" }, { label: Run, url: "https://run.example/b" }]
  - { key: pricing, name: ${q('Pricing')}, type: activity, visibility: [ben] }
  - { key: fax, name: ${q('Fax')}, set_down: { why: ${q('Nobody faxes')}, by: ana, on: 2026-01-05 } }
strategy:
  vision: ${q('All pay')}
  intents:
    - { key: trust, title: ${q('Trust')}, owner: ana, measure: ${q('Less failed')}, horizon: ${q('2027')}, not_doing: [${q('Fax')}], initiatives: [{ key: retry, title: ${q('Retry')}, problem: ${q('It fails')}, metric: ${q('Rate')} }] }
cycles: [{ key: 2026-Q1, starts: 2026-01-01, ends: 2026-03-31 }]
objectives:
  - key: reliable
    title: ${q('Reliable')}
    owner: ana
    team: checkout
    cycle: 2026-Q1
    supports: retry
    key_results:
      - { key: rate, title: ${q('Failed rate')}, owner: ben, backup: ana, unit: ${q('%')}, start: 4.2, target: -2, current: 3.1, due: 2026-03-01 }
  - { key: empty, title: ${q('Empty')}, cycle: 2026-Q1, visibility: [ben] }
roadmap:
  - { key: retries, title: ${q('Smart retries')}, summary: ${q('Try again')}, horizon: now, owner: ben, team: checkout, rock: payments, supports: reliable, needs: [risk], impact: 5, effort: 3, alignment: 4, due: 2026-03-01 }
  - { key: secret, title: ${q('Secret')}, horizon: next, rock: pricing, supports: empty }
  - { key: loyalty, title: ${q('Loyalty')}, horizon: stopped, why: ${q('Nobody asked')} }
  - { key: receipts, title: ${q('Receipts')}, horizon: shipped, outcome: moved, outcome_words: ${q('Fewer mails')} }
accounts: [{ key: acme, name: ${q('Acme')}, cool_down: P10D }]
`;
};

async function fill(t: (text: string) => string = (text) => text): Promise<void> {
  expect(await importText(database.url, company(t))).toMatchObject({ status: 0, err: [] });
  const [ana] = await database.db
    .updateTable('people')
    .set({ name: t('Ana') })
    .where('handle', '=', 'ana')
    .returning('id')
    .execute();
  await database.db
    .updateTable('people')
    .set({ name: t('Ben') })
    .where('handle', '=', 'ben')
    .execute();
  const id = ana?.id ?? 0;
  await database.db
    .insertInto('decisions')
    .values({
      ...{ workspace_id: workspaceId, number: 1, question: t('Which?'), options: [t('one'), t('two')] },
      ...{ driver_id: id, approver_id: id, created_by: id, created_at: '2026-01-03T10:00:00Z' },
      ...{
        state: 'decided',
        outcome: t('one'),
        why: t('cheaper'),
        decided_at: '2026-01-04T10:00:00Z',
        decided_by: id,
      },
      source_url: 'https://slack.example/x',
    })
    .execute();
}

async function idOf(handle: string): Promise<number> {
  const row = await database.db
    .selectFrom('people')
    .select('id')
    .where('handle', '=', handle)
    .executeTakeFirstOrThrow();
  return row.id;
}

async function rowsOf(name: CsvTableName, readerId: number | null = null): Promise<Record<string, string>[]> {
  const { text, rows } = await csvOf(database.db, workspaceId, name, readerId);
  const read = parse(text, { columns: true }) as Record<string, string>[];
  expect(read).toHaveLength(rows);
  return read.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')));
}

describe('a table has everything, under headings that people and imports understand', () => {
  beforeEach(async () => await fill());

  test('rocks', async () => {
    expect(await rowsOf('rocks')).toEqual([
      {
        Rock: 'Fax',
        Key: 'fax',
        Type: 'area',
        Weight: '1',
        State: 'set down',
        Reason: 'Nobody faxes',
        'Visible to': 'workspace',
      },
      {
        ...{ Rock: 'Payments', Key: 'payments', Owner: 'Ana', Backup: 'Ben', Team: 'Checkout' },
        ...{ Channel: '#payments', 'Other names': 'billing; psp', Type: 'area', Importance: 'critical' },
        ...{ Weight: '3', Summary: 'Cards and wallets', Link: 'https://bi.example/a; https://run.example/b' },
        ...{
          Confirmed: '2026-01-02',
          'Carried since': '2025-01-02',
          State: 'owned',
          'Visible to': 'workspace',
        },
      },
      {
        Rock: 'Pricing',
        Key: 'pricing',
        Type: 'activity',
        Weight: '1',
        State: 'unowned',
        'Visible to': 'Ben',
      },
    ]);
  });

  test('objectives, a row a key result', async () => {
    expect(await rowsOf('objectives')).toEqual([
      {
        ...{ Objective: 'Reliable', 'Key result': 'Failed rate', Key: 'rate', Owner: 'Ben' },
        ...{ 'Owner of the objective': 'Ana', Backup: 'Ana', Team: 'Checkout', Cycle: '2026-Q1' },
        ...{ Type: 'number', Unit: '%', Start: '4.2', Target: '-2', Current: '3.1', Due: '2026-03-01' },
        ...{ Commitment: 'committed', State: 'active', 'Key of the objective': 'reliable' },
        ...{ Supports: 'retry', 'Visible to': 'workspace' },
      },
      {
        Objective: 'Empty',
        Cycle: '2026-Q1',
        State: 'active',
        'Key of the objective': 'empty',
        'Visible to': 'Ben',
      },
    ]);
  });

  test('roadmap, decisions, strategy, people, teams, accounts', async () => {
    expect((await rowsOf('roadmap'))[0]).toEqual({
      ...{
        Title: 'Smart retries',
        Key: 'retries',
        Horizon: 'now',
        Owner: 'Ben',
        Team: 'Checkout',
        Rock: 'payments',
      },
      ...{ Supports: 'reliable', Needs: 'Risk', Due: '2026-03-01', Slips: '0', Impact: '5', Effort: '3' },
      ...{ Alignment: '4', Summary: 'Try again' },
    });
    expect(await rowsOf('decisions')).toEqual([
      {
        ...{
          Number: '1',
          Question: 'Which?',
          State: 'decided',
          Outcome: 'one',
          Why: 'cheaper',
          Options: 'one; two',
        },
        ...{ Driver: 'Ana', Approver: 'Ana', 'Decided on': '2026-01-04', 'Decided by': 'Ana' },
        Source: 'https://slack.example/x',
      },
    ]);
    expect((await rowsOf('strategy')).map((row) => [row['Kind'], row['Line'], row['Part of']])).toEqual([
      ['vision', 'All pay', undefined],
      ['intent', 'Trust', undefined],
      ['initiative', 'Retry', 'Trust'],
    ]);
    expect(await rowsOf('people')).toEqual([
      { Name: 'Ana', 'Short name': 'ana', Email: 'ana@x.example', Teams: 'Checkout' },
      { Name: 'Ben', 'Short name': 'ben', 'Slack ID': 'U01BEN', Teams: 'Checkout' },
    ]);
    expect(await rowsOf('teams')).toEqual([
      { Team: 'Checkout', Key: 'checkout', Lead: 'Ana', Channel: '#checkout', Members: 'Ana; Ben' },
      { Team: 'Risk', Key: 'risk' },
    ]);
    expect(await rowsOf('accounts')).toEqual([{ Account: 'Acme', Key: 'acme', 'Cool-down': 'P10D' }]);
  });

  test('two people of one name are told by their addresses', async () => {
    await database.db.updateTable('people').set({ name: 'ana' }).where('handle', '=', 'ben').execute();
    const payments = (await rowsOf('rocks'))[1];
    expect([payments?.['Owner'], payments?.['Backup']]).toEqual(['ana@x.example', 'ben']);
  });
});

describe('a reader gets what they may see', () => {
  beforeEach(async () => await fill());

  test('rocks and objectives of few, and what hangs from them', async () => {
    const ana = await idOf('ana');
    const names = async (table: CsvTableName, column: string, reader: number | null) =>
      (await rowsOf(table, reader)).map((row) => row[column]);
    expect(await names('rocks', 'Rock', ana)).toEqual(['Fax', 'Payments']);
    expect(await names('rocks', 'Rock', await idOf('ben'))).toEqual(['Fax', 'Payments', 'Pricing']);
    expect(await names('objectives', 'Objective', ana)).toEqual(['Reliable']);
    const secret = async (reader: number | null) =>
      (await rowsOf('roadmap', reader)).find(({ Key }) => Key === 'secret');
    expect(await secret(ana)).toEqual({ Title: 'Secret', Key: 'secret', Horizon: 'next', Slips: '0' });
    expect(await secret(null)).toMatchObject({ Rock: 'pricing', Supports: 'empty' });
  });

  test('private channels are not named to a reader', async () => {
    await database.db.updateTable('channels').set({ is_private: true }).execute();
    const ben = await idOf('ben');
    expect((await rowsOf('rocks', ben)).map(({ Channel }) => Channel)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect((await rowsOf('teams', ben))[0]?.['Channel']).toBeUndefined();
    expect((await rowsOf('teams'))[0]?.['Channel']).toBe('#checkout');
  });
});

describe('a formula is never passed on', () => {
  const dangerous = /^\s*[=+\-@\t\r]/;
  const number = /^-?\d+(?:\.\d+)?$/;

  async function checkAll(): Promise<void> {
    for (const name of csvTableNames) {
      const { text } = await csvOf(database.db, workspaceId, name, null);
      const cells = (parse(text) as string[][]).slice(1).flat();
      if (name !== 'check-ins') expect(cells.some((cell) => cell.startsWith("'"))).toBe(true);
      expect(cells.filter((cell) => dangerous.test(cell) && !number.test(cell))).toEqual([]);
    }
  }

  test.each(['=', '+', '-', '@'])('text that begins with %s, in every table', async (sign) => {
    // A unit is written as it is typed, and as short as it must be.
    await fill((text) => (text === '%' ? `${sign}%` : `${sign}HYPERLINK("https://x.example") ${text}`));
    await checkAll();
  });

  test.each(['\t', '\r'])('text that begins with %j', async (sign) => {
    await fill();
    const changed = (column: string) => sql<string>`${sign} || '=1+1 ' || ${sql.ref(column)}`;
    await database.db
      .updateTable('rocks')
      .set({ name: changed('name'), summary: changed('summary') })
      .execute();
    await database.db
      .updateTable('objectives')
      .set({ title: changed('title') })
      .execute();
    await database.db
      .updateTable('key_results')
      .set({ title: changed('title') })
      .execute();
    await database.db
      .updateTable('roadmap_items')
      .set({ title: changed('title') })
      .execute();
    await database.db
      .updateTable('people')
      .set({ name: changed('name') })
      .execute();
    await database.db
      .updateTable('teams')
      .set({ name: changed('name') })
      .execute();
    await database.db
      .updateTable('accounts')
      .set({ name: changed('name') })
      .execute();
    for (const name of csvTableNames) {
      const { text } = await csvOf(database.db, workspaceId, name, null);
      const cells = (parse(text) as string[][]).slice(1).flat();
      expect(cells.filter((cell) => dangerous.test(cell) && !number.test(cell))).toEqual([]);
    }
  });

  test('what is written is read again as it was', async () => {
    await fill((text) => `=1 ${text}`);
    const { text } = await csvOf(database.db, workspaceId, 'rocks', null);
    const sheet = await readSheet(Buffer.from(text), 'rocks.csv');
    if (!sheet.ok) throw new Error(sheet.words);
    expect(sheet.value.rows.map(({ cells }) => cells[0])).toEqual(['=1 Fax', '=1 Payments', '=1 Pricing']);
    expect(sheet.value.columns.slice(0, 7)).toEqual([
      'Rock',
      'Key',
      'Owner',
      'Backup',
      'Team',
      'Channel',
      'Other names',
    ]);
    expect(sheet.value.notes).toEqual([]);
  });
});
