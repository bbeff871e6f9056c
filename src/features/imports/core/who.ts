import { editDistance } from '../../../platform/core/edit-distance.ts';
import { type Indexed, indexed, type KnownPerson, plainWords, withoutBrackets } from './person-index.ts';

export type { KnownPerson } from './person-index.ts';

/** Whom a cell means. `left` has left Slack; `unfit` is a guest, a bot or of another company. */
export type PersonMatch =
  | { kind: 'sure'; person: KnownPerson }
  | { kind: 'doubtful'; people: KnownPerson[] }
  | { kind: 'left'; person: KnownPerson }
  | { kind: 'unfit'; person: KnownPerson }
  | { kind: 'nobody' };

/** How sure whoever was found is meant: what is `near` is asked, however few they are. */
type Found = { people: readonly KnownPerson[]; fit: 'exact' | 'part' | 'near' };

/**
 * Finds whom somebody means who types a name into a sheet: a whole name in any order, the front of it with an initial, an
 * address or the front of one, a mention, a short name, with or without accents and what stands in brackets. A slip of
 * the finger in a whole name is forgiven; in less than that it is doubtful. Of the ways to mean somebody the surest counts.
 */
export function matchPerson(typed: string, people: readonly KnownPerson[]): PersonMatch {
  const { all } = indexed(people);
  const text = typed.trim();
  const id = /^<?@?([UW][A-Z0-9]{2,})(?:\|[^>]*)?>?$/.exec(text)?.[1];
  const mentioned = id === undefined ? [] : people.filter(({ slackId }) => slackId === id);
  if (mentioned.length > 0) return judge({ people: mentioned, fit: 'exact' });
  return judge(byAddress(text, all) ?? byName(plainWords(withoutBrackets(text)), all));
}

function judge(found: Found | undefined): PersonMatch {
  if (found === undefined) return { kind: 'nobody' };
  const { people, fit } = found;
  const fitting = people.filter((person) => person.kind === 'member' && !person.isDeactivated);
  const left = people.find((person) => person.isDeactivated && person.kind !== 'bot');
  const [first] = fitting;
  if (first !== undefined) {
    // "Ben" in an old sheet may be the Ben who left: a part of a name is asked then.
    const isSure = fitting.length === 1 && (fit === 'exact' || (fit === 'part' && left === undefined));
    return isSure ? { kind: 'sure', person: first } : { kind: 'doubtful', people: fitting };
  }
  if (left !== undefined) return { kind: 'left', person: left };
  const [unfit] = people;
  return unfit === undefined ? { kind: 'nobody' } : { kind: 'unfit', person: unfit };
}

/** By an address in the text, whole or cut: "ben@…", "ben.k@", "Ben Kaya <ben@acme.example>". Undefined: it has none. */
function byAddress(text: string, all: readonly Indexed[]): Found | undefined {
  const address = /[^\s<>(),;:@]+@[^\s<>(),;]*/.exec(text.toLowerCase())?.[0];
  if (address === undefined) return undefined;
  const front = address.replace(/(?:…|\.{2,})$/, '').replace(/\.$/, '');
  const whole = all.filter(({ email }) => email === front);
  if (whole.length > 0) return { people: persons(whole), fit: 'exact' };
  const isWhole = front === address && /@.+\..+/.test(front);
  const begun = isWhole ? [] : all.filter(({ email }) => email?.startsWith(front));
  if (begun.length > 0) return { people: persons(begun), fit: 'part' };
  // Another address of somebody may still be under their name.
  const beside = text.toLowerCase().replace(address, ' ').replace(/[<>]/g, ' ');
  const words = plainWords(withoutBrackets(beside.trim()));
  const found = byName(words.length > 0 ? words : plainWords(front.split('@')[0] ?? ''), all);
  return found === undefined ? { people: [], fit: 'near' } : { ...found, fit: 'near' };
}

function byName(typed: readonly string[], all: readonly Indexed[]): Found | undefined {
  if (typed.length === 0) return undefined;
  const named = exactly(typed, all);
  if (named.length > 0) {
    // "Ben" is how one Ben is shown, and the first name of another all the same.
    const people = persons([
      ...named,
      ...(typed.length > 1 ? [] : all.filter((one) => isPartOf(typed, one.words))),
    ]);
    return { people, fit: people.length === persons(named).length ? 'exact' : 'part' };
  }
  const together = typed.join('');
  const byHandle = all.filter(({ handles }) => handles.includes(together));
  const part = all.filter(
    (one) =>
      byHandle.includes(one) || isPartOf(typed, one.words) || (one.words.length > 1 && has(typed, one.words)),
  );
  // "Ben" is the front of one Ben's address, and the name of another all the same.
  if (byHandle.length > 0 && part.length === byHandle.length) return { people: persons(part), fit: 'exact' };
  if (part.length > 0) return { people: persons(part), fit: 'part' };
  const near = all.filter((one) => isNear(typed, one));
  if (near.length === 0) return undefined;
  const isWholeName = typed.length > 1 && typed.join('').length >= 8;
  return { people: persons(near), fit: isWholeName ? 'part' : 'near' };
}

/** Whether words together are the name of one person, in whatever order: "Kaya, Ben". */
export function isOneName(words: string, people: readonly KnownPerson[]): boolean {
  const typed = plainWords(words);
  const [longest = ''] = typed.toSorted((a, b) => b.length - a.length);
  const candidates = typed.length > 1 ? indexed(people).byWord.get(longest) : undefined;
  return candidates?.some(({ words: name }) => isPartOf(typed, name)) ?? false;
}

function exactly(typed: readonly string[], all: readonly Indexed[]): Indexed[] {
  const sorted = typed.toSorted().join(' ');
  return all.filter((one) => one.sorted === sorted);
}

/** Whether every typed word is a word of the name, or the initial of one; an initial alone says nothing. */
function isPartOf(typed: readonly string[], name: readonly string[]): boolean {
  if (typed.every((word) => word.length === 1)) return false;
  const left = [...name];
  return typed
    .toSorted((a, b) => b.length - a.length)
    .every((word) => {
      const place = left.findIndex((part) => (word.length === 1 ? part.startsWith(word) : part === word));
      if (place >= 0) left.splice(place, 1);
      return place >= 0;
    });
}

/** Whether a longer name that was typed has all of a known one: "Ben Michael Kaya" is Ben Kaya. */
function has(typed: readonly string[], name: readonly string[]): boolean {
  return name.every((word) => typed.includes(word));
}

/** A slip or two away, also where umlauts were written as two letters. */
function isNear(typed: readonly string[], { words, handles }: Indexed): boolean {
  const one = folded(typed);
  const slips = one.length < 4 ? 0 : one.length < 8 ? 1 : 2;
  const forms = [
    folded(words),
    folded(words.toReversed()),
    ...handles,
    ...(typed.length === 1 ? words.map((word) => folded([word])) : []),
  ];
  return forms.some((form) => editDistance(one, form, slips) <= slips);
}

function folded(words: readonly string[]): string {
  return words.join('').replace(/([aou])e/g, '$1');
}

function persons(found: readonly Indexed[]): KnownPerson[] {
  return [...new Set(found.map(({ person }) => person))];
}
