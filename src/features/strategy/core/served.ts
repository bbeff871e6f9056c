/** The lines that a piece of work serves: the intent's title, then the initiative's where it serves one. */
export type Served = { lineId: number; titles: string[] };

/** "Win trust > Halve failed payments": plain words, to be escaped by whoever shows them. */
export function servedWords({ titles }: Served): string {
  return titles.join(' > ');
}
