import type { RockEntry } from '../../../../src/features/ownership/register/core/entry.ts';
import type { Split } from '../../../../src/features/ownership/register/core/split.ts';

/** What a form says of a rock, with plain values for what a test does not care about. */
export function entry(given: Partial<RockEntry> & { name: string }): RockEntry {
  return {
    summary: null,
    aliases: [],
    links: [],
    backups: [],
    contributors: [],
    teamId: null,
    channelId: null,
    lineId: null,
    type: 'area',
    discipline: null,
    importance: null,
    weight: 1,
    visibility: 'workspace',
    viewers: [],
    ...given,
  };
}

/** A part called `second` that takes the aliases and links that are said; the first one is called `first`. */
export function split(first: string, second: string, aliases: string[] = [], urls: string[] = []): Split {
  return {
    first: { name: first, summary: null },
    second: { name: second, summary: null },
    goesAlong: { alias: (alias) => aliases.includes(alias), link: (url) => urls.includes(url) },
  };
}
