import type { Owed } from '../../okrs/core/owed.ts';
import type { Series } from '../../pictures/core/series.ts';
import type { Past } from './past.ts';

/** One answer alone is no course. */
export const fewestForPicture = 2;

/** The course of a key result over its cycle, as a picture draws it; null: there is not enough to draw. */
export function courseOf(keyResult: Owed, past: readonly Past[]): Series | null {
  if (past.length < fewestForPicture || keyResult.type === 'milestone') return null;
  return {
    title: keyResult.title,
    unit: keyResult.unit ?? (keyResult.type === 'percent' ? '%' : ''),
    start: keyResult.start,
    target: keyResult.target,
    isKept: keyResult.direction === 'maintain',
    from: keyResult.startsOn,
    to: keyResult.endsOn,
    points: past.map(({ on, value, confidence }) => ({ on, value, confidence })),
  };
}
