import type { Commitment } from './health.ts';
import { type Measured, progressOf } from './key-result.ts';
import { isKept } from './pace.ts';

export type Colour = 'green' | 'amber' | 'red';

/**
 * The score that the numbers suggest: of the way that was gone, 1.0 for all of it alone, since 96 % of a promise is a miss;
 * of what was to be maintained, all or nothing. Null: there is no value.
 */
export function suggestedScore(keyResult: Measured): number | null {
  if (keyResult.direction === 'maintain') {
    const kept = isKept(keyResult);
    return kept === null ? null : kept ? 1 : 0;
  }
  const progress = progressOf(keyResult);
  return progress === null ? null : scoreOf(progress);
}

/** A share of the way as a score: in tenths, a half rounded up, not below 0.0, and 1.0 for all of it alone. */
export function scoreOf(share: number): number {
  return share >= 1 ? 1 : Math.min(0.9, tenths(Math.max(0, share)));
}

/** An aspirational one is green from 0.7 and amber from 0.4; a committed one is met at 1.0, and anything else is a miss. */
export function colourOf(score: number, commitment: Commitment): Colour {
  if (commitment === 'committed') return score >= 1 ? 'green' : 'red';
  if (score >= 0.7) return 'green';
  return score >= 0.4 ? 'amber' : 'red';
}

/** The score of an objective: the mean of its graded key results, in tenths, and 1.0 where all have it; null: none is graded. */
export function meanScore(scores: readonly number[]): number | null {
  if (scores.length === 0) return null;
  if (scores.every((score) => score === 1)) return 1;
  return Math.min(0.9, scoreOf(scores.reduce((sum, score) => sum + score, 0) / scores.length));
}

/** Whether a key result hit what it was to: a committed one all of it, an aspirational one 0.7. */
export function isHit(score: number, commitment: Commitment): boolean {
  return colourOf(score, commitment) === 'green';
}

/** Nine digits are enough to forget what floating point adds to 0.65 before it is rounded. */
function tenths(share: number): number {
  return Math.round(Number((share * 10).toFixed(9))) / 10;
}
