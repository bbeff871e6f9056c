import { describe, expect, test } from 'vitest';
import { eventTypes } from './cairn.ts';
import { company, importing, ownersOf } from './company.ts';

const { db, importOk } = importing();

describe('a changed file', () => {
  test('changes what differs, and the event has just that', async () => {
    await importOk(company);
    const { last } = await eventTypes(db());
    const out = await importOk(
      company.replace('name: Payments', 'name: Money in').replace('weight: 3', 'weight: 4'),
    );
    expect(out).toContain('rocks: 0 added, 1 changed, 1 unchanged');
    const events = await db()
      .selectFrom('events')
      .select(['type', 'before', 'after'])
      .where('id', '>', last)
      .execute();
    expect(events).toEqual([
      {
        type: 'rock.changed',
        before: { name: 'Payments', weight: 3 },
        after: { name: 'Money in', weight: 4 },
      },
    ]);
  });

  test('an alias may move from one rock to another, and two people may trade addresses', async () => {
    await importOk(
      'version: 1\npeople:\n  a: { email: a@x.example }\n  b: { email: b@x.example }\nrocks: [{ key: a, name: A1, aliases: [moves] }, { key: b, name: B1 }]\n',
    );
    const out = await importOk(
      'version: 1\npeople:\n  a: { email: b@x.example }\n  b: { email: a@x.example }\nrocks: [{ key: a, name: A1 }, { key: b, name: B1, aliases: [moves] }]\n',
    );
    expect(out.slice(0, 2)).toEqual([
      'people: 0 added, 2 changed, 0 unchanged',
      'rocks: 0 added, 2 changed, 0 unchanged',
    ]);
    const people = await db().selectFrom('people').select(['handle', 'email']).orderBy('handle').execute();
    expect(people).toEqual([
      { handle: 'a', email: 'b@x.example' },
      { handle: 'b', email: 'a@x.example' },
    ]);
  });

  const moved = company
    .replace('owner: ana\n    backups: [ben]', 'owner: ben\n    backups: [ana]')
    .replace('owner: ben, backup: ana', 'owner: ana, backup: ben')
    .replace('current: 3.1', 'current: 2.5')
    .replace('nudge_after: P1D', 'nudge_after: P1D\n    state: paused');

  test('leaves alone what people change in Slack', async () => {
    await importOk(company);
    const { last } = await eventTypes(db());
    await importOk(moved);
    expect((await eventTypes(db(), last)).types).toEqual([]);
    expect(await ownersOf(db(), 'payments')).toEqual(['ana']);
  });

  test('changes that too with --overwrite, each as an event, and the former stint ends', async () => {
    await importOk(company);
    const { last } = await eventTypes(db());
    const out = await importOk(moved, ['--overwrite']);
    expect(out).toContain('rocks: 0 added, 1 changed, 1 unchanged');
    expect((await eventTypes(db(), last)).types).toEqual([
      'rock.changed',
      'rock.assigned',
      'key-result.changed',
      'cadence.changed',
    ]);
    expect(await ownersOf(db(), 'payments')).toEqual(['ben']);
    const stints = await db().selectFrom('stints').select(['began', 'ended_at']).orderBy('id').execute();
    expect(stints.map(({ began, ended_at }) => [began, ended_at === null])).toEqual([
      ['created', false],
      ['assigned', true],
    ]);
    const result = await db()
      .selectFrom('key_results')
      .select(['current_value'])
      .where('key', '=', 'failed-rate')
      .executeTakeFirstOrThrow();
    expect(result.current_value).toBe(2.5);
    const cadence = await db().selectFrom('cadences').select('state').executeTakeFirstOrThrow();
    expect(cadence.state).toBe('paused');
  });

  test('with --overwrite and no owner nobody owns the rock', async () => {
    await importOk(company);
    const { last } = await eventTypes(db());
    await importOk(company.replace('owner: ana\n    backups', 'backups'), ['--overwrite']);
    expect(await ownersOf(db(), 'payments')).toEqual([]);
    expect((await eventTypes(db(), last)).types).toEqual(['rock.unassigned']);
  });

  test('a baseline that was found, and a value that was answered, are not unsaid', async () => {
    await importOk(company);
    await db()
      .updateTable('key_results')
      .set({ start_value: 7, current_value: 8 })
      .where('key', '=', 'found')
      .execute();
    const out = await importOk(company, ['--overwrite']);
    expect(out).toContain('key results: 0 added, 0 changed, 3 unchanged');
  });

  test("a cadence's next time is found anew when its rule or zone changes, and only then", async () => {
    await importOk(company);
    const due = '2026-01-05T08:00:00Z';
    await db().updateTable('cadences').set({ next_due_at: due }).execute();
    const next = async (): Promise<string | undefined> => {
      const row = await db().selectFrom('cadences').select('next_due_at').executeTakeFirstOrThrow();
      return row.next_due_at?.toString();
    };
    await importOk(company.replace('nudge_after: P1D', 'nudge_after: P2D'));
    expect(await next()).toBe(due);
    await importOk(company.replace('0 9 * * MON', '0 9 1 * *'));
    expect(await next()).not.toBe(due);
    const row = await db().selectFrom('cadences').select('period').executeTakeFirstOrThrow();
    expect(row.period).toBe('month');
  });
});
