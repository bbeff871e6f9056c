import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/db/database.ts';
import { ms } from './claim-store.ts';
import { longestDoubtMs } from './limits.ts';

/** Whether nothing else is under way or in doubt in the lane of this delivery, a row of a statement's own. */
export function isQuiet(row: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`not exists (select from deliveries other
    where other.workspace_id = ${row}.workspace_id and other.lane = ${row}.lane and other.id <> ${row}.id
      and other.state in ('sending', 'unknown'))`;
}

/** A post that Slack has confirmed. */
export type SentPost = {
  id: string;
  lease: string;
  revision: number;
  channel: string;
  ts: string;
  /** How long after its claim the post began, in milliseconds: the next one in its lane keeps its distance from that. */
  begunAfterMs: number;
};

/**
 * Keeps what Slack has taken. A success counts whenever it comes, even after the lease was lost. Its lane is free
 * then, unless something else is under way in it by now.
 */
export async function markSent(db: Database, sent: readonly SentPost[], spacingMs: number): Promise<void> {
  if (sent.length === 0) return;
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb)
        as g (id uuid, lease uuid, revision integer, channel text, ts text, "begunAfterMs" float8)
    ), old as (
      select d.id, d.lease as held, d.claimed_at, g.lease, g.revision, g.channel, g.ts, g."begunAfterMs"
      from deliveries d join given g on g.id = d.id
      where d.state <> 'sent' order by d.id for update of d
    ), settled as (
      update deliveries d set state = 'sent', slack_channel = old.channel, slack_ts = old.ts,
        shown_revision = old.revision, sent_at = machine_now(), lease = null, leased_until = null,
        not_before = null, reason = null, settle_at = null, ended_at = null
      from old where d.id = old.id
      returning d.id, d.workspace_id, d.lane, d.message_id, old.ts, old.held = old.lease as is_held,
        old.claimed_at + make_interval(secs => old."begunAfterMs" / 1000) + ${ms(spacingMs)} as free_at
    ), freed as (
      update lanes l set free_at = s.free_at, refused = 0, refused_at = null, sent_at = machine_now(),
        last_ts = s.ts
      from settled s where l.workspace_id = s.workspace_id and l.lane = s.lane
        and (s.is_held or ${isQuiet(sql`s`)})
    )
    update channels c set lost_reason = null
    from settled s join messages m on m.id = s.message_id
    where c.id = m.to_channel_id and c.lost_reason is not null`.execute(db);
}

/** A post that was not confirmed. */
export type UnsentPost = {
  id: string;
  lease: string;
  kind: 'not-sent' | 'unknown' | 'dead';
  reason: string;
  /** Of one that was not sent: how long its lane waits. */
  pauseMs: number;
  isRefused: boolean;
  isChannelLost: boolean;
};

/** Of a post that Slack refused for its rate: how often its lane was refused in a row, others getting through. */
export type Refused = { id: string; refused: number };

/**
 * Settles posts that were not confirmed; only whoever still holds the lease may. What was not sent waits again, or is
 * cancelled if it was withdrawn meanwhile; what is not known holds its lane until it was looked for.
 */
export async function settleUnsent(db: Database, unsent: readonly UnsentPost[]): Promise<Refused[]> {
  if (unsent.length === 0) return [];
  const { rows } = await sql<Refused>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(unsent)}::jsonb)
        as g (id uuid, lease uuid, kind text, reason text, "pauseMs" float8, "isRefused" boolean,
          "isChannelLost" boolean)
    ), old as (
      select d.id, g.kind, g.reason, g."pauseMs", g."isRefused", g."isChannelLost",
        case when g.kind = 'not-sent' and d.withdrawn is not null then 'cancelled'
          when g.kind = 'not-sent' then 'pending' else g.kind end as state
      from deliveries d join given g on g.id = d.id and g.lease = d.lease
      order by d.id for update of d
    ), settled as (
      update deliveries d set state = old.state, lease = null, leased_until = null,
        reason = case when old.state = 'cancelled' then d.withdrawn else old.reason end,
        settle_at = case when old.state = 'unknown' then d.settle_at end,
        ended_at = case when old.state in ('dead', 'cancelled') then machine_now() end
      from old where d.id = old.id
      returning d.id, d.workspace_id, d.lane, d.message_id, d.claimed_at, old.kind, old."pauseMs",
        old."isRefused", old."isChannelLost", old.reason
    ), held as (
      update lanes l set
        free_at = case s.kind when 'unknown' then s.claimed_at + ${ms(longestDoubtMs)}
          else machine_now() + make_interval(secs => s."pauseMs" / 1000) end,
        refused = case when not s."isRefused" then l.refused
          when l.refused = 0 or exists (select from lanes other
            where other.workspace_id = l.workspace_id and other.lane <> l.lane and other.sent_at > l.refused_at)
          then l.refused + 1 else l.refused end,
        refused_at = case when s."isRefused" then machine_now() else l.refused_at end
      from settled s where l.workspace_id = s.workspace_id and l.lane = s.lane
      returning s.id, l.refused, s."isRefused"
    ), lost as (
      update channels c set lost_reason = s.reason
      from settled s join messages m on m.id = s.message_id
      where c.id = m.to_channel_id and s."isChannelLost"
    )
    select id, refused from held where "isRefused"`.execute(db);
  return rows;
}

/** Settles an edit: `shown` is the revision that Slack shows now, or null when it has to be tried again. */
export async function settleEdit(
  db: Database,
  { id, lease }: { id: string; lease: string },
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
      not_before: sql<string | null>`machine_now() + ${ms(pauseMs)}`,
    })
    .where('id', '=', id)
    .where('lease', '=', lease)
    .execute();
}
