const currencies = /^(?:€|\$|£|¥|₹|US\$|EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CZK)$/i;
const magnitudes: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000, mio: 1_000_000 };
const shape =
  /^(?<before>[^\d\s.,+-]{1,4})?\s*(?<sign>[+-])?\s*(?<inner>[^\d\s.,+-]{1,4})?\s*(?<digits>\d[\d.,'’ \u00a0\u202f]*|[.,]\d+)\s*(?<magnitude>k|mio|m)?\.?\s*(?<after>%|[^\d\s.,+-]{1,4})?$/iu;

/**
 * A number as people type it: "3,5", "1.200,50", "1,200.50", "1 200", "45 %", "€ 12k", "(3)" for one below zero. The
 * unit is the sign of a currency as it stands there, or "%"; the value of "45 %" is 45. Undefined: it is no number.
 *
 * Of a dot and a comma the last one is the decimal one. One sign alone that is followed by exactly three digits is
 * taken for thousands ("1.200" and "1,200" are 1200, "0.125" is not); the same sign twice is for thousands.
 */
export function readNumberCell(cell: string): { value: number; unit: string | null } | undefined {
  const typed = cell.trim().replaceAll('−', '-');
  if (typed.length > 40) return undefined;
  const inBrackets = /^\((.+)\)$/.exec(typed)?.[1];
  const groups = shape.exec(inBrackets ?? typed)?.groups;
  if (groups === undefined) return undefined;
  const { sign, digits = '', magnitude = '' } = groups;
  const units = [groups['before'], groups['inner'], groups['after']].filter((unit) => unit !== undefined);
  if (units.length > 1 || !units.every(isUnit)) return undefined;
  // A percent sign stands behind.
  if (groups['before'] === '%' || groups['inner'] === '%') return undefined;
  const plain = plainDigits(digits.trim());
  if (plain === undefined) return undefined;
  const isBelowZero = (sign === '-') !== (inBrackets !== undefined);
  const value = scaled(Number(plain), magnitudes[magnitude.toLowerCase()] ?? 1) * (isBelowZero ? -1 : 1);
  return Number.isFinite(value) ? { value: value === 0 ? 0 : value, unit: units[0] ?? null } : undefined;
}

function isUnit(unit: string): boolean {
  return unit === '%' || currencies.test(unit);
}

/** 1.1 × 1000 is 1100, whatever binary fractions make of it. */
function scaled(value: number, by: number): number {
  return by === 1 ? value : Number((value * by).toPrecision(15));
}

/** The digits with a point for the decimals and without signs for thousands; undefined: they are grouped like none. */
function plainDigits(digits: string): string | undefined {
  const ungrouped = digits.replace(/(?<=\d)['’ \u00a0\u202f](?=\d{3}(?!\d))/g, '');
  if (/[^\d.,]/.test(ungrouped)) return undefined;
  const last = Math.max(ungrouped.lastIndexOf('.'), ungrouped.lastIndexOf(','));
  if (last < 0) return ungrouped;
  const mark = ungrouped[last] ?? '';
  const other = mark === '.' ? ',' : '.';
  const isOnlyOne = ungrouped.indexOf(mark) === last;
  if (!ungrouped.includes(other)) {
    const isGrouped = (isOnlyOne ? /^[1-9]\d{0,2}[.,]\d{3}$/ : /^[1-9]\d{0,2}(?:[.,]\d{3})+$/).test(
      ungrouped,
    );
    if (isGrouped) return ungrouped.replaceAll(mark, '');
    return isOnlyOne ? ungrouped.replace(mark, '.') : undefined;
  }
  const whole = ungrouped.slice(0, last);
  if (!isOnlyOne || !/^\d{1,3}(?:[.,]\d{3})+$/.test(whole)) return undefined;
  return `${whole.replaceAll(other, '')}.${ungrouped.slice(last + 1)}`;
}
