import { splitPeople } from './people-in-cell.ts';
import type { DirectoryPerson, Resolving } from './resolving.ts';

/** Who owns and who stands in, as the cells of a row say; `notes` tell why somebody is left out. */
export type RowPeople = { owner: DirectoryPerson | null; backup: DirectoryPerson | null; notes: string[] };

/** Reads "Ana" and "Ana / Ben": who is named first owns, who is named next stands in. */
export function peopleOf(
  cells: { owner: string; backup: string },
  line: number,
  { people, resolving }: { people: readonly DirectoryPerson[]; resolving: Resolving },
): RowPeople {
  const [first, ...others] = splitPeople(cells.owner, people);
  const [second = others[0]] = splitPeople(cells.backup, people);
  const notes: string[] = [];
  const find = (name: string | undefined, so: string): DirectoryPerson | null => {
    if (name === undefined) return null;
    const { person, words } = resolving.person(name, line);
    if (person === null) notes.push(`${so}: ${words}.`);
    return person;
  };
  const owner = find(first, 'Nobody owns it');
  const backup = find(second, 'It has no backup');
  return { owner, backup: backup?.id === owner?.id ? null : backup, notes };
}
