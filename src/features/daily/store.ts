import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { NewPart } from './part.ts';

type Part = { id: number; key: string; state: 'waiting' | 'said' | 'over'; dailyMessageId: number | null };

const mostRows = 1_000;

/**
 * Keeps parts, in statements of a thousand. One that is there already says this from now on, and comes back if it was over.
 * Gives the daily messages in which such parts stand.
 */
export async function saveParts(tx: Tx, parts: readonly NewPart[]): Promise<number[]> {
  const touched = new Set<number>();
  const byKey = new Map(parts.map((part) => [`${part.workspaceId} ${part.key}`, part]));
  // In one order: two that write the same keys must not wait for each other.
  const all = [...byKey.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  for (let start = 0; start < all.length; start += mostRows) {
    const given = all.slice(start, start + mostRows).map((part) => ({
      workspace_id: part.workspaceId,
      person_id: part.personId,
      key: part.key,
      at: part.at.toString(),
      expires_at: part.expiresAt?.toString() ?? null,
      text: part.content.text,
      blocks: part.content.blocks,
      is_nudge: part.isNudge ?? false,
    }));
    const { rows } = await sql<{ id: number | null }>`
      insert into daily_parts as p (workspace_id, person_id, key, at, expires_at, text, blocks, is_nudge)
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (workspace_id text, person_id bigint,
        key text, at timestamptz, expires_at timestamptz, text text, blocks jsonb, is_nudge boolean)
      on conflict (workspace_id, key) do update set text = excluded.text, blocks = excluded.blocks,
        person_id = case when p.state = 'said' then p.person_id else excluded.person_id end,
        is_nudge = excluded.is_nudge,
        at = case when p.state = 'said' then p.at else excluded.at end, expires_at = excluded.expires_at,
        state = case when p.state = 'over' then 'waiting' else p.state end, reason = null
      returning daily_message_id as id`.execute(tx);
    for (const { id } of rows) if (id !== null) touched.add(id);
  }
  return [...touched];
}

/** Locks parts by their keys, in the order of the keys. */
export async function lockParts(tx: Tx, workspaceId: string, keys: readonly string[]): Promise<Part[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<Part>`
    select id, key, state, daily_message_id as "dailyMessageId" from daily_parts
    where workspace_id = ${workspaceId} and key = any(${keys}::text[]) order by key collate "C" for update`.execute(
    tx,
  );
  return rows;
}

export async function savePartContent(
  tx: Tx,
  id: number,
  { text, blocks }: NewPart['content'],
): Promise<void> {
  await tx
    .updateTable('daily_parts')
    .set({ text, blocks: JSON.stringify(blocks) })
    .where('id', '=', id)
    .execute();
}

/** Takes parts out of their messages, or out of waiting. */
export async function endParts(tx: Tx, ids: readonly number[], reason: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update daily_parts set state = 'over', reason = ${reason}, daily_message_id = null
    where id = any(${ids}::bigint[])`.execute(tx);
}

/** The same for parts that nobody has read, or will. */
export async function endUnread(tx: Tx, ids: readonly number[], reason: string): Promise<void> {
  await endParts(tx, ids, reason);
  if (ids.length > 0)
    await sql`update daily_parts set said_at = null where id = any(${ids}::bigint[])`.execute(tx);
}

/** Lets parts wait for another time. */
export async function putOff(tx: Tx, ids: readonly number[], until: Temporal.Instant): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update daily_parts set state = 'waiting', daily_message_id = null, said_at = null, reason = null, at = ${until.toString()}
    where id = any(${ids}::bigint[])`.execute(tx);
}

/** A message of a day with what it says now, in order, and how far it has come. */
export type Said = {
  id: number;
  messageId: number | null;
  /** Whether it is certain that nobody has read it, nor will. */
  isUnsent: boolean;
  /** It was never sent and will not be, so another one may take its place. */
  isOver: boolean;
  expiresAt: Temporal.Instant | null;
  parts: NewPart['content'][];
};

/** Locks messages of the day, in one order, and reads what they say. */
export async function lockSaid(tx: Tx, ids: readonly number[]): Promise<Said[]> {
  if (ids.length === 0) return [];
  await sql`select from daily_messages where id = any(${ids}::bigint[]) order by id for update`.execute(tx);
  // Nobody begins to send what is being taken back.
  await sql`
    select from deliveries where message_id in (
      select message_id from daily_messages where id = any(${ids}::bigint[])) order by id for update`.execute(
    tx,
  );
  const { rows } = await sql<Said>`
    select m.id, m.message_id as "messageId", coalesce(d.state in ('pending', 'cancelled', 'expired', 'dead'), true)
        as "isUnsent",
      coalesce(d.state in ('cancelled', 'expired'), false) as "isOver",
      (select case when bool_and(p.expires_at is not null) then max(p.expires_at) end from daily_parts p
        where p.daily_message_id = m.id) as "expiresAt",
      coalesce((select json_agg(json_build_object('text', p.text, 'blocks', p.blocks) order by p.at, p.id)
        from daily_parts p where p.daily_message_id = m.id), '[]') as parts
    from daily_messages m left join deliveries d on d.message_id = m.message_id
    where m.id = any(${ids}::bigint[]) order by m.id`.execute(tx);
  return rows;
}

/** Nobody has read it and it has nothing to say: the day is free for another one. */
export async function deleteSaid(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from daily_messages where id = any(${ids}::bigint[])`.execute(tx);
}

/** The message in which a part stands. */
export async function findMessageOf(db: Database, workspaceId: string, key: string): Promise<number | null> {
  const row = await db
    .selectFrom('daily_parts as p')
    .innerJoin('daily_messages as m', 'm.id', 'p.daily_message_id')
    .select('m.message_id as id')
    .where('p.workspace_id', '=', workspaceId)
    .where('p.key', '=', key)
    .executeTakeFirst();
  return row?.id ?? null;
}
