import { type Assigned, assign, isAwayOn, promptAt } from '../../cadence/core/asking.ts';
import type { Prospect } from '../../cadence/ritual.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Owed } from '../okrs/core/owed.ts';
import { keyResultsOfCadences } from '../okrs/operations.ts';
import { dayOf } from './core/check-in.ts';
import { listLeft } from './leaving/store.ts';
import { listReachable, type Reachable } from './run-store.ts';

/** Who answers what in an occurrence. */
export type Asking<O> = Assigned<Owed> & { occurrence: O; people: ReadonlyMap<number, Reachable> };

/**
 * Each key result's owner, or the backup where the owner cannot be reached in Slack, has left the ritual or is away on
 * the day.
 */
export async function whoAnswers<O extends Prospect>(
  db: Database,
  occurrences: readonly O[],
): Promise<Asking<O>[]> {
  const [first] = occurrences;
  if (first === undefined) return [];
  const { workspaceId } = first;
  const owed = await keyResultsOfCadences(
    db,
    workspaceId,
    occurrences.map(({ cadenceId, cycle, local }) => ({ cadenceId, cycle, on: local.toPlainDate() })),
  );
  const ids = owed.flatMap(({ owner, backupId }) => [owner?.id ?? [], backupId ?? []].flat());
  const days = occurrences.map(({ local }) => local.toPlainDate().toString()).sort();
  const since = dayOf(days[0] ?? '').subtract({ days: 1 });
  const reachable = await listReachable(db, workspaceId, [...new Set(ids)], since);
  const people = new Map(reachable.map((person) => [person.id, person]));
  const byCadence = Map.groupBy(owed, ({ cadenceId }) => cadenceId);
  const cadenceIds = occurrences.map(({ cadenceId }) => cadenceId);
  const left = new Set(
    (await listLeft(db, workspaceId, cadenceIds)).map(({ cadenceId, person }) => `${cadenceId} ${person.id}`),
  );
  return occurrences.map((occurrence) => ({
    ...assign(byCadence.get(occurrence.cadenceId) ?? [], (id) => {
      const person = people.get(id);
      if (person === undefined || left.has(`${occurrence.cadenceId} ${id}`)) return 'unreachable';
      const on = promptAt(occurrence, person.timezone).toZonedDateTimeISO(person.timezone).toPlainDate();
      return isAwayOn(person, on) ? 'away' : 'asked';
    }),
    occurrence,
    people,
  }));
}
