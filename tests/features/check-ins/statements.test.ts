import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tick } from '../../../src/cadence/planner.ts';
import { answerCheckIn } from '../../../src/features/check-ins/operations.ts';
import { okrCheckIn } from '../../../src/features/check-ins/run-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Database } from '../../../src/platform/db/database.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertTeam,
  keptLog,
  setClock,
} from '../../support/builders.ts';
import { given } from '../../support/check-ins.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

/** What a check-in costs does not grow with the company. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

/** How many statements were sent to Postgres meanwhile. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const { query } = pg.Client.prototype;
  let count = 0;
  pg.Client.prototype.query = new Proxy(query, {
    apply(target, client, sent) {
      count += 1;
      return Reflect.apply(target, client, sent);
    },
  });
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return count;
}

type Company = { workspaceId: string; owners: { actor: Actor; keyResultIds: number[] }[] };

/** A company in which each of so many people owns as many key results as told. */
async function companyOf(db: Database, people: number, each = 1): Promise<Company> {
  const workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  const channelId = (await insertChannel(db, workspaceId, 'checkout')).id;
  const teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
  const cycleId = await insertCycle(db, workspaceId, {
    key: '2026-Q4',
    starts: '2026-10-01',
    ends: '2026-12-31',
  });
  const objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
  const owners: Company['owners'] = [];
  for (let index = 0; index < people; index += 1) {
    const actor = await insertActor(db, workspaceId, { name: `Person ${index}` });
    const keyResultIds: number[] = [];
    for (let own = 0; own < each; own += 1) {
      const key = `kr-${index}-${own}`;
      keyResultIds.push(await insertKeyResult(db, workspaceId, objectiveId, { key, owner: actor }));
    }
    owners.push({ actor, keyResultIds });
  }
  await insertCadence(db, workspaceId, {
    key: 'weekly',
    channelId,
    timezone: 'Europe/Berlin',
    nextDueAt: '2026-10-05T07:00:00Z',
    nudgeAfter: 'P1D',
    closeAfter: 'P2D',
  });
  return { workspaceId, owners };
}

async function beat({ workspaceId }: Company, iso: string): Promise<number> {
  const { log, lines } = keptLog();
  await setClock(database.db, workspaceId, iso);
  const rituals = new Map([[okrCheckIn.key, okrCheckIn]]);
  const statements = await statementsOf(
    async () => await tick({ db: database.db, workspaceId, rituals, log }),
  );
  expect(lines.filter((line) => line.level >= 50)).toEqual([]);
  return statements;
}
const open = async (company: Company) => await beat(company, '2026-10-05T07:00:00Z');
const close = async (company: Company) => await beat(company, '2026-10-07T07:00:00Z');

async function answer({ workspaceId, owners }: Company, who: number): Promise<number> {
  const { id: occurrenceId } = await database.db
    .selectFrom('occurrences')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const owner = owners[who];
  if (owner === undefined) throw new Error(`there is no owner ${who}`);
  const answers = owner.keyResultIds.map((id) => given(id));
  return await statementsOf(async () => {
    expect(
      await answerCheckIn(database.db, workspaceId, owner.actor, { occurrenceId, answers }),
    ).toMatchObject({ ok: true, value: { kind: 'kept' } });
  });
}

test('an answer is as many statements in a run of 60 people as in one of 3, and the last one as the first', async () => {
  const few = await companyOf(database.db, 3);
  const many = await companyOf(database.db, 60);
  await open(few);
  await open(many);
  const first = await answer(few, 0);
  expect(first).toBeGreaterThan(0);
  expect([await answer(few, 1), await answer(few, 2)]).toEqual([first, first]);
  expect([await answer(many, 0), await answer(many, 1), await answer(many, 59)]).toEqual([
    first,
    first,
    first,
  ]);
});

test('ten answers of one person are as many statements as one', async () => {
  const one = await companyOf(database.db, 2, 1);
  const ten = await companyOf(database.db, 2, 10);
  await open(one);
  await open(ten);
  expect(await answer(ten, 0)).toBe(await answer(one, 0));
});

test('a run of 60 people is opened and closed with hardly more statements than one of 30', async () => {
  const half = await companyOf(database.db, 30);
  const whole = await companyOf(database.db, 60);
  const opened = await open(half);
  expect(await open(whole)).toBeLessThanOrEqual(opened + 3);
  const closed = await close(half);
  expect(await close(whole)).toBeLessThanOrEqual(closed + 3);
});
