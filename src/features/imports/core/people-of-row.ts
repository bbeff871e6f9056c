import type { Named } from './asking-who.ts';
import type { Question } from './import.ts';
import { splitPeople } from './people-in-cell.ts';
import type { KnownPerson } from './who.ts';

type Who = (cell: string) => Named;
/** Who owns and who stands in, as the cells of a row say; or what is to be asked before anybody knows. */
export type RowPeople =
  | { kind: 'known'; owner: KnownPerson | null; backup: KnownPerson | null }
  | { kind: 'asked'; question: Question };

/** Reads "Ana" and "Ana / Ben": who is named first owns, who is named next stands in. */
export function peopleOf(
  cells: { owner: string; backup: string },
  people: readonly KnownPerson[],
  who: Who,
): RowPeople {
  const [first = '', ...others] = splitPeople(cells.owner, people);
  const [second = others[0] ?? ''] = splitPeople(cells.backup, people);
  const owner = who(first);
  if (owner.kind === 'asked') return owner;
  const backup = who(second);
  if (backup.kind === 'asked') return backup;
  const person = owner.kind === 'person' ? owner.person : null;
  const other = backup.kind === 'person' && backup.person.id !== person?.id ? backup.person : null;
  return { kind: 'known', owner: person, backup: other };
}
