import { accepted, type Refusal, type Result, refused } from '../core/result.ts';
import type { Sheet } from '../core/sheet.ts';
import type { Grid } from '../core/sheet-grid.ts';
import { shapeSheet, widthOf } from '../core/sheet-shape.ts';
import { readSeparated } from './sheet-csv.ts';
import { sheetLimits, tooManyBytes, tooManyColumns, tooManyRows } from './sheet-limits.ts';
import { isMarkdownTable, readMarkdownTable } from './sheet-markdown.ts';
import { readXlsx, withPassword } from './sheet-xlsx.ts';
import { decodeText } from './text-encoding.ts';

/**
 * Reads a table from a file: XLSX or CSV, told apart by what is in it, not by its name. Refuses, in words that say
 * what to do, what is too large, what is another kind of file and what has no headings.
 */
export async function readSheet(bytes: Uint8Array, fileName: string): Promise<Result<Sheet>> {
  if (bytes.length > sheetLimits.bytes) return tooManyBytes(bytes.length);
  if (bytes.length === 0) return refused('empty-sheet', 'That file is empty.');
  if (begins(bytes, 'PK\x03\x04') || begins(bytes, 'PK\x05\x06')) return await readXlsx(bytes, fileName);
  const other = otherKind(bytes);
  if (other !== undefined) return other;
  const decoded = decodeText(bytes);
  if (decoded === undefined) return noTable;
  const { text, encoding } = decoded;
  const markup = otherText(text);
  if (markup !== undefined) return markup;
  const notes =
    encoding === 'windows-1252'
      ? ['The file is not UTF-8; I read it as Windows-1252. Look whether accents are right.']
      : [];
  return shaped(readSeparated(text), fileName, notes);
}

/**
 * Reads cells that were copied out of a spreadsheet (parted by tabs), lines of CSV, or a table in Markdown. The same
 * refusals as for a file.
 */
export function readPasted(text: string): Result<Sheet> {
  const bytes = Buffer.byteLength(text);
  if (bytes > sheetLimits.bytes) return tooManyBytes(bytes);
  const trimmed = text.replace(/^\s*\n/, '').trimEnd();
  if (trimmed.trim() === '')
    return refused('empty-sheet', 'There is nothing to read. Paste the cells, headings first.');
  if (isMarkdownTable(trimmed)) return shaped(accepted(readMarkdownTable(trimmed)), null, []);
  return shaped(readSeparated(trimmed), null, []);
}

function shaped(grid: Result<Grid>, name: string | null, notes: string[]): Result<Sheet> {
  if (!grid.ok) return grid;
  const width = widthOf(grid.value);
  if (width > sheetLimits.columns) return tooManyColumns(width);
  const sheet = shapeSheet(name, grid.value, notes, sheetLimits);
  return sheet.ok && sheet.value.rows.length > sheetLimits.rows
    ? tooManyRows(sheet.value.rows.length)
    : sheet;
}

const noTable = refused(
  'no-table',
  'I could not read that as a table. Save it as XLSX or CSV, and send that.',
);

/** Kinds of files by their first bytes. */
function otherKind(bytes: Uint8Array): Refusal | undefined {
  if (begins(bytes, '\xd0\xcf\x11\xe0')) {
    const isLocked = Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
    return isLocked
      ? withPassword
      : refused('other-file', 'That is an old Excel file (XLS). Save it as XLSX or CSV, and send that.');
  }
  if (begins(bytes, '%PDF'))
    return refused(
      'other-file',
      'That is a PDF. Send the spreadsheet that it was made from, as XLSX or CSV.',
    );
  const isPicture = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'RIFF', 'BM\x00'].some((mark) => begins(bytes, mark));
  if (isPicture)
    return refused(
      'other-file',
      'That is a picture. Send the spreadsheet as XLSX or CSV, or paste its cells.',
    );
  if (begins(bytes, '\x1f\x8b') || begins(bytes, 'Rar!') || begins(bytes, '7z\xbc\xaf'))
    return refused('other-file', 'That is a packed file. Unpack it, and send the spreadsheet in it.');
  return undefined;
}

function otherText(text: string): Refusal | undefined {
  if (/^\ufeff?\s*<(?:!doctype html|html|table|\?xml)/i.test(text.slice(0, 500)))
    return refused(
      'other-file',
      'That is a web page or XML. Open it in a spreadsheet, save it as XLSX or CSV, and send that.',
    );
  return undefined;
}

function begins(bytes: Uint8Array, mark: string): boolean {
  return Array.from(mark).every((sign, index) => bytes[index] === sign.charCodeAt(0));
}
