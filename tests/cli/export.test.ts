import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { seedCompany } from '../../src/playground/sample-company.ts';
import { insertPerson, setClock } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { cairn, importText, type Run } from './cairn.ts';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'cairn-export-'));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});
const { id } = playgroundWorkspace;

async function run(...args: string[]): Promise<Run> {
  const { status, out, err } = await cairn(['export', ...args], { DATABASE_URL: database.url });
  const short = (line: string): string => line.replaceAll(`${folder}/`, '').replaceAll(folder, 'the-folder');
  return { status, out: out.map(short), err: err.map(short) };
}
async function importOk(text: string, ...options: string[]): Promise<void> {
  expect(await importText(database.url, text, options)).toMatchObject({ status: 0, err: [] });
}

const company = `version: 1
people: { ana: { email: ana@x.example }, ben: { slack: U01BEN } }
rocks:
  - { key: payments, name: Payments, owner: ana, owned_since: 2025-03-01, confirmed: 2026-04-02, weight: 1 }
`;

describe('where it goes', () => {
  test('without a file to stdout, and nothing else with it', async () => {
    await importOk(company);
    expect(await run()).toEqual({
      status: 0,
      err: [],
      out: [
        `version: 1

people:
  ana: { email: ana@x.example }
  ben: { slack: U01BEN }

rocks:
  - key: payments
    name: Payments
    owner: ana
    owned_since: 2025-03-01
    confirmed: 2026-04-02`,
      ],
    });
  });

  test('into a file that its owner alone can read, in place of the old one, and nothing is left beside it', async () => {
    await importOk(company);
    const file = join(folder, 'company.yaml');
    expect(await run(file)).toEqual({
      status: 0,
      out: [],
      err: [`Playground (${id}) is exported to company.yaml.`],
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeFile(file, 'old');
    await chmod(file, 0o644);
    await run(file);
    expect(await readFile(file, 'utf8')).toMatch(/^version: 1\n/);
    expect((await stat(file)).mode & 0o777).toBe(0o644);
    expect(await readdir(folder)).toEqual(['company.yaml']);
  });

  test('through a link into the file that it leads to', async () => {
    await importOk(company);
    await mkdir(join(folder, 'real'));
    await writeFile(join(folder, 'real', 'company.yaml'), 'old');
    await symlink(join(folder, 'real', 'company.yaml'), join(folder, 'link.yaml'));
    await run(join(folder, 'link.yaml'));
    expect(await readFile(join(folder, 'real', 'company.yaml'), 'utf8')).toMatch(/^version: 1\n/);
  });

  test('with --history the events beside the file, or alone to stdout, with people and rocks by their names', async () => {
    await importOk(company);
    await importOk(
      company.replace('owner: ana', 'owner: ben').replace('weight: 1', 'weight: 2'),
      '--overwrite',
    );
    expect((await run(join(folder, 'company.yaml'), '--history')).err).toEqual([
      `Playground (${id}) is exported to company.yaml.`,
      'Its history is in company.history.jsonl.',
    ]);
    const text = await readFile(join(folder, 'company.history.jsonl'), 'utf8');
    const { out } = await run('--history');
    expect(text).toBe(out.map((line) => `${line}\n`).join(''));
    const events = out.map((line): Record<string, unknown> => JSON.parse(line));
    expect(events.map(({ at: _at, ...event }) => event).slice(-2)).toEqual([
      {
        actor: 'operator',
        type: 'rock.changed',
        subject: { kind: 'rock', key: 'payments' },
        before: { weight: 1 },
        after: { weight: 2 },
      },
      {
        actor: 'operator',
        type: 'rock.assigned',
        subject: { kind: 'rock', key: 'payments' },
        before: { owner: 'ana' },
        after: { owner: 'ben' },
      },
    ]);
    expect(events[0]?.['at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
  });
});

describe('what it refuses', () => {
  test('a folder, a folder that is not there, and a file that may not be written', async () => {
    await importOk(company);
    expect(await run(folder)).toEqual({ status: 1, out: [], err: ['the-folder is a folder; name a file.'] });
    expect(await run(join(folder, 'no', 'company.yaml'))).toEqual({
      status: 1,
      out: [],
      err: ['There is no folder no.'],
    });
  });

  test('a workspace that is not there, or has nothing yet, and several with none named', async () => {
    expect(await run()).toEqual({
      status: 1,
      out: [],
      err: [`There is nothing to export: Playground (${id}) is not in this database yet.`],
    });
    await insertWorkspace(database.db, { id: 'T1', name: 'One' });
    await insertWorkspace(database.db, { id: 'T2', name: 'Two' });
    expect((await run()).err).toEqual([
      'There are several workspaces; choose one with --workspace: T1 (One), T2 (Two).',
    ]);
    expect((await run('--workspace', 'T3')).err).toEqual([
      'There is no workspace "T3" here; there is T1 (One), T2 (Two).',
    ]);
    expect((await run('--workspace', 'T1')).out).toEqual(['version: 1']);
  });
});

describe('people', () => {
  test('who has no short name gets one of their name, the same every time, and is matched by it again', async () => {
    await insertWorkspace(database.db, { id });
    const given = [
      { name: 'Ana Sørensen', slackId: 'U1', email: 'ana@x.example' },
      { name: 'Ana  Sorensen', slackId: 'U2' },
      { name: '山田', slackId: 'U3', email: 'yamada.taro@x.example' },
      { name: '山田', slackId: 'U4' },
      { name: 'Not in it', slackId: 'U5' },
    ];
    const people = [];
    for (const person of given) people.push(await insertPerson(database.db, id, person));
    const team = await database.db
      .insertInto('teams')
      .values({ workspace_id: id, key: 't', name: 'T' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await database.db
      .insertInto('team_members')
      .values(
        people.slice(0, 4).map((person) => ({ workspace_id: id, team_id: team.id, person_id: person.id })),
      )
      .execute();
    const { out } = await run();
    expect(out).toEqual([
      `version: 1

people:
  ana-sorensen: { email: ana@x.example, slack: U1 }
  ana-sorensen-2: { slack: U2 }
  u4: { slack: U4 }
  yamada-taro: { email: yamada.taro@x.example, slack: U3 }

teams:
  - { key: t, name: T, members: [ana-sorensen, ana-sorensen-2, u4, yamada-taro] }`,
    ]);
    await importOk(`${out[0]}\n`);
    expect((await run()).out).toEqual(out);
  });

  test('what an import would refuse is told, and exported all the same', async () => {
    await importOk(company);
    await database.db
      .updateTable('rocks')
      .set({ name: 'x'.repeat(120) })
      .execute();
    const { status, err } = await run();
    expect([status, err]).toEqual([
      0,
      ['An import would refuse line 9: is 120 characters long; 100 are allowed'],
    ]);
  });

  test('a cadence that comes no more is left out, and named', async () => {
    await setClock(database.db, await insertWorkspace(database.db, { id }), '2026-11-20T14:00:00Z');
    const cadence = (key: string, cycle: string): string =>
      `  - { key: ${key}, ritual: okr-check-in, channel: "#a", schedule: every Monday at 9:00, cycle: ${cycle} }\n`;
    await importOk(
      `version: 1\ncycles: [{ key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31 }]\ncadences:\n${cadence('one', '2026-Q4')}${cadence('two', 'current')}`,
    );
    await setClock(database.db, id, '2027-01-20T14:00:00Z');
    const { out, err } = await run();
    expect(err).toEqual(['Left out, since they come no more: one.']);
    expect(out[0]).toContain('- key: two');
    expect(out[0]).not.toContain('- key: one');
  });
});

test('the sample company comes back as it is, byte by byte, from an empty database', async () => {
  await seedCompany(database.db, 'sample');
  const { out, err } = await run();
  expect(err).toEqual([]);
  const other = await createTestDatabase();
  try {
    await setClock(
      other.db,
      await insertWorkspace(other.db, { id, timezone: 'Europe/Berlin' }),
      '2026-11-20T14:00:00Z',
    );
    expect(await importText(other.url, `${out[0]}\n`)).toMatchObject({ status: 0, err: [] });
    const again = await cairn(['export'], { DATABASE_URL: other.url });
    expect(again.out).toEqual(out);
  } finally {
    await other.close();
  }
});
