import { sql } from 'kysely';
import { deliveryEvent } from '../delivery/slack-post.ts';
import type { Database } from '../platform/db/database.ts';
import type { World } from './fake-slack/world.ts';

/**
 * Brings Cairn's memory of what it said in line with what stands in the fake, of which nothing is hidden: what was
 * on its way when the last run was killed is found there by its delivery's id, or goes out again; so does what the
 * fake never kept. Homes are few and cheap: all are published again. To be called before Cairn sends anything.
 */
export async function repost(db: Database, workspaceId: string, world: World): Promise<void> {
  const told = await db
    .selectFrom('deliveries')
    .select(['id', 'state', 'slack_channel', 'slack_ts'])
    .where('workspace_id', '=', workspaceId)
    .where('state', 'in', ['sent', 'sending', 'unknown'])
    .execute();
  const doubtful = told.filter(
    ({ state, slack_channel, slack_ts }) =>
      state !== 'sent' || world.messages.findEver(slack_channel ?? '', slack_ts ?? '') === undefined,
  );
  const standing = doubtful.length === 0 ? new Map<string, Place>() : deliveriesIn(world);
  const lost: string[] = [];
  for (const { id } of doubtful) {
    const place = standing.get(id);
    if (place === undefined) lost.push(id);
    else await markFound(db, id, place);
  }
  await sendAgain(db, lost);
  await freeLanes(db, workspaceId);
  await publishHomesAgain(db, workspaceId);
  await forgetDirectChannels(db, workspaceId, world);
}

type Place = { channel: string; ts: string };

/** Where each delivery stands in the fake, by its id. */
function deliveriesIn({ messages }: World): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { channel, ts, metadata } of messages.ever()) {
    const id = metadata?.event_type === deliveryEvent ? metadata.event_payload['id'] : undefined;
    if (typeof id === 'string') places.set(id, { channel, ts });
  }
  return places;
}

async function markFound(db: Database, id: string, { channel, ts }: Place): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      state: 'sent',
      lease: null,
      leased_until: null,
      not_before: null,
      settle_at: null,
      reason: null,
      slack_channel: channel,
      slack_ts: ts,
      sent_at: sql<string>`coalesce(sent_at, machine_now())`,
      // Which revision went out is known only where there was but one; else the present one is shown again.
      shown_revision: sql<number>`case when wanted_revision = 1 then 1 else 0 end`,
    })
    .where('id', '=', id)
    .execute();
}

/**
 * As it reads now and into its thread, so that open check-ins and offers can still be pressed. What was withdrawn
 * meanwhile is not said again.
 */
async function sendAgain(db: Database, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('deliveries')
    .set({
      state: sql<'pending' | 'cancelled'>`case when withdrawn is null then 'pending' else 'cancelled' end`,
      reason: sql<string | null>`withdrawn`,
      ended_at: sql<string | null>`case when withdrawn is not null then machine_now() end`,
      lease: null,
      leased_until: null,
      not_before: null,
      settle_at: null,
      slack_channel: null,
      slack_ts: null,
      shown_revision: 0,
    })
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
}

/** Nothing is under way or in doubt any more, so nothing has to be waited for. */
async function freeLanes(db: Database, workspaceId: string): Promise<void> {
  await db.deleteFrom('lanes').where('workspace_id', '=', workspaceId).execute();
}

async function publishHomesAgain(db: Database, workspaceId: string): Promise<void> {
  await db
    .updateTable('homes')
    .set((eb) => ({ shown: null, wanted_revision: eb('wanted_revision', '+', 1) }))
    .where('workspace_id', '=', workspaceId)
    .execute();
}

async function forgetDirectChannels(db: Database, workspaceId: string, world: World): Promise<void> {
  const people = await db
    .selectFrom('people')
    .select(['id', 'direct_channel'])
    .where('workspace_id', '=', workspaceId)
    .where('direct_channel', 'is not', null)
    .execute();
  const gone = people.filter(({ direct_channel }) => !world.workspace.channels.has(direct_channel ?? ''));
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await db.updateTable('people').set({ direct_channel: null }).where('id', 'in', ids).execute();
}
