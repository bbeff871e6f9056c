import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SlackChannel, SlackUser } from '../../../src/features/people/core/slack-user.ts';
import { keepChannel, keepUser } from '../../../src/features/people/operations.ts';
import {
  findUnmatched,
  markArchived,
  markUnarchived,
  saveWorkspace,
} from '../../../src/features/people/store.ts';
import { openDatabase } from '../../../src/platform/db/database.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { insertChannel, insertPerson, slackId } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { fakeDirectory } from './fake-directory.ts';

let database: TestDatabase;
let workspace: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspace = await insertWorkspace(database.db);
});
afterAll(async () => {
  await database.close();
});

const directory = fakeDirectory();

async function save(user: Partial<SlackUser> & { slackId: string }, db = database.db): Promise<void> {
  await keepUser({ db, directory }, workspace, {
    name: 'Ana',
    email: null,
    timezone: 'Europe/Berlin',
    kind: 'member',
    isSlackAdmin: false,
    isDeactivated: false,
    ...user,
  });
}

async function saveChannel(channel: Partial<SlackChannel> & { slackId: string; name: string }) {
  await keepChannel({ db: database.db, directory }, workspace, {
    isPrivate: false,
    hasCairn: false,
    isArchived: false,
    ...channel,
  });
}

async function people() {
  return await database.db
    .selectFrom('people')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .orderBy('id')
    .execute();
}

async function channels() {
  return await database.db
    .selectFrom('channels')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .orderBy('id')
    .execute();
}

describe('a user of Slack', () => {
  test('who is new gets a row with all that Slack says', async () => {
    await save({ slackId: 'U1', name: 'Ana', email: 'Ana@acme.example', isSlackAdmin: true });
    expect(await people()).toMatchObject([
      {
        slack_id: 'U1',
        name: 'Ana',
        email: 'Ana@acme.example',
        timezone: 'Europe/Berlin',
        kind: 'member',
        is_slack_admin: true,
        deactivated_at: null,
      },
    ]);
  });

  test('who was imported by e-mail before is the same person, in whatever case the address is written', async () => {
    const imported = await insertPerson(database.db, workspace, {
      handle: 'ana',
      name: 'Ana of the file',
      email: 'ANA@acme.example',
      slackId: null,
    });
    await save({ slackId: 'U1', name: 'Ana', email: 'ana@acme.example' });
    expect(await people()).toMatchObject([{ id: imported.id, handle: 'ana', slack_id: 'U1', name: 'Ana' }]);
  });

  test('whose address another member has already is kept apart from them, without it', async () => {
    await save({ slackId: 'U1', email: 'shared@acme.example' });
    await save({ slackId: 'U2', name: 'Ben', email: 'Shared@acme.example' });
    expect(await people()).toMatchObject([
      { slack_id: 'U1', email: 'shared@acme.example' },
      { slack_id: 'U2', name: 'Ben', email: null },
    ]);
  });

  test('who is known takes over no imported row whose address they get later', async () => {
    await save({ slackId: 'U1', email: null });
    await insertPerson(database.db, workspace, { handle: 'ana', email: 'ana@acme.example', slackId: null });
    await save({ slackId: 'U1', email: 'ana@acme.example' });
    expect(await people()).toMatchObject([
      { slack_id: 'U1', handle: null, email: null },
      { slack_id: null, handle: 'ana', email: 'ana@acme.example' },
    ]);
  });

  test('without an address matches nobody without one', async () => {
    await insertPerson(database.db, workspace, { handle: 'ana', slackId: null });
    await save({ slackId: 'U1', email: null });
    expect(await people()).toMatchObject([{ slack_id: null }, { slack_id: 'U1' }]);
  });

  test('who was imported in another workspace is somebody else', async () => {
    const other = await insertWorkspace(database.db);
    await insertPerson(database.db, other, { handle: 'ana', email: 'ana@acme.example', slackId: null });
    await save({ slackId: 'U1', email: 'ana@acme.example' });
    expect(await people()).toMatchObject([{ slack_id: 'U1', handle: null, email: 'ana@acme.example' }]);
  });

  test('gets a new name, address and zone, and keeps the old ones where Slack says nothing', async () => {
    await save({ slackId: 'U1', name: 'Ana', email: 'ana@acme.example' });
    await save({ slackId: 'U1', name: 'Anna', email: 'anna@acme.example', timezone: 'Asia/Tokyo' });
    expect(await people()).toMatchObject([
      { name: 'Anna', email: 'anna@acme.example', timezone: 'Asia/Tokyo' },
    ]);
    await save({ slackId: 'U1', name: 'Anna', email: null, timezone: null });
    expect(await people()).toMatchObject([{ email: 'anna@acme.example', timezone: 'Asia/Tokyo' }]);
  });

  test('keeps the direct channel that was opened and the short name of the file', async () => {
    await insertPerson(database.db, workspace, { handle: 'ana', slackId: 'U1', directChannel: 'D1' });
    await save({ slackId: 'U1', name: 'Anna' });
    expect(await people()).toMatchObject([{ handle: 'ana', direct_channel: 'D1', name: 'Anna' }]);
  });

  test('who is deactivated stays so since the first time it was told, and can come back', async () => {
    await save({ slackId: 'U1' });
    await save({ slackId: 'U1', isDeactivated: true });
    const [left] = await people();
    expect(left?.deactivated_at).not.toBeNull();
    await save({ slackId: 'U1', isDeactivated: true });
    const [still] = await people();
    expect(still?.deactivated_at?.toString()).toBe(left?.deactivated_at?.toString());
    await save({ slackId: 'U1', isDeactivated: false });
    expect(await people()).toMatchObject([{ deactivated_at: null }]);
  });

  test.each(['guest', 'bot', 'outsider'] as const)(
    'who is a %s is kept as one, until they are a member',
    async (kind) => {
      await save({ slackId: 'U1', kind });
      expect(await people()).toMatchObject([{ kind }]);
      await save({ slackId: 'U1', kind: 'member' });
      expect(await people()).toMatchObject([{ kind: 'member' }]);
    },
  );

  test('whom two replicas hear of at once gets one row', async () => {
    const replica = openDatabase(database.url, { connections: 10 });
    try {
      await insertPerson(database.db, workspace, { handle: 'ana', email: 'ana@acme.example', slackId: null });
      const users = Array.from({ length: 20 }, (_, index) =>
        save(
          {
            slackId: index % 4 < 2 ? 'U1' : 'U2',
            email: index % 4 < 2 ? 'ana@acme.example' : 'ben@acme.example',
          },
          index % 2 === 0 ? database.db : replica,
        ),
      );
      await Promise.all(users);
      const rows = await people();
      expect(rows.map((row) => [row.slack_id, row.email]).sort()).toEqual([
        ['U1', 'ana@acme.example'],
        ['U2', 'ben@acme.example'],
      ]);
    } finally {
      await replica.destroy();
    }
  });
});

describe('a channel of Slack', () => {
  test('that a file named before gets its id', async () => {
    const named = await insertChannel(database.db, workspace, 'checkout', null);
    await saveChannel({ slackId: 'C1', name: 'checkout', isPrivate: true, hasCairn: true });
    expect(await channels()).toMatchObject([
      { id: named.id, slack_id: 'C1', is_private: true, has_cairn: true, archived_at: null },
    ]);
  });

  test('can be renamed, archived and brought back', async () => {
    await saveChannel({ slackId: 'C1', name: 'checkout' });
    await saveChannel({ slackId: 'C1', name: 'payments', isArchived: true });
    const [archived] = await channels();
    expect(archived).toMatchObject({ name: 'payments' });
    expect(archived?.archived_at).not.toBeNull();
    await saveChannel({ slackId: 'C1', name: 'payments', isArchived: true });
    await inTransaction(database.db, async (tx) => markArchived(tx, workspace, 'C1'));
    const [still] = await channels();
    expect(still?.archived_at?.toString()).toBe(archived?.archived_at?.toString());
    await saveChannel({ slackId: 'C1', name: 'payments' });
    expect(await channels()).toMatchObject([{ slack_id: 'C1', archived_at: null }]);
    await inTransaction(database.db, async (tx) => markArchived(tx, workspace, 'C1'));
    await inTransaction(database.db, async (tx) => markUnarchived(tx, workspace, 'C1'));
    expect(await channels()).toMatchObject([{ slack_id: 'C1', archived_at: null }]);
  });

  test('of a name that another one had stays a channel of its own', async () => {
    await saveChannel({ slackId: 'C1', name: 'checkout' });
    await saveChannel({ slackId: 'C2', name: 'checkout' });
    expect(await channels()).toMatchObject([{ slack_id: 'C1' }, { slack_id: 'C2' }]);
  });

  test('that is known takes over no row of a file when it is renamed to that name', async () => {
    await saveChannel({ slackId: 'C1', name: 'till' });
    await insertChannel(database.db, workspace, 'checkout', null);
    await saveChannel({ slackId: 'C1', name: 'checkout' });
    expect(await channels()).toMatchObject([{ slack_id: 'C1' }, { slack_id: null }]);
  });

  test('of another workspace matches no name here', async () => {
    const other = await insertWorkspace(database.db);
    await insertChannel(database.db, other, 'checkout', null);
    await saveChannel({ slackId: 'C1', name: 'checkout' });
    const row = await database.db
      .selectFrom('channels')
      .select('slack_id')
      .where('workspace_id', '=', other)
      .executeTakeFirstOrThrow();
    expect(row.slack_id).toBeNull();
  });
});

describe('what a file named and Slack did not know', () => {
  test('is nothing where everybody is in Slack', async () => {
    await insertPerson(database.db, workspace);
    await insertChannel(database.db, workspace, 'checkout');
    expect(await findUnmatched(database.db, workspace)).toEqual([]);
  });

  test('may be a person', async () => {
    const { id } = await insertPerson(database.db, workspace, { slackId: null });
    expect(await findUnmatched(database.db, workspace)).toEqual([`person ${id}`]);
  });

  test('may be a channel', async () => {
    const { id } = await insertChannel(database.db, workspace, 'checkout', null);
    expect(await findUnmatched(database.db, workspace)).toEqual([`channel ${id}`]);
  });
});

test("a workspace that is saved again gets Slack's name and the environment's zone", async () => {
  const id = slackId('T');
  await saveWorkspace(database.db, { id, name: 'Acme', timezone: 'Europe/Berlin' });
  await saveWorkspace(database.db, { id, name: 'Acme Inc.', timezone: 'UTC' });
  const rows = await database.db
    .selectFrom('workspaces')
    .select(['name', 'timezone'])
    .where('id', '=', id)
    .execute();
  expect(rows).toEqual([{ name: 'Acme Inc.', timezone: 'UTC' }]);
});
