import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dropAction, finishAction, giveAction } from '../../../src/features/actions/operations.ts';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { insertActor, instant, listMessages, setClock } from '../../support/builders.ts';
import { sendAll } from '../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

const morning = '2026-11-23T10:00:00Z';
const day = Temporal.PlainDate.from;

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'UTC' });
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
  await setClock(database.db, workspaceId, morning);
});
afterAll(() => database.close());

async function give(title: string): Promise<number> {
  const given = await inTransaction(database.db, async (tx) =>
    giveAction(tx, {
      ...{
        workspaceId,
        title,
        owner: ben,
        by: ana,
        at: instant(morning),
        where: 'in the sync',
        rockId: null,
      },
      ...{ dueOn: day('2026-12-10'), today: day('2026-11-23') },
    }),
  );
  if (!given.ok) throw new Error(given.words);
  return given.value;
}

/** What Ben reads, once it was sent. */
async function read(): Promise<string[]> {
  await dailyJob(database, workspaceId).run();
  const texts = (await listMessages(database.db, workspaceId))
    .filter(({ personId }) => personId === ben.id)
    .map(({ text }) => text);
  await sendAll(database.db, workspaceId);
  return texts;
}

test('what is settled leaves the message of the day, and what stands beside it stays', async () => {
  const deck = await give('Launch deck');
  await give('Price sheet');
  const line = (title: string) =>
    `<@${ana.slackId}> gave you an action in the sync: ${title}, by Thu 10 Dec.`;
  expect(await read()).toEqual([`Two things for today: ${line('Launch deck')} · ${line('Price sheet')}`]);
  await finishAction(database.db, workspaceId, ben, { id: deck }, []);
  expect(await read()).toEqual([line('Price sheet')]);
});

test.each([
  ['done', '“Launch deck” is done.'],
  ['dropped', '“Launch deck” is no longer needed.'],
] as const)('a message that only asked for what is %s says so', async (state, words) => {
  const id = await give('Launch deck');
  await read();
  if (state === 'done') await finishAction(database.db, workspaceId, ben, { id }, []);
  else await dropAction(database.db, workspaceId, ben, { id }, 'We show the old one.', []);
  expect(await read()).toEqual([words]);
});
