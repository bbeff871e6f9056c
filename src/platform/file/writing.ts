/** How an export calls what it refers to. Whoever is named once is among the people of the export. */
export type Naming = { person(id: number): string; team(id: number): string };

/** One entry of a written file: its fields in their order. What is undefined is left out. */
export type Fields = Record<string, unknown>;

/** The fields that say something: what is undefined or null is left out. */
export function told(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** A list with something in it. */
export function some<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}

/** In the order of their letters' numbers, which is the same on every machine. */
export function inOrder<T>(items: readonly T[], by: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: by(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}

/** Text as a file holds it: without what stands around it, and with one kind of line break. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}
