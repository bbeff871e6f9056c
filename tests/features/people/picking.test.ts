import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findGroup } from '../../../src/features/people/group-operations.ts';
import { pickedChannel, pickedPeople } from '../../../src/features/people/picking.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { fakeDirectory, slackChannel, slackUser } from './fake-directory.ts';

let database: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
});
afterAll(async () => {
  await database.close();
});

describe('what was picked in a modal', () => {
  const directory = fakeDirectory({
    users: [[slackUser('U1'), slackUser('U2', { name: 'Gus', kind: 'guest' })]],
    channels: [
      [
        slackChannel('C1', 'leads'),
        slackChannel('C2', 'old', { isArchived: true }),
        slackChannel('C3', 'far', { hasCairn: false }),
      ],
    ],
  });
  const deps = () => ({ db: database.db, directory });

  test.each([
    [['U1'], undefined],
    [['U1', 'U9'], 'I do not know one of them. Pick people of this workspace.'],
    [['U2'], 'Gus is a guest. Only full members are in teams.'],
  ])('people %j: %s', async (picked, words) => {
    const people = await pickedPeople(deps(), workspaceId, picked, 'are in teams');
    expect(people.ok ? undefined : people.words).toBe(words);
  });

  test.each([
    [null, undefined],
    ['C1', undefined],
    ['C2', '#old is archived. Pick another one.'],
    ['C3', 'I am not in #far. Type /invite @Cairn in it, then send this off again.'],
    ['C9', 'I cannot see that channel. Type /invite @Cairn in it, then send this off again.'],
  ])('a channel %j: %s', async (picked, words) => {
    const channel = await pickedChannel(deps(), workspaceId, picked);
    expect(channel.ok ? undefined : channel.words).toBe(words);
  });

  test('a channel of which Slack does not tell now can be sent off again', async () => {
    const silent = { ...directory, findChannel: () => Promise.reject(new Error('ratelimited')) };
    expect(await pickedChannel({ db: database.db, directory: silent }, workspaceId, 'C1')).toMatchObject({
      words: 'Slack does not tell me about that channel right now. Send this off again.',
    });
  });

  test('a user group that Slack does not know', async () => {
    expect(await findGroup(deps(), workspaceId, { slackId: 'S9', name: null })).toMatchObject({
      words: "I don't know that user group.",
    });
  });
});
