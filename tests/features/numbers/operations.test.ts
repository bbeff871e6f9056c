import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { latestNumbers, sourcesOf } from '../../../src/features/numbers/reading-operations.ts';
import {
  readSource,
  useNoSource,
  usePlace,
  useWebhook,
} from '../../../src/features/numbers/source-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { insertActor, listEvents } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { type Company, insertCompany } from './support.ts';

let database: TestDatabase;
let company: Company;
let workspaceId: string;
const key = 'failed-rate';
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  company = await insertCompany(database.db);
  workspaceId = company.workspaceId;
});
afterAll(async () => {
  await database.close();
});

const query = {
  place: { kind: 'sql', connection: 'WAREHOUSE', query: 'select 3' },
  every: 'day',
  value: 3,
} as const;
const address = {
  place: { kind: 'json', url: 'https://bi.example/', pointer: '/rate' },
  every: 'hour',
  value: 4,
} as const;

async function latest() {
  return (await latestNumbers(database.db, workspaceId, [company.keyResultId])).get(company.keyResultId);
}

const all = (actor: Actor) => [
  readSource(database.db, workspaceId, actor, key),
  useWebhook(database.db, workspaceId, actor, key),
  usePlace(database.db, workspaceId, actor, key, query),
  useNoSource(database.db, workspaceId, actor, key),
];

describe('where a number comes from', () => {
  it.each(['ana', 'ben', 'chi'] as const)(
    'may be chosen by %s: the owner, the backup, the lead',
    async (who) => {
      for (const done of all(company[who])) expect((await done).ok).toBe(true);
    },
  );

  it('may be chosen by an admin', async () => {
    for (const done of all({ ...company.dan, isAdmin: true })) expect((await done).ok).toBe(true);
  });

  it('may be chosen by nobody else, and then nothing is kept', async () => {
    for (const done of all(company.dan)) {
      expect(await done).toEqual({
        ok: false,
        code: 'not-yours',
        words:
          "Where its number comes from is for its owner, its backup, the team's lead and admins to choose.",
      });
    }
    expect(await listEvents(database.db, workspaceId)).toEqual([]);
    expect((await sourcesOf(database.db, workspaceId, [company.keyResultId])).size).toBe(0);
  });

  it('is not found from another workspace', async () => {
    await useWebhook(database.db, workspaceId, company.ana, key);
    const other = await insertWorkspace(database.db);
    const stranger = await insertActor(database.db, other, { name: 'Olga' });
    expect(await readSource(database.db, other, { ...stranger, isAdmin: true }, key)).toMatchObject({
      code: 'unknown',
      words: 'I know no key result “failed-rate”.',
    });
    expect((await latestNumbers(database.db, other, [company.keyResultId])).size).toBe(0);
    expect((await sourcesOf(database.db, other, [company.keyResultId])).size).toBe(0);
  });

  it('is not chosen for a key result that is over', async () => {
    await database.db
      .updateTable('key_results')
      .set({ state: 'done' })
      .where('id', '=', company.keyResultId)
      .execute();
    expect(await useWebhook(database.db, workspaceId, company.ana, key)).toMatchObject({
      code: 'over',
      words: 'This key result is over, so its number stays as it is.',
    });
  });

  it('is one place at a time: the new one suggests its own values alone', async () => {
    await usePlace(database.db, workspaceId, company.ana, key, query);
    expect(await latest()).toMatchObject({ value: 3, from: 'sql' });
    await usePlace(database.db, workspaceId, company.ana, key, address);
    expect(await latest()).toMatchObject({ value: 4, from: 'json' });
    await useWebhook(database.db, workspaceId, company.ana, key);
    expect(await latest()).toBeUndefined();
    const view = await readSource(database.db, workspaceId, company.ana, key);
    expect(view).toMatchObject({ value: { line: 'Number from a webhook: none has come yet.' } });
  });

  it('is kept as events that say who chose what, and no secret', async () => {
    const made = await useWebhook(database.db, workspaceId, company.ana, key);
    await useWebhook(database.db, workspaceId, company.ben, key);
    await usePlace(database.db, workspaceId, company.chi, key, query);
    await useNoSource(database.db, workspaceId, company.ana, key);
    await useNoSource(database.db, workspaceId, company.ana, key);
    const events = await listEvents(database.db, workspaceId);
    expect(events.map(({ type, actorId, before, after }) => ({ type, actorId, before, after }))).toEqual([
      { type: 'number-source.set', actorId: company.ana.id, before: null, after: { kind: 'webhook' } },
      {
        type: 'number-source.new-secret',
        actorId: company.ben.id,
        before: { from: 'a webhook' },
        after: null,
      },
      {
        type: 'number-source.set',
        actorId: company.chi.id,
        before: { from: 'a webhook' },
        after: { kind: 'sql', connection: 'WAREHOUSE', query: 'select 3', every: 'day' },
      },
      {
        type: 'number-source.removed',
        actorId: company.ana.id,
        before: { from: 'SQL (WAREHOUSE)' },
        after: null,
      },
    ]);
    expect(JSON.stringify(events)).not.toContain(made.ok ? made.value.secret : '');
  });

  it('is made once by two who choose a webhook at once, and the last secret counts', async () => {
    const made = await Promise.all(
      Array.from({ length: 4 }, () => useWebhook(database.db, workspaceId, company.ana, key)),
    );
    const kept = await database.db
      .selectFrom('number_sources')
      .select(['token', 'secret'])
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(kept).toHaveLength(1);
    expect(made.map((one) => (one.ok ? one.value : null))).toContainEqual(kept[0]);
  });
});
