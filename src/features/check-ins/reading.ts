import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { type LatestNumber, latestNumbers } from '../numbers/reading-operations.ts';
import type { Owed } from '../okrs/core/owed.ts';
import { keyResultsById } from '../okrs/operations.ts';
import { servedWords } from '../strategy/core/served.ts';
import { lineOf } from '../strategy/operations.ts';
import {
  type KeptCheckIn,
  type Prompt,
  type PromptItem,
  type Suggestion,
  whyAsked,
} from './core/check-in.ts';
import { listAnswers, type PromptRow } from './store.ts';

/** A prompt of an occurrence, with all that it asks. */
export type RunPrompt = Prompt & { occurrenceId: number };

/** All that prompts ask, with what was answered and what was answered before; in a handful of statements for all. */
export async function promptsOf(
  db: Database,
  workspaceId: string,
  rows: readonly PromptRow[],
): Promise<RunPrompt[]> {
  const ids = [...new Set(rows.flatMap(({ keyResultIds }) => keyResultIds))];
  const keyResults = await keyResultsById(db, workspaceId, ids);
  const asked = rows.flatMap((row) =>
    keyResults
      .filter(({ id }) => row.keyResultIds.includes(id))
      .map((keyResult) => ({ occurrenceId: row.occurrenceId, personId: row.person.id, keyResult })),
  );
  const items = await itemsOf(db, workspaceId, asked);
  const byPrompt = Map.groupBy(items, (_, index) => asked[index] && promptId(asked[index]));
  return rows.map(({ occurrenceId, occurrenceName, standing, person, snoozedUntil, isAway }) => ({
    occurrenceId,
    occurrenceName,
    standing,
    person,
    snoozedUntil,
    isAway,
    items: byPrompt.get(promptId({ occurrenceId, personId: person.id })) ?? [],
  }));
}

/** The same of one. */
export async function promptOf(db: Database, workspaceId: string, row: PromptRow): Promise<RunPrompt> {
  const [prompt] = await promptsOf(db, workspaceId, [row]);
  if (prompt === undefined) throw new Error(`prompt ${row.id} was read and is not there`);
  return prompt;
}

/** A key result of which a person is asked in an occurrence; null: early, before it has begun. */
export type Asked = { occurrenceId: number | null; personId: number; keyResult: Owed };

/** Key results as people are asked about them, in the same order. */
export async function itemsOf(
  db: Database,
  workspaceId: string,
  asked: readonly Asked[],
): Promise<PromptItem[]> {
  if (asked.length === 0) return [];
  const pairs = asked.map(({ occurrenceId, keyResult }) => ({ occurrenceId, keyResultId: keyResult.id }));
  const rows = await listAnswers(db, pairs);
  const numbers = await latestNumbers(db, workspaceId, [...new Set(pairs.map((it) => it.keyResultId))]);
  const lines = await lineOf(db, workspaceId, [
    ...new Set(asked.map(({ keyResult }) => keyResult.objectiveId)),
  ]);
  return asked.map(({ personId, keyResult }, index) => {
    const served = lines.get(keyResult.objectiveId);
    const { answer = null, earlier = [] } = rows[index] ?? {};
    return {
      keyResult,
      why: whyAsked(keyResult, personId),
      answer,
      previous: earlier[0] ?? null,
      earlier,
      line: served === undefined ? null : servedWords(served),
      suggestion: suggestionOf(numbers.get(keyResult.id), earlier[0] ?? null),
    };
  });
}

/** What came from elsewhere since the last answer; older numbers had their check-in. */
function suggestionOf(latest: LatestNumber | undefined, previous: KeptCheckIn | null): Suggestion | null {
  if (latest === undefined) return null;
  const day = latest.at.toZonedDateTimeISO('UTC').toPlainDate();
  const isOld = previous !== null && Temporal.PlainDate.compare(day, previous.on) < 0;
  return isOld ? null : { value: latest.value, at: latest.at, from: kindNames[latest.from] };
}

const kindNames = { webhook: 'The webhook', sql: 'The database', json: 'The address' };

function promptId({ occurrenceId, personId }: Pick<Asked, 'occurrenceId' | 'personId'>): string {
  return `${occurrenceId}:${personId}`;
}
