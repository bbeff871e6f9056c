import { afterAll, beforeAll, expect, it } from 'vitest';
import { matchingJob } from '../../../src/features/people/jobs.ts';
import { insertPerson } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

it('looks for unknown people after a minute, then less and less often, hourly at the least', async () => {
  const workspaceId = await insertWorkspace(database.db);
  await insertPerson(database.db, workspaceId, { email: 'nobody@acme.example', slackId: null });
  const reads: number[] = [];
  let minute = 0;
  const directory = {
    findUser: async () => null,
    async *users() {
      reads.push(minute);
      yield [];
    },
    async *channels() {
      yield [];
    },
  };
  const job = matchingJob({ db: database.db, directory }, workspaceId, 0);
  for (minute = 0; minute <= 240; minute += 1) await job(minute * 60_000);
  expect(reads).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
});
