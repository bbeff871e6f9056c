/** How a key result is measured, and where it is. */
export type Measured = {
  type: 'number' | 'percent' | 'currency' | 'milestone';
  direction: 'up' | 'down' | 'maintain';
  /** Null: a baseline that the first answer sets. */
  start: number | null;
  target: number;
  current: number | null;
};

/** A key result as people are asked about it. */
export type KeyResult = Measured & {
  id: number;
  key: string;
  title: string;
  /** The title of its objective. */
  objective: string;
  unit: string | null;
};

/** "3.1 %", "12,400 EUR" or "done": a value as people read it. */
export function valueWords(value: number, { type, unit }: Pick<KeyResult, 'type' | 'unit'>): string {
  const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 }).format(value);
  if (type === 'milestone' && unit === null)
    return value >= 1 ? 'done' : value <= 0 ? 'not done' : `${number} done`;
  const suffix = unit ?? (type === 'percent' ? '%' : '');
  return suffix === '' ? number : `${number} ${suffix}`;
}

/**
 * How far from start to target, 0 to 1 and beyond; null while there is no start, no value, or no way between
 * them (a value to be maintained).
 */
export function progressOf({
  direction,
  start,
  target,
  current,
}: Pick<Measured, 'direction' | 'start' | 'target' | 'current'>): number | null {
  if (direction === 'maintain' || start === null || current === null || start === target) return null;
  return (current - start) / (target - start);
}
