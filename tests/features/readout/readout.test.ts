import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/features/people/core/person.ts';
import { readoutBlocks } from '../../../src/features/readout/blocks.ts';
import { gatherReadout } from '../../../src/features/readout/gathering.ts';
import { readoutRitual } from '../../../src/features/readout/ritual.ts';
import { messageProblems } from '../../support/block-limits.ts';
import {
  insertCadence,
  insertChannel,
  insertCycle,
  insertObjective,
  insertPerson,
  insertRock,
  instant,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let cadenceId: number;
let ana: Person;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db);
  await setClock(db, workspaceId, '2026-11-20T12:00:00Z');
  ana = await insertPerson(db, workspaceId, { name: 'Ana' });
  const channel = await insertChannel(db, workspaceId, 'sales');
  cadenceId = await insertCadence(db, workspaceId, {
    key: 'readout',
    ritual: 'readout',
    channelId: channel.id,
    nextDueAt: '2026-11-20T12:00:00Z',
    schedule: '0 12 20 * *',
  });
});

type Given = {
  key: string;
  horizon: 'now' | 'next' | 'later' | 'shipped' | 'stopped';
  moved?: string;
  due?: string;
  first?: string;
  outcome?: 'moved' | 'not-moved';
  summary?: string;
  rockId?: number;
  objectiveId?: number;
};

async function item(given: Given): Promise<number> {
  const { db } = database;
  const { key, horizon, moved = '2026-11-10T12:00:00Z', due, outcome } = given;
  const row = await db
    .insertInto('roadmap_items')
    .values({
      workspace_id: workspaceId,
      key,
      title: key,
      summary: given.summary ?? null,
      horizon,
      owner_id: ana.id,
      rock_id: given.rockId ?? null,
      objective_id: given.objectiveId ?? null,
      due_on: due ?? null,
      first_due_on: given.first ?? due ?? null,
      moved_at: moved,
      created_at: moved,
      outcome: outcome ?? null,
      outcome_at: outcome === undefined ? null : moved,
      outcome_words: outcome === undefined ? null : 'we were never sure of it',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function slip(itemId: number, from: string, to: string, at = '2026-11-12T12:00:00Z'): Promise<void> {
  await database.db
    .insertInto('roadmap_slips')
    .values({ workspace_id: workspaceId, item_id: itemId, at, from_on: from, to_on: to, why: 'we are slow' })
    .execute();
}

const readout = async () =>
  readoutBlocks(
    await gatherReadout(database.db, workspaceId, { cadenceId, before: instant('2026-11-20T12:00:00Z') }),
  );
const lines = async () => (await readout()).text.split('\n');

describe('a readout', () => {
  it('tells what has shipped with what it did, what comes with dates, what comes later, and what is new', async () => {
    await item({ key: 'Apple Pay', horizon: 'shipped', outcome: 'moved', summary: 'One tap.' });
    await item({ key: 'Old news', horizon: 'shipped', moved: '2026-09-10T12:00:00Z' });
    await item({ key: 'Payout page', horizon: 'now', due: '2026-12-01' });
    await item({ key: 'Search', horizon: 'now' });
    await item({ key: 'Over it', horizon: 'now', due: '2026-11-02' });
    await slip(await item({ key: 'Refunds', horizon: 'now', due: '2026-12-15' }), '2026-11-25', '2026-12-15');
    await item({ key: 'Wallets', horizon: 'later', first: '2026-11-30' });
    await item({ key: 'Vouchers', horizon: 'next', first: '2026-11-30' });
    await item({ key: 'Cheques', horizon: 'stopped', first: '2026-11-30' });
    await item({ key: 'Invoices', horizon: 'next' });
    await item({ key: 'Long known', horizon: 'next', moved: '2026-09-10T12:00:00Z' });
    expect(await lines()).toEqual([
      'Readout, 20 November 2026',
      'Shipped since 20 October 2026',
      '• Apple Pay · Tue 10 Nov · it moved its number · Ana',
      '   One tap.',
      'Comes next',
      '• Over it · was planned for Mon 2 Nov · Ana',
      '• Payout page · Tue 1 Dec · Ana',
      '• Refunds · Tue 15 Dec · Ana',
      '• Search · no date yet · Ana',
      'Comes later than we said',
      '• Refunds · Tue 15 Dec, was Wed 25 Nov · Ana',
      '• Wallets · comes later, without a date, was Mon 30 Nov · Ana',
      '• Vouchers · comes after that, without a date, was Mon 30 Nov · Ana',
      '• Cheques · will not come, was Mon 30 Nov · Ana',
      'New in what comes after that',
      '• Invoices · Ana',
    ]);
  });

  it('says nothing of why something is late, and of how sure anybody is', async () => {
    await slip(await item({ key: 'Refunds', horizon: 'now', due: '2026-12-15' }), '2026-11-25', '2026-12-15');
    await item({ key: 'Apple Pay', horizon: 'shipped', outcome: 'not-moved' });
    const words = JSON.stringify(await readout());
    expect(words).not.toContain('slow');
    expect(words).not.toContain('sure');
  });

  it('leaves out what is about a rock or an objective for few', async () => {
    const { db } = database;
    const rockId = await insertRock(db, workspaceId, { name: 'Secret' });
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rockId).execute();
    const cycleId = await insertCycle(db, workspaceId, {
      key: 'q',
      starts: '2026-10-01',
      ends: '2026-12-31',
    });
    const objectiveId = await insertObjective(db, workspaceId, { key: 'hush', cycleId });
    await db.updateTable('objectives').set({ visibility: 'team' }).where('id', '=', objectiveId).execute();
    await item({ key: 'Hidden by its rock', horizon: 'now', rockId });
    await slip(
      await item({ key: 'Hidden by its goal', horizon: 'now', due: '2026-12-15', objectiveId }),
      '2026-11-25',
      '2026-12-15',
    );
    await item({ key: 'Hidden and shipped', horizon: 'shipped', objectiveId });
    expect(JSON.stringify(await readout())).not.toContain('Hidden');
  });

  it('of an empty month is two kind lines', async () => {
    expect(await lines()).toEqual([
      'Readout, 20 November 2026',
      'A calm month: nothing has shipped or moved since 20 October 2026.',
      'As soon as something does, you read of it here.',
    ]);
  });

  it('of a company with 300 items fits into a message, and counts what it left out', async () => {
    for (let at = 0; at < 75; at += 1) {
      const key = `${at} ${'&<*long*> '.repeat(12)}`;
      await item({ key: `a${key}`, horizon: 'shipped', summary: '&'.repeat(300) });
      await item({ key: `b${key}`, horizon: 'now', due: '2026-12-01' });
      await item({ key: `c${key}`, horizon: 'later', first: '2026-12-01' });
      await item({ key: `d${key}`, horizon: 'next' });
    }
    const content = await readout();
    expect(messageProblems(content)).toEqual([]);
    expect(JSON.stringify(content.blocks).match(/…and \d+ more/g)).toHaveLength(4);
  });

  it('begins where the one before was planned by its rule', async () => {
    const { db } = database;
    const occurrence = {
      workspace_id: workspaceId,
      cadence_id: cadenceId,
      state: 'held' as const,
      tz_version: 't',
    };
    await db
      .insertInto('occurrences')
      .values([
        {
          ...occurrence,
          name: '2026-11-01',
          covers: '[2026-11-01,2026-12-01)',
          due_at: '2026-11-01T12:00:00Z',
          planned_at: '2026-11-01T12:00:00Z',
        },
        {
          ...occurrence,
          name: '2026-11-15T12:00',
          covers: null,
          by_person_id: ana.id,
          due_at: '2026-11-15T12:00:00Z',
          planned_at: '2026-11-15T12:00:00Z',
          closed_at: '2026-11-16T12:00:00Z',
        },
      ])
      .execute();
    await item({ key: 'Apple Pay', horizon: 'shipped' });
    await item({ key: 'October', horizon: 'shipped', moved: '2026-10-25T12:00:00Z' });
    expect((await lines()).slice(1)).toEqual([
      'Shipped since 1 November 2026',
      '• Apple Pay · Tue 10 Nov · Ana',
    ]);
  });

  it('is rehearsed as it would be sent, asks nobody, and writes nothing', async () => {
    await item({ key: 'Apple Pay', horizon: 'shipped' });
    const { local, dueAt } = {
      dueAt: instant('2026-11-20T12:00:00Z'),
      local: instant('2026-11-20T12:00:00Z').toZonedDateTimeISO('UTC').toPlainDateTime(),
    };
    const prospect = { workspaceId, cadenceId, cycle: 'current', local, dueAt, isAtMostDaily: true };
    const rehearsed = await readoutRitual.rehearse?.(database.db, { ...prospect, name: '2026-11-20' });
    expect(rehearsed?.asked).toEqual([]);
    expect(rehearsed?.shown.map(({ where }) => where)).toEqual(['The channel']);
    expect(rehearsed?.shown[0]?.content.text).toContain('• Apple Pay');
    expect(await readoutRitual.whom?.(database.db, prospect)).toEqual({ people: 0 });
    expect(
      await database.db.selectFrom('messages').select('id').where('workspace_id', '=', workspaceId).execute(),
    ).toEqual([]);
  });
});
