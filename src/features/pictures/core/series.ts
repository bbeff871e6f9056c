import type { Temporal } from 'temporal-polyfill';

export type Point = {
  on: Temporal.PlainDate;
  value: number;
  /** 0 to 10. */
  confidence: number | null;
};

/** One key result over its cycle. */
export type Series = {
  title: string;
  /** Behind each number, such as `%` or `€`; empty: none. */
  unit: string;
  /** Null: not known; then the first point stands for it. */
  start: number | null;
  target: number;
  /** To be kept where it is: the pace is the target all the time. */
  isKept: boolean;
  /** First and last day. */
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
  points: readonly Point[];
};

/** Oldest first, without what is no number. */
export function sorted({ points }: Series): Point[] {
  return points
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.on.toString().localeCompare(b.on.toString()));
}

/** Where the way begins; a series without a start and without points begins at its target. */
export function startOf(series: Series): number {
  return series.start ?? sorted(series)[0]?.value ?? series.target;
}

/** What is expected at the end of a day, when every day of the cycle brings the same. */
export function expectedOn(series: Series, on: Temporal.PlainDate): number {
  if (series.isKept) return series.target;
  const days = series.from.until(series.to).days + 1;
  const gone = series.from.until(on).days + 1;
  const share = days <= 0 ? 1 : Math.min(1, Math.max(0, gone / days));
  return startOf(series) * (1 - share) + series.target * share;
}
