import type { Database } from '../../platform/db/database.ts';
import { keyResultsById } from '../okrs/operations.ts';
import type { Owed } from '../okrs/core/owed.ts';
import { type Prompt, type PromptItem, whyAsked } from './core/check-in.ts';
import { listAnswers, type PromptRow } from './store.ts';

/** All that a prompt asks, with what was answered and what was answered before. */
export async function promptOf(db: Database, workspaceId: string, row: PromptRow): Promise<Prompt> {
  const keyResults = await keyResultsById(db, workspaceId, row.keyResultIds);
  const { occurrenceId, occurrenceName, standing, person, snoozedUntil, isAway } = row;
  const items = await itemsOf(db, workspaceId, occurrenceId, person.id, keyResults);
  return { occurrenceId, occurrenceName, standing, person, snoozedUntil, isAway, items };
}

/** Key results as a person is asked about them in an occurrence; null: early, before it has begun. */
export async function itemsOf(
  db: Database,
  _workspaceId: string,
  occurrenceId: number | null,
  personId: number,
  keyResults: readonly Owed[],
): Promise<PromptItem[]> {
  const ids = keyResults.map(({ id }) => id);
  const rows = new Map((await listAnswers(db, occurrenceId, ids)).map((row) => [row.keyResultId, row]));
  return keyResults.map((keyResult) => {
    const { answer = null, earlier = [] } = rows.get(keyResult.id) ?? {};
    return {
      keyResult,
      why: whyAsked(keyResult, personId),
      answer,
      previous: earlier[0] ?? null,
      earlier,
      line: null,
      suggestion: null,
    };
  });
}
