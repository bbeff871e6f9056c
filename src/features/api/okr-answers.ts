import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { healthOf } from '../okrs/core/health.ts';
import { progressOf } from '../okrs/core/key-result.ts';
import { expectedProgress } from '../okrs/core/pace.ts';
import type { objective } from './core/schemas.ts';
import type { KeyResultRow, ObjectiveRow } from './okr-store.ts';

type ObjectiveAnswer = z.output<typeof objective>;

/** An objective with its key results as other tools read them on a day: numbers and health, and nobody's words. */
export function objectiveAnswer(
  row: ObjectiveRow,
  keyResults: readonly KeyResultRow[],
  on: Temporal.PlainDate,
): ObjectiveAnswer {
  const { key, title, state, owner, team, supports, needs } = row;
  return {
    ...{ key, title, state },
    cycle: {
      key: row.cycleKey,
      state: row.cycleState,
      starts_on: row.startsOn.toString(),
      ends_on: row.endsOn.toString(),
    },
    ...{ owner, team, supports, needs },
    key_results: keyResults.map((keyResult) => keyResultAnswer(row, keyResult, on)),
  };
}

function keyResultAnswer(
  cycle: ObjectiveRow,
  row: KeyResultRow,
  on: Temporal.PlainDate,
): ObjectiveAnswer['key_results'][number] {
  const { key, title, state, owner, type, unit, direction, commitment } = row;
  const { start, target, current, confidence, slips, score } = row;
  const progress = progressOf(row);
  return {
    ...{ key, title, state, owner, type, unit, direction, commitment, start, target, current },
    progress: progress === null ? null : rounded(progress),
    expected_progress: progress === null ? null : rounded(expectedProgress(cycle, on)),
    confidence,
    health: healthOf(row),
    due_on: row.dueOn?.toString() ?? null,
    first_due_on: row.firstDueOn?.toString() ?? null,
    ...{ slips, score },
  };
}

/** Shares to a ten-thousandth, so that floating point adds no digits that mean nothing. */
function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
