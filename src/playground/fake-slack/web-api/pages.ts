import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';

export type Page<T> = { items: T[]; response_metadata: { next_cursor: string } };

/** One page of a list, and the cursor of the next; an unknown cursor is refused. */
export function pageOf<T>(
  all: readonly T[],
  asked: { cursor?: string | undefined; limit?: number | undefined },
): Page<T> {
  const limit = asked.limit ?? limits.page.usual;
  if (limit < 1 || limit > limits.page.most) throw new Refusal('invalid_limit');
  const start = asked.cursor === undefined || asked.cursor === '' ? 0 : positionOf(asked.cursor);
  if (start > all.length) throw new Refusal('invalid_cursor');
  const end = start + limit;
  const next_cursor = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), response_metadata: { next_cursor } };
}

function positionOf(cursor: string): number {
  const position = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (position === undefined) throw new Refusal('invalid_cursor');
  return Number(position);
}
