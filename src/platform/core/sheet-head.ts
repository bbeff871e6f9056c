import { readNumberCell } from './cell-numbers.ts';
import type { Grid, GridRow } from './sheet-grid.ts';

/** Nobody has more lines of title above a table. */
const farthest = 25;
const longestHeading = 80;
/** So many rows tell what a table looks like. */
const looked = 500;

/**
 * Where the row with the headings is, counted from 0: the first that has a cell for most of the columns that the rows
 * below use, where every cell reads like a name, is there once and does not come again further down its column, as
 * "Ben" does under "Owner". -1: there is none.
 */
export function findHead(rows: Grid): number {
  const widths = rows.slice(0, looked).map(({ cells }) => filled(cells).length);
  // A title above and a remark below the table are narrow; what most rows have is the table.
  const wide = [...widths].sort((one, other) => other - one)[Math.floor(widths.length / 3)] ?? 0;
  const needed = Math.max(1, Math.ceil(wide * 0.6));
  for (const [index, row] of rows.slice(0, farthest).entries()) {
    const width = filled(row.cells).length;
    if (row.isMerged === true || width < needed) continue;
    if (width < wide && isTitle(row, rows[index + 1])) continue;
    // The first row of the table itself: whatever it is, the headings do not come after it.
    return isHead(row, rows.slice(index + 1, index + 1 + looked)) ? index : -1;
  }
  return -1;
}

/** "Company: | Acme", or a line with room below it, in front of a wider table. */
function isTitle(row: GridRow, next: GridRow | undefined): boolean {
  return row.cells.some((cell) => cell.endsWith(':')) || (next !== undefined && next.line > row.line + 1);
}

/** A later row that says the headings again, as on every printed page. */
export function repeatsHead(row: GridRow, head: GridRow): boolean {
  return plain(row.cells) === plain(head.cells);
}

function isHead(row: GridRow, below: Grid): boolean {
  const names = filled(row.cells);
  if (!names.every(isHeading)) return false;
  if (new Set(names.map((name) => name.toLowerCase())).size < Math.ceil(names.length / 2)) return false;
  const others = below.filter((other) => !repeatsHead(other, row));
  return !row.cells.some((cell, column) => {
    const name = cell.toLowerCase();
    return name !== '' && others.some(({ cells }) => cells[column]?.toLowerCase() === name);
  });
}

/** A heading is a word or some: no number, date, address or member. "2026" and "Q3" may stand in one. */
function isHeading(cell: string): boolean {
  if (cell.length > longestHeading) return false;
  if (/^(?:https?:\/\/|@|#|<@)\S|^\S+@\S+\.\S+$/.test(cell)) return false;
  if (/^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b/.test(cell)) return false;
  return /\p{L}/u.test(cell) && readNumberCell(cell) === undefined;
}

function filled(cells: readonly string[]): string[] {
  return cells.filter((cell) => cell !== '');
}

function plain(cells: readonly string[]): string {
  return cells.join('\t').trim().toLowerCase();
}
