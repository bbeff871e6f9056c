import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { Disowning } from './disowning.ts';

/** Keeps that somebody named who may own key results. Those of which somebody is asked already are left out. */
export async function insertDisownings(
  tx: Tx,
  asked: { workspaceId: string; occurrenceId: number; byId: number; toId: number; at: Temporal.Instant },
  keyResultIds: readonly number[],
): Promise<{ id: number; keyResultId: number }[]> {
  return await tx
    .insertInto('disownings')
    .values(
      keyResultIds.map((keyResultId) => ({
        workspace_id: asked.workspaceId,
        occurrence_id: asked.occurrenceId,
        key_result_id: keyResultId,
        by_id: asked.byId,
        to_id: asked.toId,
        asked_at: asked.at.toString(),
      })),
    )
    // Not a parameter: once the statement is planned for all parameters alike, it would fit no index, and fail.
    .onConflict((on) => on.column('key_result_id').where(sql<boolean>`state = 'asked'`).doNothing())
    .returning(['id', 'key_result_id as keyResultId'])
    .execute();
}

export async function findDisowning(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<Disowning | undefined> {
  return await db
    .selectFrom('disownings as d')
    .innerJoin('key_results as k', 'k.id', 'd.key_result_id')
    .innerJoin('people as b', 'b.id', 'd.by_id')
    .innerJoin('people as t', 't.id', 'd.to_id')
    .where('d.workspace_id', '=', workspaceId)
    .where('d.id', '=', id)
    .select([
      'd.id',
      'd.occurrence_id as occurrenceId',
      'd.key_result_id as keyResultId',
      'd.state',
      'k.key',
      'k.title',
      sql<Disowning['by']>`json_build_object('id', b.id, 'slackId', b.slack_id, 'name', b.name)`.as('by'),
      sql<Disowning['to']>`json_build_object('id', t.id, 'slackId', t.slack_id, 'name', t.name)`.as('to'),
    ])
    .executeTakeFirst();
}

/** Ends one that is still asked; false: somebody was faster. */
export async function endDisowning(
  tx: Tx,
  id: number,
  state: 'taken' | 'declined' | 'over',
  at: Temporal.Instant,
): Promise<boolean> {
  const ended = await tx
    .updateTable('disownings')
    .set({ state, ended_at: at.toString() })
    .where('id', '=', id)
    .where('state', '=', 'asked')
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** They said that these are not theirs. */
export async function markDisowned(
  tx: Tx,
  promptId: number,
  keyResultIds: readonly number[],
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('prompt_items')
    .set({ disowned_at: at.toString() })
    .where('prompt_id', '=', promptId)
    .where('key_result_id', 'in', keyResultIds)
    .execute();
}

/** Nobody else has it: it is asked of them again. */
export async function unmarkDisowned(tx: Tx, occurrenceId: number, keyResultId: number): Promise<void> {
  await tx
    .updateTable('prompt_items')
    .set({ disowned_at: null })
    .where('occurrence_id', '=', occurrenceId)
    .where('key_result_id', '=', keyResultId)
    .execute();
}
