import { z } from 'zod';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';

/** Where a page ended, as what its last entry is sorted by. */
export type Place = readonly (string | number)[];

/** Postgres takes neither more nor a NUL. */
const text = z
  .string()
  .max(300)
  .regex(/^\P{Cc}*$/u);
const written = z.tuple([z.string(), z.array(z.union([text, z.int32()])).max(4)]);

/** The place in words that nobody shall read: base64url of JSON, for the list `of` alone. */
export function writeCursor(of: string, place: Place): string {
  return Buffer.from(JSON.stringify([of, place])).toString('base64url');
}

/**
 * The place at which a page of the list `of` goes on, as `shape` has it. Refuses what `writeCursor` did not write for
 * this list.
 */
export function readCursor<P extends Place>(of: string, cursor: string, shape: z.ZodType<P>): Result<P> {
  const read = written.safeParse(parsed(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!read.success || read.data[0] !== of) return badCursor;
  const place = shape.safeParse(read.data[1]);
  return place.success ? accepted(place.data) : badCursor;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const badCursor = refused(
  'bad-cursor',
  'That cursor is not one of this list. Begin without one, then give the next_cursor of each page as it is.',
);
