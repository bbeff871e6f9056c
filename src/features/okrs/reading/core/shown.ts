import type { Temporal } from 'temporal-polyfill';
import type { CycleState } from '../../core/cycle.ts';
import { type Health, healthOf } from '../../core/health.ts';
import { progressOf } from '../../core/key-result.ts';
import type { Owed } from '../../core/owed.ts';
import { expectedProgress, isKept } from '../../core/pace.ts';

export type PersonRef = { id: number; slackId: string | null; name: string };

/** A key result as it is shown, with its score where its cycle has been graded. */
export type ShownKeyResult = Owed & { score: number | null; gradeWords: string | null };

/** An objective as it is shown. */
export type ShownObjective = {
  id: number;
  key: string;
  title: string;
  state: 'active' | 'done' | 'carried' | 'dropped';
  owner: PersonRef | null;
  reviewer: PersonRef | null;
  team: { id: number; name: string } | null;
  cycleKey: string;
  cycleState: CycleState;
  /** The names of the teams of which it needs something. */
  needs: string[];
  supportsId: number | null;
  /** "intent > initiative"; null: it serves no line of the strategy. */
  line: string | null;
  keyResults: ShownKeyResult[];
};

/** How a key result stands on a day: its share of the way, what the calendar expects, and its health. */
export type Standing = {
  health: Health;
  /** Null: it has no share, since it is kept or has no value yet. */
  progress: number | null;
  expected: number | null;
  /** Of one that is kept: whether it is where it is to stay; null: no value, or it is not one of these. */
  isKept: boolean | null;
};

export function standingOf(keyResult: ShownKeyResult, on: Temporal.PlainDate): Standing {
  const isKeeping = keyResult.direction === 'maintain';
  const progress = progressOf(keyResult);
  return {
    health: healthOf(keyResult),
    progress,
    expected: isKeeping || progress === null ? null : expectedProgress(keyResult, on),
    isKept: isKeeping ? isKept(keyResult) : null,
  };
}

/** Whether somebody should look at it: at risk, off track or not heard. */
export function needsALook(keyResult: ShownKeyResult): boolean {
  return keyResult.state === 'active' && ['at-risk', 'off-track', 'outdated'].includes(healthOf(keyResult));
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Confidences of 0 to 10 as one line of bars, the earliest first; the last so many where there are many. */
export function sparkline(confidences: readonly number[], most = 26): string {
  return confidences
    .slice(-most)
    .map((confidence) => bars[Math.min(bars.length - 1, Math.floor((confidence / 10) * bars.length))] ?? '')
    .join('');
}
