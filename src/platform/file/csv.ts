import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';

/** A row of a table, with the line of the file on which it begins. Empty cells are left out. */
export type CsvRow = { line: number; cells: ReadonlyMap<string, string> };
export type CsvTable = { columns: string[]; rows: CsvRow[] };
export type Cells = Record<string, string | number | null>;

/** With `info`, the parser says of each record on which line it ends; its types do not know. */
const recordsWithLines = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }),
);

/** What a spreadsheet would reckon instead of showing it, also behind apostrophes that were set against that. */
const formula = /^'*[=+\-@\t\r]/;

/** Text as a cell that no spreadsheet takes for a formula. */
export function harmless(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The text that such a cell was made of. */
export function unharmed(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/** A table as RFC 4180 has it. Numbers are written as they are, texts so that they are no formulas. */
export function writeCsv(columns: readonly string[], rows: readonly Cells[]): string {
  const cell = (value: string | number | null | undefined): string =>
    typeof value === 'number' ? String(value) : harmless(value ?? '');
  return stringify([[...columns], ...rows.map((row) => columns.map((column) => cell(row[column])))], {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]|^\s|\s$/,
  });
}

/** Reads a table with its columns in the first row, parted by commas or, as some spreadsheets do, by semicolons or tabs. */
export function readCsv(text: string): CsvTable | { line: number; words: string } {
  try {
    const [head = ''] = text.split(/\r\n|\n|\r/, 1);
    const parsed: unknown = parse(text, {
      bom: true,
      info: true,
      delimiter: ['\t', ',', ';'].find((sign) => head.includes(sign)) ?? ',',
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
    });
    const [first, ...rest] = recordsWithLines.parse(parsed);
    if (first === undefined)
      return { line: 1, words: 'there is nothing in it; name the columns in the first line' };
    const columns = first.record.map((name) => unharmed(name.trim()).toLowerCase());
    let line = first.info.lines;
    return {
      columns,
      rows: rest.map(({ record, info }) => {
        const begins = line + 1;
        line = info.lines;
        const cells = columns.map((column, index) => [column, unharmed(record[index] ?? '')] as const);
        return { line: begins, cells: new Map(cells.filter(([, cell]) => cell.trim() !== '')) };
      }),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return { line, words: wordsOf(error.code) };
  }
}

function wordsOf(code: string): string {
  if (code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH')
    return 'has more or fewer cells than there are columns; put a cell with a comma in it in double quotes';
  if (code.includes('QUOTE')) return 'has a double quote that does not end; write "" for one inside a cell';
  return 'cannot be read as CSV; save it again from the spreadsheet as CSV UTF-8';
}

/** A number as files write it, with a point; undefined: it is none. */
export function cellNumber(cell: string): number | undefined {
  const typed = cell.trim();
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(typed) ? Number(typed) : undefined;
}
