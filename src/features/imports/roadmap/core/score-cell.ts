import { readNumberCell } from '../../../../platform/core/cell-numbers.ts';
import { normalName } from '../../../ownership/core/names.ts';
import { shownCell } from '../../core/cells.ts';

const words: Readonly<Record<string, number>> = {
  ...{ 'very low': 1, low: 1, medium: 3, med: 3, mid: 3, high: 5, 'very high': 5 },
  ...{ xs: 1, s: 2, small: 2, m: 3, l: 4, large: 4, xl: 5, xxl: 5 },
};

/** 1 to 5, also "4/5", "high" and sizes of shirts; null: the cell says nothing. */
export function readScore(
  cell: string,
  what: string,
): { ok: true; value: number | null } | { ok: false; words: string } {
  if (cell === '') return { ok: true, value: null };
  const plain = normalName(cell);
  const value = Object.hasOwn(words, plain)
    ? words[plain]
    : readNumberCell(cell.replace(/\s*\/\s*5$/, ''))?.value;
  if (value !== undefined && Number.isInteger(value) && value >= 1 && value <= 5) return { ok: true, value };
  return { ok: false, words: `${what}: ${shownCell(cell)} is not 1 to 5.` };
}
