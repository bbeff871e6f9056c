import { describe, expect, test } from 'vitest';
import { company, importing, ownersOf } from './company.ts';

const { db, importOk } = importing();

describe('rows', () => {
  test('a rock is found by its key, its name and its aliases, and its link by its place', async () => {
    await importOk(company);
    const names = await db()
      .selectFrom('rock_names')
      .innerJoin('rocks', 'rocks.id', 'rock_names.rock_id')
      .where('rocks.key', '=', 'payments')
      .select(['kind', 'position', 'rock_names.name', 'normal'])
      .orderBy('kind')
      .orderBy('position')
      .execute();
    expect(names).toEqual([
      { kind: 'alias', position: 0, name: 'billing', normal: 'billing' },
      { kind: 'alias', position: 1, name: 'psp', normal: 'psp' },
      { kind: 'key', position: 0, name: 'payments', normal: 'payment' },
      { kind: 'name', position: 0, name: 'Payments', normal: 'payment' },
    ]);
    const links = await db().selectFrom('rock_links').select(['label', 'url', 'place']).execute();
    expect(links).toEqual([
      { label: 'Dashboard', url: 'https://www.bi.example/payments/?tab=1', place: 'bi.example/payments' },
    ]);
  });

  test("a new rock's owner has carried it since now, and confirmed it", async () => {
    await importOk(company);
    const stints = await db().selectFrom('stints').selectAll().execute();
    expect(stints).toHaveLength(1);
    expect(stints[0]).toMatchObject({ began: 'created', ended_at: null });
    expect(stints[0]?.confirmed_at?.equals(stints[0].began_at)).toBe(true);
    expect(await ownersOf(db(), 'payments')).toEqual(['ana']);
  });

  test('measures are completed from what the file says', async () => {
    await importOk(company);
    const measures = await db()
      .selectFrom('key_results')
      .select(['key', 'direction', 'start_value', 'target_value', 'current_value', 'commitment'])
      .orderBy('position')
      .execute();
    expect(measures).toEqual([
      {
        key: 'failed-rate',
        direction: 'down',
        start_value: 4.2,
        target_value: 2,
        current_value: 3.1,
        commitment: 'committed',
      },
      {
        key: 'launched',
        direction: 'up',
        start_value: 0,
        target_value: 1,
        current_value: null,
        commitment: 'aspirational',
      },
      {
        key: 'found',
        direction: 'up',
        start_value: null,
        target_value: 10,
        current_value: null,
        commitment: 'committed',
      },
    ]);
  });

  test('an objective may support one that comes later in the file', async () => {
    await importOk(company);
    const rows = await db()
      .selectFrom('objectives as o')
      .innerJoin('objectives as s', 's.id', 'o.supports_id')
      .select(['o.key', 's.key as supports'])
      .execute();
    expect(rows).toEqual([{ key: 'reliable', supports: 'growth' }]);
  });

  test('a cadence knows its period and its next time in its own zone', async () => {
    await importOk(company);
    const cadence = await db().selectFrom('cadences').selectAll().executeTakeFirstOrThrow();
    expect(cadence).toMatchObject({ period: 'week', state: 'active', cycle: 'current', catch_up: 'PT12H' });
    const next = cadence.next_due_at?.toZonedDateTimeISO('Europe/Berlin');
    expect([next?.dayOfWeek, next?.hour, next?.minute]).toEqual([1, 9, 0]);
  });
});
