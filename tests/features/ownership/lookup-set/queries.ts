import { bare, type Chance, chance, initials, type SetRock } from './company.ts';

/** What somebody types who means one rock, and by which rule it was made of what the rock is called. */
export type SetQuery = { kind: Kind; typed: string; key: string };

export const kinds = [
  'one edit',
  'two edits',
  'dropped word',
  'swapped words',
  'alias',
  'alias, one edit',
  'initials',
  'beginnings',
  'address',
  'plural or singular',
  'accents',
  'hyphens and case',
] as const;
export type Kind = (typeof kinds)[number];

/** How many of a hundred queries are of each kind. */
const shares: Record<Kind, number> = {
  'one edit': 24,
  'two edits': 16,
  'dropped word': 8,
  'swapped words': 10,
  alias: 8,
  'alias, one edit': 5,
  initials: 3,
  beginnings: 5,
  address: 9,
  'plural or singular': 6,
  accents: 2,
  'hyphens and case': 4,
};

/**
 * Queries by the rules, each for a rock that chance picks. The same `seed` gives the same queries. What is the name or
 * an alias of another rock, but for case, accents, hyphens and plural, asks for that one: it is made again.
 */
export function makeQueries(rocks: readonly SetRock[], count = 3_000, seed = 2): SetQuery[] {
  const random = chance(seed);
  const names = Map.groupBy(
    rocks.flatMap(({ key, name, aliases }) =>
      [name, ...aliases].map((called) => ({ key, name: bare(called) })),
    ),
    ({ name }) => name,
  );
  const isOthers = (typed: string, key: string) => names.get(bare(typed))?.some((named) => named.key !== key);
  return kinds.flatMap((kind) => {
    const queries: SetQuery[] = [];
    const wanted = Math.round((count * shares[kind]) / 100);
    while (queries.length < wanted) {
      const rock = random.one(rocks);
      const typed = make(kind, rock, random);
      if (typed !== null && typed.toLowerCase() !== rock.name.toLowerCase() && !isOthers(typed, rock.key)) {
        queries.push({ kind, typed, key: rock.key });
      }
    }
    return queries;
  });
}

/** What is typed for a rock; null where the rule has nothing to work on. */
function make(kind: Kind, { name, aliases, links }: SetRock, random: Chance): string | null {
  const words = name.split(' ');
  switch (kind) {
    case 'one edit':
      return name.length < 4 ? null : edited(name.toLowerCase(), random);
    case 'two edits':
      return name.length < 8 ? null : edited(edited(name.toLowerCase(), random), random);
    case 'dropped word': {
      // Who drops a word of two leaves a name that many rocks begin with.
      if (words.length < 3) return null;
      const dropped = random.below(words.length);
      return words.filter((_, index) => index !== dropped).join(' ');
    }
    case 'swapped words':
      return words.length < 2 ? null : swapped(words, random).join(' ');
    case 'alias':
      return aliases.length === 0 ? null : random.one(aliases).toLowerCase();
    case 'alias, one edit': {
      const long = aliases.filter((alias) => alias.length >= 4);
      return long.length === 0 ? null : edited(random.one(long).toLowerCase(), random);
    }
    case 'initials':
      return words.length < 3 ? null : initials(name).toLowerCase();
    case 'beginnings':
      return words.length < 2 ? null : words.map((word) => word.slice(0, 3 + random.below(2))).join(' ');
    case 'address':
      return links.length === 0
        ? null
        : `${random.one(links)}${random.one(['', '/', '?week=3', '/page/7', '#top'])}`;
    case 'plural or singular':
      return name.endsWith('s') ? name.slice(0, -1) : `${name}s`;
    case 'accents': {
      const bare = name.normalize('NFD').replace(/\p{M}/gu, '');
      if (bare !== name) return bare;
      return random.is(0.05) ? name.replace(/[aeou]/, (letter) => `${letter}\u0301`) : null;
    }
    case 'hyphens and case': {
      if (name.includes('-')) return name.replaceAll('-', random.one(['', ' ', '_'])).toUpperCase();
      return words.length > 1 && random.is(0.2) ? words.join(random.one(['-', '_', ''])).toLowerCase() : null;
    }
  }
}

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** The keys beside a letter, or any letter where there are none. */
function neighbour(letter: string, random: Chance): string {
  for (const row of rows) {
    const at = row.indexOf(letter);
    if (at < 0) continue;
    const beside = [row[at - 1], row[at + 1]].filter((key) => key !== undefined);
    return random.one(beside);
  }
  return random.one([...rows.join('')]);
}

/** One slip of a finger at one of the letters: left out, doubled, hit beside, or swapped with the next. */
function edited(text: string, random: Chance): string {
  const letters = Array.from(text);
  const places = letters.flatMap((letter, index) => (/\p{L}/u.test(letter) ? [index] : []));
  const at = random.one(places);
  const letter = letters[at] ?? '';
  const next = letters[at + 1] ?? '';
  switch (random.below(4)) {
    case 0:
      letters.splice(at, 1);
      break;
    case 1:
      letters.splice(at, 0, random.is(0.5) ? letter : neighbour(letter, random));
      break;
    case 2:
      letters[at] = neighbour(letter, random);
      break;
    default:
      if (!/\p{L}/u.test(next) || next === letter) return edited(text, random);
      letters.splice(at, 2, next, letter);
  }
  return letters.join('');
}

function swapped(words: readonly string[], random: Chance): string[] {
  const at = random.below(words.length - 1);
  const moved = [...words];
  moved.splice(at, 2, words[at + 1] ?? '', words[at] ?? '');
  return moved;
}
