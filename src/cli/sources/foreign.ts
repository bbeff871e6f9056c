import type { Finding, Path } from '../../platform/file/finding.ts';
import type { Fields } from '../../platform/file/writing.ts';

/** Where a part of another program's file stands, and what it is called there. */
export type Place = { file: string; line: number; label: string };

/** Whom and what the workspace has that a foreign file may mean. */
export type Acquainted = {
  people: readonly { handle: string | null; email: string | null; slackId: string | null; name: string }[];
  teams: ReadonlySet<string>;
};

/** A foreign file as a cairn.yaml would say it. */
export type Converted = {
  value: Fields;
  findings: (Finding & { place: Place })[];
  /** What was read otherwise than somebody may expect, a line each. */
  notes: string[];
  /** Where the part of `value` at a path comes from. */
  placeOf(path: Path): Place | undefined;
};

/** A file of another program: what it says depends on whom the workspace knows. */
export type Foreign = { convert(acquainted: Acquainted): Converted };

/** Which short name is meant by the name of another program, as the operator says with --as. */
export type Aliases = ReadonlyMap<string, string>;

/** Collects a value with the places of its parts. */
export class Builder {
  readonly people = new Map<string, Fields>();
  readonly teams = new Map<string, Fields>();
  readonly rocks = new Map<string, Fields>();
  readonly findings: (Finding & { place: Place })[] = [];
  readonly notes: string[] = [];
  readonly #places = new Map<string, (field: string) => Place>();

  /** `places` says where each field of the entry stands. */
  add(
    section: 'people' | 'teams' | 'rocks',
    key: string,
    fields: Fields,
    places: (field: string) => Place,
  ): void {
    this[section].set(key, fields);
    this.#places.set(`${section} ${key}`, places);
  }

  find(words: string, place: Place): void {
    this.findings.push({ path: [], words, place });
  }

  build(): Converted {
    const teams = [...this.teams].map(([key, fields]) => ({ key, ...fields }));
    const rocks = [...this.rocks].map(([key, fields]) => ({ key, ...fields }));
    const value = { version: 1, people: Object.fromEntries(this.people), teams, rocks };
    const keys = { teams: [...this.teams.keys()], rocks: [...this.rocks.keys()] };
    return {
      value,
      findings: this.findings,
      notes: this.notes,
      placeOf: ([section, part, field]) => {
        const key =
          section === 'teams' || section === 'rocks' ? keys[section][Number(part)] : String(part ?? '');
        return this.#places.get(`${section} ${key}`)?.(String(field ?? ''));
      },
    };
  }
}

/** "a, b, c and 4 more". */
export function listed(names: readonly string[], most = 10): string {
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Text cut to what a field has room for. */
export function cut(text: string, most: number): string {
  const letters = Array.from(
    text
      .replace(/\r\n?/g, '\n')
      .replace(/(?!\n)[\p{Cc}\p{Cs}]/gu, ' ')
      .trim(),
  );
  return letters.length <= most
    ? letters.join('')
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
