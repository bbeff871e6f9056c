import type { HomeView } from '@slack/types';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { heldRituals } from '../../../src/cadence/ritual.ts';
import { markAllHomes, markHomes } from '../../../src/delivery/homes.ts';
import { publishStale } from '../../../src/features/home/jobs.ts';
import { keepHome, readHome, turnPage } from '../../../src/features/home/operations.ts';
import { showHome } from '../../../src/features/home/publishing.ts';
import { takeRock } from '../../../src/features/ownership/take-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { reviewRitual } from '../../../src/features/reviews/ritual.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { insertActor, insertRock, keptLog } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { fakeDirectory } from '../people/fake-directory.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let published: [string, HomeView][];
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
  published = [];
});
afterAll(async () => {
  await database.close();
});

const { log, lines } = keptLog();
function deps(publish: () => Promise<void> = async () => undefined) {
  return {
    db: database.db,
    directory: fakeDirectory(),
    log,
    scopes: () => null,
    rituals: heldRituals([], (key) => reviewRitual(key, key)),
    steps: [],
    publish: async (slackUserId: string, view: HomeView) => {
      published.push([slackUserId, view]);
      await publish();
    },
  };
}
const beat = async (publish?: () => Promise<void>) => await publishStale(deps(publish), workspaceId);
const to = () => published.map(([slackUserId]) => slackUserId);
const mark = async (...people: Actor[]) =>
  await inTransaction(database.db, async (tx) => {
    await markHomes(
      tx,
      workspaceId,
      people.map(({ id }) => id),
    );
  });

/** Both have opened their Home, and it shows what is. */
async function opened(...people: Actor[]): Promise<void> {
  for (const person of people) {
    await keepHome(database.db, workspaceId, person);
    await showHome(deps(), workspaceId, person.id);
  }
  published = [];
}

/** As if the pause after a failure were over. */
async function wait(): Promise<void> {
  await database.db.updateTable('homes').set({ not_before: null }).execute();
}

describe('a beat', () => {
  test('publishes nothing while nothing has changed', async () => {
    await opened(ana, ben);
    await beat();
    expect(to()).toEqual([]);
  });

  test('publishes the Home of whom a change concerns, once, and of nobody else', async () => {
    await opened(ana, ben);
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments' });
    await takeRock({ db: database.db, onRockMoved: [] }, workspaceId, ana, rockId);
    await beat();
    await beat();
    expect(to()).toEqual([ana.slackId]);
    expect(JSON.stringify(published)).toContain('You carry one rock.');
  });

  test('publishes nothing of a change that was rolled back', async () => {
    await opened(ana);
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments' });
    const failing = inTransaction(database.db, async (tx) => {
      await markHomes(tx, workspaceId, [ana.id]);
      throw new Error(`no ${rockId}`);
    });
    await expect(failing).rejects.toThrow();
    await beat();
    expect(to()).toEqual([]);
  });

  test('publishes everybody’s after an import, some at a time', async () => {
    const people = [ana, ben];
    for (const name of ['C', 'D', 'E', 'F'])
      people.push(await insertActor(database.db, workspaceId, { name }));
    await opened(...people);
    for (const person of people)
      await insertRock(database.db, workspaceId, { name: `R${person.id}`, owner: person });
    await inTransaction(database.db, async (tx) => await markAllHomes(tx, workspaceId));
    await beat();
    expect(published).toHaveLength(5);
    await beat();
    expect(to().toSorted()).toEqual(people.map(({ slackId }) => slackId).toSorted());
  });

  test('leaves the Homes of other workspaces alone', async () => {
    await keepHome(database.db, workspaceId, ana);
    await publishStale(deps(), await insertWorkspace(database.db));
    expect(to()).toEqual([]);
  });

  test('publishes a change that came while it was publishing once more', async () => {
    await opened(ana);
    await mark(ana);
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    let isFirst = true;
    await beat(async () => {
      if (!isFirst) return;
      isFirst = false;
      await insertRock(database.db, workspaceId, { name: 'Refunds', owner: ana });
      await mark(ana);
    });
    await beat();
    expect(to()).toEqual([ana.slackId, ana.slackId]);
    expect(JSON.stringify(published.at(-1))).toContain('You carry 2 rocks.');
  });

  test('of two processes publishes a Home once', async () => {
    await keepHome(database.db, workspaceId, ana);
    await Promise.all([beat(), beat()]);
    expect(to()).toEqual([ana.slackId]);
  });

  test('takes over what a process that died had claimed, and not before', async () => {
    await keepHome(database.db, workspaceId, ana);
    const lease = (interval: string) =>
      database.db
        .updateTable('homes')
        .set({ leased_until: sql<string>`now() + ${interval}::interval` })
        .execute();
    await lease('20 seconds');
    await beat();
    expect(to()).toEqual([]);
    await lease('-1 second');
    await beat();
    expect(to()).toEqual([ana.slackId]);
  });

  test('tells somebody who is a guest by now what they may not, and nothing of the company', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    await opened(ana);
    await database.db.updateTable('people').set({ kind: 'guest' }).where('id', '=', ana.id).execute();
    await mark(ana);
    await beat();
    expect(JSON.stringify(published)).toContain('I answer full members of this workspace only.');
    expect(JSON.stringify(published)).not.toContain('Payments');
  });
});

describe('a Home that cannot be published', () => {
  const refusal = (error: string) => async (): Promise<void> => {
    throw Object.assign(new Error(error), {
      code: 'slack_webapi_platform_error',
      data: { ok: false, error },
    });
  };
  const asksToWait = async (): Promise<void> => {
    throw Object.assign(new Error('wait'), { code: 'slack_webapi_rate_limited_error', retryAfter: 40 });
  };
  const notBefore = async () => {
    const { rows } = await sql<{ seconds: number | null }>`
      select extract(epoch from not_before - now()) as seconds from homes where person_id = ${ana.id}`.execute(
      database.db,
    );
    return rows[0]?.seconds ?? null;
  };

  test('is logged, tried later, and keeps no other from its turn', async () => {
    await keepHome(database.db, workspaceId, ana);
    await keepHome(database.db, workspaceId, ben);
    let isFirst = true;
    await beat(async () => {
      if (!isFirst) return;
      isFirst = false;
      throw new Error('the network is away');
    });
    expect(to().toSorted()).toEqual([ana.slackId, ben.slackId].toSorted());
    expect(lines.at(-1)).toMatchObject({ msg: 'a Home could not be published' });
    const [failed] = to();
    published = [];
    await beat();
    expect(to()).toEqual([]);
    await wait();
    await beat();
    expect(to()).toEqual([failed]);
  });

  test('waits as long as Slack asks', async () => {
    await keepHome(database.db, workspaceId, ana);
    await beat(asksToWait);
    expect(await notBefore()).toBeGreaterThan(35);
    expect(await notBefore()).toBeLessThan(41);
  });

  test('is given up when Slack will never take it, until it changes or is opened again', async () => {
    await keepHome(database.db, workspaceId, ana);
    await beat(refusal('user_not_found'));
    await wait();
    await beat();
    expect(published).toHaveLength(1);
    await mark(ana);
    await beat();
    expect(published).toHaveLength(2);
  });
});

describe('turning pages', () => {
  test('shows what is carried first, then what is stood in for, in the order of the keys', async () => {
    for (let number = 10; number < 32; number += 1) {
      await insertRock(database.db, workspaceId, { name: `Rock ${number}`, owner: ana });
    }
    await insertRock(database.db, workspaceId, { name: 'A rock of Ben', owner: ben, backups: [ana] });
    const namesOn = async (page: number) =>
      (
        await readHome(database.db, workspaceId, ana, page, { nameOf: () => undefined, off: [], steps: [] })
      ).backpack.rocks.map(({ name }) => name);
    expect((await namesOn(1)).slice(0, 2)).toEqual(['Rock 10', 'Rock 11']);
    expect(await namesOn(2)).toEqual(['Rock 30', 'Rock 31', 'A rock of Ben']);
    expect(await namesOn(7)).toEqual(await namesOn(2));
  });

  test('stays on its page while it changes, and begins at the first when it is opened', async () => {
    for (let number = 10; number < 35; number += 1) {
      await insertRock(database.db, workspaceId, { name: `Rock ${number}`, owner: ana });
    }
    await opened(ana);
    await turnPage(database.db, workspaceId, ana, 2);
    await beat();
    await insertRock(database.db, workspaceId, { name: 'Rock 99', owner: ana });
    await mark(ana);
    await beat();
    expect(JSON.stringify(published.at(-1))).toContain('21 to 26 of 26');
    await keepHome(database.db, workspaceId, ana);
    await beat();
    expect(JSON.stringify(published.at(-1))).toContain('1 to 20 of 26');
  });
});
