/**
 * How many slips of a finger lie between two words: letters left out, added, changed, or swapped with their
 * neighbour (optimal string alignment). `most` ends the count early: what is farther is `most + 1`.
 */
export function editDistance(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  const from = Array.from(a);
  const to = Array.from(b);
  if (Math.abs(from.length - to.length) > most) return most + 1;

  let twoAbove: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      let least = Math.min(
        at(above, column) + 1,
        at(here, column - 1) + 1,
        at(above, column - 1) + (isSame ? 0 : 1),
      );
      const isSwapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwapped) least = Math.min(least, at(twoAbove, column - 2) + 1);
      here.push(least);
    }
    if (Math.min(...here) > most) return most + 1;
    twoAbove = above;
    above = here;
  }
  return Math.min(at(above, to.length), most + 1);
}

/** The word of `known` that `typed` most likely meant, if it is near enough to ask. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const slips = Math.max(1, Math.floor(typed.length / 3));
  return known
    .map((word) => ({ word, distance: editDistance(typed.toLowerCase(), word, slips) }))
    .filter((candidate) => candidate.distance <= slips)
    .sort((a, b) => a.distance - b.distance)[0]?.word;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
