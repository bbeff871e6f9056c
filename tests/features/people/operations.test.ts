import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Directory } from '../../../src/features/people/directory.ts';
import {
  admit,
  findPersonById,
  meet,
  syncDirectory,
  whoIsMeant,
} from '../../../src/features/people/operations.ts';
import { insertChannel, insertPerson } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { fakeDirectory, slackChannel, slackUser } from './fake-directory.ts';

let database: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Lisbon' });
});
afterAll(async () => {
  await database.close();
});

const deps = (directory: Directory = fakeDirectory()) => ({ db: database.db, directory });
const as = (slackUserId: string) => ({ workspaceId, slackUserId });

async function slackIds(table: 'people' | 'channels'): Promise<(string | null)[]> {
  const rows = await database.db
    .selectFrom(table)
    .select('slack_id')
    .where('workspace_id', '=', workspaceId)
    .orderBy('slack_id')
    .execute();
  return rows.map((row) => row.slack_id);
}

describe('who presses or types', () => {
  test('is let in as a full member, without a question to Slack', async () => {
    await insertPerson(database.db, workspaceId, { slackId: 'U1', name: 'Ana' });
    const directory = fakeDirectory();
    const admitted = await admit(deps(directory), as('U1'));
    expect(admitted).toMatchObject({ ok: true, value: { slackId: 'U1', name: 'Ana', kind: 'member' } });
    expect(directory.asked).toEqual([]);
  });

  test("lives in their own zone, or in the workspace's where Slack does not say", async () => {
    await insertPerson(database.db, workspaceId, { slackId: 'U1', timezone: 'Asia/Tokyo' });
    await insertPerson(database.db, workspaceId, { slackId: 'U2' });
    expect(await admit(deps(), as('U1'))).toMatchObject({ value: { timezone: 'Asia/Tokyo' } });
    expect(await admit(deps(), as('U2'))).toMatchObject({ value: { timezone: 'Europe/Lisbon' } });
  });

  test.each(['guest', 'bot', 'outsider'] as const)(
    'is refused as a %s, with a friendly line',
    async (kind) => {
      await insertPerson(database.db, workspaceId, { slackId: 'U1', kind });
      expect(await admit(deps(), as('U1'))).toMatchObject({ ok: false, code: 'not-a-member' });
    },
  );

  test('is refused once they are deactivated', async () => {
    await insertPerson(database.db, workspaceId, { slackId: 'U1', isDeactivated: true });
    expect(await admit(deps(), as('U1'))).toMatchObject({ ok: false, code: 'deactivated' });
  });

  test('is looked up in Slack once when they are new', async () => {
    const directory = fakeDirectory({ users: [[slackUser('U1', { name: 'Ana' })]] });
    expect(await admit(deps(directory), as('U1'))).toMatchObject({ ok: true, value: { name: 'Ana' } });
    expect(await admit(deps(directory), as('U1'))).toMatchObject({ ok: true });
    expect(directory.asked).toEqual(['U1']);
  });

  test('is one person, however often they press at once while they are new', async () => {
    const directory = fakeDirectory({ users: [[slackUser('U1', { email: 'ana@acme.example' })]] });
    const admitted = await Promise.all(Array.from({ length: 10 }, () => admit(deps(directory), as('U1'))));
    expect(new Set(admitted.map((result) => (result.ok ? result.value.id : null))).size).toBe(1);
    expect(await slackIds('people')).toEqual(['U1']);
  });

  test('is refused as somebody new of another company, and remembered as that', async () => {
    const directory = fakeDirectory({ users: [[slackUser('U1', { kind: 'outsider' })]] });
    expect(await admit(deps(directory), as('U1'))).toMatchObject({ ok: false, code: 'not-a-member' });
    expect(await admit(deps(directory), as('U1'))).toMatchObject({ ok: false, code: 'not-a-member' });
    expect(directory.asked).toEqual(['U1']);
  });

  test('is refused when Slack does not know them either', async () => {
    expect(await admit(deps(), as('U404'))).toMatchObject({ ok: false, code: 'not-a-member' });
    expect(await slackIds('people')).toEqual([]);
  });

  test('is not let in by a row of another workspace', async () => {
    const other = await insertWorkspace(database.db);
    await insertPerson(database.db, other, { slackId: 'U1' });
    expect(await admit(deps(), as('U1'))).toMatchObject({ ok: false });
  });

  test('is nobody while Slack cannot be asked: the trouble is not taken for an answer', async () => {
    const directory = fakeDirectory();
    directory.findUser = async () => {
      throw new Error('Slack is down');
    };
    await expect(admit(deps(directory), as('U1'))).rejects.toThrow('Slack is down');
    expect(await meet(deps(fakeDirectory({ users: [[slackUser('U1')]] })), workspaceId, 'U1')).toBeDefined();
  });
});

describe('whom a command names', () => {
  const named = (name: string) => whoIsMeant(deps(), workspaceId, { slackId: null, name });

  test('is found by a mention, and looked up in Slack when they are new', async () => {
    const directory = fakeDirectory({ users: [[slackUser('U1', { name: 'Ana' })]] });
    const meant = await whoIsMeant(deps(directory), workspaceId, { slackId: 'U1', name: 'whatever' });
    expect(meant).toMatchObject({ ok: true, value: { slackId: 'U1', name: 'Ana' } });
  });

  test('is found by the short name of the file, before anybody of that name', async () => {
    await insertPerson(database.db, workspaceId, { slackId: 'U1', name: 'ana' });
    await insertPerson(database.db, workspaceId, { slackId: 'U2', name: 'Ana Lovelace', handle: 'ana' });
    expect(await named('ANA')).toMatchObject({ ok: true, value: { slackId: 'U2' } });
  });

  test('is found by the name that Slack shows, in whatever case', async () => {
    await insertPerson(database.db, workspaceId, { slackId: 'U1', name: 'Ana Lovelace' });
    expect(await named('ana lovelace')).toMatchObject({ ok: true, value: { slackId: 'U1' } });
  });

  test('is nobody when two share the name', async () => {
    await insertPerson(database.db, workspaceId, { slackId: 'U1', name: 'Ana' });
    await insertPerson(database.db, workspaceId, { slackId: 'U2', name: 'ana' });
    expect(await named('ana')).toMatchObject({ ok: false, code: 'unknown-person' });
  });

  test('is nobody when the name is of another workspace', async () => {
    await insertPerson(database.db, await insertWorkspace(database.db), { name: 'Ana', handle: 'ana' });
    const meant = await named('ana');
    expect(meant).toMatchObject({ ok: false, code: 'unknown-person' });
    expect(meant).toHaveProperty('words', expect.stringContaining('@ana'));
  });

  test('cannot write a mention of their own into the answer', async () => {
    const meant = await named('<!channel>');
    expect(meant).toHaveProperty('words', expect.stringContaining('&lt;!channel&gt;'));
  });

  test('may have left: who asks is told of them all the same', async () => {
    await insertPerson(database.db, workspaceId, { slackId: 'U1', name: 'Ana', isDeactivated: true });
    expect(await named('ana')).toMatchObject({ ok: true, value: { isDeactivated: true } });
  });
});

test('a person is found by id in their own workspace alone', async () => {
  const ana = await insertPerson(database.db, workspaceId, { name: 'Ana' });
  const other = await insertWorkspace(database.db);
  expect(await findPersonById(database.db, workspaceId, ana.id)).toMatchObject({ ok: true, value: ana });
  expect(await findPersonById(database.db, other, ana.id)).toMatchObject({ ok: false });
});

describe("Slack's directory", () => {
  const acme = () =>
    fakeDirectory({
      users: [
        [slackUser('U1', { email: 'ana@acme.example' }), slackUser('U2')],
        [slackUser('U3', { kind: 'bot' })],
      ],
      channels: [[slackChannel('C1', 'checkout')], [slackChannel('C2', 'risk')]],
    });

  test('is read whole, page by page', async () => {
    await syncDirectory(deps(acme()), workspaceId);
    expect(await slackIds('people')).toEqual(['U1', 'U2', 'U3']);
    expect(await slackIds('channels')).toEqual(['C1', 'C2']);
  });

  test('read again, or by two replicas at once, changes nothing', async () => {
    await Promise.all([
      syncDirectory(deps(acme()), workspaceId),
      syncDirectory(deps(acme()), workspaceId),
      syncDirectory(deps(acme()), workspaceId),
    ]);
    await syncDirectory(deps(acme()), workspaceId);
    expect(await slackIds('people')).toEqual(['U1', 'U2', 'U3']);
    expect(await slackIds('channels')).toEqual(['C1', 'C2']);
  });

  test('that breaks off leaves the pages that were read', async () => {
    const broken: Directory = {
      ...acme(),
      async *users() {
        yield [slackUser('U1')];
        throw new Error('Slack is down');
      },
    };
    await expect(syncDirectory(deps(broken), workspaceId)).rejects.toThrow('Slack is down');
    expect(await slackIds('people')).toEqual(['U1']);
  });

  test.each(['users', 'channels'] as const)('without its %s still has the rest', async (missing) => {
    const broken: Directory = acme();
    // biome-ignore lint/correctness/useYield: it breaks before the first page
    broken[missing] = async function* () {
      throw new Error('unknown_method');
    };
    await expect(syncDirectory(deps(broken), workspaceId)).rejects.toThrow('unknown_method');
    expect(await slackIds('people')).toEqual(missing === 'users' ? [] : ['U1', 'U2', 'U3']);
    expect(await slackIds('channels')).toEqual(missing === 'channels' ? [] : ['C1', 'C2']);
  });

  test('that fails throughout says what failed first', async () => {
    const broken: Directory = acme();
    for (const part of ['users', 'channels'] as const) {
      // biome-ignore lint/correctness/useYield: it breaks before the first page
      broken[part] = async function* () {
        throw new Error(`no ${part}`);
      };
    }
    await expect(syncDirectory(deps(broken), workspaceId)).rejects.toThrow('no users');
  });

  test('finds the people and channels that a file named', async () => {
    const ana = await insertPerson(database.db, workspaceId, { email: 'ana@acme.example', slackId: null });
    const checkout = await insertChannel(database.db, workspaceId, 'checkout', null);
    await syncDirectory(deps(acme()), workspaceId);
    expect(await findPersonById(database.db, workspaceId, ana.id)).toMatchObject({
      value: { slackId: 'U1' },
    });
    const channel = await database.db
      .selectFrom('channels')
      .select('slack_id')
      .where('id', '=', checkout.id)
      .executeTakeFirstOrThrow();
    expect(channel.slack_id).toBe('C1');
  });
});
