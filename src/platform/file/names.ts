import { nearest } from '../core/edit-distance.ts';
import { shown } from './finding.ts';

/** Names that a reference may use, and the one that a slip of the finger most likely meant. */
export class Names {
  readonly #names: ReadonlySet<string>;
  readonly #spelled: Map<string, string>;
  // The same slip is often made on every line of a long list.
  readonly #meant = new Map<string, string | undefined>();

  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
    this.#spelled = new Map([...this.#names].map((name) => [name.toLowerCase(), name]));
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** The nearest known name, in its own spelling; nothing when none is near enough to ask. */
  nearest(typed: string): string | undefined {
    if (typed.length > 100) return undefined;
    if (!this.#meant.has(typed)) {
      const word = nearest(typed, [...this.#spelled.keys()]);
      this.#meant.set(typed, word === undefined ? undefined : this.#spelled.get(word));
    }
    return this.#meant.get(typed);
  }

  /** The end of a line about an unknown name: `did you mean "ben"?`, or else what to do. */
  mend(typed: string, otherwise: string): string {
    const meant = this.nearest(typed);
    return meant === undefined ? otherwise : `did you mean ${shown(meant)}?`;
  }
}

/** What references in a file may name: what the file has itself, and what the workspace has already. */
export type Known = {
  people: Names;
  teams: Names;
  rocks: Names;
  cycles: Names;
  objectives: Names;
  /** Intents and initiatives. */
  lines: Names;
  /** What an objective can support: objectives and lines. */
  supports: Names;
  /** Rituals of the company's own, which its playbook has. */
  playbook: Names;
};
