import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import type { DecisionEntry, Making } from './core/form.ts';

/** Holds a decision as it is until the transaction ends. */
export async function lockDecision(tx: Tx, workspaceId: string, id: number): Promise<void> {
  await sql`select from decisions where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx);
}

export type NewDecision = DecisionEntry & {
  workspaceId: string;
  createdById: number;
  at: Temporal.Instant;
  sourceUrl: string | null;
  lineId: number | null;
  /** Null: it is open. */
  made: Making | null;
};

/** Writes a decision with the next number of the workspace; whoever writes at the same time waits. */
export async function insertDecision(tx: Tx, decision: NewDecision): Promise<number> {
  const { workspaceId, made, about, at } = decision;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`decisions of ${workspaceId}`}, 0))`.execute(tx);
  const idOf = (kind: string) => about.find((one) => one.kind === kind)?.id ?? null;
  const { id } = await tx
    .insertInto('decisions')
    .values({
      workspace_id: workspaceId,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from decisions where workspace_id = ${workspaceId})`,
      question: decision.question,
      options: decision.options,
      driver_id: decision.driverId,
      approver_id: decision.approverId,
      due_on: made === null ? (decision.dueOn?.toString() ?? null) : null,
      state: made === null ? 'open' : 'decided',
      ...madeColumns(made, at, decision.createdById),
      rock_id: idOf('rock'),
      objective_id: idOf('objective'),
      item_id: idOf('item'),
      team_id: decision.teamId,
      visibility: decision.visibility,
      source_url: decision.sourceUrl,
      line_id: decision.lineId,
      created_at: at.toString(),
      created_by: decision.createdById,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertParts(tx, workspaceId, id, decision);
  return id;
}

function madeColumns(made: Making | null, at: Temporal.Instant, byId: number) {
  return {
    outcome: made?.outcome ?? null,
    why: made?.why ?? null,
    look_again_on: made?.lookAgainOn?.toString() ?? null,
    decided_at: made === null ? null : at.toString(),
    decided_by: made === null ? null : byId,
  };
}

async function insertParts(tx: Tx, workspaceId: string, id: number, entry: DecisionEntry): Promise<void> {
  const { contributorIds, informedIds, viewerIds } = entry;
  const rows = (ids: readonly number[], part: 'contributor' | 'informed' | 'viewer') =>
    [...new Set(ids)].map((person_id) => ({ workspace_id: workspaceId, decision_id: id, person_id, part }));
  const all = [
    ...rows(contributorIds, 'contributor'),
    ...rows(informedIds, 'informed'),
    ...rows(viewerIds, 'viewer'),
  ];
  if (all.length > 0) await tx.insertInto('decision_people').values(all).execute();
}

/** Keeps another entry of an open decision. */
export async function saveEntry(
  tx: Tx,
  workspaceId: string,
  id: number,
  entry: DecisionEntry,
): Promise<void> {
  const idOf = (kind: string) => entry.about.find((one) => one.kind === kind)?.id ?? null;
  await tx
    .updateTable('decisions')
    .set({
      question: entry.question,
      options: entry.options,
      driver_id: entry.driverId,
      approver_id: entry.approverId,
      due_on: entry.dueOn?.toString() ?? null,
      rock_id: idOf('rock'),
      objective_id: idOf('objective'),
      item_id: idOf('item'),
      team_id: entry.teamId,
      visibility: entry.visibility,
    })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('decision_people').where('decision_id', '=', id).execute();
  await insertParts(tx, workspaceId, id, entry);
}

/** Keeps that an open decision is made, and on which line of an agenda, if on one. */
export async function saveMade(
  tx: Tx,
  id: number,
  {
    made,
    at,
    byId,
    approverId,
    lineId,
  }: { made: Making; at: Temporal.Instant; byId: number; approverId: number; lineId: number | null },
): Promise<void> {
  await tx
    .updateTable('decisions')
    .set({
      state: 'decided',
      approver_id: approverId,
      ...madeColumns(made, at, byId),
      ...(lineId === null ? {} : { line_id: lineId }),
    })
    .where('id', '=', id)
    .execute();
}

export async function saveSuperseded(tx: Tx, id: number, byId: number): Promise<void> {
  await tx
    .updateTable('decisions')
    .set({ state: 'superseded', superseded_by_id: byId, look_again_on: null })
    .where('id', '=', id)
    .execute();
}

/** Somebody has looked again, and it stands: it is due for no other look unless a day is given. */
export async function saveLookedAgain(
  tx: Tx,
  id: number,
  at: Temporal.Instant,
  nextOn: Temporal.PlainDate | null,
): Promise<void> {
  await tx
    .updateTable('decisions')
    .set({ looked_again_at: at.toString(), look_again_on: nextOn?.toString() ?? null })
    .where('id', '=', id)
    .execute();
}
