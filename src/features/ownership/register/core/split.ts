import { normalName } from '../../core/names.ts';

/** How two rocks are made of one: how each is called, and which names and links of the first one go along. */
export type Split = {
  first: { name: string; summary: string | null };
  second: { name: string; summary: string | null };
  goesAlong: { alias(alias: string): boolean; link(url: string): boolean };
};

/** As much of a rock's entry as splitting it is about. */
type Splittable = {
  name: string;
  summary: string | null;
  aliases: string[];
  links: { label: string; url: string }[];
  weight: number;
  set_down: unknown;
  retired: unknown;
};

/** What each of the two has. A name that the second one is called by is no alias of the first any more. */
export function splitOf<Entry extends Splittable>(now: Entry, { first, second, goesAlong }: Split) {
  const names = new Set([normalName(first.name), normalName(second.name)]);
  const aliases = now.aliases.filter((alias) => !names.has(normalName(alias)));
  const byWhere = Map.groupBy(aliases, (alias) => goesAlong.alias(alias));
  const links = Map.groupBy(now.links, ({ url }) => goesAlong.link(url));
  return {
    left: { ...now, ...first, aliases: byWhere.get(false) ?? [], links: links.get(false) ?? [] },
    part: {
      ...now,
      ...second,
      aliases: byWhere.get(true) ?? [],
      links: links.get(true) ?? [],
      weight: 1,
      set_down: null,
      retired: null,
    },
  };
}
