import type { KnownBlock } from '@slack/types';
import { lateWords } from '../../cadence/core/lateness.ts';
import type { Ending } from '../../cadence/ritual.ts';
import { markHomes } from '../../delivery/homes.ts';
import type { NewMessage } from '../../delivery/message.ts';
import { rewrite, tellAll } from '../../delivery/outbox.ts';
import { dateWords } from '../../platform/core/time-words.ts';
import type { Tx } from '../../platform/db/database.ts';
import { unsayUnsent } from '../daily/operations.ts';
import { keyResultsById } from '../okrs/operations.ts';
import { pictureOf } from '../pictures/operations.ts';
import { dayOf, isAtRisk, type PromptItem } from './core/check-in.ts';
import { courseOf } from './core/course.ts';
import type { Past } from './core/past.ts';
import { historyOf } from './history-operations.ts';
import { nudgeKey, promptKey } from './keys.ts';
import { tellOutdated } from './outdated-operations.ts';
import { runBlocks, summaryBlocks } from './run-blocks.ts';
import { listAsked, listRunAnswers, listRuns, type RunRow } from './run-store.ts';

/**
 * Whoever was not asked or reminded yet is not any more. What nobody answered reads outdated, and its reviewer is told
 * once and alone; the thread hears what came in.
 */
export async function closeRuns(
  tx: Tx,
  workspaceId: string,
  occurrenceIds: readonly number[],
  why: Ending,
): Promise<void> {
  const asked = await listAsked(tx, workspaceId, occurrenceIds);
  const keys = asked.flatMap(({ occurrenceId, personId }) => [
    promptKey(occurrenceId, personId),
    nudgeKey(occurrenceId, personId),
  ]);
  await unsayUnsent(
    tx,
    workspaceId,
    keys,
    why === 'newer' ? 'a newer check-in has begun' : 'the check-in is over',
  );
  await tellOutdated(tx, workspaceId, occurrenceIds);
  const runs = await showRuns(tx, occurrenceIds);
  await tellSummaries(tx, workspaceId, runs, why);
  await markHomes(tx, workspaceId, [...new Set(asked.map(({ personId }) => personId))]);
}

async function tellSummaries(tx: Tx, workspaceId: string, runs: RunRow[], why: Ending): Promise<void> {
  const rows = await listRunAnswers(
    tx,
    runs.map(({ occurrenceId }) => occurrenceId),
  );
  const keyResults = await keyResultsById(tx, workspaceId, [
    ...new Set(rows.map(({ keyResultId }) => keyResultId)),
  ]);
  const summed = runs.filter(({ tally }) => tally.asked + tally.away > 0);
  const past = await historyOf(
    tx,
    workspaceId,
    keyResults.map(({ id }) => id),
  );
  const messages: NewMessage[] = [];
  for (const run of summed) {
    const own = new Map(
      rows
        .filter(({ occurrenceId }) => occurrenceId === run.occurrenceId)
        .map((row) => [row.keyResultId, row]),
    );
    const items = keyResults.flatMap((keyResult): PromptItem[] => {
      const row = own.get(keyResult.id);
      return row === undefined ? [] : [{ ...unasked, keyResult, answer: row.answer, previous: row.previous }];
    });
    const content = summaryBlocks(run.tally, items, why);
    const picture = await pictureBlocks(tx, workspaceId, run.occurrenceId, items, past);
    messages.push({
      workspaceId,
      dedupeKey: `check-in-summary:${run.occurrenceId}`,
      to: { channelId: run.channelId },
      threadOf: run.messageId,
      content: { ...content, blocks: [...content.blocks, ...picture] },
      dueAt: run.closedAt ?? run.dueAt,
    });
  }
  await tellAll(tx, messages);
}

/** How the key results of a run went so far, those at risk first; none where nothing has a course yet. */
async function pictureBlocks(
  tx: Tx,
  workspaceId: string,
  occurrenceId: number,
  items: readonly PromptItem[],
  past: ReadonlyMap<number, Past[]>,
): Promise<KnownBlock[]> {
  const series = [...items.filter(isAtRisk), ...items.filter((item) => !isAtRisk(item))].flatMap(
    ({ keyResult }) => courseOf(keyResult, past.get(keyResult.id) ?? []) ?? [],
  );
  const [first, ...others] = series;
  if (first === undefined) return [];
  const key = `check-in-summary:${occurrenceId}`;
  return [await pictureOf(tx, { workspaceId, key, series: others.length === 0 ? first : series })];
}

/** A summary is about answers: why somebody was asked, and what else their modal said, is left out. */
const unasked = { why: { as: 'owner' }, earlier: [], line: null, suggestion: null } as const;

/** Lets the channels' messages say how these runs stand now. */
export async function showRuns(tx: Tx, occurrenceIds: readonly number[]): Promise<RunRow[]> {
  const runs = await listRuns(tx, occurrenceIds);
  for (const run of runs) {
    const day = dateWords(dayOf(run.occurrenceName));
    const late = lateWords(run.dueAt, run.plannedAt, run.timezone);
    const { unasked, isOpen } = run;
    await rewrite(tx, run.messageId, runBlocks(day, run.tally, { unasked, late, isOver: !isOpen }));
  }
  return runs;
}
