import { normalName } from '../../ownership/core/names.ts';

/** Sorts proposals into those that are new and those that the register has under one of their names. */
export function sortByRegister<Thing>(
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly string[],
  taken: Iterable<string>,
): { offered: Thing[]; had: Thing[] } {
  const known = new Set([...taken].map(normalName));
  const isHad = (thing: Thing) => namesOf(thing).some((name) => known.has(normalName(name)));
  return { offered: things.filter((thing) => !isHad(thing)), had: things.filter(isHad) };
}
