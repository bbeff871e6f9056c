/** What a roadmap item's priority is made of, each 1 to 5; null: not scored yet. */
export type Scores = { impact: number | null; effort: number | null; alignment: number | null };

/** impact × alignment ÷ effort, to one decimal, a half rounded up; null until all three are scored. */
export function priorityOf({ impact, effort, alignment }: Scores): number | null {
  if (impact === null || effort === null || alignment === null) return null;
  return Math.round((impact * alignment * 10) / effort) / 10;
}
