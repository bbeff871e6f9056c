import { sql } from 'kysely';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { insertCycle, insertKeyResult, insertObjective } from '../../support/builders.ts';
import { ana, ben, checkout, chi, db, workspaceId } from './company.ts';

/** Rows that an agenda is gathered from, put straight into their tables. */

const longAgo = '2026-09-01T09:00:00Z';
let count = 0;

type Set = Record<string, unknown>;

async function insert(table: string, columns: Set): Promise<number> {
  const own = { workspace_id: workspaceId, ...columns };
  const names = sql.join(Object.keys(own).map((name) => sql.ref(name)));
  const values = sql.join(Object.values(own).map((it) => sql.val(it)));
  const { rows } = await sql<{
    id: number;
  }>`insert into ${sql.table(table)} (${names}) values (${values}) returning id`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('nothing was inserted');
  return row.id;
}

/** An item of the roadmap that has been there for long. */
export async function item(title: string, columns: Set = {}): Promise<number> {
  count += 1;
  return await insert('roadmap_items', {
    key: `item-${count}`,
    title,
    horizon: 'now',
    owner_id: ana.id,
    team_id: checkout,
    moved_at: longAgo,
    created_at: longAgo,
    ...columns,
  });
}

/** It was recorded that an item was created, or went from one horizon to another. */
export async function itemEvent(
  id: number,
  at: string,
  moved: { from: string; to: string } | null = null,
): Promise<void> {
  await db
    .insertInto('events')
    .values({
      workspace_id: workspaceId,
      at,
      actor: 'person',
      actor_id: ana.id,
      type: moved === null ? 'roadmap-item.created' : 'roadmap-item.moved',
      subject_kind: 'roadmap-item',
      subject_id: id,
      before: moved === null ? null : JSON.stringify({ horizon: moved.from }),
      after: JSON.stringify(moved === null ? { title: 'new' } : { horizon: moved.to }),
    })
    .execute();
}

/** An item slipped, with its words. */
export async function itemSlip(
  id: number,
  given: { at: string; from: string; to: string; why?: string },
): Promise<void> {
  await db
    .insertInto('roadmap_slips')
    .values({
      workspace_id: workspaceId,
      item_id: id,
      at: given.at,
      from_on: given.from,
      to_on: given.to,
      by_id: ana.id,
      why: given.why ?? null,
    })
    .execute();
  await db
    .updateTable('roadmap_items')
    .set({ due_on: given.to, first_due_on: given.from, slips: 1 })
    .where('id', '=', id)
    .execute();
}

/** A key result of an objective that everybody sees, in a cycle that goes on. */
export async function keyResult(
  title: string,
  columns: Set = {},
  objective: Set = {},
  cycle: Set = { state: 'active' },
): Promise<number> {
  count += 1;
  const cycleId = await insertCycle(db, workspaceId, {
    key: `c${count}`,
    starts: '2026-10-01',
    ends: '2026-12-31',
  });
  const objectiveId = await insertObjective(db, workspaceId, {
    key: `objective-${count}`,
    cycleId,
    teamId: checkout,
  });
  const named = { title: 'Fewer failures', owner_id: ana.id, ...objective };
  await db.updateTable('objectives').set(named).where('id', '=', objectiveId).execute();
  const id = await insertKeyResult(db, workspaceId, objectiveId, { key: `kr-${count}`, owner: ben });
  await db
    .updateTable('key_results')
    .set({ title, ...columns })
    .where('id', '=', id)
    .execute();
  // A closed cycle takes nothing new.
  await db.updateTable('cycles').set(cycle).where('id', '=', cycleId).execute();
  return id;
}

export async function checkIn(
  keyResultId: number,
  given: { at: string; confidence: number; words?: string; slipWords?: string },
): Promise<void> {
  await insert('check_ins', {
    key_result_id: keyResultId,
    person_id: ben.id,
    value: 1,
    confidence: given.confidence,
    words: given.words ?? null,
    answered_at: given.at,
    ...(given.slipWords === undefined ? {} : { slip_words: given.slipWords, due_on: '2026-12-20' }),
  });
}

/** An open decision that Ana drives and Chi approves. */
export async function decision(question: string, columns: Set = {}): Promise<number> {
  count += 1;
  return await insert('decisions', {
    number: count,
    question,
    driver_id: ana.id,
    approver_id: chi.id,
    created_at: longAgo,
    created_by: ana.id,
    ...columns,
  });
}

/** The columns of one that was made, and is due for another look on a day. */
export function madeLong(lookAgainOn: string | null): Set {
  return {
    state: 'decided',
    outcome: 'We keep it.',
    why: 'Two banks need it.',
    decided_at: longAgo,
    decided_by: ana.id,
    look_again_on: lookAgainOn,
  };
}

/** An action of Ben's, given by Ana. */
export async function action(title: string, columns: Set = {}): Promise<number> {
  return await insert('actions', {
    title,
    owner_id: ben.id,
    by_id: ana.id,
    created_at: longAgo,
    ...columns,
  });
}

/** An occurrence of a cadence, in which a review was held, that ended as its columns say. */
export async function review(
  cadenceId: number,
  day: string,
  columns: Set = { ended_at: `${day}T12:00:00Z`, minutes: JSON.stringify(noMinutes) },
): Promise<number> {
  const occurrenceId = await insert('occurrences', {
    cadence_id: cadenceId,
    name: day,
    due_at: `${day}T09:00:00Z`,
    planned_at: `${day}T09:00:00Z`,
    state: columns['ended_at'] === undefined ? 'open' : 'held',
    closed_at: columns['ended_at'] ?? null,
    tz_version: '2026a',
  });
  await sql`insert into reviews (workspace_id, occurrence_id, ritual, name, looks_back_to, ended_at, ended_by, minutes)
    values (${workspaceId}, ${occurrenceId}, 'roadmap-review', 'Roadmap review',
      ${columns['looks_back_to'] ?? null}, ${columns['ended_at'] ?? null}, ${columns['ended_by'] ?? null},
      ${columns['minutes'] ?? null})`.execute(db);
  return occurrenceId;
}

export const noMinutes = { decided: [], actions: [], deferred: [], untouched: [] };

/** A line of a review that somebody put off. */
export async function deferred(
  occurrenceId: number,
  title: string,
  { by = ben, at, ...columns }: { by?: Actor; at: string } & Set,
): Promise<number> {
  count += 1;
  return await insert('agenda_lines', {
    occurrence_id: occurrenceId,
    position: count,
    page: 1,
    source: 'point',
    title,
    deferred_by: by.id,
    deferred_at: at,
    ...columns,
  });
}

/** A handoff of a rock from Ana to Ben that waits for a yes. */
export async function handoff(rockId: number, columns: Set = {}): Promise<number> {
  return await insert('handoffs', {
    rock_id: rockId,
    from_id: ana.id,
    to_id: ben.id,
    by_id: ana.id,
    state: 'offered',
    reason: 'Ana needs a rest',
    why_it_matters: 'It is money.',
    where_it_stands: 'It works.',
    facts: '{}',
    offered_at: '2026-11-12T09:00:00Z',
    ...columns,
  });
}

export async function needs(table: 'roadmap_needs' | 'objective_needs', of: number, teamId: number) {
  const column = table === 'roadmap_needs' ? 'item_id' : 'objective_id';
  await sql`insert into ${sql.table(table)} (workspace_id, ${sql.ref(column)}, team_id)
    values (${workspaceId}, ${of}, ${teamId})`.execute(db);
}

export async function objectiveOf(keyResultId: number): Promise<number> {
  const row = await db
    .selectFrom('key_results')
    .select('objective_id')
    .where('id', '=', keyResultId)
    .executeTakeFirstOrThrow();
  return row.objective_id;
}
