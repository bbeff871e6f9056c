import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';

/** What a webhook posts to: its secret, and whether its key result still counts. */
export type WebhookSource = { id: number; keyResultId: number; secret: string; isActive: boolean };

/** The webhook at whose address something was posted. */
export async function findWebhook(
  db: Database,
  workspaceId: string,
  token: string,
): Promise<WebhookSource | undefined> {
  return await db
    .selectFrom('number_sources as s')
    .innerJoin('key_results as k', 'k.id', 's.key_result_id')
    .select([
      's.id',
      's.key_result_id as keyResultId',
      's.secret',
      sql<boolean>`k.state = 'active'`.as('isActive'),
    ])
    .where('s.workspace_id', '=', workspaceId)
    .where('s.kind', '=', 'webhook')
    .where('s.token', '=', token)
    .$narrowType<{ secret: string }>()
    .executeTakeFirst();
}

/** How many values a webhook gave lately, as far back as signatures are kept. */
export async function countLately(db: Database, sourceId: number): Promise<number> {
  const { count } = await db
    .selectFrom('number_signatures')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('source_id', '=', sourceId)
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * Keeps that a signature was taken; false when it was taken before. Those that are too old to be good any more are
 * forgotten. `goodForSeconds` is machine time.
 */
export async function keepSignature(
  tx: Tx,
  workspaceId: string,
  sourceId: number,
  signature: string,
  goodForSeconds: number,
): Promise<boolean> {
  // A signature may be dated ahead by as much as it is good for, and then is good for twice as long.
  const longest = sql<Temporal.Instant>`now() - make_interval(secs => ${2 * goodForSeconds + 60})`;
  await tx
    .deleteFrom('number_signatures')
    .where('source_id', '=', sourceId)
    .where('seen_at', '<', longest)
    .execute();
  const kept = await tx
    .insertInto('number_signatures')
    .values({ workspace_id: workspaceId, source_id: sourceId, signature })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (kept.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
