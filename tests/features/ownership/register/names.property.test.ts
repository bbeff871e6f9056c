import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringBackRock } from '../../../../src/features/ownership/register/bring-back-operations.ts';
import { stateNow } from '../../../../src/features/ownership/register/changing.ts';
import { addRock, editRock } from '../../../../src/features/ownership/register/operations.ts';
import { mergeRocks, retireRock } from '../../../../src/features/ownership/register/retire-operations.ts';
import { splitRock } from '../../../../src/features/ownership/register/split-operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { stampOf } from '../../../../src/platform/core/stamp.ts';
import { type Database, openDatabase } from '../../../../src/platform/db/database.ts';
import { insertActor } from '../../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { entry, split } from './support.ts';

let database: TestDatabase;
let replica: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  replica = openDatabase(database.url);
});
afterAll(async () => {
  await replica.destroy();
  await database.close();
});

/** Few names, much alike, so that they are often in each other's way. */
const name = fc.constantFrom('C', 'C++', 'c-2', 'Pay', 'Pays', 'pay 2', 'Rock', '支付', 'Ünit', 'unit');
const aliases = fc.uniqueArray(name, { maxLength: 3 });
const which = fc.nat(9);
const step = fc.oneof(
  fc.record({ does: fc.constant('add' as const), name, aliases }),
  fc.record({ does: fc.constant('edit' as const), which, name, aliases }),
  fc.record({ does: fc.constant('split' as const), which, first: name, second: name, aliases }),
  fc.record({ does: fc.constant('merge' as const), which, into: which }),
  fc.record({ does: fc.constant('retire' as const), which, into: fc.option(which) }),
  fc.record({ does: fc.constant('bring back' as const), which }),
);
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

async function take(db: Database, workspaceId: string, ana: Actor, it: Step): Promise<void> {
  if (it.does === 'add') {
    await addRock(db, workspaceId, ana, entry({ name: it.name, aliases: it.aliases }), ana);
    return;
  }
  const rows = await db
    .selectFrom('rocks')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
  const idOf = (index: number) => rows[index % Math.max(1, rows.length)]?.id;
  const rockId = idOf(it.which);
  if (rockId === undefined) return;
  const deps = { db, onRockMoved: [] };
  if (it.does === 'edit') {
    const stamp = stampOf(await stateNow(db, workspaceId, rockId));
    await editRock(db, workspaceId, ana, rockId, entry({ name: it.name, aliases: it.aliases }), stamp);
  } else if (it.does === 'split') {
    await splitRock(db, workspaceId, ana, rockId, split(it.first, it.second, it.aliases), ana);
  } else if (it.does === 'merge') {
    const pair = { fromId: rockId, intoId: idOf(it.into) ?? rockId };
    await mergeRocks(deps, workspaceId, ana, { ...pair, takes: ['links'] });
  } else if (it.does === 'retire') {
    const intoId = it.into === null ? null : (idOf(it.into) ?? null);
    await retireRock(deps, workspaceId, ana, rockId, { reason: 'It is over.', intoId });
  } else {
    await bringBackRock(db, workspaceId, ana, rockId, null);
  }
}

test('no alias ever leads to two rocks, every key stays one and nothing goes into itself, whatever is added, edited, split, merged, retired and brought back, two at once', async () => {
  const { db } = database;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, step), { minLength: 2, maxLength: 8 }), async (pairs) => {
      const workspaceId = await insertWorkspace(db);
      const ana = { ...(await insertActor(db, workspaceId)), isAdmin: true };
      for (const [one, other] of pairs)
        await Promise.all([take(db, workspaceId, ana, one), take(replica, workspaceId, ana, other)]);
      const { rows: shared } = await sql`
        select normal from rock_names where workspace_id = ${workspaceId}
        group by normal having bool_or(kind = 'alias') and count(distinct rock_id) > 1`.execute(db);
      expect(shared).toEqual([]);
      const { rows: strange } = await sql`
        select key from rocks r where workspace_id = ${workspaceId} and (key !~ '^[a-z0-9]+(-[a-z0-9]+)*$'
          or not exists (select from rock_names n where n.rock_id = r.id and n.kind = 'key' and n.name = r.key))`.execute(
        db,
      );
      expect(strange).toEqual([]);
      const { rows: circular } = await sql`
        with recursive way as (
          select id as start, successor_id as at from rocks where workspace_id = ${workspaceId}
          union
          select way.start, r.successor_id from way join rocks r on r.id = way.at)
        select start from way where at = start`.execute(db);
      expect(circular).toEqual([]);
      const { rows: carried } = await sql`
        select r.key from rocks r join stints s on s.rock_id = r.id and s.ended_at is null
        where r.workspace_id = ${workspaceId} and r.state <> 'active'`.execute(db);
      expect(carried).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
