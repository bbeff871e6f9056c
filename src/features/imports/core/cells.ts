import type { SheetRow } from '../../../platform/core/sheet.ts';
import type { Mapping } from './import.ts';
import { isNobody } from './people-in-cell.ts';

/** What a row says of a field, in one line: '' where it says nothing, or "-" or "TBD". */
export function cellOf(row: SheetRow, mapping: Mapping, field: string): string {
  const column = mapping[field];
  const cell = column === undefined ? '' : (row.cells[column] ?? '');
  const text = cell.replace(/\s+/g, ' ').trim();
  return isNobody(text) ? '' : text;
}

/** A cell as it is shown in a sentence. */
export function shownCell(cell: string): string {
  const letters = Array.from(cell);
  return letters.length > 60 ? `“${letters.slice(0, 60).join('')}…”` : `“${cell}”`;
}

/** Sentences about a row, one after the other; '' where there are none. */
export function sentences(words: readonly string[]): string {
  return words.filter((it) => it !== '').join(' ');
}
