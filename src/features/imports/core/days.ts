import type { readDates } from '../../../platform/core/cell-dates.ts';
import { shownCell } from './cells.ts';

/** The day of a cell as an ISO date, null for an empty one; or why it is none. */
export function readDay(
  cell: string,
  read: ReturnType<typeof readDates>['dates'][number],
): { ok: true; value: string | null } | { ok: false; words: string } {
  if (cell === '') return { ok: true, value: null };
  if (read === null)
    return { ok: false, words: `${shownCell(cell)} is no day of the calendar. Write it like 2026-12-24.` };
  if (read === 'ambiguous')
    return { ok: false, words: `${shownCell(cell)} can be read in two ways. Write it like 2026-12-24.` };
  return { ok: true, value: read.toString() };
}
