import type { GridRow } from '../core/sheet-grid.ts';
import { sheetLimits } from './sheet-limits.ts';
import { type Book, RunsOfText, unspelled } from './xlsx-book.ts';
import { numberWords } from './xlsx-formats.ts';
import { readXml } from './xml.ts';
import type { Zip } from './zip.ts';

/** A block of cells that is shown as one. Lines from 1, columns from 0. */
export type Merge = { top: number; bottom: number; left: number; right: number };
/** Cells of a worksheet; `counted` rows have something in them, and those beyond what is allowed are not kept. */
export type Worksheet = {
  rows: GridRow[];
  counted: number;
  merges: Merge[];
  faulty: string[];
  /** The rows with a formula that was saved without what it is worth. */
  unreckoned: number[];
  hidden: number[];
};

/** No spreadsheet has more columns; merges and references beyond are forged. */
const mostColumns = 16_384;
const keptColumns = 512;
const mostMerges = 20_000;
/** Of what is wrong with cells; nobody reads more, and a file can be full of it. */
const mostTold = 1_000;

/** Reads a worksheet: numbers as people see them, formulas as what they were worth, faults as nothing. */
export async function readWorksheet(zip: Zip, path: string, book: Book): Promise<Worksheet> {
  const sheet: Worksheet = { rows: [], counted: 0, merges: [], faulty: [], unreckoned: [], hidden: [] };
  const text = new RunsOfText();
  let value = '';
  let isInValue = false;
  let has = { formula: false, value: false };
  let line = 0;
  let column = -1;
  let cell = { type: 'n', style: 0 };
  let cells: string[] = [];
  let isHidden = false;

  const endCell = (): void => {
    const read = cellText(cell, cell.type === 'inlineStr' ? text.read() : value, book);
    if (read === undefined && sheet.faulty.length < mostTold)
      sheet.faulty.push(`${value.slice(0, 20)} in row ${line}`);
    const isUnreckoned = has.formula && !has.value && sheet.unreckoned.at(-1) !== line;
    if (isUnreckoned && sheet.unreckoned.length < mostTold) sheet.unreckoned.push(line);
    if (read === undefined || read === '' || column >= keptColumns) return;
    while (cells.length < column) cells.push('');
    cells[column] = read;
  };
  const endRow = (): void => {
    if (cells.length === 0) return;
    sheet.counted += 1;
    if (isHidden && sheet.hidden.length < mostTold) sheet.hidden.push(line);
    // One more than a table may have, and what stands above it.
    if (sheet.rows.length <= sheetLimits.rows + 100) sheet.rows.push({ line, cells });
  };
  await readXml(zip.pieces(path), {
    open(name, attributes) {
      if (name === 'row') {
        line = wholeFrom(attributes['r']) ?? line + 1;
        column = -1;
        cells = [];
        isHidden = /^(?:1|true)$/.test(attributes['hidden'] ?? '');
      } else if (name === 'c') {
        column = columnOf(attributes['r'] ?? '') ?? column + 1;
        cell = { type: attributes['t'] ?? 'n', style: wholeFrom(attributes['s']) ?? 0 };
        value = '';
        has = { formula: false, value: false };
        text.begin();
      } else if (name === 'v') {
        isInValue = true;
        has.value = true;
      } else if (name === 'f') has.formula = true;
      else if (name === 'mergeCell') {
        const merge = mergeOf(attributes['ref'] ?? '');
        if (merge !== undefined && sheet.merges.length < mostMerges) sheet.merges.push(merge);
      } else text.open(name, attributes);
    },
    text(piece) {
      if (isInValue) value += piece;
      else text.add(piece);
    },
    close(name) {
      if (name === 'v') isInValue = false;
      else if (name === 'c') endCell();
      else if (name === 'row') endRow();
      else text.close(name);
    },
  });
  return sheet;
}

/** Undefined: it is a fault, such as #REF!. */
function cellText(cell: { type: string; style: number }, value: string, book: Book): string | undefined {
  switch (cell.type) {
    case 's':
      return (book.strings[Number(value)] ?? '').trim();
    case 'inlineStr':
      return value.trim();
    case 'str':
      return unspelled(value).trim();
    case 'b':
      return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : '';
    case 'e':
      return undefined;
    case 'd':
      return value.trim().replace(/T00:00(?::00)?(?:\.0+)?Z?$/, '');
    default:
      return numberWords(value, book.formats[cell.style] ?? { kind: 'plain' }, book.isFrom1904);
  }
}

function wholeFrom(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

/** "AB12" is in column 27. */
function columnOf(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference)?.[1];
  if (letters === undefined) return undefined;
  const index = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return index < mostColumns ? index : undefined;
}

function mergeOf(reference: string): Merge | undefined {
  const [, from = '', top, to = '', bottom] = /^([A-Z]+)(\d{1,7}):([A-Z]+)(\d{1,7})$/.exec(reference) ?? [];
  const [left, right] = [columnOf(from), columnOf(to)];
  if (left === undefined || right === undefined) return undefined;
  return { top: Number(top), bottom: Number(bottom), left, right };
}
