import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { countRows, eventTypes, importText } from './cairn.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.close();
});

const company = `version: 1
people:
  ana: { email: ana@acme.example }
  ben: { slack: U01BEN }
teams:
  - { key: checkout, name: Checkout, lead: ana, channel: "#checkout" }
rocks:
  - key: payments
    name: Payments
    aliases: [billing, psp]
    owner: ana
    backups: [ben]
    team: checkout
    channel: "#payments"
    weight: 3
    links: [{ label: Dashboard, url: "https://www.bi.example/payments/?tab=1" }]
  - { key: pricing, name: Pricing, type: activity }
cycles: [{ key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31 }]
objectives:
  - key: reliable
    title: Checkout that just works
    owner: ana
    team: checkout
    cycle: 2026-Q4
    supports: growth
    needs: [checkout]
    key_results:
      - { key: failed-rate, title: Failed payments, owner: ben, backup: ana, type: percent, start: 4.2, target: 2.0, current: 3.1 }
      - { key: launched, title: Launched, type: milestone, commitment: aspirational }
      - { key: found, title: To be found, direction: up, start: baseline, target: 10 }
  - { key: growth, title: Growth, cycle: 2026-Q4 }
cadences:
  - key: weekly
    ritual: okr-check-in
    channel: "#checkout"
    schedule: "0 9 * * MON"
    timezone: Europe/Berlin
    teams: [checkout]
    nudge_after: P1D
`;

async function importOk(text: string, options: string[] = []): Promise<string[]> {
  const run = await importText(database.url, text, options);
  expect(run.err).toEqual([]);
  expect(run.status).toBe(0);
  return run.out;
}

async function ownersOf(rock: string): Promise<(string | null)[]> {
  const rows = await database.db
    .selectFrom('stints as s')
    .innerJoin('rocks as r', 'r.id', 's.rock_id')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .where('r.key', '=', rock)
    .where('s.ended_at', 'is', null)
    .select('p.handle')
    .execute();
  return rows.map((row) => row.handle);
}

test('counts each kind, and says where it went', async () => {
  expect(await importOk(company)).toEqual([
    'people: 2 added, 0 changed, 0 unchanged',
    'teams: 1 added, 0 changed, 0 unchanged',
    'rocks: 2 added, 0 changed, 0 unchanged',
    'cycles: 1 added, 0 changed, 0 unchanged',
    'objectives: 2 added, 0 changed, 0 unchanged',
    'key results: 3 added, 0 changed, 0 unchanged',
    'cadences: 1 added, 0 changed, 0 unchanged',
    'company.yaml is imported into Playground (T0CAIRN).',
  ]);
});

test('the same file twice changes nothing and records nothing, with --overwrite too', async () => {
  await importOk(company);
  const rows = await countRows(database.db);
  for (const options of [[], ['--overwrite']]) {
    const out = await importOk(company, options);
    expect(out.slice(0, -1)).toEqual([
      'people: 0 added, 0 changed, 2 unchanged',
      'teams: 0 added, 0 changed, 1 unchanged',
      'rocks: 0 added, 0 changed, 2 unchanged',
      'cycles: 0 added, 0 changed, 1 unchanged',
      'objectives: 0 added, 0 changed, 2 unchanged',
      'key results: 0 added, 0 changed, 3 unchanged',
      'cadences: 0 added, 0 changed, 1 unchanged',
    ]);
    expect(await countRows(database.db)).toBe(rows);
  }
});

test('every row is an event of the operator', async () => {
  await importOk(company);
  const { types } = await eventTypes(database.db);
  expect([...types].sort()).toEqual(
    [
      ...['channel.created', 'channel.created', 'person.created', 'person.created', 'team.created'],
      ...['rock.created', 'rock.created', 'rock.assigned', 'cycle.created', 'cadence.created'],
      ...['objective.created', 'objective.created'],
      ...['key-result.created', 'key-result.created', 'key-result.created'],
    ].sort(),
  );
  const actors = await database.db.selectFrom('events').select('actor').distinct().execute();
  expect(actors).toEqual([{ actor: 'operator' }]);
});

test('a dry run tells the same and writes nothing, not even the workspace', async () => {
  const rows = await countRows(database.db);
  const out = await importOk(company, ['--dry-run']);
  expect(out.at(0)).toBe('people: 2 would be added, 0 would be changed, 0 unchanged');
  expect(out.at(-1)).toBe('Nothing was written: a dry run of company.yaml into Playground (T0CAIRN).');
  expect(await countRows(database.db)).toBe(rows);
});

test('one mistake, and nothing of the file is written', async () => {
  const run = await importText(database.url, company.replace('schedule: "0 9 * * MON"', 'schedule: never'));
  expect(run.status).toBe(1);
  expect(await countRows(database.db)).toBe(0);
});

test('what the file does not mention any more stays', async () => {
  await importOk(company);
  const rows = await countRows(database.db);
  await importOk('version: 1\n');
  expect(await countRows(database.db)).toBe(rows);
});

describe('rows', () => {
  test('a rock is found by its key, its name and its aliases, and its link by its place', async () => {
    await importOk(company);
    const names = await database.db
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
    const links = await database.db.selectFrom('rock_links').select(['label', 'url', 'place']).execute();
    expect(links).toEqual([
      { label: 'Dashboard', url: 'https://www.bi.example/payments/?tab=1', place: 'bi.example/payments' },
    ]);
  });

  test("a new rock's owner has carried it since now, and confirmed it", async () => {
    await importOk(company);
    const stints = await database.db.selectFrom('stints').selectAll().execute();
    expect(stints).toHaveLength(1);
    expect(stints[0]).toMatchObject({ began: 'created', ended_at: null });
    expect(stints[0]?.confirmed_at?.equals(stints[0].began_at)).toBe(true);
    expect(await ownersOf('payments')).toEqual(['ana']);
  });

  test('measures are completed from what the file says', async () => {
    await importOk(company);
    const measures = await database.db
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
    const rows = await database.db
      .selectFrom('objectives as o')
      .innerJoin('objectives as s', 's.id', 'o.supports_id')
      .select(['o.key', 's.key as supports'])
      .execute();
    expect(rows).toEqual([{ key: 'reliable', supports: 'growth' }]);
  });

  test('a cadence knows its period and its next time in its own zone', async () => {
    await importOk(company);
    const cadence = await database.db.selectFrom('cadences').selectAll().executeTakeFirstOrThrow();
    expect(cadence).toMatchObject({ period: 'week', state: 'active', cycle: 'current', catch_up: 'PT12H' });
    const next = cadence.next_due_at?.toZonedDateTimeISO('Europe/Berlin');
    expect([next?.dayOfWeek, next?.hour, next?.minute]).toEqual([1, 9, 0]);
  });
});

describe('a changed file', () => {
  test('changes what differs, and the event has just that', async () => {
    await importOk(company);
    const { last } = await eventTypes(database.db);
    const out = await importOk(
      company.replace('name: Payments', 'name: Money in').replace('weight: 3', 'weight: 4'),
    );
    expect(out).toContain('rocks: 0 added, 1 changed, 1 unchanged');
    const events = await database.db
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
    const people = await database.db
      .selectFrom('people')
      .select(['handle', 'email'])
      .orderBy('handle')
      .execute();
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
    const { last } = await eventTypes(database.db);
    await importOk(moved);
    expect((await eventTypes(database.db, last)).types).toEqual([]);
    expect(await ownersOf('payments')).toEqual(['ana']);
  });

  test('changes that too with --overwrite, each as an event, and the former stint ends', async () => {
    await importOk(company);
    const { last } = await eventTypes(database.db);
    const out = await importOk(moved, ['--overwrite']);
    expect(out).toContain('rocks: 0 added, 1 changed, 1 unchanged');
    expect((await eventTypes(database.db, last)).types).toEqual([
      'rock.changed',
      'rock.assigned',
      'key-result.changed',
      'cadence.changed',
    ]);
    expect(await ownersOf('payments')).toEqual(['ben']);
    const stints = await database.db
      .selectFrom('stints')
      .select(['began', 'ended_at'])
      .orderBy('id')
      .execute();
    expect(stints.map(({ began, ended_at }) => [began, ended_at === null])).toEqual([
      ['created', false],
      ['assigned', true],
    ]);
    const result = await database.db
      .selectFrom('key_results')
      .select(['current_value'])
      .where('key', '=', 'failed-rate')
      .executeTakeFirstOrThrow();
    expect(result.current_value).toBe(2.5);
    const cadence = await database.db.selectFrom('cadences').select('state').executeTakeFirstOrThrow();
    expect(cadence.state).toBe('paused');
  });

  test('with --overwrite and no owner nobody owns the rock', async () => {
    await importOk(company);
    const { last } = await eventTypes(database.db);
    await importOk(company.replace('owner: ana\n    backups', 'backups'), ['--overwrite']);
    expect(await ownersOf('payments')).toEqual([]);
    expect((await eventTypes(database.db, last)).types).toEqual(['rock.unassigned']);
  });

  test('a baseline that was found, and a value that was answered, are not unsaid', async () => {
    await importOk(company);
    await database.db
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
    await database.db.updateTable('cadences').set({ next_due_at: due }).execute();
    const next = async (): Promise<string | undefined> => {
      const row = await database.db.selectFrom('cadences').select('next_due_at').executeTakeFirstOrThrow();
      return row.next_due_at?.toString();
    };
    await importOk(company.replace('nudge_after: P1D', 'nudge_after: P2D'));
    expect(await next()).toBe(due);
    await importOk(company.replace('0 9 * * MON', '0 9 1 * *'));
    expect(await next()).not.toBe(due);
    const row = await database.db.selectFrom('cadences').select('period').executeTakeFirstOrThrow();
    expect(row.period).toBe('month');
  });
});

describe('who and what Slack knows already', () => {
  test('a member is matched by ID or address, keeps their name, and gets the short name', async () => {
    await importOk('version: 1\n');
    const workspace_id = 'T0CAIRN';
    await database.db
      .insertInto('people')
      .values([
        { workspace_id, slack_id: 'U01ANA', name: 'Ana Souza', email: 'Ana@Acme.example' },
        { workspace_id, slack_id: 'U01BEN', name: 'Ben Okafor', direct_channel: 'D01' },
      ])
      .execute();
    const out = await importOk(company);
    expect(out[0]).toBe('people: 0 added, 2 changed, 0 unchanged');
    const people = await database.db
      .selectFrom('people')
      .select(['handle', 'name', 'email', 'slack_id', 'direct_channel'])
      .orderBy('handle')
      .execute();
    expect(people).toEqual([
      {
        handle: 'ana',
        name: 'Ana Souza',
        email: 'Ana@Acme.example',
        slack_id: 'U01ANA',
        direct_channel: null,
      },
      { handle: 'ben', name: 'Ben Okafor', email: null, slack_id: 'U01BEN', direct_channel: 'D01' },
    ]);
    expect((await importOk(company))[0]).toBe('people: 0 added, 0 changed, 2 unchanged');
  });

  test('somebody who is not in Slack yet is kept, named after the short name', async () => {
    await importOk(company);
    const people = await database.db
      .selectFrom('people')
      .select(['handle', 'name', 'slack_id'])
      .orderBy('handle')
      .execute();
    expect(people).toEqual([
      { handle: 'ana', name: 'Ana', slack_id: null },
      { handle: 'ben', name: 'Ben', slack_id: 'U01BEN' },
    ]);
  });

  test('an address that Slack has told wins over one in the file', async () => {
    await importOk(company);
    await database.db
      .updateTable('people')
      .set({ slack_id: 'U01ANA', email: 'ana.souza@acme.example' })
      .where('handle', '=', 'ana')
      .execute();
    expect((await importOk(company))[0]).toBe('people: 0 added, 0 changed, 2 unchanged');
  });

  test('two short names for one member of Slack are refused', async () => {
    await importOk('version: 1\n');
    const row = { workspace_id: 'T0CAIRN', slack_id: 'U01', name: 'Ana Souza', email: 'ana@acme.example' };
    await database.db.insertInto('people').values(row).execute();
    const run = await importText(
      database.url,
      'version: 1\npeople:\n  ana: { slack: U01 }\n  souza: { email: ana@acme.example }\n',
    );
    expect(run.err).toEqual([
      'company.yaml:4: people.souza: is the same person as "ana" here; use that short name',
      'Nothing was written: 1 problem in company.yaml.',
    ]);
  });

  test('of channels with one name it is the one that Slack has, and is not archived', async () => {
    await importOk('version: 1\n');
    const workspace_id = 'T0CAIRN';
    const inserted = await database.db
      .insertInto('channels')
      .values([
        { workspace_id, name: 'payments' },
        { workspace_id, name: 'payments', slack_id: 'C01', archived_at: '2026-01-01T00:00:00Z' },
        { workspace_id, name: 'payments', slack_id: 'C02' },
      ])
      .returning(['id', 'slack_id'])
      .execute();
    await importOk(company);
    const rock = await database.db
      .selectFrom('rocks')
      .select('channel_id')
      .where('key', '=', 'payments')
      .executeTakeFirstOrThrow();
    expect(inserted.find(({ id }) => id === rock.channel_id)?.slack_id).toBe('C02');
  });
});

test('imports at the same time wait for each other: one adds, the others find', async () => {
  const runs = await Promise.all([1, 2, 3, 4].map(async () => importText(database.url, company)));
  expect(runs.map((run) => run.status)).toEqual([0, 0, 0, 0]);
  const added = runs.map((run) => run.out[2]).sort();
  expect(added).toEqual([
    'rocks: 0 added, 0 changed, 2 unchanged',
    'rocks: 0 added, 0 changed, 2 unchanged',
    'rocks: 0 added, 0 changed, 2 unchanged',
    'rocks: 2 added, 0 changed, 0 unchanged',
  ]);
});
