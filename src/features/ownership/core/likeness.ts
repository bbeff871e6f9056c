import { editDistance } from '../../../platform/core/edit-distance.ts';

/**
 * How a typed name and a rock's are alike. `whole`: each word of either is one of the other, but for slips of the
 * finger; `part`: each typed word is one of the name, or begins one, and the name has more; `alike`: neither.
 */
export type Likeness = {
  fit: 'whole' | 'part' | 'alike';
  likeness: number;
  /** Slips of the finger in the words that are the same. */
  slips: number;
};

/** A typed word and a word of the name that may be the same; `cost` is 0 for the same and grows with what differs. */
type Pair = {
  typed: number;
  whole: number;
  cost: number;
  slips: number;
  isSure: boolean;
  isBeginning: boolean;
};

/** How a word stands to another, wherever they are. */
type Match = Omit<Pair, 'typed' | 'whole'>;

/** Compares normal names to a typed one, which is normal as well; names share most of their words. */
export function likenessTo(typed: string): (normal: string) => Likeness {
  const typedWords = typed.split(' ').map((word) => ({ word, known: new Map<string, Match | null>() }));
  return (normal) => compareNames(typed, typedWords, normal);
}

type TypedWord = { word: string; known: Map<string, Match | null> };

function compareNames(typed: string, typedBefore: readonly TypedWord[], normal: string): Likeness {
  // "check out" and "checkout": where a space belongs is not something that people remember.
  if (typed.replaceAll(' ', '') === normal.replaceAll(' ', ''))
    return { fit: 'whole', likeness: 0.99, slips: 0 };
  const typedWords = typedBefore.map(({ word }) => word);
  const words = normal.split(' ');
  if (words.length > 1 && initialsOf(words) === typed) {
    // Two letters are the initials of too much to be sure.
    return { fit: words.length > 2 ? 'whole' : 'alike', likeness: 0.95, slips: 0 };
  }
  const pairs = pairUp(typedBefore, words);
  const rest = restOf(pairs, typedWords, words);
  const isComplete = pairs.length === typedWords.length || rest.isJoined;
  const hasAll = isComplete && pairs.every(({ isSure }) => isSure);
  const hasAllOfName = pairs.length === words.length || rest.isJoined;
  const isWhole = hasAll && hasAllOfName && pairs.every(({ isBeginning }) => !isBeginning);

  const cover = (of: readonly string[], side: 'typed' | 'whole') => {
    const all = of.reduce((sum, word) => sum + word.length, 0);
    const covered = pairs.reduce((sum, pair) => sum + (of[pair[side]]?.length ?? 0) * (1 - pair.cost), 0);
    return (covered + (rest.isJoined ? rest[side] * 0.9 : 0)) / all;
  };
  const likeness = 0.65 * cover(typedWords, 'typed') + 0.35 * cover(words, 'whole') - 0.01 * turnsIn(pairs);
  const slips = pairs.reduce((sum, pair) => sum + pair.slips, rest.slips);
  return { fit: isWhole ? 'whole' : hasAll ? 'part' : 'alike', likeness, slips };
}

/** Gives each typed word the word of the name that it most likely is, each to one. */
function pairUp(typedWords: readonly TypedWord[], words: readonly string[]): Pair[] {
  const possible = typedWords
    .flatMap(({ word, known }, typed) =>
      words.map((name, whole) => {
        const before = known.get(name);
        const match = before === undefined ? matchOf(word, name) : before;
        if (before === undefined) known.set(name, match);
        return match && { ...match, typed, whole };
      }),
    )
    .filter((pair) => pair !== null)
    .sort((a, b) => a.cost - b.cost || Math.abs(a.typed - a.whole) - Math.abs(b.typed - b.whole));
  const pairs: Pair[] = [];
  for (const pair of possible) {
    if (pairs.every(({ typed, whole }) => typed !== pair.typed && whole !== pair.whole)) pairs.push(pair);
  }
  return pairs;
}

/** Whether a typed word may be a word of a name; null when it is another one. */
function matchOf(typed: string, name: string): Match | null {
  if (typed === name) return { cost: 0, slips: 0, isSure: true, isBeginning: false };
  if (/\d/.test(typed)) return null;
  const slips = slipsIn(typed.length);
  const distance = editDistance(typed, name, slips + 1);
  if (distance <= slips) return { cost: 0.12 * distance, slips: distance, isSure: true, isBeginning: false };
  // People type the beginning of a word and stop; one or two letters begin too much to be sure of.
  if (typed.length >= 2 && name.startsWith(typed)) {
    return { cost: 0.2, slips: 0, isSure: typed.length >= 3, isBeginning: true };
  }
  if (distance > slips + 1 || typed.length < 3) return null;
  return { cost: 0.2 * distance, slips: distance, isSure: false, isBeginning: false };
}

/** Whether what is left over on both sides are the same letters, with their spaces elsewhere; and how many they are. */
function restOf(pairs: readonly Pair[], typedWords: readonly string[], words: readonly string[]) {
  const left = typedWords.filter((_, index) => pairs.every(({ typed }) => typed !== index)).join('');
  const right = words.filter((_, index) => pairs.every(({ whole }) => whole !== index)).join('');
  const slips = slipsIn(left.length);
  const distance = left === '' || right === '' ? slips + 1 : editDistance(left, right, slips);
  const isJoined = distance <= slips;
  return { isJoined, typed: left.length, whole: right.length, slips: isJoined ? distance : 0 };
}

/** How many neighbours stand the other way round. */
function turnsIn(pairs: readonly Pair[]): number {
  const inOrder = pairs.toSorted((a, b) => a.typed - b.typed);
  return inOrder.filter((pair, index) => pair.whole < (inOrder[index - 1]?.whole ?? -1)).length;
}

function initialsOf(words: readonly string[]): string {
  return words.map((word) => Array.from(word)[0] ?? '').join('');
}

/** How many slips a word of this length may have and still be sure: short words are too near to each other. */
function slipsIn(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}
