import type { Temporal } from 'temporal-polyfill';
import type { Asking } from './asking.ts';
import { fullName, plainWords } from './person-index.ts';
import { type KnownPerson, matchPerson, type PersonMatch } from './who.ts';

/** A person of the directory, with when they left. */
export type DirectoryPerson = KnownPerson & { deactivatedAt: Temporal.Instant | null };

/** Who is meant, or why nobody can be: `words` follow "nobody owns it: ". */
export type Resolved = { person: DirectoryPerson; words: null } | { person: null; words: string };

/** Finds people by what is typed; who is doubtful is asked once for each way of typing them. */
export class Resolving {
  readonly #people: readonly DirectoryPerson[];
  readonly #byId: ReadonlyMap<number, DirectoryPerson>;
  readonly #asking: Asking;
  readonly #zone: string;
  readonly #known = new Map<string, PersonMatch>();

  constructor(people: readonly DirectoryPerson[], zone: string, asking: Asking) {
    this.#people = people;
    this.#byId = new Map(people.map((person) => [person.id, person]));
    this.#asking = asking;
    this.#zone = zone;
  }

  /** Whom `typed` in the row `line` means. */
  person(typed: string, line: number): Resolved {
    const before = this.#known.get(typed);
    const match = before ?? matchPerson(typed, this.#people);
    if (before === undefined) this.#known.set(typed, match);
    const nobody = (words: string): Resolved => ({ person: null, words });
    switch (match.kind) {
      case 'sure':
        return this.#one(match.person.id);
      case 'doubtful':
        return this.#asked(typed, line, match.people);
      case 'left':
        return nobody(`${fullName(match.person)} left Slack${this.#since(match.person.id)}`);
      case 'unfit':
        return nobody(`${fullName(match.person)} ${unfitWords[match.person.kind]}, and only members can`);
      case 'nobody':
        return nobody(`I know nobody called “${shown(typed)}”`);
    }
  }

  #asked(typed: string, line: number, people: readonly KnownPerson[]): Resolved {
    const offered = people.slice(0, mostOffered);
    const [only] = offered;
    const answer = this.#asking.ask(line, {
      key: `person:${plainWords(typed).join('-') || typed}`,
      words: (rows) => `Who is “${shown(typed)}” (${rows})?`,
      choices: [
        ...offered.map((person) => ({ value: String(person.id), name: toldApart(person) })),
        { value: 'nobody', name: 'Somebody else: leave it open' },
      ],
      suggested: offered.length === 1 && only !== undefined ? String(only.id) : null,
    });
    if (answer === 'nobody') return { person: null, words: `“${shown(typed)}” is left open` };
    if (answer !== null) return this.#one(Number(answer));
    const names = offered.map(fullName).join(' or ');
    return { person: null, words: `“${shown(typed)}” may be ${names}` };
  }

  #one(id: number): Resolved {
    const person = this.#byId.get(id);
    if (person === undefined) throw new Error(`person ${id} was found and is not there`);
    return { person, words: null };
  }

  #since(id: number): string {
    const at = this.#byId.get(id)?.deactivatedAt ?? null;
    if (at === null) return '';
    const day = at.toZonedDateTimeISO(this.#zone).toPlainDate();
    return ` in ${day.toLocaleString('en-GB', { month: 'long', year: 'numeric' })}`;
  }
}

/** A menu in Slack has room for few that can be told apart. */
const mostOffered = 20;

const unfitWords: Record<KnownPerson['kind'], string> = {
  member: 'is a member',
  guest: 'is a guest',
  bot: 'is a bot',
  outsider: 'is of another company',
};

function toldApart(person: KnownPerson): string {
  const other = person.email ?? person.handle;
  return other === null ? fullName(person) : `${fullName(person)} (${other})`;
}

function shown(typed: string): string {
  const text = typed.replace(/\s+/g, ' ').trim();
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
