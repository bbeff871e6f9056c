/** How far the grading is. */
export type Tally = { graded: number; total: number };

export function tallyOf(rows: readonly { score: number | null }[]): Tally {
  return { graded: rows.filter(({ score }) => score !== null).length, total: rows.length };
}
