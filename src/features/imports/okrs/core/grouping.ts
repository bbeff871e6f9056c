import type { Sheet } from '../../../../platform/core/sheet.ts';
import { normalName } from '../../../ownership/core/names.ts';
import { cellOf } from '../../core/cells.ts';
import type { Mapping } from '../../core/import.ts';

/** A row as it was typed; `index` is its place among the rows. */
export type TypedRow = { line: number; index: number; cell(field: string): string };
/** The rows of one objective in one cycle. */
export type Group = { objective: string; cycle: string; rows: TypedRow[] };

/**
 * The rows of each objective, wherever they stand. A row without one belongs to the objective above it, and where it names no
 * cycle either, to that one's. `strays` stand above every objective; `empty` say nothing of either.
 */
export function groupRows(
  sheet: Sheet,
  mapping: Mapping,
): { groups: Group[]; strays: TypedRow[]; empty: TypedRow[] } {
  const groups = new Map<string, Group>();
  const strays: TypedRow[] = [];
  const empty: TypedRow[] = [];
  let last: Group | null = null;
  for (const [index, row] of sheet.rows.entries()) {
    const typed: TypedRow = { line: row.line, index, cell: (field) => cellOf(row, mapping, field) };
    const own = typed.cell('objective');
    if (own === '' && typed.cell('keyResult') === '' && typed.cell('key') === '') {
      empty.push(typed);
      continue;
    }
    if (own === '' && last === null) {
      strays.push(typed);
      continue;
    }
    const objective: string = own === '' ? (last?.objective ?? '') : own;
    const isSame: boolean = last !== null && plain(objective) === plain(last.objective);
    const cycle: string = typed.cell('cycle') || (isSame ? (last?.cycle ?? '') : '');
    const key = `${plain(cycle)}|${plain(objective)}`;
    const group: Group = groups.get(key) ?? { objective, cycle, rows: [] };
    groups.set(key, group);
    group.rows.push(typed);
    last = group;
  }
  return { groups: [...groups.values()], strays, empty };
}

function plain(text: string): string {
  return normalName(text) || text.toLowerCase();
}
