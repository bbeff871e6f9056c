import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Result } from '../../../src/platform/core/result.ts';
import type { Sheet } from '../../../src/platform/core/sheet.ts';
import { readPasted, readSheet } from '../../../src/platform/file/sheet.ts';

const rocks = [
  ['Rock', 'Owner', 'Weight'],
  ['Zahlungen für Händler', 'Jörg', '3,5'],
  ['Search', 'Ana', '2'],
];

function cellsOf(sheet: Result<Sheet>): readonly (readonly string[])[] {
  if (!sheet.ok) throw new Error(sheet.words);
  return [sheet.value.columns, ...sheet.value.rows.map(({ cells }) => cells)];
}

function notesOf(sheet: Result<Sheet>): readonly string[] {
  if (!sheet.ok) throw new Error(sheet.words);
  return sheet.value.notes;
}

async function read(text: string): Promise<Result<Sheet>> {
  return await readSheet(Buffer.from(text), 'rocks.csv');
}

function written(rows: readonly (readonly string[])[], separator: string, end = '\r\n'): string {
  const cell = (text: string): string =>
    /[",;|\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((cells) => cells.map(cell).join(separator) + end).join('');
}

describe('a table is read as it was meant', () => {
  const shapes: [string, Uint8Array][] = [
    ['commas', Buffer.from(written(rocks, ','))],
    ['semicolons', Buffer.from(written(rocks, ';'))],
    ['semicolons, and commas in the numbers', Buffer.from(rocks.map((row) => row.join(';')).join('\n'))],
    ['tabs', Buffer.from(written(rocks, '\t'))],
    ['bars', Buffer.from(written(rocks, '|'))],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${written(rocks, ';')}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${written(rocks, '\t')}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(written(rocks, ','), 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${written(rocks, '\t')}`, 'utf16le').swap16()],
    ['line ends of an old Mac', Buffer.from(written(rocks, ',', '\r'))],
    ['the line that tells Excel the sign', Buffer.from(`sep=;\r\n${written(rocks, ';')}`)],
  ];
  it.each(shapes)('%s', async (_, bytes) => {
    const sheet = await readSheet(bytes, 'rocks.csv');
    expect(cellsOf(sheet)).toEqual(rocks);
    expect(sheet).toMatchObject({ value: { name: 'rocks.csv', notes: [] } });
  });

  test('Windows-1252, with a note', async () => {
    const sheet = await readSheet(Buffer.from(written(rocks, ';'), 'latin1'), 'rocks.csv');
    expect(cellsOf(sheet)).toEqual(rocks);
    expect(notesOf(sheet)).toEqual([
      'The file is not UTF-8; I read it as Windows-1252. Look whether accents are right.',
    ]);
  });

  test('line breaks and quotes in cells, and rows by the number that a spreadsheet gives them', async () => {
    const sheet = await read('Rock,Summary\n\nPayments,"one\ntwo ""three"""\n\nSearch,four\n');
    expect(sheet).toMatchObject({
      value: {
        rows: [
          { line: 3, cells: ['Payments', 'one\ntwo "three"'] },
          { line: 5, cells: ['Search', 'four'] },
        ],
      },
    });
  });

  test('a heading that holds the other sign', async () => {
    expect(cellsOf(await read('Rock, feature;Owner\nPayments;Ben\nSearch;Ana\n'))).toEqual([
      ['Rock, feature', 'Owner'],
      ['Payments', 'Ben'],
      ['Search', 'Ana'],
    ]);
    expect(cellsOf(await read('Rock; feature,Owner\nPayments,Ben\nSearch,Ana\n'))[0]).toEqual([
      'Rock; feature',
      'Owner',
    ]);
  });

  test('formulas are text, and an apostrophe that was set against them goes', async () => {
    const sheet = await read("Rock,Note\nPayments,=1+1\nSearch,'=2+2\n");
    expect(cellsOf(sheet).slice(1)).toEqual([
      ['Payments', '=1+1'],
      ['Search', '=2+2'],
    ]);
  });

  test('empty rows and columns are dropped, short rows filled up', async () => {
    const sheet = await read(',Rock,,Owner,\n,,,,\n,Payments,,Ben,\n,Search\n');
    expect(cellsOf(sheet)).toEqual([
      ['Rock', 'Owner'],
      ['Payments', 'Ben'],
      ['Search', ''],
    ]);
    expect(notesOf(sheet)).toEqual([]);
  });

  test('a column without a heading is called by its letter', async () => {
    const sheet = await read('Rock,Owner,\nPayments,Ben,look again\nSearch,Ana,\n');
    expect(cellsOf(sheet)[0]).toEqual(['Rock', 'Owner', 'Column C']);
    expect(notesOf(sheet)).toEqual(['Column C has no heading; I call it that.']);
  });

  test('titles above the headings, headings again and totals are left out and told', async () => {
    const sheet = await read(
      'Rocks of Acme,,\nCompany:,Acme,\n,,\nRock,Owner,Weight\nPayments,Ben,3\nRock,Owner,Weight\nSearch,Ana,2\nTotal,,5\n,,5\n',
    );
    expect(cellsOf(sheet)).toEqual([
      ['Rock', 'Owner', 'Weight'],
      ['Payments', 'Ben', '3'],
      ['Search', 'Ana', '2'],
    ]);
    expect(notesOf(sheet)).toEqual([
      'The headings are in row 4. 2 lines above them are left out.',
      'Row 6 says the headings again and is left out.',
      'Rows 8 and 9 are totals and are left out.',
    ]);
  });

  it.each(['TOTAL,120 rocks,192', 'Summe:,,3', 'Subtotal,,', 'Grand total,Total,1.200'])(
    '“%s” is a total',
    async (row) => {
      expect(cellsOf(await read(`Area,Rock,Weight\nWeb,Payments,3\n${row}\nApp,Search,2\n`))).toHaveLength(3);
    },
  );

  test('a rock that is called Total and has an owner is no total', async () => {
    expect(cellsOf(await read('Rock,Owner\nPayments,Ben\nTotal,Ana\n'))).toHaveLength(3);
  });

  test('one column alone', async () => {
    expect(cellsOf(await read('Rock\nPayments\nSearch, and find\n'))).toEqual([
      ['Rock'],
      ['Payments'],
      ['Search, and find'],
    ]);
  });

  test('20,000 rows', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => [`Rock ${index}`, 'Ben', `${index}`]);
    const began = performance.now();
    const sheet = await read(written([['Rock', 'Owner', 'Weight'], ...many], ';'));
    expect(cellsOf(sheet)).toHaveLength(20_001);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('a cell that is far too long is cut, and told', async () => {
    const sheet = await read(`Rock,Note\nPayments,${'x'.repeat(3_001)}\n`);
    expect(cellsOf(sheet)[1]?.[1]).toHaveLength(3_000);
    expect(notesOf(sheet)).toEqual([
      'Row 2: a cell is longer than 3,000 characters; the rest of it is not read.',
    ]);
  });
});

describe('what is no table is refused with words that help', () => {
  const noHead =
    'I found no row with headings. Put a heading above each column, such as Rock and Owner, and send it again.';
  it.each([
    ['', 'That file is empty.'],
    [' \n,,\n', 'There is nothing in that sheet.'],
    ['Payments,ben@acme.example\nSearch,ana@acme.example\n', noHead],
    ['1,2\n3,4\n', noHead],
    ['Payments,Ben,Web\nSearch,Ana,Web\n', noHead],
    ['Rock,Owner\n', 'Row 1 has headings, and there is nothing below them.'],
    [
      'Rock,Owner\nPayments,Ben\nSearch,Ana,Web\nMore,Ana\n',
      'Row 3 has 3 cells, and there are 2 columns. Put a cell with a comma in it in double quotes, or take out what is too much.',
    ],
    [
      'Rock,Owner\nPayments,Ben\n"Search,Ana\n',
      'In row 3 a double quote begins a cell and never ends. Write "" for one inside a cell, or save the sheet as CSV again.',
    ],
    [
      '<html><table><tr><td>Rock',
      'That is a web page or XML. Open it in a spreadsheet, save it as XLSX or CSV, and send that.',
    ],
  ])('%j', async (text, words) => {
    expect(await read(text)).toMatchObject({ ok: false, words });
  });

  test('more than 20,000 rows, with their number', async () => {
    const many = Array.from({ length: 20_001 }, (_, index) => `Rock ${index},Ben`);
    expect(await read(['Rock,Owner', ...many].join('\n'))).toMatchObject({
      words:
        'That sheet has 20,001 rows; I read up to 20,000. Split it, or leave out what is no longer needed.',
    });
  });

  test('more than 60 columns, with their number', async () => {
    const wide = Array.from({ length: 61 }, (_, index) => `Field ${index}`).join(',');
    expect(await read(`${wide}\n${wide.replaceAll('Field', 'Cell')}\n`)).toMatchObject({
      words: 'That sheet has 61 columns; I read up to 60. Take out the columns that are not needed here.',
    });
  });

  test('50 MB, without a look at them', async () => {
    expect(await readSheet(new Uint8Array(50 * 1024 * 1024), 'rocks.csv')).toMatchObject({
      words:
        'That file has 50 MB; I read up to 10 MB. Take pictures and worksheets out that are not needed, or save the one worksheet as CSV.',
    });
  });
});

describe('pasted cells', () => {
  test('parted by tabs, as a spreadsheet copies them', () => {
    expect(cellsOf(readPasted('Rock\tOwner\nPayments, cards\tBen\nSearch\t\n'))).toEqual([
      ['Rock', 'Owner'],
      ['Payments, cards', 'Ben'],
      ['Search', ''],
    ]);
  });

  test('a table in Markdown', () => {
    const sheet = readPasted('| Rock | Owner |\n|---|:--|\n| Pay\\|ments | Ben |\n| Search<br>it | Ana |\n');
    expect(cellsOf(sheet)).toEqual([
      ['Rock', 'Owner'],
      ['Pay|ments', 'Ben'],
      ['Search\nit', 'Ana'],
    ]);
    expect(sheet).toMatchObject({ value: { name: null, rows: [{ line: 3 }, { line: 4 }] } });
  });

  test('nothing', () => {
    expect(readPasted(' \n ')).toMatchObject({
      words: 'There is nothing to read. Paste the cells, headings first.',
    });
  });
});

test('any table reads back, however it is written', async () => {
  const sign = fc.constantFrom(',', ';', '\t');
  const cell = fc.oneof(
    fc.stringMatching(/^[A-Za-zäöüßéñ ]{0,12}$/).map((text) => text.trim()),
    fc.constantFrom(
      'a "quoted" word',
      'two\nlines',
      '3,5',
      '1.200,50',
      'a, b',
      'a; b',
      '24.12.2026',
      "l'été",
    ),
  );
  const table = fc.integer({ min: 2, max: 6 }).chain((width) =>
    fc
      .array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 })
      .map((body) => [
        Array.from({ length: width }, (_, column) => `Heading ${'ABCDEF'[column]}`),
        // A first cell makes sure that no row is empty or a total.
        ...body.map(([, ...cells], row) => [`Rock ${'IJKLMNOP'[row]}`, ...cells]),
      ]),
  );
  const encode = fc.constantFrom<(text: string) => Buffer>(
    (text) => Buffer.from(text),
    (text) => Buffer.from(`\ufeff${text}`),
    (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    (text) => Buffer.from(text, 'latin1'),
  );
  await fc.assert(
    fc.asyncProperty(
      table,
      sign,
      encode,
      fc.constantFrom('\n', '\r\n'),
      async (rows, separator, bytes, end) => {
        const sheet = await readSheet(bytes(written(rows, separator, end)), 'any.csv');
        expect(cellsOf(sheet)).toEqual(rows);
      },
    ),
  );
});
