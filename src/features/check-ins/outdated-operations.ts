import { dateWords } from '../../platform/core/time-words.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sayAll } from '../daily/operations.ts';
import { markOutdated } from '../okrs/answer-operations.ts';
import { keyResultsById } from '../okrs/operations.ts';
import { markItemsOutdated, markReviewersTold } from './closing-store.ts';
import { dayOf } from './core/check-in.ts';
import { outdatedBlocks } from './run-blocks.ts';
import { listReachable, listRuns } from './run-store.ts';

/** What these runs asked and nobody answered reads outdated; its reviewers are told, each once a run and alone. */
export async function tellOutdated(
  tx: Tx,
  workspaceId: string,
  occurrenceIds: readonly number[],
): Promise<void> {
  const at = await companyNow(tx, workspaceId);
  const unheard = await markItemsOutdated(tx, occurrenceIds, at);
  const ids = [...new Set(unheard.map(({ keyResultId }) => keyResultId))];
  await markOutdated(tx, workspaceId, ids, at);
  const fresh = new Set(await markReviewersTold(tx, occurrenceIds, at));
  const keyResults = new Map((await keyResultsById(tx, workspaceId, ids)).map((it) => [it.id, it]));
  const lines = unheard.flatMap(({ occurrenceId, keyResultId, personId, person }) => {
    const keyResult = keyResults.get(keyResultId);
    const reviewerId = keyResult?.reviewerId ?? null;
    // Whoever was asked themselves and reviews it has had their reminder.
    if (keyResult === undefined || reviewerId === null || reviewerId === personId) return [];
    return fresh.has(occurrenceId) ? [{ occurrenceId, reviewerId, title: keyResult.title, person }] : [];
  });
  if (lines.length === 0) return;
  const today = at.toZonedDateTimeISO('UTC').toPlainDate();
  const reviewers = [...new Set(lines.map(({ reviewerId }) => reviewerId))];
  const reachable = new Set((await listReachable(tx, workspaceId, reviewers, today)).map(({ id }) => id));
  const nameOf = new Map(
    (await listRuns(tx, occurrenceIds)).map(({ occurrenceId, occurrenceName }) => [
      occurrenceId,
      occurrenceName,
    ]),
  );
  const told = Map.groupBy(
    lines.filter(({ reviewerId }) => reachable.has(reviewerId)),
    ({ occurrenceId, reviewerId }) => `${occurrenceId}:${reviewerId}`,
  );
  await sayAll(
    tx,
    [...told].flatMap(([key, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const day = dateWords(dayOf(nameOf.get(first.occurrenceId) ?? ''));
      return [
        {
          workspaceId,
          personId: first.reviewerId,
          key: `check-in-outdated:${key}`,
          at,
          content: outdatedBlocks(day, own),
        },
      ];
    }),
  );
}
