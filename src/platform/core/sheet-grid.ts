/** Rows of a spreadsheet before anybody knows which of them has the headings. */
export type GridRow = {
  /** As a spreadsheet numbers it, empty rows counted. */
  line: number;
  /** Without the space around them. */
  cells: readonly string[];
  /** A cell of it was merged across columns: a title, or a heading above headings. */
  isMerged?: boolean;
};

export type Grid = readonly GridRow[];

/** The letters by which a spreadsheet calls a column, counted from 0: A, …, Z, AA. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

/** "row 4", "rows 4, 9 and 12", and of many the first few. */
export function rowWords(lines: readonly number[]): string {
  const most = 5;
  if (lines.length === 1) return `row ${lines[0]}`;
  if (lines.length > most) return `rows ${lines.slice(0, most).join(', ')} and ${lines.length - most} more`;
  return `rows ${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}`;
}
