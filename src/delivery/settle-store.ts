import { sql } from 'kysely';
import type { Database } from '../platform/db/database.ts';
import type { Claimed } from './claim-store.ts';

/** A success counts whenever it comes, even after the lease was lost. */
export async function markSent(
  db: Database,
  delivery: Claimed,
  sent: { channel: string; ts: string },
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      state: 'sent',
      slack_channel: sent.channel,
      slack_ts: sent.ts,
      shown_revision: delivery.revision,
      sent_at: sql<string>`now()`,
      lease: null,
      leased_until: null,
      not_before: null,
      reason: null,
    })
    .where('id', '=', delivery.id)
    .execute();
}

/** Settles a post that was not confirmed; only whoever still holds the lease may. */
export async function settle(
  db: Database,
  delivery: Claimed,
  state: 'pending' | 'unknown' | 'dead',
  reason: string,
  pauseMs = 0,
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      state,
      reason,
      lease: null,
      leased_until: null,
      not_before: sql<string>`now() + make_interval(secs => ${pauseMs / 1000})`,
    })
    .where('id', '=', delivery.id)
    .where('lease', '=', delivery.lease)
    .execute();
}

/** Settles an edit: `shown` is the revision that Slack shows now, or null when it has to be tried again. */
export async function settleEdit(
  db: Database,
  delivery: Claimed,
  shown: number | null,
  reason: string | null,
  pauseMs = 0,
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      ...(shown === null ? {} : { shown_revision: shown }),
      reason,
      lease: null,
      leased_until: null,
      not_before: sql<string>`now() + make_interval(secs => ${pauseMs / 1000})`,
    })
    .where('id', '=', delivery.id)
    .where('lease', '=', delivery.lease)
    .execute();
}
