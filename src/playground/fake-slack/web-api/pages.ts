import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';

export type Page<T> = { items: T[]; response_metadata: { next_cursor: string } };

type Asked = { cursor?: string | undefined; limit?: number | undefined };

/**
 * One page of a list, and the cursor of the next; an unknown cursor is refused. Slack's pages may be short: while
 * more follows, a page has one item fewer than was asked for, so that whoever stops at a short page is found out.
 */
export function pageOf<T>(all: readonly T[], asked: Asked): Page<T> {
  const start = positionIn(asked, 'next') ?? 0;
  if (start > all.length) throw new Refusal('invalid_cursor');
  const { items, isLast } = shortPage(all.slice(start), asked);
  return { items, response_metadata: { next_cursor: isLast ? '' : cursorAt('next', start + items.length) } };
}

/** The first items for a page, and whether nothing follows them; no more of them is taken than that needs. */
export function shortPage<T>(items: Iterable<T>, asked: Asked): { items: T[]; isLast: boolean } {
  const limit = asked.limit ?? limits.page.usual;
  if (limit < 1 || limit > limits.page.most) throw new Refusal('invalid_limit');
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length === limit) return { items: taken.slice(0, Math.max(1, limit - 1)), isLast: false };
    taken.push(item);
  }
  return { items: taken, isLast: true };
}

/** A cursor as Slack writes it: what it stands for, in base64. */
export function cursorAt(kind: 'next' | 'next_ts', position: number): string {
  return Buffer.from(`${kind}:${position}`).toString('base64');
}

/** Where a cursor of this kind says to go on; undefined where none was given. */
export function positionIn({ cursor = '' }: Asked, kind: 'next' | 'next_ts'): number | undefined {
  if (cursor === '') return undefined;
  const [word, position = ''] = Buffer.from(cursor, 'base64').toString().split(':');
  if (word !== kind || !/^\d+$/.test(position)) throw new Refusal('invalid_cursor');
  return Number(position);
}
