import { accepted, type Result, refused } from './result.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { columnLetters, type Grid, type GridRow, rowWords } from './sheet-grid.ts';
import { findHead, repeatsHead } from './sheet-head.ts';
import { isSection, isTotals } from './sheet-rows.ts';

/** How much a table may have of each. */
export type ShapeLimits = { rows: number; columns: number; cell: number };

/** Why a grid is no table, in words that name what to mend. */
export const noHead = refused(
  'no-headings',
  'I found no row with headings. Put a heading above each column, such as Rock and Owner, and send it again.',
);

/**
 * Makes a table of what a file holds: finds the headings, drops empty rows and columns, leaves out titles, totals and
 * repeated headings, and says so in the notes. Refuses a table without headings or without rows under them. How many
 * rows and columns are too many is for the caller to say.
 */
export function shapeSheet(
  name: string | null,
  grid: Grid,
  given: readonly string[],
  limits: ShapeLimits,
): Result<Sheet> {
  const rows = grid.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length === 0) return refused('empty-sheet', 'There is nothing in that sheet.');
  const at = findHead(rows);
  const head = rows[at];
  if (head === undefined) return noHead;
  const notes = [...given];
  if (at > 0) notes.push(headNote(head, at));

  const { kept, left } = keptRows(rows.slice(at + 1), head);
  notes.push(...left);
  if (kept.length === 0)
    return refused('no-rows', `Row ${head.line} has headings, and there is nothing below them.`);
  const columns = usedColumns(head, kept);
  for (const { name: heading, isNamed } of columns)
    if (!isNamed) notes.push(`${heading} has no heading; I call it that.`);
  const cut = new Set<number>();
  const shaped: SheetRow[] = kept.map(({ line, cells }) => ({
    line,
    cells: columns.map(({ index }) => {
      const cell = cells[index] ?? '';
      if (cell.length <= limits.cell) return cell;
      cut.add(line);
      return cell.slice(0, limits.cell);
    }),
  }));
  if (cut.size > 0)
    notes.push(
      `${capital(rowWords([...cut]))}: a cell is longer than ${limits.cell.toLocaleString('en')} characters; the rest of it is not read.`,
    );
  return accepted({ name, columns: columns.map(({ name: heading }) => heading), rows: shaped, notes });
}

/** How many columns of a grid have anything in them. */
export function widthOf(grid: Grid): number {
  const used = new Set<number>();
  for (const { cells } of grid) cells.forEach((cell, index) => void (cell !== '' && used.add(index)));
  return used.size;
}

function headNote(head: GridRow, above: number): string {
  const lines = above === 1 ? 'One line above them is' : `${above} lines above them are`;
  return `The headings are in row ${head.line}. ${lines} left out.`;
}

/** The rows of the table itself, and words for those that only look like one. */
function keptRows(below: Grid, head: GridRow): { kept: GridRow[]; left: string[] } {
  const width = head.cells.filter((cell) => cell !== '').length;
  const named = below.filter(({ cells }) => (cells[firstOf(head)] ?? '') !== '').length;
  const heads: number[] = [];
  const totals: number[] = [];
  const sections: number[] = [];
  const kept = below.filter((row) => {
    const list = repeatsHead(row, head)
      ? heads
      : isTotals(row, firstOf(head), named > below.length / 2)
        ? totals
        : isSection(row, width)
          ? sections
          : undefined;
    list?.push(row.line);
    return list === undefined;
  });
  const left = [
    [heads, 'says the headings again', 'say the headings again'],
    [totals, 'is a total', 'are totals'],
    [sections, 'is one cell across the table', 'are one cell each across the table'],
  ] as const;
  return {
    kept,
    left: left
      .filter(([lines]) => lines.length > 0)
      .map(([lines, one, several]) => {
        const isOne = lines.length === 1;
        return `${capital(rowWords(lines))} ${isOne ? one : several} and ${isOne ? 'is' : 'are'} left out.`;
      }),
  };
}

function firstOf(head: GridRow): number {
  return head.cells.findIndex((cell) => cell !== '');
}

/** A column with a heading is kept though it is empty: somebody may yet fill it. */
function usedColumns(head: GridRow, rows: Grid): { index: number; name: string; isNamed: boolean }[] {
  const used = new Set<number>();
  for (const { cells } of [head, ...rows])
    cells.forEach((cell, index) => void (cell !== '' && used.add(index)));
  return [...used]
    .sort((one, other) => one - other)
    .map((index) => {
      const name = (head.cells[index] ?? '').replace(/\s+/g, ' ');
      return { index, name: name === '' ? `Column ${columnLetters(index)}` : name, isNamed: name !== '' };
    });
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
