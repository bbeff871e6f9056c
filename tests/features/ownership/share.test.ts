import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { registerOwnership } from '../../../src/features/ownership/slack.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Press, Registry } from '../../../src/platform/slack/calls.ts';
import { insertActor, insertRock } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { fakeDirectory } from '../people/fake-directory.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let rockId: number;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
  rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
});
afterAll(async () => {
  await database.close();
});

/** Presses `Share`; gives how many posts came of it. */
async function share(
  by: Actor,
  given: { messageTs?: string; triggerId?: string; post?: () => Promise<void> } = {},
): Promise<number> {
  let posts = 0;
  const presses = new Map<string, (press: Press) => Promise<void>>();
  const registry: Registry = {
    command: () => {},
    submission: () => {},
    press: (actionId, run) => void presses.set(actionId, run),
    homeOpened: () => {},
    mentioned: () => {},
    saidDirectly: () => {},
    shortcut: () => {},
    options: () => {},
  };
  registerOwnership(registry, {
    db: database.db,
    directory: fakeDirectory(),
    wake: () => {},
    onRockMoved: [],
  });
  await presses.get('owner:share')?.({
    workspaceId,
    slackUserId: by.slackId,
    actionId: 'owner:share',
    value: String(rockId),
    channelId: 'C1',
    messageTs: given.messageTs,
    triggerId: given.triggerId ?? 'trigger',
    values: {},
    metadata: '',
    openModal: async () => undefined,
    coverWith: async () => undefined,
    redraw: async () => undefined,
    async reply() {
      await given.post?.();
      posts += 1;
    },
  });
  return posts;
}

test('a double click is one post, whoever else shares the same card', async () => {
  expect(await share(ana, { messageTs: '1.1' })).toBe(1);
  expect(await share(ana, { messageTs: '1.1', triggerId: 'another' })).toBe(0);
  expect(await share(ben, { messageTs: '1.1' })).toBe(1);
});

test('presses of messages that have no name are told apart by their trigger', async () => {
  expect(await share(ana, { triggerId: 'first' })).toBe(1);
  expect(await share(ana, { triggerId: 'first' })).toBe(0);
  expect(await share(ana, { triggerId: 'second' })).toBe(1);
});

test('pressing again works when the post failed', async () => {
  const failing = share(ana, { messageTs: '1.1', post: () => Promise.reject(new Error('no way')) });
  await expect(failing).rejects.toThrow('no way');
  expect(await share(ana, { messageTs: '1.1' })).toBe(1);
});
