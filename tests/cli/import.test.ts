import { expect, test } from 'vitest';
import { countRows, eventTypes } from './cairn.ts';
import { company, importing } from './company.ts';

const { db, importAny, importOk } = importing();

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
  const rows = await countRows(db());
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
    expect(await countRows(db())).toBe(rows);
  }
});

test('every row is an event of the operator', async () => {
  await importOk(company);
  const { types } = await eventTypes(db());
  expect([...types].sort()).toEqual(
    [
      ...['channel.created', 'channel.created', 'person.created', 'person.created', 'team.created'],
      ...['rock.created', 'rock.created', 'rock.assigned', 'cycle.created', 'cadence.created'],
      ...['objective.created', 'objective.created'],
      ...['key-result.created', 'key-result.created', 'key-result.created'],
    ].sort(),
  );
  const actors = await db().selectFrom('events').select('actor').distinct().execute();
  expect(actors).toEqual([{ actor: 'operator' }]);
});

test('a dry run tells the same and writes nothing, not even the workspace', async () => {
  const rows = await countRows(db());
  const out = await importOk(company, ['--dry-run']);
  expect(out).toContain('people: 2 would be added, 0 would be changed, 0 unchanged');
  expect(out.at(-1)).toBe('Nothing was written: a dry run of company.yaml into Playground (T0CAIRN).');
  expect(await countRows(db())).toBe(rows);
});

test('one mistake, and nothing of the file is written', async () => {
  const run = await importAny(company.replace('schedule: "0 9 * * MON"', 'schedule: never'));
  expect(run.status).toBe(1);
  expect(await countRows(db())).toBe(0);
});

test('what the file does not mention any more stays', async () => {
  await importOk(company);
  const rows = await countRows(db());
  await importOk('version: 1\n');
  expect(await countRows(db())).toBe(rows);
});

test('imports at the same time wait for each other: one adds, the others find', async () => {
  const runs = await Promise.all([1, 2, 3, 4].map(async () => importAny(company)));
  expect(runs.map((run) => run.status)).toEqual([0, 0, 0, 0]);
  const added = runs.map((run) => run.out[2]).sort();
  expect(added).toEqual([
    'rocks: 0 added, 0 changed, 2 unchanged',
    'rocks: 0 added, 0 changed, 2 unchanged',
    'rocks: 0 added, 0 changed, 2 unchanged',
    'rocks: 2 added, 0 changed, 0 unchanged',
  ]);
});
