import type { Place } from './core/cursor.ts';
import { writeCursor } from './core/cursor.ts';

/** A page of rows of which one more was read than it has, and the cursor of the next page; null: there is none. */
export function pageOf<Row>(
  of: string,
  rows: readonly Row[],
  limit: number,
  placeOf: (last: Row) => Place,
): { page: Row[]; next_cursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const goesOn = rows.length > limit && last !== undefined;
  return { page, next_cursor: goesOn ? writeCursor(of, placeOf(last)) : null };
}
