// TEMPORARY STUB until the branch daily is merged.
import type { Temporal } from 'temporal-polyfill';
import type { NewMessage } from '../../delivery/message.ts';
import { cancelKeyed, rewrite, tellAll } from '../../delivery/outbox.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
export type NewPart = {
  workspaceId: string;
  personId: number;
  key: string;
  at: Temporal.Instant;
  expiresAt?: Temporal.Instant;
  content: NewMessage['content'];
  isNudge?: boolean;
};
export async function sayAll(tx: Tx, parts: readonly NewPart[]): Promise<void> {
  await tellAll(
    tx,
    parts.map(({ personId, key, at, ...rest }) => ({ ...rest, dedupeKey: key, dueAt: at, to: { personId } })),
  );
}
export async function messageOf(db: Database, workspaceId: string, key: string): Promise<number | null> {
  return (
    (
      await db
        .selectFrom('messages')
        .select('id')
        .where('workspace_id', '=', workspaceId)
        .where('dedupe_key', '=', key)
        .executeTakeFirst()
    )?.id ?? null
  );
}
export async function resay(
  tx: Tx,
  workspaceId: string,
  key: string,
  content: NewMessage['content'],
): Promise<void> {
  const id = await messageOf(tx, workspaceId, key);
  if (id !== null) await rewrite(tx, id, content);
}
export async function postpone(
  tx: Tx,
  workspaceId: string,
  keys: readonly string[],
  until: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ due_at: until.toString() })
    .where(
      'message_id',
      'in',
      tx
        .selectFrom('messages')
        .select('id')
        .where('workspace_id', '=', workspaceId)
        .where('dedupe_key', 'in', keys),
    )
    .execute();
}
export async function unsay(
  tx: Tx,
  workspaceId: string,
  keys: readonly string[],
  why: string,
): Promise<void> {
  await cancelKeyed(tx, workspaceId, keys, why);
}
export async function unsayUnsent(
  tx: Tx,
  workspaceId: string,
  keys: readonly string[],
  why: string,
): Promise<void> {
  await cancelKeyed(tx, workspaceId, keys, why);
}
