import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import { offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff, declineHandoff, withdrawHandoff } from '../../../src/features/handoffs/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { insertActor, insertChannel, insertRock, listEvents, listMessages } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { briefWords, got, handoffsOf, outcome, ownerOf } from './support.ts';

/** Two replicas: pools of their own on one database. */
let database: TestDatabase;
let replicas: [Database, Database];
beforeAll(async () => {
  database = await createTestDatabase();
  replicas = [database.db, openDatabase(database.url)];
});
afterAll(async () => {
  await replicas[1].destroy();
  await database.close();
});

describe('pressed at once in two replicas', () => {
  let workspaceId: string;
  let ana: Actor;
  let ben: Actor;
  let rockId: number;
  let handoffId: number;
  beforeEach(async () => {
    const { db } = database;
    workspaceId = await insertWorkspace(db);
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    const channel = await insertChannel(db, workspaceId, 'payments');
    rockId = await insertRock(db, workspaceId, { name: 'Payments', owner: ana, channelId: channel.id });
    const offer = { rockId, to: ben, words: briefWords };
    handoffId = got(await offerHandoff(db, workspaceId, ana, offer)).id;
    got(await readBrief(db, workspaceId, ben, handoffId));
  });

  const accept = (db: Database) => acceptHandoff(db, workspaceId, ben, handoffId);
  const typesOf = async () => (await listEvents(database.db, workspaceId)).map((event) => event.type);

  test('`Accept` has one effect', async () => {
    const [one, other] = replicas;
    const pressed = await Promise.all([accept(one), accept(other), accept(one), accept(other)]);
    expect(pressed.map(outcome).sort()).toEqual(['done', 'over', 'over', 'over']);
    expect(await typesOf()).toEqual(['handoff.offered', 'rock.handed-over', 'handoff.accepted']);
    expect(await listMessages(database.db, workspaceId)).toHaveLength(4);
    const stints = await database.db.selectFrom('stints').selectAll().where('rock_id', '=', rockId).execute();
    expect(stints).toHaveLength(2);
  });

  test.each(Array.from({ length: 12 }, (_, round) => round))(
    '`Accept` against `Withdraw` or `Decline`: one of them wins, and the owner agrees with it (%i)',
    async (round) => {
      const [one, other] = round % 2 === 0 ? replicas : replicas.toReversed();
      if (one === undefined || other === undefined) throw new Error('two replicas are needed');
      const against = (): Promise<Result<unknown>> =>
        round % 3 === 0
          ? declineHandoff(other, workspaceId, ben, handoffId, null)
          : withdrawHandoff(other, workspaceId, ana, handoffId);
      const pressed =
        round % 4 < 2
          ? await Promise.all([accept(one), against()])
          : (await Promise.all([against(), accept(one)])).toReversed();
      const isAccepted = pressed[0]?.ok === true;
      expect(pressed.map(outcome).sort()).toEqual(['done', 'over']);

      const [handoff] = await handoffsOf(database.db, rockId);
      expect(handoff?.state === 'overlap').toBe(isAccepted);
      expect(await ownerOf(database.db, workspaceId, rockId)).toBe(isAccepted ? ben.id : ana.id);
      const types = await typesOf();
      expect(types.includes('rock.handed-over')).toBe(isAccepted);
      expect(types.filter((type) => type.startsWith('handoff.'))).toHaveLength(2);
    },
  );
});
