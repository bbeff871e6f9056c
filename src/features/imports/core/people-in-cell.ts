import { isOneName, type KnownPerson } from './who.ts';

/** What people write where nobody is. */
const nobody = new Set(
  [
    '',
    '-',
    '–',
    '—',
    '?',
    '??',
    'tbd',
    'tba',
    'n/a',
    'na',
    'none',
    'nobody',
    'no one',
    'unowned',
    'unassigned',
  ].concat(['open', 'offen', 'niemand', 'keiner', 'personne', 'aucun', 'nadie', 'ninguno', 'x']),
);

/**
 * The names in a cell, in order: the first owns, the others stand in. "Kaya, Ben" is one person where somebody of that
 * name is known. None for a cell that says that nobody is: "TBD", "-".
 */
export function splitPeople(cell: string, people: readonly KnownPerson[]): string[] {
  if (isNobody(cell)) return [];
  return cell
    .split(/[/;&+|\n]| (?:and|und|et|y) /iu)
    .flatMap((part) => (isOneName(part, people) ? [part] : part.split(',')))
    .map((name) => name.trim())
    .filter((name) => !isNobody(name));
}

/** Whether a cell says that there is nothing to say. */
export function isNobody(cell: string): boolean {
  return nobody.has(cell.trim().toLowerCase());
}
