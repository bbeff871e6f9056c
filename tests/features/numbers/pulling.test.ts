import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { numbersJob } from '../../../src/features/numbers/jobs.ts';
import type { Reader } from '../../../src/features/numbers/reader.ts';
import { latestNumbers, sourcesOf } from '../../../src/features/numbers/reading-operations.ts';
import { useNoSource } from '../../../src/features/numbers/source-operations.ts';
import { saveSource } from '../../../src/features/numbers/source-store.ts';
import { accepted, type Result, refused } from '../../../src/platform/core/result.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { instant, isAbout, keptLog, setClock } from '../../support/builders.ts';
import { listTold } from '../../support/daily.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type Company, insertCompany, insertPulled, thursday, toldReader } from './support.ts';

let database: TestDatabase;
let company: Company;
const { log, lines } = keptLog();
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  company = await insertCompany(database.db);
});
afterAll(async () => {
  expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  await database.close();
});

const failed: Result<number> = refused('slow', 'This query takes longer than 5 seconds.');

function jobWith(reader: Reader) {
  return numbersJob({ db: database.db, reader, log, isStopping: () => false }, company.workspaceId);
}

async function pullAt(iso: string, answer: Result<number>): Promise<void> {
  await setClock(database.db, company.workspaceId, iso);
  await jobWith(toldReader(() => answer)).run();
}

async function latest() {
  const numbers = await latestNumbers(database.db, company.workspaceId, [company.keyResultId]);
  return numbers.get(company.keyResultId);
}

async function saved() {
  return await database.db
    .selectFrom('number_sources')
    .select(['next_due_at as nextDueAt', 'failures', 'failure', 'lease'])
    .where('workspace_id', '=', company.workspaceId)
    .executeTakeFirstOrThrow();
}

async function told(): Promise<string[]> {
  return (await listTold(database.db, company.workspaceId)).map(({ text }) => text);
}

describe('a source whose time has come', () => {
  it('is read, and the value is of that moment', async () => {
    await insertPulled(database.db, company);
    await pullAt(thursday, accepted(2.75));
    expect(await latest()).toMatchObject({ value: 2.75, from: 'sql', isFailing: false, failure: null });
    expect(isAbout((await latest())?.at, thursday)).toBe(true);
  });

  it.each<['hour' | 'day' | 'week', string]>([
    ['hour', '2026-11-26T10:00:00Z'],
    ['day', '2026-11-27T05:00:00Z'],
    ['week', '2026-11-30T05:00:00Z'],
  ])('every %s is read again at %s, by the zone of the workspace', async (every, iso) => {
    await insertPulled(database.db, company, { every });
    await pullAt(thursday, accepted(1));
    expect((await saved()).nextDueAt?.toString()).toBe(iso);
  });

  it('after a long pause is read once, however often its time has come', async () => {
    await insertPulled(database.db, company, { every: 'hour', nextDueAt: '2026-10-01T00:00:00Z' });
    let reads = 0;
    await jobWith(toldReader(() => accepted(++reads))).run();
    expect(reads).toBe(1);
  });

  it('is read by one of several processes', async () => {
    await insertPulled(database.db, company);
    let reads = 0;
    const reader = toldReader(async () => {
      reads += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return accepted(reads);
    });
    await Promise.all(Array.from({ length: 4 }, () => jobWith(reader).run()));
    expect(reads).toBe(1);
  });

  it('is read again when whoever read it never came back', async () => {
    const id = await insertPulled(database.db, company);
    const lease = { lease: '00000000-0000-4000-8000-000000000000', leased_until: '2020-01-01T00:00:00Z' };
    await database.db.updateTable('number_sources').set(lease).where('id', '=', id).execute();
    await pullAt(thursday, accepted(3));
    expect((await latest())?.value).toBe(3);
  });

  it('gives nothing when it was changed while it was read', async () => {
    await insertPulled(database.db, company);
    const reader = toldReader(async () => {
      await inTransaction(database.db, async (tx) => {
        await saveSource(tx, {
          ...company,
          by: company.ana.id,
          at: instant(thursday),
          kind: 'json',
          url: 'https://bi.example/',
          pointer: '',
          every: 'day',
          nextDueAt: instant('2026-11-27T05:00:00Z'),
        });
      });
      return accepted(5);
    });
    await jobWith(reader).run();
    expect(await latest()).toBeUndefined();
    expect((await saved()).nextDueAt?.toString()).toBe('2026-11-27T05:00:00Z');
  });

  it('rests when its key result is over', async () => {
    await insertPulled(database.db, company);
    await database.db
      .updateTable('key_results')
      .set({ state: 'carried' })
      .where('id', '=', company.keyResultId)
      .execute();
    await pullAt(thursday, accepted(3));
    expect(await latest()).toBeUndefined();
    expect(await jobWith(toldReader(() => accepted(1))).next(instant('2026-11-01T00:00:00Z'))).toBeNull();
  });

  it('is what the clock stops at', async () => {
    await insertPulled(database.db, company, { nextDueAt: '2026-11-27T05:00:00Z' });
    expect(await jobWith(toldReader(() => accepted(1))).next(instant(thursday))).toEqual({
      at: Temporal.Instant.from('2026-11-27T05:00:00Z'),
      what: 'a number (failed-rate)',
    });
  });
});

describe('a source that fails', () => {
  it('keeps its last value, and says why no newer one comes', async () => {
    await insertPulled(database.db, company);
    await pullAt(thursday, accepted(2.75));
    await pullAt('2026-11-27T05:00:00Z', failed);
    expect(await latest()).toMatchObject({
      value: 2.75,
      isFailing: true,
      failure: 'This query takes longer than 5 seconds.',
    });
  });

  it('is tried again each hour; after three failures its owner is told, once, and it has its usual time again', async () => {
    await insertPulled(database.db, company);
    await pullAt(thursday, accepted(2.75));
    await pullAt('2026-11-27T05:00:00Z', failed);
    expect(isAbout((await saved()).nextDueAt, '2026-11-27T06:00:00Z')).toBe(true);
    await pullAt('2026-11-27T06:00:10Z', failed);
    expect(await told()).toEqual([]);
    await pullAt('2026-11-27T07:00:20Z', failed);
    expect(await told()).toEqual([
      [
        'No number comes for failed-rate: I tried 3 times.',
        'The number from SQL (WAREHOUSE) does not come. This query takes longer than 5 seconds. The last one: 2.75 %, yesterday.',
        'Until one comes again, your check-in suggests no new one. I go on trying at the usual times.',
      ].join('\n'),
    ]);
    expect((await saved()).nextDueAt?.toString()).toBe('2026-11-28T05:00:00Z');
    await pullAt('2026-11-28T05:00:00Z', failed);
    await pullAt('2026-11-29T05:00:00Z', failed);
    expect(await told()).toHaveLength(1);
    const [message] = await listTold(database.db, company.workspaceId);
    expect(message?.personId).toBe(company.ana.id);
  });

  it('works again with the next value; when it fails anew, its owner is told anew', async () => {
    await insertPulled(database.db, company);
    for (const iso of ['2026-11-26T09:00:00Z', '2026-11-26T10:01:00Z', '2026-11-26T11:02:00Z'])
      await pullAt(iso, failed);
    await pullAt('2026-11-27T05:00:00Z', accepted(3));
    expect(await latest()).toMatchObject({ value: 3, isFailing: false });
    for (const iso of ['2026-11-28T05:00:00Z', '2026-11-28T06:01:00Z', '2026-11-28T07:02:00Z'])
      await pullAt(iso, failed);
    expect(await told()).toHaveLength(2);
  });

  it('and works again before its owner was told, tells nobody', async () => {
    await insertPulled(database.db, company);
    for (const iso of ['2026-11-26T09:00:00Z', '2026-11-26T10:01:00Z', '2026-11-26T11:02:00Z']) {
      await pullAt(iso, failed);
    }
    await pullAt('2026-11-27T05:00:00Z', accepted(3));
    const [message] = await listTold(database.db, company.workspaceId);
    expect(message?.state).toBe('cancelled');
  });

  it('and is changed before its owner was told, tells nobody', async () => {
    await insertPulled(database.db, company);
    for (const iso of ['2026-11-26T09:00:00Z', '2026-11-26T10:01:00Z', '2026-11-26T11:02:00Z']) {
      await pullAt(iso, failed);
    }
    await useNoSource(database.db, company.workspaceId, company.ben, 'failed-rate');
    const [message] = await listTold(database.db, company.workspaceId);
    expect(message?.state).toBe('cancelled');
  });

  it('of which no value ever came is shown as well', async () => {
    await insertPulled(database.db, company);
    await pullAt(thursday, failed);
    expect(await latest()).toBeUndefined();
    const sources = await sourcesOf(database.db, company.workspaceId, [company.keyResultId]);
    expect(sources.get(company.keyResultId)).toMatchObject({
      kind: 'sql',
      last: null,
      failure: failed.ok ? '' : failed.words,
    });
  });
});
