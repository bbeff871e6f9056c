import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tell } from '../../src/delivery/outbox.ts';
import { deliveryEvent } from '../../src/delivery/slack-post.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { World } from '../../src/playground/fake-slack/world.ts';
import { repost } from '../../src/playground/repost.ts';
import { insertChannel, insertPerson, instant } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { type FakeSlackServer, startFakeSlackServer } from '../support/fake-slack/server.ts';

let database: TestDatabase;
let fake: FakeSlackServer;
let workspaceId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  fake = await startFakeSlackServer();
});
beforeEach(async () => {
  fake.slack.reset();
  workspaceId = await insertWorkspace(database.db);
});
afterAll(async () => {
  await fake.close();
  await database.close();
});

const again = {
  state: 'pending',
  reason: null,
  settle_at: null,
  lease: null,
  leased_until: null,
  not_before: null,
  slack_channel: null,
  slack_ts: null,
  shown_revision: 0,
};

describe('after a restart, what Cairn remembers to have said', () => {
  it('is left alone where it stands', async () => {
    const id = await deliver({ state: 'sent' });
    const at = stands(id);
    await set(id, { slack_ts: at.ts });
    const before = await read(id);
    await repost(database.db, workspaceId, world());
    expect(await read(id)).toEqual(before);
  });

  it('is left alone where somebody has deleted it', async () => {
    const id = await deliver({ state: 'sent' });
    const at = stands(id);
    await set(id, { slack_ts: at.ts });
    world().messages.delete(at);
    await repost(database.db, workspaceId, world());
    expect(await read(id)).toMatchObject({ state: 'sent', slack_ts: at.ts });
  });

  it('goes out again where it was never kept', async () => {
    const id = await deliver({ state: 'sent' });
    await repost(database.db, workspaceId, world());
    expect(await read(id)).toMatchObject(again);
  });

  it.each(['sending', 'unknown'])('counts as sent where it stands and was %s', async (state) => {
    const id = await deliver({ state });
    const at = stands(id);
    await repost(database.db, workspaceId, world());
    expect(await read(id)).toMatchObject({
      state: 'sent',
      lease: null,
      leased_until: null,
      slack_channel: 'C0PAYMENTS',
      slack_ts: at.ts,
      shown_revision: 1,
    });
    expect((await read(id)).sent_at).not.toBeNull();
  });

  it('is shown as it reads now where it stands and was changed while it was on its way', async () => {
    const id = await deliver({ state: 'sending' });
    stands(id);
    await set(id, { wanted_revision: 2 });
    await repost(database.db, workspaceId, world());
    expect(await read(id)).toMatchObject({ state: 'sent', shown_revision: 0 });
  });

  it.each(['sending', 'unknown'])('goes out again where it does not stand and was %s', async (state) => {
    const id = await deliver({ state });
    stands('00000000-0000-4000-8000-000000000000');
    await repost(database.db, workspaceId, world());
    expect(await read(id)).toMatchObject(again);
  });

  it('is not said again where it was withdrawn while it was on its way', async () => {
    const id = await deliver({ state: 'sending' });
    await set(id, { withdrawn: 'answered already' });
    await repost(database.db, workspaceId, world());
    expect(await read(id)).toMatchObject({ ...again, state: 'cancelled', reason: 'answered already' });
  });

  it('holds no lane any more, since nothing is under way or in doubt', async () => {
    const id = await deliver({ state: 'unknown' });
    const { lane } = await read(id);
    await database.db
      .insertInto('lanes')
      .values({ workspace_id: workspaceId, lane, free_at: '2099-01-01T00:00:00Z' })
      .execute();
    await repost(database.db, workspaceId, world());
    const lanes = await database.db
      .selectFrom('lanes')
      .select('lane')
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(lanes).toEqual([]);
  });

  it.each(['pending', 'dead', 'expired', 'cancelled'])('stays %s', async (state) => {
    const id = await deliver({ state });
    const before = await read(id);
    await repost(database.db, workspaceId, world());
    expect(await read(id)).toEqual(before);
  });

  it('is not mixed up with what another workspace was told', async () => {
    const id = await deliver({ state: 'unknown' });
    await repost(database.db, await insertWorkspace(database.db), world());
    expect(await read(id)).toMatchObject({ state: 'unknown' });
  });

  it('is no way to a direct channel that is not there', async () => {
    const { db } = database;
    const ana = await insertPerson(db, workspaceId, { name: 'Ana', directChannel: 'D0ANA' });
    await insertPerson(db, workspaceId, { name: 'Ben', directChannel: 'D0BEN' });
    await fake.client.as('ana').say('hello', { in: 'dm' });
    await repost(db, workspaceId, world());
    const known = await db
      .selectFrom('people')
      .select(['id', 'direct_channel'])
      .where('workspace_id', '=', workspaceId)
      .where('direct_channel', 'is not', null)
      .execute();
    expect(known).toEqual([{ id: ana.id, direct_channel: 'D0ANA' }]);
  });
});

const world = (): World => fake.slack.world();

/** A message of Cairn's whose delivery has come to this state. */
async function deliver({ state }: { state: string }): Promise<string> {
  const { db } = database;
  const { id: channelId } = await insertChannel(db, workspaceId, 'payments');
  const messageId = await inTransaction(db, async (tx) =>
    tell(tx, {
      workspaceId,
      dedupeKey: 'hello',
      to: { channelId },
      content: { text: 'hello', blocks: [] },
      dueAt: instant('2026-11-23T09:00:00Z'),
    }),
  );
  const { rows } = await sql<{ id: string }>`
    update deliveries set state = ${state}, shown_revision = 1,
      slack_channel = 'C0PAYMENTS', slack_ts = '1700000000.000100',
      lease = case when ${state} = 'sending' then gen_random_uuid() end,
      leased_until = case when ${state} = 'sending' then now() + interval '30 s' end
    where message_id = ${messageId} returning id`.execute(db);
  return rows[0]?.id ?? '';
}

async function read(id: string) {
  return await database.db
    .selectFrom('deliveries')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

async function set(
  id: string,
  values: { slack_ts?: string; wanted_revision?: number; withdrawn?: string },
): Promise<void> {
  await database.db.updateTable('deliveries').set(values).where('id', '=', id).execute();
}

/** A message with this delivery's id, as it came to the fake. */
function stands(deliveryId: string) {
  return world().messages.post({
    channel: 'C0PAYMENTS',
    user: 'U0CAIRN',
    at: '2026-11-23T09:00:00.000Z',
    text: 'hello',
    blocks: [],
    metadata: { event_type: deliveryEvent, event_payload: { id: deliveryId } },
  });
}
