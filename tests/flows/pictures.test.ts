import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { tell } from '../../src/delivery/outbox.ts';
import type { Series } from '../../src/features/pictures/core/series.ts';
import { pictureOf } from '../../src/features/pictures/operations.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
let channelId = 0;
beforeAll(async () => {
  cairn = await startCairn();
  const found = await cairn.db
    .selectFrom('channels')
    .select('id')
    .where('name', '=', 'payments')
    .executeTakeFirstOrThrow();
  channelId = found.id;
});
afterEach(async () => {
  await cairn.slack.faults.clear();
  await cairn.slack.scopes('files:write', true);
});
afterAll(async () => cairn.close());

const day = (iso: string) => Temporal.PlainDate.from(iso);
const series: Series = {
  title: 'Failed payment rate',
  unit: '%',
  start: 4.2,
  target: 2,
  isKept: false,
  from: day('2026-10-01'),
  to: day('2026-12-31'),
  points: [{ on: day('2026-11-12'), value: 3.1, confidence: 7 }],
};
const words =
  'Failed payment rate went from 4.2 % to 3.1 % of a target of 2 % in 6 weeks; expected by now 3.17 %. Confidence 7.';

/** Tells the channel with a picture and sends what is due; gives the messages of that text. */
async function tellWithPicture(key: string) {
  await inTransaction(cairn.db, async (tx) => {
    const block = await pictureOf(tx, { workspaceId: cairn.workspaceId, key, series });
    await tell(tx, {
      workspaceId: cairn.workspaceId,
      dedupeKey: key,
      to: { channelId },
      content: { text: key, blocks: [block] },
      dueAt: Temporal.Instant.from('2026-11-20T11:00:00Z'),
    });
  });
}
const told = async (key: string) =>
  (await cairn.slack.messages('payments')).filter(({ text }) => text === key);
const stateOf = async (key: string) =>
  await cairn.db
    .selectFrom('pictures')
    .select(['state', 'attempts'])
    .where('key', '=', key)
    .executeTakeFirst();

const patience = { timeout: 40_000, interval: 100 };
const picture = {
  type: 'image',
  alt_text: words,
  slack_file: { id: expect.stringMatching(/^F[A-Z0-9]+$/) },
};
const inWords = { type: 'context', elements: [expect.objectContaining({ text: words })] };

test('a message waits until its picture is uploaded, and shows it with words that say the same', async () => {
  await tellWithPicture('a');
  await expect
    .poll(async () => (await told('a')).map(({ blocks }) => blocks), patience)
    .toEqual([[expect.objectContaining(picture)]]);
  expect(await stateOf('a')).toEqual({ state: 'uploaded', attempts: 0 });
}, 60_000);

test('without the scope the message goes once, in words', async () => {
  await cairn.slack.scopes('files:write', false);
  await tellWithPicture('b');
  await expect
    .poll(async () => (await told('b')).map(({ blocks }) => blocks), patience)
    .toEqual([[expect.objectContaining(inWords)]]);
  expect(await stateOf('b')).toEqual({ state: 'given-up', attempts: 1 });
}, 60_000);

test('an upload that fails once is tried again, and the message comes once, with its picture', async () => {
  await cairn.slack.faults.add({ method: 'upload', kind: 'server-error', times: 1 });
  await tellWithPicture('c');
  await expect
    .poll(async () => (await told('c')).map(({ blocks }) => blocks), patience)
    .toEqual([[expect.objectContaining(picture)]]);
  expect(await stateOf('c')).toEqual({ state: 'uploaded', attempts: 1 });
}, 60_000);

test('an upload that keeps failing leaves the message its words, once', async () => {
  await cairn.slack.faults.add({ method: 'files.completeUploadExternal', kind: 'server-error' });
  await tellWithPicture('d');
  await expect
    .poll(async () => (await told('d')).map(({ blocks }) => blocks), patience)
    .toEqual([[expect.objectContaining(inWords)]]);
  expect(await stateOf('d')).toEqual({ state: 'given-up', attempts: 3 });
}, 60_000);
