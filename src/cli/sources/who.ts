import { isHandle } from '../../features/people/core/handle.ts';
import { shown } from '../../platform/file/finding.ts';
import { Names } from '../../platform/file/names.ts';
import { type Acquainted, type Aliases, type Builder, listed, type Place } from './foreign.ts';

/**
 * Whom another program's names mean. Somebody is found by what the operator says with --as, by a short name, or by an
 * address; with an address somebody new may come. Anybody else is nobody, and refused, since a rock that lands with
 * the wrong person is worse than one that does not land. A team that is not here yet is made.
 */
export class Who {
  readonly #acquainted: Acquainted;
  readonly #aliases: Aliases;
  readonly #builder: Builder;
  readonly #handles = new Map<string, string>();
  readonly #known: Names;
  readonly #newTeams = new Set<string>();
  readonly #pending = new Map<string, { email: string; place: Place }>();

  constructor(acquainted: Acquainted, aliases: Aliases, builder: Builder) {
    this.#acquainted = acquainted;
    this.#aliases = aliases;
    this.#builder = builder;
    this.#known = new Names(acquainted.people.flatMap(({ handle }) => handle ?? []));
  }

  /** Somebody of whom the file itself tells, with their address if it has one. */
  introduce(name: string, email: string | null, place: Place): void {
    const meant = this.#aliases.get(name) ?? this.#byAddress(email) ?? name;
    const present = this.#acquainted.people.find(({ handle }) => handle === meant);
    const isOther =
      present?.email != null && email !== null && present.email.toLowerCase() !== email.toLowerCase();
    if (isOther && !this.#aliases.has(name)) {
      const words = `${shown(meant)} is here already, with the address ${present.email}; if it is the same person, say so with --as ${name}=${meant}`;
      this.#builder.find(words, place);
    } else if (present !== undefined) {
      this.#handles.set(name, meant);
    } else if (email !== null && isHandle(meant)) {
      this.#handles.set(name, meant);
      this.#pending.set(meant, { email, place });
    }
  }

  /** The short name of somebody whom a file names; undefined, and told, when nobody is. `written` is how the file says it. */
  find(name: string, written: string, place: Place): string | undefined {
    const handle =
      this.#aliases.get(name) ?? this.#handles.get(name) ?? (this.#known.has(name) ? name : undefined);
    if (handle === undefined) {
      const otherwise = `say who it is with --as ${name}=…, or import them first with their address`;
      this.#builder.find(`nobody is called ${shown(written)}; ${this.#known.mend(name, otherwise)}`, place);
      return undefined;
    }
    this.#come(handle);
    return handle;
  }

  /** The short name of whoever has an address: somebody who is here, or somebody new. */
  findAddress(email: string, place: Place): string {
    const present = this.#byAddress(email);
    if (present !== undefined) return present;
    const name = (email.split('@')[0] ?? '')
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[._-]+/, '');
    const base = isHandle(name) ? name : 'person';
    let handle = base;
    for (let count = 2; this.#isTaken(handle, email); count += 1) handle = `${base}-${count}`;
    this.#pending.set(handle, { email, place });
    this.#come(handle);
    return handle;
  }

  /** A team by its key; `written` is its name, in case that it comes now. */
  team(key: string, written: string): string {
    if (this.isTeam(key)) return key;
    this.#newTeams.add(key);
    const name = written.charAt(0).toUpperCase() + written.slice(1);
    this.#builder.add('teams', key, { name }, () => ({ file: '', line: 1, label: key }));
    return key;
  }

  isTeam(key: string): boolean {
    return this.#acquainted.teams.has(key) || this.#builder.teams.has(key);
  }

  isPerson(name: string): boolean {
    return this.#aliases.has(name) || this.#handles.has(name) || this.#known.has(name);
  }

  strange(words: string, place: Place): void {
    this.#builder.find(words, place);
  }

  notes(): string[] {
    const notes: string[] = [];
    const strangers = [...this.#pending.keys()].filter((handle) => !this.#builder.people.has(handle));
    if (strangers.length > 0)
      notes.push(`People whom no rock and no team names are left out: ${listed(strangers)}.`);
    if (this.#newTeams.size > 0)
      notes.push(
        `Teams of which only the name is known, so far without a lead: ${listed([...this.#newTeams])}.`,
      );
    const unowned = [...this.#builder.rocks]
      .filter(([, rock]) => rock['owner'] === undefined)
      .map(([key]) => key);
    if (unowned.length > 0) notes.push(`Rocks without a person who owns them: ${listed(unowned)}.`);
    return notes;
  }

  /** Somebody new comes when something names them: a directory of all is no company. */
  #come(handle: string): void {
    const pending = this.#pending.get(handle);
    if (pending === undefined || this.#builder.people.has(handle)) return;
    this.#builder.add('people', handle, { email: pending.email }, () => pending.place);
  }

  #byAddress(email: string | null): string | undefined {
    if (email === null) return undefined;
    const same = (other: string | null): boolean => other?.toLowerCase() === email.toLowerCase();
    const present = this.#acquainted.people.find((person) => same(person.email))?.handle;
    if (present != null) return present;
    return [...this.#pending].find(([, pending]) => same(pending.email))?.[0];
  }

  #isTaken(handle: string, email: string): boolean {
    if (this.#known.has(handle)) return true;
    const pending = this.#pending.get(handle);
    return pending !== undefined && pending.email.toLowerCase() !== email.toLowerCase();
  }
}
