/** Somebody whom a cell may mean. */
export type KnownPerson = {
  id: number;
  slackId: string | null;
  name: string;
  /** In full, where Slack shows them by another name; null or absent: it is the same. */
  realName?: string | null;
  email: string | null;
  handle: string | null;
  kind: 'member' | 'guest' | 'bot' | 'outsider';
  isDeactivated: boolean;
};

/** In full, as a spreadsheet has people; a nickname alone may be another's. */
export function fullName({ name, realName }: Pick<KnownPerson, 'name' | 'realName'>): string {
  return realName ?? name;
}

/** A person with the plain forms of one name of theirs: who has two stands here twice. */
export type Indexed = {
  person: KnownPerson;
  words: readonly string[];
  /** The same in order of the alphabet, as one text. */
  sorted: string;
  email: string | null;
  /** What stands for them by itself: the short name, and the front of the address. */
  handles: readonly string[];
};

export type PeopleIndex = {
  all: readonly Indexed[];
  /** Who has a word in their name. */
  byWord: ReadonlyMap<string, readonly Indexed[]>;
};

const known = new WeakMap<readonly KnownPerson[], PeopleIndex>();

/** Reckoned once for a list of people: a sheet has thousands of cells to compare with it. */
export function indexed(people: readonly KnownPerson[]): PeopleIndex {
  const before = known.get(people);
  if (before !== undefined) return before;
  const all = people.flatMap((person): Indexed[] => {
    const email = person.email?.toLowerCase() ?? null;
    const handles = [person.handle, email?.split('@')[0]].flatMap((text) =>
      text == null || text === '' ? [] : [plainWords(text).join('')],
    );
    const names = [person.name, ...(person.realName == null ? [] : [person.realName])];
    return names.map((name) => {
      const words = plainWords(withoutBrackets(name));
      return { person, words, sorted: words.toSorted().join(' '), email, handles };
    });
  });
  const byWord = new Map<string, Indexed[]>();
  for (const one of all)
    for (const word of new Set(one.words)) {
      const others = byWord.get(word);
      if (others === undefined) byWord.set(word, [one]);
      else others.push(one);
    }
  const index = { all, byWord };
  known.set(people, index);
  return index;
}

const letters: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** The words of a name without case, accents and dots; other scripts stay. "Bjørn  Ó Néill" is `bjorn o neill`. */
export function plainWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[øłđðþßæœı]/g, (letter) => letters[letter] ?? letter)
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** "Ben Kaya (PM)" and "Ben [she/her]" without what stands in brackets, unless nothing else is there. */
export function withoutBrackets(text: string): string {
  const without = text.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ').trim();
  return without === '' ? text : without;
}
