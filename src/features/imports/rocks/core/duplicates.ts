import { likenessTo } from '../../../ownership/core/likeness.ts';
import { normalName } from '../../../ownership/core/names.ts';
import { plainWords } from '../../core/person-index.ts';

/** `same`: but for case, accents and spaces; `one`: as names are compared, "Payment" and "Payments"; `near`: a slip away. */
export type Sameness = 'same' | 'one' | 'near';

/**
 * Finds names that look like others among many. Two that are a slip apart share a form of their letters with one letter
 * less, so nobody is compared with everybody.
 */
export class Names<Thing> {
  readonly #forms = new Map<string, { name: string; normal: string; thing: Thing }[]>();

  add(name: string, thing: Thing): void {
    const normal = normalName(name);
    const entry = { name, normal, thing };
    for (const form of formsOf(normal)) {
      const others = this.#forms.get(form);
      if (others === undefined) this.#forms.set(form, [entry]);
      else others.push(entry);
    }
  }

  /** What looks like this name, the most alike first, each thing once. */
  like(name: string): { thing: Thing; name: string; sameness: Sameness }[] {
    const normal = normalName(name);
    const words = plainWords(name).join(' ');
    const compare = likenessTo(normal);
    const found = new Map<Thing, { thing: Thing; name: string; sameness: Sameness }>();
    const seen = new Set<{ name: string; normal: string; thing: Thing }>();
    for (const form of formsOf(normal)) {
      for (const entry of this.#forms.get(form) ?? []) {
        if (seen.has(entry)) continue;
        seen.add(entry);
        const sameness = samenessOf(entry, { normal, words, compare });
        const known = found.get(entry.thing);
        if (sameness === null) continue;
        if (known === undefined || order.indexOf(sameness) < order.indexOf(known.sameness))
          found.set(entry.thing, { thing: entry.thing, name: entry.name, sameness });
      }
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
  const { fit } = to.compare(entry.normal);
  if (fit !== 'whole') return null;
  return entry.normal.replaceAll(' ', '') === to.normal.replaceAll(' ', '') ? 'one' : 'near';
}

/**
 * The letters, and the letters with one less; the words in order of the alphabet. Each with the numbers in the name:
 * "Tier 1" and "Tier 2" are never a slip apart.
 */
function formsOf(normal: string): Set<string> {
  const numbers = (normal.match(/\d+/g) ?? []).join(' ');
  const text = normal.replace(/[\d ]/g, '');
  const forms = [text, normal.split(' ').toSorted().join(' ')];
  if (text.length >= 4 && text.length <= 60)
    for (let index = 0; index < text.length; index += 1)
      forms.push(text.slice(0, index) + text.slice(index + 1));
  return new Set(forms.map((form) => `${numbers}|${form}`));
}
