import type { z } from 'zod';
import { accepted, type Result } from '../../platform/core/result.ts';
import { type Place, readCursor, writeCursor } from './core/cursor.ts';

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

/** The place at which a page goes on; undefined: it is the first one. */
export function goesOnAfter<P extends Place>(
  of: string,
  cursor: string | undefined,
  shape: z.ZodType<P>,
): Result<P | undefined> {
  return cursor === undefined ? accepted(undefined) : readCursor(of, cursor, shape);
}
