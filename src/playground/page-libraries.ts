import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';

const require = createRequire(import.meta.url);

/** The packages that the page is made with: development dependencies, which a production install leaves out. */
const needed = { marked: 'marked', 'emoji-datasource': 'emoji-datasource/emoji.json' } as const;
type Package = keyof typeof needed;

/** A package that the page needs is not installed. */
export class MissingPageLibrary extends Error {
  readonly package: string;

  constructor(name: string) {
    super(`the playground's page needs the package ${name}, which is not installed`);
    this.package = name;
  }
}

export type PageLibraries = {
  /** marked as an ES module */
  marked(): Promise<Buffer>;
  /** every emoji of Slack by its short name, as JSON */
  emoji(): Promise<string>;
};

/**
 * Finds what the page is made with; throws MissingPageLibrary for the first package that is not there.
 * `find` resolves a module to a path as `require.resolve` does; tests give their own.
 */
export function findPageLibraries(find: (module: string) => string = require.resolve): PageLibraries {
  const places = { marked: mustFind(find, 'marked'), emoji: mustFind(find, 'emoji-datasource') };
  let emoji: Promise<string> | undefined;
  return {
    marked: () => readFile(places.marked),
    emoji: () => {
      emoji ??= readFile(places.emoji, 'utf8').then((text) => JSON.stringify(emojiByName(JSON.parse(text))));
      return emoji;
    },
  };
}

function mustFind(find: (module: string) => string, name: Package): string {
  try {
    return find(needed[name]);
  } catch {
    throw new MissingPageLibrary(name);
  }
}

const emojiList = z.array(
  z.object({
    unified: z.string(),
    short_names: z.array(z.string()),
    skin_variations: z.record(z.string(), z.object({ unified: z.string() })).default({}),
  }),
);

/** Slack's tones go from 2 to 6, and Unicode calls the lightest 1F3FB. */
const tones = { '1F3FB': 2, '1F3FC': 3, '1F3FD': 4, '1F3FE': 5, '1F3FF': 6 } as const;

/** Short names, `wave` and `wave::skin-tone-3`, to characters; throws for what is not the list of emoji-datasource. */
export function emojiByName(list: unknown): Record<string, string> {
  return Object.fromEntries(
    emojiList.parse(list).flatMap(({ unified, short_names, skin_variations }) =>
      short_names.flatMap((name) => [
        [name, characters(unified)],
        ...Object.entries(tones).flatMap(([code, tone]) => {
          const toned = skin_variations[code];
          return toned === undefined ? [] : [[`${name}::skin-tone-${tone}`, characters(toned.unified)]];
        }),
      ]),
    ),
  );
}

function characters(unified: string): string {
  return String.fromCodePoint(...unified.split('-').map((code) => Number.parseInt(code, 16)));
}
