import { normalName } from '../../../ownership/core/names.ts';
import { keyBase } from '../../../ownership/register/core/entry.ts';
import type { KnownRock } from './rock-row.ts';

/** Keeps an alias for one rock, and a key for one: of those that are there, and those that the sheet brings. */
export class TakenNames {
  /** By its normal form, which rock has an alias, or the rocks that have it as a name or key. */
  readonly #aliases = new Map<string, string>();
  readonly #names = new Map<string, Set<string>>();
  readonly #keys = new Set<string>();
  readonly #next = new Map<string, number>();

  constructor(rocks: readonly KnownRock[]) {
    for (const { id, key, rock } of rocks) {
      this.#keys.add(key);
      const own = `rock ${id}`;
      this.addName(rock.name, own);
      this.addName(key, own);
      for (const alias of rock.aliases) this.#aliases.set(normalName(alias), own);
    }
  }

  addName(name: string, of: string): void {
    const normal = normalName(name);
    const before = this.#names.get(normal);
    if (before === undefined) this.#names.set(normal, new Set([of]));
    else before.add(of);
  }

  /** Whether somebody else's alias leads there, so that no rock can be called so. */
  isAliasOfOther(name: string, of: string): boolean {
    const holder = this.#aliases.get(normalName(name));
    return holder !== undefined && holder !== of;
  }

  /** Takes an alias; not when it is another rock's name or alias, or says again what the rock is called. */
  takeAlias(alias: string, of: string): 'taken' | 'own' | 'other' {
    const normal = normalName(alias);
    const named = this.#names.get(normal);
    const holder = this.#aliases.get(normal);
    if (named?.has(of) || holder === of) return 'own';
    if (named !== undefined || holder !== undefined) return 'other';
    this.#aliases.set(normal, of);
    return 'taken';
  }

  /** A key for a new rock, from what it is called; aliases must be taken before. */
  takeKey(name: string): string {
    const base = keyBase(name);
    let number = this.#next.get(base) ?? 1;
    let key = number === 1 ? base : `${base}-${number}`;
    while (this.#keys.has(key) || this.#aliases.has(normalName(key))) {
      number += 1;
      key = `${base}-${number}`;
    }
    this.#next.set(base, number + 1);
    this.#keys.add(key);
    return key;
  }
}
