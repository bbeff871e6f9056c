import { accepted, type Refusal, type Result, refused } from '../core/result.ts';
import type { Sheet } from '../core/sheet.ts';
import { type GridRow, rowWords } from '../core/sheet-grid.ts';
import { noHead, shapeSheet, widthOf } from '../core/sheet-shape.ts';
import { sheetLimits, tooManyColumns, tooManyRows, tooMuchUnzipped } from './sheet-limits.ts';
import { type Book, readBook } from './xlsx-book.ts';
import { type Merge, readWorksheet, type Worksheet } from './xlsx-worksheet.ts';
import { XmlError } from './xml.ts';
import { Zip, ZipError } from './zip.ts';

/**
 * Reads the first worksheet of a workbook that has a table and is not hidden. A ZIP archive that is no workbook is
 * refused with what it is and what to do.
 */
export async function readXlsx(bytes: Uint8Array, name: string): Promise<Result<Sheet>> {
  try {
    const zip = new Zip(bytes, sheetLimits.unzippedBytes);
    const other = otherArchive(zip);
    if (other !== undefined) return other;
    return await readTable(zip, await readBook(zip), name);
  } catch (error) {
    if (error instanceof ZipError && error.reason === 'too-large') return tooMuchUnzipped();
    if (error instanceof ZipError && error.reason === 'encrypted') return withPassword;
    if (error instanceof ZipError || error instanceof XmlError)
      return refused(
        'broken-file',
        'That file is damaged, so I could not read it. Open it in your spreadsheet, save it again as XLSX or CSV, and send that.',
      );
    throw error;
  }
}

export const withPassword = refused(
  'password',
  'That file is locked with a password. Save a copy without one, or save the worksheet as CSV, and send that.',
);

function otherArchive(zip: Zip): Refusal | undefined {
  const names = zip.names();
  const has = (start: string): boolean => names.some((name) => name.startsWith(start));
  if (has('xl/') && !zip.has('xl/workbook.bin')) return undefined;
  const save = (what: string): Refusal =>
    refused('other-file', `That is ${what}. Save it as XLSX or CSV from there, and send that.`);
  if (zip.has('xl/workbook.bin')) return save('a binary Excel workbook (XLSB)');
  if (zip.has('content.xml')) return save('an OpenDocument file (ODS)');
  if (has('Index/')) return save('a Numbers file');
  if (has('word/') || has('ppt/'))
    return refused(
      'other-file',
      'That is a text document or slides. Copy the table into a spreadsheet, or paste its cells here.',
    );
  // Some programs put the workbook elsewhere and say where.
  if (zip.has('[Content_Types].xml') && zip.has('_rels/.rels')) return undefined;
  return refused(
    'other-file',
    'That is a ZIP archive. Unpack it, and send the one spreadsheet in it (XLSX or CSV).',
  );
}

async function readTable(zip: Zip, book: Book, name: string): Promise<Result<Sheet>> {
  const shown = book.sheets.filter(({ isHidden }) => !isHidden);
  let first: Refusal | undefined;
  for (const { name: title, path } of shown) {
    if (!zip.has(path)) continue;
    const others = shown.filter((sheet) => sheet.path !== path).map((sheet) => `“${sheet.name}”`);
    const notes = others.length === 0 ? [] : [`I read the worksheet “${title}”, not ${others.join(', ')}.`];
    const sheet = shaped(await readWorksheet(zip, path, book), name, notes);
    if (sheet.ok || sheet.code.startsWith('too-many')) return sheet;
    // What is said of a worksheet with something in it helps more than that another one is empty.
    if (first === undefined || first.code === 'empty-sheet') first = sheet;
  }
  return first ?? noHead;
}

function shaped(worksheet: Worksheet, name: string, given: string[]): Result<Sheet> {
  const { rows, counted, merges, faulty, unreckoned, hidden } = worksheet;
  // The head is one of them; titles above it are few.
  if (counted > sheetLimits.rows + 100) return tooManyRows(counted - 1);
  const notes = [...given];
  const { filled, count } = fillMerges(rows, merges);
  if (widthOf(filled) > sheetLimits.columns) return tooManyColumns(widthOf(filled));
  if (faulty.length > 0) notes.push(faultNote(faulty));
  if (unreckoned.length > 0)
    notes.push(
      `Formulas in ${rowWords(unreckoned)} were saved without their results and are read as empty. Open the file in your spreadsheet and save it again to have them.`,
    );
  if (hidden.length > 0) notes.push(`Hidden rows are read too: ${rowWords(hidden)}.`);
  const at = notes.length;
  const sheet = shapeSheet(name, filled, notes, sheetLimits);
  if (!sheet.ok) return sheet;
  if (sheet.value.rows.length > sheetLimits.rows) return tooManyRows(sheet.value.rows.length);
  if (count === 0) return sheet;
  const words = count === 1 ? 'One block of merged cells was' : `${count} blocks of merged cells were`;
  const withMerges = sheet.value.notes.toSpliced(
    at,
    0,
    `${words} filled in: each cell has what the block says.`,
  );
  return accepted({ ...sheet.value, notes: withMerges });
}

function faultNote(faulty: readonly string[]): string {
  const named = faulty.slice(0, 3).join(', ');
  const more = faulty.length > 3 ? ` and ${faulty.length - 3} more` : '';
  return `Cells with an error are read as empty: ${named}${more}.`;
}

/** Gives every cell of a merged block what its first one says. Blocks cannot make the table larger than it is. */
function fillMerges(
  rows: readonly GridRow[],
  merges: readonly Merge[],
): { filled: GridRow[]; count: number } {
  if (merges.length === 0) return { filled: [...rows], count: 0 };
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  const last = rows.at(-1)?.line ?? 0;
  const byLine = new Map(
    rows.map((row) => [row.line, { line: row.line, cells: [...row.cells], isMerged: false }]),
  );
  let count = 0;
  // Blocks that lie side by side need no more; forged ones that lie on each other could take for ever.
  let steps = 2_000_000;
  // A merged title says nothing of the rows: only what goes down is filling.
  for (const { top, bottom, left, right } of merges) {
    const text = byLine.get(top)?.cells[left] ?? '';
    if (text === '') continue;
    for (let line = top; line <= Math.min(bottom, last) && steps > 0; line += 1) {
      steps -= 1;
      const row = byLine.get(line);
      if (row === undefined) continue;
      if (right > left) row.isMerged = true;
      for (let column = left; column <= Math.min(right, width - 1); column += 1) {
        steps -= 1;
        while (row.cells.length < column) row.cells.push('');
        row.cells[column] = text;
      }
    }
    if (bottom > top) count += 1;
  }
  return { filled: [...byLine.values()], count };
}
