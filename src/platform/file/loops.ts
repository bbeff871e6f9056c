/** The names from `from` around to it again, or null when the way ends or runs into somebody else's loop. */
export function wayBack(from: string, next: ReadonlyMap<string, string>): string[] | null {
  const way = new Set<string>();
  let here: string | undefined = from;
  while (here !== undefined && !way.has(here)) {
    way.add(here);
    here = next.get(here);
  }
  return here === from ? [...way] : null;
}
