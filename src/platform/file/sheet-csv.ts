import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { accepted, type Result, refused } from '../core/result.ts';
import type { Grid } from '../core/sheet-grid.ts';
import { findHead } from '../core/sheet-head.ts';
import { unharmed } from './csv.ts';

const separators = [',', ';', '\t', '|'] as const;
type Separator = (typeof separators)[number];
const records = z.array(z.array(z.string()));
/** So many rows are looked at to tell which sign parts the cells. */
const sampleRows = 60;
const sampleLetters = 200_000;

/**
 * Rows of text whose cells are parted by commas, semicolons, tabs or bars. Which one it is, the rows tell. Refuses a
 * quote that does not end, and a row with more cells than the headings have. A formula is text here and stays it.
 */
export function readSeparated(text: string): Result<Grid> {
  if (!/[^\s\ufeff,;|"]/.test(text)) return accepted([]);
  const told = /^\ufeff?sep=(.)\r?\n/i.exec(text);
  const body = told === null ? text : text.slice(told[0].length);
  const separator = separators.find((sign) => sign === told?.[1]) ?? separatorOf(body) ?? '\t';
  const rows = gridOf(body, separator, told === null ? 0 : 1);
  if (!rows.ok) return rows;
  const filled = rows.value.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const head = filled[findHead(filled)];
  const wide = filled.find(
    (row) => head !== undefined && row.line > head.line && lastFilled(row.cells) >= head.cells.length,
  );
  if (head === undefined || wide === undefined) return rows;
  return refused(
    'long-row',
    `Row ${wide.line} has ${lastFilled(wide.cells) + 1} cells, and there are ${head.cells.length} columns. Put a cell with ${signNames[separator]} in it in double quotes, or take out what is too much.`,
  );
}

const signNames: Record<Separator, string> = {
  ',': 'a comma',
  ';': 'a semicolon',
  '\t': 'a tab',
  '|': 'a bar',
};

/** The sign that parts the cells: the one by which most rows have as many as the headings. Undefined: one column. */
export function separatorOf(text: string): Separator | undefined {
  const sample = text.slice(0, sampleLetters);
  const isCut = sample.length < text.length;
  let best: { separator?: Separator; score: number } = { score: 0 };
  for (const separator of separators) {
    const score = scoreOf(sample, separator, isCut);
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

/** From 0, no table by this sign, to 1: every row has the cells of the head. Signs in prose have a space behind. */
function scoreOf(sample: string, separator: Separator, isCut: boolean): number {
  const rows = gridOf(sample, separator, 0, sampleRows);
  if (!rows.ok) return 0;
  const filled = rows.value.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (isCut && filled.length > 1) filled.pop();
  const head = filled[Math.max(0, findHead(filled))];
  const width = head?.cells.length ?? 0;
  if (head === undefined || width < 2) return 0;
  const even = filled.filter(({ cells }) => cells.length === width).length / filled.length;
  const signs = sample.split(separator).length - 1;
  const inProse = sample.split(`${separator} `).length - 1;
  return even * (separator === '\t' ? 1 : 1 - 0.4 * (inProse / Math.max(1, signs)));
}

function gridOf(text: string, separator: string, before: number, most?: number): Result<Grid> {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter: separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      ...(most === undefined ? {} : { to: most }),
    });
    return accepted(
      records.parse(parsed).map((cells, index) => ({
        line: index + 1 + before,
        cells: cells.map((cell) => unharmed(cell.trim()).trim()),
      })),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const records = typeof error['records'] === 'number' ? error['records'] : 0;
    return refused(
      'unread-row',
      `In row ${records + 1 + before} a double quote begins a cell and never ends. Write "" for one inside a cell, or save the sheet as CSV again.`,
    );
  }
}

function lastFilled(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell !== '');
}
