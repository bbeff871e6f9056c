import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cellNumber, harmless, readCsv, unharmed, writeCsv } from '../../src/platform/file/csv.ts';

describe('a cell that a spreadsheet would take for a formula', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ["'=1", "''=1"],
    ['a=b', 'a=b'],
    ["'n Roll", "'n Roll"],
  ])('%s is written as %s, and read as it was', (text, cell) => {
    expect(harmless(text)).toBe(cell);
    expect(unharmed(cell)).toBe(text);
  });

  test('a number stays a number, below zero too', () => {
    expect(writeCsv(['a', 'b'], [{ a: -5, b: '-5' }])).toBe("a,b\r\n-5,'-5\r\n");
  });
});

test('whatever is written is read as it was', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('=a', "'-b", 'x\r\ny', 'x\ny', '"', 'a;b', ','),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 5 }), (pairs) => {
      const cells = pairs.map(([one, other], at) => ({ n: at, one, other }));
      const read = readCsv(writeCsv(['n', 'one', 'other'], cells));
      if ('words' in read) throw new Error(read.words);
      expect(read.rows.map(({ cells }) => Object.fromEntries(cells))).toEqual(
        cells.map((row) =>
          Object.fromEntries(
            Object.entries(row)
              .map(([column, value]) => [column, String(value)] as const)
              .filter(([, value]) => value.trim() !== ''),
          ),
        ),
      );
    }),
  );
});

it('tells the line on which a row begins, also below cells of several lines', () => {
  const read = readCsv('\ufeffKey;Title\r\na;"one\r\ntwo"\r\n\r\nb;three\r\n');
  expect('rows' in read && read.rows.map(({ line, cells }) => [line, cells.get('title')])).toEqual([
    [2, 'one\r\ntwo'],
    [5, 'three'],
  ]);
});

it.each([
  [
    'a,b\n1\n',
    2,
    'has more or fewer cells than there are columns; put a cell with a comma in it in double quotes',
  ],
  ['a,b\n"1,2\n', 2, 'has a double quote that does not end; write "" for one inside a cell'],
  ['', 1, 'there is nothing in it; name the columns in the first line'],
])('%j is refused', (text, line, words) => {
  const read = readCsv(text);
  expect('words' in read && read.words).toBe(words);
  expect('words' in read && read.line).toBe(line);
});

it.each([
  ['12.5', 12.5],
  ['-3', -3],
  ['1e3', 1000],
  ['12,5', undefined],
  ['', undefined],
  ['0x1', undefined],
])('%j as a number is %s', (cell, number) => {
  expect(cellNumber(cell)).toBe(number);
});
