import type { Commitment } from '../../core/health.ts';
import { isHit, scoreOf } from '../../core/score.ts';

/** What becomes of a key result when its cycle closes. */
export type Fate = 'done' | 'carry' | 'drop';
export const fates: readonly Fate[] = ['done', 'carry', 'drop'];

/** What somebody says of a key result when its cycle is graded. */
export type Grade = { keyResultId: number; score: number; words: string | null; fate: Fate };

export const scoreWords = 'A score is a number from 0.0 to 1.0.';
export const missWords = 'A committed key result that was missed needs a word about why.';

/** A score as people type it, with a point or a comma, in tenths with a half rounded up; null: it is none. */
export function readScore(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(text)) return null;
  const score = Number(text);
  return score > 1 ? null : scoreOf(score);
}

/** Whether a grade lacks its words: a committed key result that was missed has a reason, and the next ones learn from it. */
export function lacksWords(
  commitment: Commitment,
  { score, words }: Pick<Grade, 'score' | 'words'>,
): boolean {
  return commitment === 'committed' && !isHit(score, commitment) && words === null;
}

/** What is offered at first: what was missed goes on, what was reached is done. */
export function suggestedFate(score: number | null, commitment: Commitment): Fate {
  return score === null || isHit(score, commitment) ? 'done' : 'carry';
}

/** What becomes of an objective whose key results have come to these ends. */
export function endOfObjective(
  ends: readonly ('done' | 'carried' | 'dropped')[],
): 'done' | 'carried' | 'dropped' {
  if (ends.includes('carried')) return 'carried';
  return ends.length > 0 && ends.every((end) => end === 'dropped') ? 'dropped' : 'done';
}
