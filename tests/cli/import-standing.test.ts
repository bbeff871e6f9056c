import { beforeEach, describe, expect, test } from 'vitest';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { setClock } from '../support/builders.ts';
import { insertWorkspace } from '../support/database.ts';
import { cairn, countRows } from './cairn.ts';
import { importing } from './company.ts';

const { db, url, importOk } = importing();
beforeEach(async () => {
  await insertWorkspace(db(), { id: playgroundWorkspace.id, name: 'Playground', timezone: 'Europe/Berlin' });
  await setClock(db(), playgroundWorkspace.id, '2026-11-20T14:00:00Z');
});

const people =
  'people: { ana: { email: a@x.example }, ben: { email: b@x.example }, chi: { email: c@x.example } }\n';
const file = (...rocks: string[]): string =>
  `version: 1\n${people}rocks:\n${rocks.map((rock) => `  - ${rock}\n`).join('')}`;
const owned = '{ key: payments, name: Payments, owner: ana, owned_since: 2025-03-01, confirmed: 2026-04-02 }';

async function rocksOf(): Promise<string> {
  const { out } = await cairn(['export'], { DATABASE_URL: url() });
  return out.join('\n').split('rocks:\n')[1] ?? '';
}
const stints = async () =>
  await db()
    .selectFrom('stints as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .select(['p.handle', 's.began', 's.ended', 's.began_at', 's.ended_at', 's.confirmed_at'])
    .orderBy('s.id')
    .execute();

describe('a new rock', () => {
  test('has been carried since the beginning of its day in the zone of the workspace', async () => {
    await importOk(file(owned));
    const [stint] = await stints();
    expect([`${stint?.began_at}`, `${stint?.confirmed_at}`, stint?.began]).toEqual([
      '2025-02-28T23:00:00Z',
      '2026-04-01T22:00:00Z',
      'created',
    ]);
  });

  test('that was confirmed and does not say since when is carried since then; one that is not confirmed, since now', async () => {
    await importOk(
      file(
        '{ key: a, name: A, owner: ana, confirmed: 2026-04-02 }',
        '{ key: b, name: B, owner: ana, confirmed: false, acting: true }',
      ),
    );
    expect(await rocksOf()).toContain('owned_since: 2026-04-02\n    confirmed: 2026-04-02');
    expect(await rocksOf()).toContain('acting: true\n    owned_since: 2026-11-20\n    confirmed: false');
  });

  test('may be set down or retired into one that comes later in the file', async () => {
    await importOk(
      file(
        '{ key: a, name: A, retired: { why: Over, into: b } }',
        '{ key: b, name: B, set_down: { why: Later, by: chi, on: 2026-05-01, look_again: 2027-01-11 } }',
      ),
    );
    const rows = await db()
      .selectFrom('rocks as r')
      .leftJoin('rocks as s', 's.id', 'r.successor_id')
      .select(['r.key', 'r.state', 'r.set_down_at', 'r.look_again_on', 'r.retired_at', 's.key as into'])
      .orderBy('r.key')
      .execute();
    expect(
      rows.map((row) => Object.values(row).map((value) => (value === null ? null : `${value}`))),
    ).toEqual([
      ['a', 'retired', null, null, '2026-11-20T14:00:00Z', 'b'].map(
        (value) => value && expect.stringContaining(value.slice(0, 15)),
      ),
      ['b', 'set-down', '2026-04-30T22:00:00Z', '2027-01-11', null, null],
    ]);
  });

  test('that is lent returns at the end of its last day where its owner lives', async () => {
    await db()
      .insertInto('people')
      .values({
        workspace_id: playgroundWorkspace.id,
        slack_id: 'U1',
        name: 'Ana',
        email: 'a@x.example',
        timezone: 'America/New_York',
      })
      .execute();
    await importOk(file('{ key: a, name: A, owner: ana, lent: { to: ben, until: 2026-12-24 } }'));
    const steps = await db().selectFrom('handoff_steps').select(['step', 'due_at']).execute();
    expect(steps.map(({ step, due_at }) => [step, `${due_at}`])).toEqual([
      ['return', '2026-12-25T05:00:00Z'],
    ]);
  });
});

describe('a rock that is there', () => {
  test('keeps how it stands, with all that people made of it', async () => {
    await importOk(file(owned));
    const rows = await countRows(db());
    const before = await rocksOf();
    await importOk(file('{ key: payments, name: Payments, set_down: { why: Later } }'));
    await importOk(
      file(
        '{ key: payments, name: Payments, owner: ana, lent: { to: ben, until: 2026-12-24 }, acting: true, confirmed: false }',
      ),
    );
    expect(await rocksOf()).toBe(before);
    expect(await countRows(db())).toBe(rows);
  });

  test('is the file’s with --overwrite, step by step, and each step is stable', async () => {
    const options = ['--overwrite'];
    const steps: [rock: string, shown: string][] = [
      [owned, 'owner: ana\n    owned_since: 2025-03-01\n    confirmed: 2026-04-02\n'],
      [
        '{ key: payments, name: Payments, owner: ana, owned_since: 2025-06-01, confirmed: false, acting: true }',
        'owner: ana\n    acting: true\n    owned_since: 2025-06-01\n    confirmed: false\n',
      ],
      [
        '{ key: payments, name: Payments, owner: ana, lent: { to: ben, until: 2026-12-24 } }',
        'confirmed: false\n    lent: { to: ben, until: 2026-12-24 }\n',
      ],
      [
        '{ key: payments, name: Payments, owner: ana, lent: { to: chi, until: 2026-12-24 } }',
        'lent: { to: chi, until: 2026-12-24 }\n',
      ],
      [
        '{ key: payments, name: Payments, owner: ben, owned_since: 2025-03-01, confirmed: 2026-04-02 }',
        'owner: ben\n    owned_since: 2026-11-20\n    confirmed: 2026-11-20\n',
      ],
      [
        '{ key: payments, name: Payments, set_down: { why: Later, on: 2026-05-01 } }',
        'set_down: { on: 2026-05-01, why: Later }\n',
      ],
      [
        '{ key: payments, name: Payments, owner: chi, acting: false }',
        'owner: chi\n    owned_since: 2026-11-20\n    confirmed: 2026-11-20\n',
      ],
      ['{ key: payments, name: Payments, retired: { on: 2026-11-01 } }', 'retired: { on: 2026-11-01 }\n'],
      ['{ key: payments, name: Payments }', 'name: Payments\n'],
    ];
    for (const [rock, shown] of steps) {
      await importOk(file(rock), options);
      const text = `${await rocksOf()}\n`;
      expect(text).toContain(shown);
      const rows = await countRows(db());
      expect(await importOk(file(rock), options)).toContain('rocks: 0 added, 0 changed, 1 unchanged');
      expect(await countRows(db())).toBe(rows);
    }
    expect((await stints()).map(({ handle, began, ended }) => [handle, began, ended])).toEqual([
      ['ana', 'acting', 'imported'],
      ['ben', 'assigned', 'imported'],
      ['chi', 'assigned', 'imported'],
    ]);
    const loans = await db().selectFrom('handoffs').select(['state']).orderBy('id').execute();
    expect(loans.map(({ state }) => state)).toEqual(['completed', 'completed']);
    expect(await db().selectFrom('handoff_steps').selectAll().execute()).toEqual([]);
  });

  test('nobody carries a rock while somebody else did: the earlier days of a new owner stay theirs alone', async () => {
    await importOk(file(owned));
    await importOk(file('{ key: payments, name: Payments, owner: ben, owned_since: 2025-01-01 }'), [
      '--overwrite',
    ]);
    const [ana, ben] = await stints();
    expect(ben?.began_at.toString()).toBe(ana?.ended_at?.toString());
  });
});

test('settings, limits, admins and members are kept, and a team may be seen by them', async () => {
  await importOk(
    `version: 1\nsettings: { backpack_limit: 12, release_after: PT48H, product_operations: "#ops", leaders: "#leads" }\npeople: { ana: { email: a@x.example, limit: 9, admin: true }, ben: { email: b@x.example } }\nteams: [{ key: t, name: T, members: [ben] }]\nrocks: [{ key: a, name: A, team: t, visibility: team }, { key: b, name: B, visibility: [ben] }, { key: c, name: C, visibility: [] }]\n`,
  );
  const { rows } = await db()
    .selectFrom('rocks')
    .innerJoin('people', 'people.workspace_id', 'rocks.workspace_id')
    .select(['rocks.key', 'people.handle'])
    .where((eb) => eb(eb.fn<boolean>('sees', [eb.table('rocks'), 'people.id']), '=', true))
    .orderBy('people.handle')
    .orderBy('rocks.key')
    .execute()
    .then((all) => ({ rows: all.map(({ key, handle }) => `${handle} ${key}`) }));
  expect(rows).toEqual(['ana a', 'ana b', 'ana c', 'ben a', 'ben b']);
  const workspace = await db()
    .selectFrom('workspaces as w')
    .leftJoin('channels as c', 'c.id', 'w.leaders_channel_id')
    .select(['backpack_limit', 'release_after_hours', 'c.name'])
    .executeTakeFirstOrThrow();
  expect(workspace).toEqual({ backpack_limit: 12, release_after_hours: 48, name: 'leads' });
});
