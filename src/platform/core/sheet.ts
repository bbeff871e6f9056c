/** A row of a sheet: a cell for each column, without the space around it; empty ones are ''. */
export type SheetRow = { line: number; cells: readonly string[] };

/** A table as somebody keeps it: CSV, XLSX, or cells that were copied out of a spreadsheet. Nothing in it is trusted. */
export type Sheet = {
  /** The file's name; null: it was pasted, or made here. */
  name: string | null;
  columns: readonly string[];
  rows: readonly SheetRow[];
  /** What was done to read it and what people should know of: merged cells filled in, a totals row left out. */
  notes: readonly string[];
};
