import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Directory } from '../../../src/features/people/directory.ts';
import { matchingJob } from '../../../src/features/people/jobs.ts';
import { insertChannel, insertPerson } from '../../support/builders.ts';
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
afterAll(async () => database.close());

/** The job of a start in minute 0, and the minutes in which it read the directory. */
function started(directory: Directory = fakeDirectory()) {
  const reads: number[] = [];
  let minute = 0;
  const counting: Directory = {
    ...directory,
    async *users() {
      reads.push(minute);
      yield* directory.users();
    },
  };
  const job = matchingJob({ db: database.db, directory: counting }, workspaceId, 0);
  return {
    reads,
    async runUntil(last: number, step = 1): Promise<void> {
      for (; minute <= last; minute += step) await job(minute * 60_000).catch(() => {});
    },
  };
}

const stranger = (email = 'nobody@acme.example') =>
  insertPerson(database.db, workspaceId, { email, slackId: null });

it('looks for unknown people after a minute, then less and less often, hourly at the least', async () => {
  await stranger();
  const { reads, runUntil } = started();
  await runUntil(240);
  expect(reads).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
});

it('looks at once for who became unknown since, whoever else stays so', async () => {
  await stranger();
  const { reads, runUntil } = started();
  await runUntil(130);
  await insertChannel(database.db, workspaceId, 'payments', null);
  await runUntil(140);
  expect(reads).toEqual([1, 3, 7, 15, 31, 63, 123, 131, 133, 137]);
});

it('looks for nobody else once all are found', async () => {
  await stranger('ana@acme.example');
  await insertChannel(database.db, workspaceId, 'payments', null);
  const { reads, runUntil } = started(
    fakeDirectory({
      users: [[slackUser('U1', { email: 'ana@acme.example' })]],
      channels: [[slackChannel('C1', 'payments')]],
    }),
  );
  await runUntil(240);
  expect(reads).toEqual([1]);
});

it('looks less and less often too while the directory cannot be read', async () => {
  await stranger();
  const broken: Directory = {
    ...fakeDirectory(),
    // biome-ignore lint/correctness/useYield: it breaks before the first page
    async *users() {
      throw new Error('Slack is down');
    },
  };
  const { reads, runUntil } = started(broken);
  await runUntil(64);
  expect(reads).toEqual([1, 3, 7, 15, 31, 63]);
});

it('reads everything once a day, so that who became a guest unheard is one', async () => {
  const ana = await insertPerson(database.db, workspaceId, { slackId: 'U1' });
  const { reads, runUntil } = started(fakeDirectory({ users: [[slackUser('U1', { kind: 'guest' })]] }));
  await runUntil(3 * 24 * 60, 60);
  expect(reads).toEqual([24 * 60, 2 * 24 * 60, 3 * 24 * 60]);
  const row = await database.db
    .selectFrom('people')
    .select('kind')
    .where('id', '=', ana.id)
    .executeTakeFirstOrThrow();
  expect(row.kind).toBe('guest');
});
