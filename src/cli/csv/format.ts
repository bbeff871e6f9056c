import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { shown } from '../../platform/file/finding.ts';

/** A row of a table by its columns, all of it text; an empty cell is "". */
export type Row = Record<string, string>;
/** The line of the file on which the row ends, the heading being line 1. */
export type ReadRow = { line: number; row: Row };

/** A spreadsheet takes what begins so for a formula. */
const formula = /^'*[=+\-@\t\r]/;
const plainNumber = /^-?\d+(?:\.\d+)?$/;

/** Rows as CSV (RFC 4180) below their heading. What a spreadsheet would take for a formula has an apostrophe before it. */
export function writeCsv(columns: readonly string[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((column) => guarded(row[column] ?? '')));
  return stringify([columns, ...cells], { record_delimiter: 'windows' });
}

/** Reads what `writeCsv` wrote, or a spreadsheet. Refuses a heading without the needed columns, or with unknown ones. */
export function readCsv(
  text: string,
  columns: { needed: readonly string[]; known: readonly string[] },
): Result<ReadRow[]> {
  const lines: number[] = [];
  let parsed: string[][];
  try {
    parsed = parse(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
      trim: true,
      on_record: (record: string[], { lines: line }) => {
        lines.push(line);
        return record;
      },
    });
  } catch (error) {
    if (!(error instanceof Error && 'lines' in error)) throw error;
    return refused('csv', `line ${String(error.lines)}: this is no CSV: ${error.message}`);
  }
  const [heading, ...rest] = parsed;
  if (heading === undefined)
    return refused('csv', 'line 1: the file is empty; its first line names the columns');
  const names = heading.map((name) => name.toLowerCase());
  const unknown = names.find((name) => !columns.known.includes(name));
  if (unknown !== undefined)
    return refused(
      'csv',
      `line 1: there is no column ${shown(unknown)}; the columns are ${columns.known.join(', ')}`,
    );
  const missing = columns.needed.find((name) => !names.includes(name));
  if (missing !== undefined) return refused('csv', `line 1: the column ${missing} is missing`);
  return accepted(
    rest.map((record, nth) => ({
      line: lines[nth + 1] ?? 1,
      row: Object.fromEntries(names.map((name, index) => [name, unguarded(record[index] ?? '')])),
    })),
  );
}

function guarded(cell: string): string {
  return formula.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}
