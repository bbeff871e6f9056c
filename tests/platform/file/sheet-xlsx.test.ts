import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Result } from '../../../src/platform/core/result.ts';
import type { Sheet } from '../../../src/platform/core/sheet.ts';
import { readSheet } from '../../../src/platform/file/sheet.ts';
import { workbookOf, workbookParts, worksheetXml, zipOf, zipOfPacked } from '../../support/spreadsheet.ts';

async function read(bytes: Uint8Array): Promise<Result<Sheet>> {
  return await readSheet(bytes, 'rocks.xlsx');
}

async function table(bytes: Uint8Array): Promise<Sheet> {
  const sheet = await read(bytes);
  if (!sheet.ok) throw new Error(sheet.words);
  return sheet.value;
}

const plain = worksheetXml([
  ['Rock', 'Owner'],
  ['Payments', 'Ben'],
]);

describe('a workbook', () => {
  test('shared texts, runs of text, numbers, truth, formulas and faults', async () => {
    const sheet = await table(
      workbookOf(
        [
          {
            name: 'Rocks',
            xml: `<worksheet><sheetData>
              <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Done</t></is></c><c r="D1" t="inlineStr"><is><t>Note</t></is></c></row>
              <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>0.30000000000000004</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" t="str"><f>A3&amp;"!"</f><v>Zahlung!</v></c></row>
              <row r="4"><c r="A4" t="s"><v>3</v></c><c r="B4"><f>SUM(B3)</f><v>12</v></c><c r="D4" t="e"><f>X</f><v>#REF!</v></c></row>
            </sheetData></worksheet>`,
          },
        ],
        {
          strings:
            '<si><t>Rock</t></si><si><r><t>Wei</t></r><r><rPr><b/></rPr><t>ght</t></r></si><si><t>Zahlung &amp; mehr</t><rPh><t>aloud</t></rPh></si><si><t xml:space="preserve"> two_x000A_lines </t></si>',
        },
      ),
    );
    expect(sheet).toEqual({
      name: 'rocks.xlsx',
      columns: ['Rock', 'Weight', 'Done', 'Note'],
      rows: [
        { line: 3, cells: ['Zahlung & mehr', '0.3', 'TRUE', 'Zahlung!'] },
        { line: 4, cells: ['two\nlines', '12', '', ''] },
      ],
      notes: ['Cells with an error are read as empty: #REF! in row 4.'],
    });
  });

  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="[$-407]d\\. mmm yyyy;@"/><numFmt numFmtId="165" formatCode="#,##0.00\\ &quot;€&quot;"/><numFmt numFmtId="166" formatCode="[Red]#,##0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="9"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="166"/></cellXfs>';
  it.each([
    ['a number', 0, '46380', '46380'],
    ['a date', 1, '46380', '2026-12-24'],
    ['a date by a format of its own', 2, '46380', '2026-12-24'],
    ['a date with a time', 3, '46380.375', '2026-12-24 09:00'],
    ['a day in front of the leap day that never was', 1, '59', '1900-02-28'],
    ['percent', 4, '0.45', '45 %'],
    ['percent with binary fractions', 4, '0.07', '7 %'],
    ['money', 5, '12', '€ 12'],
    ['a time', 6, '0.5', '12:00'],
    ['a colour, which is no date', 7, '5', '5'],
  ])('%s', async (_, style, value, words) => {
    const xml = `<worksheet><sheetData><row><c t="inlineStr"><is><t>Rock</t></is></c><c t="inlineStr"><is><t>When</t></is></c></row><row><c t="inlineStr"><is><t>Pay</t></is></c><c s="${style}"><v>${value}</v></c></row></sheetData></worksheet>`;
    const sheet = await table(workbookOf([{ name: 'A', xml }], { styles }));
    expect(sheet.rows).toEqual([{ line: 2, cells: ['Pay', words] }]);
  });

  test('dates of an old Mac', async () => {
    const xml = `<worksheet><sheetData><row><c t="inlineStr"><is><t>When</t></is></c></row><row><c s="1"><v>44918</v></c></row></sheetData></worksheet>`;
    const sheet = await table(
      workbookOf([{ name: 'A', xml }], { styles, properties: '<workbookPr date1904="1"/>' }),
    );
    expect(sheet.rows[0]?.cells).toEqual(['2026-12-24']);
  });

  test('merged cells are filled in, a merged title is none of the headings', async () => {
    const xml = worksheetXml(
      [
        ['Our rocks', '', ''],
        ['Team', 'Rock', 'Owner'],
        ['Web', 'Payments', 'Ben'],
        ['', 'Search', 'Ana'],
        ['Growth, from here on', '', ''],
        ['Growth', 'Pricing', 'Uma'],
        ['Total', '', '3'],
      ],
      '<mergeCells count="4"><mergeCell ref="A1:C1"/><mergeCell ref="A3:A4"/><mergeCell ref="A5:C5"/><mergeCell ref="A7:B7"/></mergeCells>',
    );
    expect(await table(workbookOf([{ name: 'A', xml }]))).toEqual({
      name: 'rocks.xlsx',
      columns: ['Team', 'Rock', 'Owner'],
      rows: [
        { line: 3, cells: ['Web', 'Payments', 'Ben'] },
        { line: 4, cells: ['Web', 'Search', 'Ana'] },
        { line: 6, cells: ['Growth', 'Pricing', 'Uma'] },
      ],
      notes: [
        'One block of merged cells was filled in: each cell has what the block says.',
        'The headings are in row 2. One line above them is left out.',
        'Row 7 is a total and is left out.',
        'Row 5 is one cell across the table and is left out.',
      ],
    });
  });

  test('the first worksheet with a table is read, hidden ones never; the others are named', async () => {
    const sheet = await table(
      workbookOf([
        { name: 'Secret', xml: plain, state: 'veryHidden' },
        { name: 'Cover', xml: worksheetXml([['2026']]) },
        { name: 'Rocks', xml: plain },
        { name: 'Archive', xml: plain },
      ]),
    );
    expect(sheet.notes).toEqual(['I read the worksheet “Rocks”, not “Cover”, “Archive”.']);
    expect(sheet.rows).toEqual([{ line: 2, cells: ['Payments', 'Ben'] }]);
  });

  test('formulas that were saved without their results are empty, and told', async () => {
    const xml = plain.replace(
      '<row r="2">',
      '<row r="2"><c r="C2"><f>1+1</f></c><c r="D2" t="str"><f>""</f><v></v></c>',
    );
    expect((await table(workbookOf([{ name: 'A', xml }]))).notes).toEqual([
      'Formulas in row 2 were saved without their results and are read as empty. Open the file in your spreadsheet and save it again to have them.',
    ]);
  });

  test('hidden rows are read, and told', async () => {
    const xml = plain.replace('<row r="2">', '<row r="2" hidden="1">');
    const sheet = await table(workbookOf([{ name: 'A', xml }]));
    expect(sheet.notes).toEqual(['Hidden rows are read too: row 2.']);
  });

  test('tags with prefixes, as some programs write them', async () => {
    const xml = plain
      .replace(/<(\/?)(\w)/g, '<$1x:$2')
      .replace('<x:worksheet', '<x:worksheet xmlns:x="urn:x"');
    expect((await table(workbookOf([{ name: 'A', xml }]))).columns).toEqual(['Rock', 'Owner']);
  });

  test('any table reads back', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '<', '&', '"', ' ', '\n', '7', '=', ']]>'),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 6 }),
        async (body) => {
          const rows = body.map((cells, index) => [
            `Rock ${'IJKLMN'[index]}`,
            ...cells.map((text) => text.trim()),
          ]);
          const sheet = await table(
            workbookOf([
              { name: 'A', xml: worksheetXml([['Heading A', 'Heading B', 'Heading C'], ...rows]) },
            ]),
          );
          expect(sheet.rows.map(({ cells }) => cells)).toEqual(rows);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('20,000 rows, and one more', async () => {
    const many = Array.from({ length: 20_001 }, (_, index) => [`Rock ${index}`, 'Ben', `${index}`]);
    const book = (rows: string[][]): Uint8Array =>
      workbookOf([{ name: 'A', xml: worksheetXml([['Rock', 'Owner', 'Weight'], ...rows]) }]);
    const began = performance.now();
    expect((await table(book(many.slice(1)))).rows).toHaveLength(20_000);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await read(book(many))).toMatchObject({
      words:
        'That sheet has 20,001 rows; I read up to 20,000. Split it, or leave out what is no longer needed.',
    });
  });
});

describe('what cannot be read is refused with what to do', () => {
  const bomb = (): Buffer => deflateRawSync(Buffer.alloc(150 * 1024 * 1024), { level: 9 });
  const stopped =
    'That file unpacks to more than 100 MB, or far more than it holds; I stopped there. Save the one worksheet as CSV and send that.';

  test('a ZIP bomb, soon and without holding it', async () => {
    const packed = bomb();
    const parts = Object.entries(workbookParts([{ name: 'A', xml: '' }])).map(([name, content]) => {
      const bytes = Buffer.from(content);
      return name.includes('sheet1')
        ? { name, packed, size: 100, crc: 0 }
        : { name, packed: deflateRawSync(bytes), size: bytes.length, crc: 0 };
    });
    const before = process.memoryUsage().rss;
    const began = performance.now();
    const sheet = await read(zipOfPacked(parts));
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
    expect(sheet.ok).toBe(false);
  });

  test.each([
    ['spaces', ' '],
    ['cells', '<c/>'],
    ['rows', '<row><c><v>1</v></c></row>'],
  ])('a bomb of %s', async (_, piece) => {
    const xml = `<worksheet><sheetData>${piece.repeat((150 * 1024 * 1024) / piece.length)}</sheetData></worksheet>`;
    const bytes = workbookOf([{ name: 'A', xml }]);
    const before = process.memoryUsage().rss;
    const began = performance.now();
    const sheet = await read(bytes);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(sheet).toMatchObject({ code: 'unzips-too-large', words: stopped });
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  it.each([
    [
      'an archive without a spreadsheet',
      zipOf({ 'readme.txt': 'x' }),
      'That is a ZIP archive. Unpack it, and send the one spreadsheet in it (XLSX or CSV).',
    ],
    [
      'ODS',
      zipOf({ mimetype: 'x', 'content.xml': '<x/>' }),
      'That is an OpenDocument file (ODS). Save it as XLSX or CSV from there, and send that.',
    ],
    [
      'Numbers',
      zipOf({ 'Index/Document.iwa': 'x' }),
      'That is a Numbers file. Save it as XLSX or CSV from there, and send that.',
    ],
    [
      'XLSB',
      zipOf({ 'xl/workbook.bin': 'x' }),
      'That is a binary Excel workbook (XLSB). Save it as XLSX or CSV from there, and send that.',
    ],
    [
      'DOCX',
      zipOf({ 'word/document.xml': 'x' }),
      'That is a text document or slides. Copy the table into a spreadsheet, or paste its cells here.',
    ],
    [
      'XLS',
      Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old', 'latin1'),
      'That is an old Excel file (XLS). Save it as XLSX or CSV, and send that.',
    ],
    [
      'a locked workbook',
      Buffer.concat([Buffer.from('\xd0\xcf\x11\xe0', 'latin1'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'That file is locked with a password. Save a copy without one, or save the worksheet as CSV, and send that.',
    ],
    [
      'PDF',
      Buffer.from('%PDF-1.7'),
      'That is a PDF. Send the spreadsheet that it was made from, as XLSX or CSV.',
    ],
    [
      'PNG',
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      'That is a picture. Send the spreadsheet as XLSX or CSV, or paste its cells.',
    ],
    [
      'other bytes',
      Buffer.from([1, 0, 2, 0, 0, 3, 4]),
      'I could not read that as a table. Save it as XLSX or CSV, and send that.',
    ],
    [
      'no headings',
      workbookOf([{ name: 'A', xml: worksheetXml([['1', '2']]) }]),
      'I found no row with headings. Put a heading above each column, such as Rock and Owner, and send it again.',
    ],
    ['nothing', workbookOf([{ name: 'A', xml: worksheetXml([]) }]), 'There is nothing in that sheet.'],
  ])('%s', async (_, bytes, words) => {
    expect(await read(bytes)).toMatchObject({ ok: false, words });
  });

  const damaged =
    'That file is damaged, so I could not read it. Open it in your spreadsheet, save it again as XLSX or CSV, and send that.';
  it.each([
    [
      'entities that blow up',
      workbookOf([{ name: 'A', xml: `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${plain}` }]),
    ],
    ['an entity of a file', workbookOf([{ name: 'A', xml: plain.replace('Ben', '&file;') }])],
    ['XML that is cut off', workbookOf([{ name: 'A', xml: plain.slice(0, -20) }])],
  ])('%s', async (_, bytes) => {
    expect(await read(bytes)).toMatchObject({ ok: false, words: damaged });
  });

  test('a file that is cut off or flipped anywhere is refused or read, and throws nothing', async () => {
    const whole = Buffer.from(workbookOf([{ name: 'A', xml: plain }]));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, by, isCut) => {
          const bytes = Buffer.from(whole);
          bytes[at] = (bytes[at] ?? 0) ^ by;
          const sheet = await read(isCut ? bytes.subarray(0, at) : bytes);
          expect(typeof sheet.ok).toBe('boolean');
        },
      ),
      { numRuns: 300 },
    );
  });
});
