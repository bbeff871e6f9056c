import { longest, most } from '../../features/ownership/core/rock-fields.ts';
import { isAddress, slug } from '../../features/people/core/handle.ts';
import type { Fields } from '../../platform/file/writing.ts';
import { type CodeOwners, type Rule, readCodeOwners, replacedBy } from './codeowners-read.ts';
import { type Acquainted, type Aliases, Builder, type Converted, cut, type Place } from './foreign.ts';
import { Who } from './who.ts';

export type CodeOwnersOptions = {
  file: string;
  aliases: Aliases;
  /** The repository's address in the web, without a slash at its end; absent: rocks have no links. */
  repository: string | undefined;
};

/** Turns the folders of a CODEOWNERS file into rocks; docs/files.md has the table. */
export function convertCodeOwners(
  text: string,
  options: CodeOwnersOptions,
  acquainted: Acquainted,
): Converted {
  const { rules, skipped } = readCodeOwners(text);
  const builder = new Builder();
  const who = new Who(acquainted, options.aliases, builder);
  const left = new Left(skipped);
  const taken = folderRules(rules, options.repository, left);
  const names = Map.groupBy(taken, ({ path }) => nameOf(path));
  for (const { rule, path } of taken) {
    const place = (label: string): Place => ({ file: options.file, line: rule.line, label });
    const isShared = (names.get(nameOf(path)) ?? []).length > 1;
    const fields: Fields = {
      name: cut(isShared ? path : nameOf(path), longest.name),
      ...(rule.comment === '' ? {} : { summary: cut(rule.comment, longest.summary) }),
      ...ownersOf(rule, who, place, left),
      ...linkOf(rule, options.repository),
    };
    builder.add('rocks', slug(path), fields, (field) =>
      place(field === '' ? rule.pattern : `${rule.pattern} ${field}`),
    );
  }
  builder.notes.push(...left.notes(), ...who.notes());
  return builder.build();
}

type Taken = { rule: Rule; path: string };

/** The rules that count and name a folder; a rule for everything is the repository's own. */
function folderRules(rules: readonly Rule[], repository: string | undefined, left: Left): Taken[] {
  const taken = new Map<string, Taken>();
  for (const rule of rules) {
    const found = folderOf(rule, rules, repository);
    if ('why' in found) {
      left.out(rule.line, rule.pattern, found.why);
      continue;
    }
    const key = slug(found.path);
    const other = taken.get(key);
    // Two sections of GitLab may name one folder: who approves is not who carries, so one is as good as the other.
    if (other === undefined) taken.set(key, { rule, path: found.path });
    else left.out(rule.line, rule.pattern, `line ${other.rule.line} names the same rock`);
  }
  return [...taken.values()];
}

function folderOf(
  rule: Rule,
  rules: readonly Rule[],
  repository: string | undefined,
): { path: string } | { why: string } {
  const { place, owners } = rule;
  if (place.kind === 'file') return { why: 'it names a file' };
  if (place.kind === 'several') return { why: 'it names no single folder' };
  const later = replacedBy(rule, rules);
  if (later !== undefined) return { why: `line ${later.line} counts in its place` };
  if (owners.length === 0) return { why: 'it has no owners' };
  if (place.path === '' && repository === undefined)
    return { why: 'it is everything; with --repository it is the rock of the repository' };
  const path = place.path === '' ? (repository?.split('/').at(-1) ?? '') : place.path;
  return slug(path) === '' ? { why: 'it has no letter or digit to make a key of' } : { path };
}

/** The first person owns it and has yet to confirm, the others stand in; the first team is its team. */
function ownersOf(rule: Rule, who: Who, place: (label: string) => Place, left: Left): Fields {
  const people: string[] = [];
  const teams: string[] = [];
  for (const written of rule.owners) {
    const at = place(written);
    if (isAddress(written)) people.push(who.findAddress(written, at));
    else if (/^@[^@/\s]+\/\S+$/.test(written)) {
      const name = written.split('/').at(-1) ?? '';
      teams.push(who.team(slug(name), name));
    } else if (/^@[^@/\s]+$/.test(written)) {
      const name = written.slice(1).toLowerCase();
      if (who.isTeam(slug(name)) && !who.isPerson(name)) teams.push(slug(name));
      else {
        const person = who.find(name, written, at);
        if (person !== undefined) people.push(person);
      }
    } else left.out(rule.line, written, 'it is no owner that can be found');
  }
  const [owner, ...backups] = [...new Set(people)];
  const [team, ...more] = [...new Set(teams)];
  for (const other of more) left.out(rule.line, other, `the rock has a team, ${team}`);
  return {
    ...(owner === undefined ? {} : { owner, confirmed: false }),
    ...(backups.length === 0 ? {} : { backups: backups.slice(0, most.backups) }),
    ...(team === undefined ? {} : { team }),
  };
}

function linkOf({ place }: Rule, repository: string | undefined): Fields {
  if (repository === undefined || place.kind !== 'folder' || !place.isAnchored) return {};
  const tree = /(?:^|\.)gitlab\./.test(new URL(repository).host) ? '/-/tree/HEAD/' : '/tree/HEAD/';
  const path = place.path.split('/').map(encodeURIComponent).join('/');
  return { links: [{ label: 'Code', url: place.path === '' ? repository : `${repository}${tree}${path}` }] };
}

/** "services/checkout-web" is "Checkout web". */
function nameOf(path: string): string {
  const folder = (path.split('/').at(-1) ?? path).replace(/[-_.\s]+/g, ' ').trim();
  return folder.charAt(0).toUpperCase() + folder.slice(1);
}

/** What of the file is not read, by line, and why. */
class Left {
  readonly #lines: { line: number; words: string }[];

  constructor(skipped: CodeOwners['skipped']) {
    this.#lines = skipped.map(({ line, text, why }) => ({ line, words: `${text}: ${why}` }));
  }

  out(line: number, text: string, why: string): void {
    this.#lines.push({ line, words: `${text}: ${why}` });
  }

  notes(): string[] {
    if (this.#lines.length === 0) return [];
    const told = this.#lines
      .sort((a, b) => a.line - b.line)
      .map(({ line, words }) => `line ${line}, ${words}`);
    const most = 20;
    const more = told.length - most;
    return [
      'Left out:',
      ...told.slice(0, most).map((words) => `  ${words}`),
      ...(more > 0 ? [`  and ${more} more lines`] : []),
    ];
  }
}
