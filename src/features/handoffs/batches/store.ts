import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { PersonRef } from '../../ownership/core/rock.ts';
import type { BriefWords } from '../core/handoff.ts';
import type { Batch, Move } from './core/batch.ts';

/** SQL of a `PersonRef` of the people's row by this alias; null where there is none. */
function ref(alias: string) {
  const p = sql.raw(alias);
  return sql<PersonRef | null>`case when ${p}.id is not null then json_build_object('id', ${p}.id,
    'slackId', ${p}.slack_id, 'name', ${p}.name, 'isDeactivated', ${p}.deactivated_at is not null) end`;
}

function batches(db: Database, workspaceId: string) {
  return db
    .selectFrom('handoff_batches as b')
    .innerJoin('people as author', 'author.id', 'b.by_id')
    .leftJoin('people as f', 'f.id', 'b.from_id')
    .where('b.workspace_id', '=', workspaceId)
    .select([
      'b.id',
      'b.kind',
      'b.title',
      'b.state',
      'b.released_at as releasedAt',
      ref('author').$castTo<PersonRef>().as('by'),
      ref('f').as('from'),
    ]);
}

export async function findBatch(
  db: Database,
  workspaceId: string,
  batchId: number,
): Promise<Batch | undefined> {
  return await batches(db, workspaceId).where('b.id', '=', batchId).executeTakeFirst();
}

/** The same, locked: whoever else changes or releases it waits. */
export async function lockBatch(tx: Tx, workspaceId: string, batchId: number): Promise<Batch | undefined> {
  await tx
    .selectFrom('handoff_batches')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', batchId)
    .forUpdate()
    .executeTakeFirst();
  return await findBatch(tx, workspaceId, batchId);
}

/** The drafts of reorganisations that somebody prepares, the oldest first. */
export async function listDrafts(db: Database, workspaceId: string, authorId: number): Promise<Batch[]> {
  return await batches(db, workspaceId)
    .where('b.by_id', '=', authorId)
    .where('b.state', '=', 'draft')
    .where('b.kind', '=', 'reorganisation')
    .orderBy('b.id')
    .execute();
}

export async function insertBatch(
  tx: Tx,
  batch: {
    workspaceId: string;
    kind: Batch['kind'];
    title: string | null;
    byId: number;
    fromId: number | null;
    at: Temporal.Instant;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto('handoff_batches')
    .values({
      workspace_id: batch.workspaceId,
      kind: batch.kind,
      title: batch.title,
      by_id: batch.byId,
      from_id: batch.fromId,
      created_at: batch.at.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function saveBatchState(
  tx: Tx,
  batchId: number,
  state: { state: 'released'; at: Temporal.Instant } | { state: 'dropped' },
): Promise<void> {
  await tx
    .updateTable('handoff_batches')
    .set({ state: state.state, released_at: state.state === 'released' ? state.at.toString() : null })
    .where('id', '=', batchId)
    .execute();
}

/** The handoffs of a batch, by importance, name and receiver. */
export async function listMoves(db: Database, workspaceId: string, batchId: number): Promise<Move[]> {
  return await db
    .selectFrom('handoffs as h')
    .innerJoin('rocks as r', 'r.id', 'h.rock_id')
    .innerJoin('people as t', 't.id', 'h.to_id')
    .leftJoin('people as f', 'f.id', 'h.from_id')
    .leftJoin('stints as s', (join) => join.onRef('s.rock_id', '=', 'r.id').on('s.ended_at', 'is', null))
    .select([
      'h.id as handoffId',
      'h.state',
      sql<Move['rock']>`json_build_object('id', r.id, 'name', r.name, 'importance', r.importance,
        'weight', r.weight)`.as('rock'),
      ref('f').as('from'),
      ref('t').$castTo<PersonRef>().as('to'),
      's.person_id as ownerId',
      'h.reason as why',
    ])
    .where('h.workspace_id', '=', workspaceId)
    .where('h.batch_id', '=', batchId)
    .orderBy('r.name')
    .orderBy('r.id')
    .orderBy('h.id')
    .execute();
}

export type Side = 'author' | 'concerned';
export type BatchMessage = { side: Side; personId: number; messageId: number };

export async function listBatchMessages(db: Database, batchId: number): Promise<BatchMessage[]> {
  return await db
    .selectFrom('handoff_batch_messages')
    .select(['side', 'person_id as personId', 'message_id as messageId'])
    .where('batch_id', '=', batchId)
    .orderBy('message_id')
    .execute();
}

export async function saveBatchMessage(
  tx: Tx,
  workspaceId: string,
  batchId: number,
  { side, personId, messageId }: BatchMessage,
): Promise<void> {
  await tx
    .insertInto('handoff_batch_messages')
    .values({
      workspace_id: workspaceId,
      batch_id: batchId,
      side,
      person_id: personId,
      message_id: messageId,
    })
    .onConflict((conflict) =>
      conflict.columns(['batch_id', 'side', 'person_id']).doUpdateSet({ message_id: messageId }),
    )
    .execute();
}

/** The same words for everything that a draft still holds. */
export async function saveWordsOfDrafts(
  tx: Tx,
  batchId: number,
  words: BriefWords,
  reason: string,
): Promise<void> {
  await tx
    .updateTable('handoffs')
    .set({
      why_it_matters: words.whyItMatters,
      where_it_stands: words.whereItStands,
      next_step: words.nextStep,
      what_could_hurt: words.whatCouldHurt,
      reason,
    })
    .where('batch_id', '=', batchId)
    .where('state', '=', 'draft')
    .execute();
}

/** A draft that was dropped was never offered: it is no part of what its batch tells people. */
export async function leaveBatch(tx: Tx, handoffId: number): Promise<void> {
  await tx.updateTable('handoffs').set({ batch_id: null }).where('id', '=', handoffId).execute();
}
