import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findCard, findRock } from '../../../../src/features/ownership/lookup-operations.ts';
import type { RockMoved } from '../../../../src/features/ownership/moved.ts';
import { lockOwnership, passRock } from '../../../../src/features/ownership/operations.ts';
import { stateNow } from '../../../../src/features/ownership/register/changing.ts';
import type { RockEntry } from '../../../../src/features/ownership/register/core/entry.ts';
import { addRock, editRock } from '../../../../src/features/ownership/register/operations.ts';
import {
  type Along,
  along,
  mergeRocks,
  retireRock,
} from '../../../../src/features/ownership/register/retire-operations.ts';
import {
  lookAgainJob,
  setDownRock,
} from '../../../../src/features/ownership/register/standing-operations.ts';
import { takeRock } from '../../../../src/features/ownership/take-operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import type { Result } from '../../../../src/platform/core/result.ts';
import { stampOf } from '../../../../src/platform/core/stamp.ts';
import { type Database, openDatabase } from '../../../../src/platform/db/database.ts';
import { inTransaction } from '../../../../src/platform/db/transaction.ts';
import { insertActor, insertTeam, instant, listEvents, setClock } from '../../../support/builders.ts';
import { listTold } from '../../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { entry } from './support.ts';

let database: TestDatabase;
let replica: Database;
let db: Database;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let moved: { rockId: number; why: string }[];
const onRockMoved: RockMoved[] = [async (_tx, { rockId, why }) => void moved.push({ rockId, why })];
const deps = (of: Database = db) => ({ db: of, onRockMoved });
const november = Temporal.PlainDate.from('2026-11-02');

beforeAll(async () => {
  database = await createTestDatabase();
  ({ db } = database);
  replica = openDatabase(database.url);
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  await setClock(db, workspaceId, '2026-10-05T09:00:00Z');
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  moved = [];
});
afterAll(async () => {
  await replica.destroy();
  await database.close();
});

async function add(given: Partial<RockEntry> & { name: string }): Promise<number> {
  const added = await addRock(db, workspaceId, ana, entry(given), ana);
  if (!added.ok) throw new Error(added.words);
  return added.value.id;
}
const setDown = async (rockId: number, on = november) =>
  await setDownRock(deps(), workspaceId, ana, rockId, { reason: 'Too few use it.', lookAgainOn: on });
const retire = async (rockId: number) =>
  await retireRock(deps(), workspaceId, ana, rockId, { reason: 'It is over.' });
const cardOf = async (rockId: number, viewer = ana) => await findCard(db, workspaceId, rockId, viewer.id);
const latestEvent = async (rockId: number) =>
  (await listEvents(db, workspaceId))
    .filter(({ subjectId, type }) => subjectId === rockId && type.startsWith('rock.'))
    .at(-1);
const latestStint = async (rockId: number) =>
  await db
    .selectFrom('stints')
    .select(['ended', 'end_reason'])
    .where('rock_id', '=', rockId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
const wordsOf = (result: Result<unknown>) => (result.ok ? 'done' : result.words);

describe('setting a rock down', () => {
  test('says who, why and until when, and ends the stint', async () => {
    const rockId = await add({ name: 'Payments' });
    await setDown(rockId);
    expect(await cardOf(rockId)).toMatchObject({
      state: 'set-down',
      owner: null,
      setDown: { by: { id: ana.id }, reason: 'Too few use it.' },
    });
    expect(await latestStint(rockId)).toEqual({ ended: 'set-down', end_reason: 'Too few use it.' });
    expect(moved).toEqual([{ rockId, why: 'set-down' }]);
  });

  test('refuses a day that is not still to come', async () => {
    const rockId = await add({ name: 'Payments' });
    expect(await setDown(rockId, Temporal.PlainDate.from('2026-10-05'))).toMatchObject({
      field: 'again',
      words: 'Pick a day that is still to come.',
    });
  });

  test('leaves it in sight of whoever set it down, whoever else may see it', async () => {
    const rockId = await add({ name: 'Secret deal', visibility: 'people', viewers: [] });
    await setDown(rockId);
    expect(await cardOf(rockId, ana)).toMatchObject({ name: 'Secret deal' });
    expect(await cardOf(rockId, ben)).toBeUndefined();
  });

  test('is over when somebody takes it', async () => {
    const rockId = await add({ name: 'Payments' });
    await setDown(rockId);
    await takeRock(deps(), workspaceId, ben, rockId);
    expect(await cardOf(rockId)).toMatchObject({ state: 'active', setDown: null, owner: { id: ben.id } });
    expect(await latestEvent(rockId)).toMatchObject({
      before: { owner: null, state: 'set-down' },
      after: { owner: ben.id, state: 'active' },
    });
  });

  test('asks, on its day at nine, once, whoever set it down and the lead of its team', async () => {
    const teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    await db.updateTable('teams').set({ lead_id: ben.id }).where('id', '=', teamId).execute();
    await setDown(await add({ name: 'Payments', teamId }));
    const job = lookAgainJob({ db, workspaceId });
    const next = await job.next(instant('2026-10-05T10:00:00Z'));
    expect(next?.at.toString()).toBe('2026-11-02T08:00:00Z');
    await job.run();
    expect(await listTold(db, workspaceId)).toEqual([]);

    await setClock(db, workspaceId, '2026-11-02T08:00:00Z');
    await Promise.all([job.run(), lookAgainJob({ db: replica, workspaceId }).run()]);
    await job.run();
    const told = await listTold(db, workspaceId);
    expect(told.map(({ personId }) => personId).sort()).toEqual([ana.id, ben.id].sort());
    expect(told[0]?.text).toBe(
      'Payments was set down until today. It was set down because: Too few use it.\nIs it time to carry it again?',
    );
    const rows = await db
      .selectFrom('deliveries')
      .select('is_nudge')
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(rows.every(({ is_nudge }) => is_nudge)).toBe(true);
  });

  test('asks an admin when nobody whom it concerns is there any more', async () => {
    const chi = await insertActor(db, workspaceId, { name: 'Chi' });
    await db.updateTable('people').set({ is_admin: true }).where('id', '=', chi.id).execute();
    await setDown(await add({ name: 'Payments' }));
    const left = { deactivated_at: '2026-10-06T00:00:00Z' };
    await db.updateTable('people').set(left).where('id', '=', ana.id).execute();
    await setClock(db, workspaceId, '2026-11-02T09:00:00Z');
    await lookAgainJob({ db, workspaceId }).run();
    expect((await listTold(db, workspaceId)).map(({ personId }) => personId)).toEqual([chi.id]);
  });
});

describe('taking a rock', () => {
  test('that somebody carries is refused, and says whose it is', async () => {
    const rockId = await add({ name: 'Payments' });
    expect(wordsOf(await takeRock(deps(), workspaceId, ben, rockId))).toBe(
      `*Payments* is with <@${ana.slackId}> already. \`/handoff ask payments\` asks them for it.`,
    );
  });

  test('that is retired is refused', async () => {
    const rockId = await add({ name: 'Payments' });
    await retire(rockId);
    expect(wordsOf(await takeRock(deps(), workspaceId, ben, rockId))).toBe(
      '*Payments* is retired, so there is nothing to carry.',
    );
  });
});

describe('retiring a rock', () => {
  test('ends its stint, keeps its names, and leaves nothing to edit', async () => {
    const rockId = await add({ name: 'Payments', aliases: ['billing'] });
    await retire(rockId);
    expect(await latestStint(rockId)).toEqual({ ended: 'retired', end_reason: 'It is over.' });
    expect(await findRock(db, workspaceId, 'billing', ben.id)).toMatchObject({
      value: { state: 'retired', retired: { reason: 'It is over.', successor: null } },
    });
    const stamp = stampOf(await stateNow(db, workspaceId, rockId));
    expect(wordsOf(await editRock(db, workspaceId, ana, rockId, entry({ name: 'X' }), stamp))).toBe(
      '*Payments* is retired, so there is nothing to change. `/rock history payments` tells its story.',
    );
    const added = await addRock(db, workspaceId, ana, entry({ name: 'New', aliases: ['billing'] }), null);
    expect(wordsOf(added)).toBe(
      '“billing” is an alias of Payments (retired) already. Choose another, or leave it out.',
    );
  });

  test('while it is handed over: who comes first decides, and nobody owns what is retired', async () => {
    const rockId = await add({ name: 'Payments' });
    const handOver = inTransaction(replica, async (tx) => {
      const rock = await lockOwnership(tx, workspaceId, rockId);
      if (rock?.owner?.personId !== ana.id) return 'refused';
      const at = instant('2026-10-05T09:30:00Z');
      const { id: handoffId } = await tx
        .insertInto('handoffs')
        .values({
          ...{ workspace_id: workspaceId, rock_id: rockId, from_id: ana.id, to_id: ben.id, by_id: ana.id },
          ...{ state: 'overlap', facts: '{}', offered_at: '2026-10-05T09:00:00Z' },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const doer = { kind: 'person', personId: ben.id } as const;
      const move = { workspaceId, rockId, at, doer, to: ben.id, handoffId };
      await passRock(tx, { ...move, began: 'handoff', ended: 'handed-over', reason: null });
      return 'handed over';
    });
    const [handed, retired] = await Promise.all([handOver, retire(rockId)]);
    const card = await cardOf(rockId);
    if (retired.ok) {
      expect(handed).toBe('refused');
      expect(card).toMatchObject({ state: 'retired', owner: null });
    } else {
      expect(handed).toBe('handed over');
      expect(retired.words).toBe(
        `You can look at *Payments*, but not do this with it. Ask <@${ben.slackId}>.`,
      );
      expect(card).toMatchObject({ state: 'active', owner: { id: ben.id } });
    }
  });
});

describe('merging a rock into another', () => {
  const links = [{ label: 'Board', url: 'https://board.example/x' }];
  const merge = (fromId: number, intoId: number, of = db, takes: readonly Along[] = along) =>
    mergeRocks(deps(of), workspaceId, ana, { fromId, intoId, takes });

  test('retires it with its successor, and takes along what is said', async () => {
    const fromId = await add({ name: 'Billing', links, backups: [ben.id] });
    const intoId = await add({ name: 'Payments' });
    expect(await merge(fromId, intoId, db, ['links'])).toMatchObject({
      value: { id: intoId, links, backups: [] },
    });
    expect(await cardOf(fromId)).toMatchObject({ state: 'retired', retired: { successor: { id: intoId } } });
    expect(moved).toEqual([{ rockId: fromId, why: 'merged' }]);
    const changed = (await listEvents(db, workspaceId)).filter(({ type }) => type === 'rock.changed');
    expect(changed).toMatchObject([{ subjectId: intoId, before: { links: [] }, after: { links } }]);
    expect(await latestEvent(intoId)).toMatchObject({ type: 'rock.took-in', after: { rock: fromId } });
  });

  test('does not tell where it went to who does not see that', async () => {
    const fromId = await add({ name: 'Billing' });
    const intoId = await add({ name: 'Secret deal', visibility: 'people', viewers: [] });
    await merge(fromId, intoId);
    expect(await cardOf(fromId, ben)).toMatchObject({ retired: { successor: null } });
    expect(JSON.stringify(await cardOf(fromId, ben))).not.toContain('Secret');
  });

  test('into itself, or into one that is retired, is refused', async () => {
    const [fromId, intoId] = [await add({ name: 'Billing' }), await add({ name: 'Payments' })];
    expect(await merge(fromId, fromId)).toMatchObject({
      field: 'rock',
      words: 'That is the same rock. Pick the one that it goes into.',
    });
    await retire(intoId);
    expect(wordsOf(await merge(fromId, intoId))).toContain('*Payments* is retired');
  });

  test('crosswise at once: one merge is done and the other one refused', async () => {
    const [one, other] = [await add({ name: 'Billing' }), await add({ name: 'Payments' })];
    const merged = await Promise.all([merge(one, other), merge(other, one, replica)]);
    expect(merged.filter(({ ok }) => ok)).toHaveLength(1);
    expect(merged.find(({ ok }) => !ok)).toMatchObject({ code: 'retired' });
    expect([(await cardOf(one))?.state, (await cardOf(other))?.state].sort()).toEqual(['active', 'retired']);
  });
});
