import { readNumberCell } from './cell-numbers.ts';
import type { GridRow } from './sheet-grid.ts';

const totalsWord =
  /^(?:(?:grand|sub)[ -]?)?(?:totals?|sum|summe|gesamt(?:summe)?|zwischensumme|totaux|totale|totaal|suma|somme)\s*:?$/i;

/** "120 rocks": how many there are, said in a row of sums. */
const count = /^\d[\d.,]* \p{L}+$/u;

/**
 * A row of sums: its first cell says so, or it has no name where nearly every row has one (`areNamed`), and besides
 * there are only numbers, or how many there are. A rock that is called Total and has an owner is none.
 */
export function isTotals({ cells }: GridRow, nameColumn: number, areNamed: boolean): boolean {
  const filled = cells.filter((cell) => cell !== '');
  const numbers = filled.filter((cell) => readNumberCell(cell) !== undefined);
  if (totalsWord.test(filled[0] ?? ''))
    return filled.every((cell) => numbers.includes(cell) || totalsWord.test(cell) || count.test(cell));
  if (numbers.length < filled.length) return false;
  return areNamed && (cells[nameColumn] ?? '') === '' && filled.length > 0;
}

/** "Growth", merged across the table: a heading over the rows below it. Its one word was filled into every cell. */
export function isSection({ cells, isMerged }: GridRow, width: number): boolean {
  if (isMerged !== true || width < 2) return false;
  const filled = cells.filter((cell) => cell !== '');
  return filled.length >= width && new Set(filled).size === 1;
}
