import { type Importing, portions } from '../../platform/db/importing.ts';
import type { Absence } from './file.ts';

/** Writes when people are away, in place of what was said before. */
export async function replaceAbsences(
  { tx, workspaceId }: Importing,
  people: readonly { id: number; away: readonly Absence[] }[],
): Promise<void> {
  for (const portion of portions(people)) {
    const ids = portion.map(({ id }) => id);
    await tx.deleteFrom('absences').where('person_id', 'in', ids).execute();
  }
  const rows = people.flatMap(({ id, away }) =>
    away.map(({ from, until }) => ({
      workspace_id: workspaceId,
      person_id: id,
      starts_on: from,
      ends_on: until,
    })),
  );
  for (const portion of portions(rows)) await tx.insertInto('absences').values(portion).execute();
}
