import { afterAll, beforeAll, expect, test } from 'vitest';
import { tell } from '../../src/delivery/outbox.ts';
import { type PlacePictures, pictureBlock } from '../../src/delivery/pictures.ts';
import { drain } from '../../src/delivery/sender.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { insertChannel, instant, keptLog, setClock } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { fakeSlack, type MachineClock, machineClock, slackErrors, unlimited } from './support.ts';

let database: TestDatabase;
let clock: MachineClock;
beforeAll(async () => {
  database = await createTestDatabase();
  clock = await machineClock(database.db);
});
afterAll(async () => database.close());

/** Sends one message with a picture in a workspace of its own. */
async function send(slack: ReturnType<typeof fakeSlack>, placePictures?: PlacePictures) {
  const workspaceId = await insertWorkspace(database.db);
  await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
  const channel = await insertChannel(database.db, workspaceId, 'checkout');
  await inTransaction(database.db, async (tx) => {
    const blocks = [pictureBlock('chart', 'Went up.')];
    const content = { text: 'Chart', blocks };
    const dueAt = instant('2026-10-05T09:00:00Z');
    await tell(tx, { workspaceId, dedupeKey: 'chart', to: { channelId: channel.id }, content, dueAt });
  });
  const deps = { ...clock, db: database.db, slack: slack.slack, workspaceId, log: keptLog().log };
  await drain({ ...deps, limits: unlimited, ...(placePictures === undefined ? {} : { placePictures }) });
  return slack.posts.map(({ blocks }) => blocks);
}

const words = { type: 'context', elements: [{ type: 'plain_text', text: 'Went up.', emoji: false }] };
const file = { type: 'image', alt_text: 'Went up.', slack_file: { id: 'F1' } };
const placed: PlacePictures = async () => ({ kind: 'ready', blocks: [file], hasPictures: true });

test('where nobody uploads pictures, their words are sent', async () => {
  expect(await send(fakeSlack())).toEqual([[words]]);
});

test('a picture that Slack refuses does not take the message along', async () => {
  const slack = fakeSlack({
    post: async (_message, count) => {
      if (count === 1) throw slackErrors.platform('invalid_blocks');
    },
  });
  expect(await send(slack, placed)).toEqual([[words]]);
});

test('a post with a picture whose end is not known is not sent again in words', async () => {
  const slack = fakeSlack({
    post: async () => {
      throw slackErrors.network('ECONNRESET');
    },
  });
  await send(slack, placed);
  expect(slack.tries.post).toBe(1);
});

test('a message waits for its picture', async () => {
  let asked = 0;
  const later: PlacePictures = async (blocks) => {
    asked += 1;
    return asked < 3 ? { kind: 'later', pauseMs: 50, reason: 'upload failed' } : await placed(blocks);
  };
  expect(await send(fakeSlack(), later)).toEqual([[file]]);
});
