import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import { type Answered, saveAnswered, saveOutdated, savePastAnswers } from './answer-store.ts';

export type { Answered };

/** Takes over what a check-in says, in the transaction that keeps the answers. */
export async function takeAnswers(tx: Tx, answers: readonly Answered[], at: Temporal.Instant): Promise<void> {
  if (answers.length > 0) await saveAnswered(tx, answers, at);
}

/** Takes over what answers of the past say, where no later answer is known. */
export async function keepPastAnswers(
  tx: Tx,
  answers: readonly (Omit<Answered, 'dueOn'> & { at: Temporal.Instant })[],
): Promise<void> {
  if (answers.length > 0) await savePastAnswers(tx, answers);
}

/** These read outdated until somebody answers. */
export async function markOutdated(
  tx: Tx,
  workspaceId: string,
  keyResultIds: readonly number[],
  at: Temporal.Instant,
): Promise<void> {
  if (keyResultIds.length > 0) await saveOutdated(tx, workspaceId, keyResultIds, at);
}
