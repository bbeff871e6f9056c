import { likenessTo } from '../../../ownership/core/likeness.ts';
import { normalName } from '../../../ownership/core/names.ts';
import { plainWords } from '../../core/person-index.ts';

/** `same`: but for case, accents and spaces; `one`: as names are compared, "Payment" and "Payments"; `near`: a slip away. */
export type Sameness = 'same' | 'one' | 'near';

/** A name, with the forms by which others are found; reckoned once, however often it is looked for. */
export type Looked = { name: string; normal: string; forms: readonly number[] };

export function lookedAt(name: string): Looked {
  const normal = normalName(name);
  return { name, normal, forms: formsOf(normal) };
}

type Entry<Thing> = Looked & { thing: Thing };

/**
 * Finds names that look like others among many. Two that are a slip apart share a form of their letters with one letter
 * less, so nobody is compared with everybody.
 */
export class Names<Thing> {
  readonly #forms = new Map<number, Entry<Thing> | Entry<Thing>[]>();

  add(looked: Looked, thing: Thing): void {
    const entry = { ...looked, thing };
    for (const form of looked.forms) {
      const others = this.#forms.get(form);
      if (others === undefined) this.#forms.set(form, entry);
      else if (Array.isArray(others)) others.push(entry);
      else this.#forms.set(form, [others, entry]);
    }
  }

  /** What looks like this name, the most alike first, each thing once. */
  like({ name, normal, forms }: Looked): { thing: Thing; name: string; sameness: Sameness }[] {
    const seen = new Set<Entry<Thing>>();
    for (const form of forms) {
      const entries = this.#forms.get(form);
      if (Array.isArray(entries)) for (const entry of entries) seen.add(entry);
      else if (entries !== undefined) seen.add(entries);
    }
    if (seen.size === 0) return [];
    const to = { normal, words: plainWords(name).join(' '), compare: likenessTo(normal) };
    const found = new Map<Thing, { thing: Thing; name: string; sameness: Sameness }>();
    for (const entry of seen) {
      const sameness = samenessOf(entry, to);
      const known = found.get(entry.thing);
      if (sameness === null) continue;
      if (known === undefined || order.indexOf(sameness) < order.indexOf(known.sameness))
        found.set(entry.thing, { thing: entry.thing, name: entry.name, sameness });
    }
    return [...found.values()].sort((a, b) => order.indexOf(a.sameness) - order.indexOf(b.sameness));
  }
}

const order: readonly Sameness[] = ['same', 'one', 'near'];

function samenessOf(
  entry: { name: string; normal: string },
  to: { normal: string; words: string; compare: ReturnType<typeof likenessTo> },
): Sameness | null {
  if (entry.normal === to.normal) return plainWords(entry.name).join(' ') === to.words ? 'same' : 'one';
  // Numbers tell names apart: "Tier 1" and "Tier 2" are never a slip apart.
  if (numbersIn(entry.normal) !== numbersIn(to.normal)) return null;
  const { fit } = to.compare(entry.normal);
  if (fit !== 'whole') return null;
  return entry.normal.replaceAll(' ', '') === to.normal.replaceAll(' ', '') ? 'one' : 'near';
}

function numbersIn(normal: string): string {
  return (normal.match(/\d+/g) ?? []).join(' ');
}

/**
 * The letters, and the letters with one less; the words in order of the alphabet. Each with the numbers in the name, and
 * as a number: two forms that come to the same by chance are told apart when they are compared.
 */
function formsOf(normal: string): number[] {
  const start = hashOf(numbersIn(normal), 7);
  const text = normal.replace(/[\d ]/g, '');
  const words = normal.includes(' ') ? normal.split(' ').toSorted().join(' ') : normal;
  const forms = new Set([hashOf(text, start), hashOf(words, start)]);
  if (text.length < 4 || text.length > 60) return [...forms];
  // Of the letters before each place and after it, so that no text is made for each letter that is left out.
  const before = [start];
  for (let index = 0; index < text.length; index += 1)
    before.push(step(before[index] ?? start, text.charCodeAt(index)));
  const after = [0];
  const powers = [1];
  for (let count = 0; count < text.length; count += 1) {
    const power = powers[count] ?? 1;
    after.push((Math.imul(text.charCodeAt(text.length - 1 - count), power) + (after[count] ?? 0)) | 0);
    powers.push(Math.imul(power, base));
  }
  for (let index = 0; index < text.length; index += 1) {
    const rest = text.length - 1 - index;
    forms.add((Math.imul(before[index] ?? start, powers[rest] ?? 1) + (after[rest] ?? 0)) | 0);
  }
  return [...forms];
}

const base = 0x01000193;

function step(hash: number, code: number): number {
  return (Math.imul(hash, base) + code) | 0;
}

function hashOf(text: string, start: number): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) hash = step(hash, text.charCodeAt(index));
  return hash;
}
