import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Served } from './core/served.ts';
import { findLineInForce, type LineChoice, listLinesInForce, listServed } from './line-store.ts';

export type { LineChoice };

/** What work can support: the lines of the strategy in force, each intent before its initiatives. */
export async function linesToSupport(db: Database, workspaceId: string): Promise<LineChoice[]> {
  return await listLinesInForce(db, workspaceId);
}

/**
 * The line of the strategy that each objective serves, itself or through the objectives that it supports: the titles of
 * the intent and, under it, of the initiative. One that serves none is not among them. One statement, however many.
 */
export async function lineOf(
  db: Database,
  workspaceId: string,
  objectiveIds: readonly number[],
): Promise<Map<number, Served>> {
  const rows = await listServed(db, workspaceId, objectiveIds);
  return new Map(rows.map(({ objectiveId, ...served }) => [objectiveId, served]));
}

const unknownLine: Refusal = refused(
  'unknown-line',
  'That line is not in the strategy any more. Pick another one.',
);

/** The line that a form names, by the id that the menu gave it; null: none. Refuses what is not in force. */
export async function checkLine(
  db: Database,
  workspaceId: string,
  picked: string | null,
): Promise<Result<number | null>> {
  if (picked === null) return accepted(null);
  const line = /^\d{1,15}$/.test(picked) ? await findLineInForce(db, workspaceId, Number(picked)) : undefined;
  return line === undefined ? unknownLine : accepted(line.id);
}
