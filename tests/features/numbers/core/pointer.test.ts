import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPointer, numberAt } from '../../../../src/features/numbers/core/pointer.ts';

describe('a JSON pointer', () => {
  it('leads to every number of every document', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (document) => {
        for (const [pointer, value] of numbersIn(document)) {
          expect(isPointer(pointer)).toBe(true);
          expect(numberAt(document, pointer)).toEqual({ ok: true, value });
        }
      }),
    );
  });

  it('never throws, whatever it is and wherever it leads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (document, pointer) => {
        const read = numberAt(document, pointer);
        if (read.ok) expect(Number.isFinite(read.value)).toBe(true);
        else expect(read.field).toBe('pointer');
      }),
    );
  });

  // The examples of RFC 6901.
  it.each([
    ['/foo/0', 5],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/m~0n', 8],
  ])('reads %s as its standard says', (pointer, value) => {
    const document = { foo: [5], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'm~n': 8 };
    expect(numberAt(document, pointer)).toEqual({ ok: true, value });
  });

  it.each([
    ['', true],
    ['/a/b', true],
    ['/~0~1', true],
    ['a/b', false],
    ['/~2', false],
    ['/~', false],
    ['$.a', false],
  ])('"%s" may be one: %s', (text, may) => {
    expect(isPointer(text)).toBe(may);
  });
});

describe('a text in a document is a number', () => {
  it.each([
    ['12.5', 12.5],
    ['-1e3', -1000],
    [' 7 ', 7],
  ])('where it is nothing else: "%s"', (text, value) => {
    expect(numberAt(text, '')).toEqual({ ok: true, value });
  });

  it.each(['', '12 %', '0x10', '1,5', 'Infinity', '1e999'])('and not otherwise: "%s"', (text) => {
    expect(numberAt(text, '').ok).toBe(false);
  });
});

function numbersIn(value: unknown, at = ''): [string, number][] {
  if (typeof value === 'number') return [[at, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) =>
    numbersIn(inside, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
