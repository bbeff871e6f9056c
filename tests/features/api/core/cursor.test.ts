import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCursor, writeCursor } from '../../../../src/features/api/core/cursor.ts';

const shape = z.tuple([z.int32(), z.string()]);
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('a cursor', () => {
  it('leads back to the place that it was made of, and to no other list', () => {
    fc.assert(
      fc.property(int32, fc.stringMatching(/^[a-z0-9-]{0,200}$/), (position, key) => {
        const cursor = writeCursor('roadmap', [position, key]);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(readCursor('roadmap', cursor, shape)).toEqual({ ok: true, value: [position, key] });
        expect(readCursor('rocks', cursor, shape)).toMatchObject({ ok: false, code: 'bad-cursor' });
      }),
    );
  });

  it('that nobody was given is refused, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json().map(encoded)), (cursor) => {
        expect(readCursor('rocks', cursor, z.tuple([z.string()]))).toMatchObject({ ok: false });
      }),
    );
    for (const place of [['a\u0000'], [1], [], ['a', 'b'], ['x'.repeat(301)]]) {
      const cursor = encoded(JSON.stringify(['rocks', place]));
      expect(readCursor('rocks', cursor, z.tuple([z.string()]))).toEqual({
        ok: false,
        code: 'bad-cursor',
        words:
          'That cursor is not one of this list. Begin without one, then give the next_cursor of each page as it is.',
      });
    }
    const large = encoded(JSON.stringify(['decisions', [2 ** 31]]));
    expect(readCursor('decisions', large, z.tuple([z.int32()]))).toMatchObject({ ok: false });
  });
});

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}
