import {
  eventsOf,
  got,
  type Importing,
  portions,
  recordImport,
  type Sorted,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import type { OkrState } from '../../platform/db/tables.ts';
import type { ObjectiveEntry } from './file.ts';
import type { KeyResultEntry } from './file-key-results.ts';

type KeyResultState = {
  objective_id: number;
  title: string;
  owner_id: number | null;
  backup_id: number | null;
  type: 'number' | 'percent' | 'currency' | 'milestone';
  unit: string | null;
  direction: 'up' | 'down' | 'maintain';
  start_value: number | null;
  target_value: number;
  current_value: number | null;
  commitment: 'committed' | 'aspirational';
  due_on: string | null;
  state: OkrState;
  position: number;
};

/**
 * Adds and changes key results. Owner, backup and current value of those that are there stay as people made
 * them in Slack, unless the operator overwrites.
 */
export async function importKeyResults(
  importing: Importing,
  objectives: readonly Pick<ObjectiveEntry, 'key' | 'keyResults'>[],
  refer: { people: ReadonlyMap<string, number>; objectives: ReadonlyMap<string, number> },
): Promise<{ tally: Tally }> {
  const { ids, states } = await presentKeyResults(importing);
  const wanted = new Map<string, KeyResultState>();
  // What is new in a part of things comes after all that is there.
  const rowsBefore = Math.max(0, ...[...states.values()].map(({ position }) => position + 1));
  for (const objective of objectives) {
    const objectiveId = got(refer.objectives, objective.key);
    for (const [position, entry] of objective.keyResults.entries()) {
      const state = stateOf(entry, objectiveId, position, refer.people);
      const present = states.get(entry.key);
      if (importing.isPartial) state.position = present?.position ?? position + rowsBefore;
      wanted.set(entry.key, present === undefined ? state : merged(state, present, importing.overwrite));
    }
  }
  const sorted = sortOut(wanted, states);
  await saveKeyResults(importing, sorted, ids);
  await recordImport(
    importing,
    eventsOf('key-result', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally };
}

function merged(given: KeyResultState, present: KeyResultState, overwrite: boolean): KeyResultState {
  // What has become of it was decided in Slack, and a day that was promised is not unsaid.
  const wanted = { ...given, state: present.state, due_on: given.due_on ?? present.due_on };
  // A baseline that was found stays found, and a value that was answered is not unsaid by a file without one.
  const start_value = wanted.start_value ?? present.start_value;
  if (overwrite)
    return { ...wanted, start_value, current_value: wanted.current_value ?? present.current_value };
  const { owner_id, backup_id, current_value, due_on } = present;
  return { ...wanted, start_value, owner_id, backup_id, current_value, due_on };
}

async function presentKeyResults({
  tx,
  workspaceId,
}: Importing): Promise<{ ids: Map<string, number>; states: Map<string, KeyResultState> }> {
  const rows = await tx
    .selectFrom('key_results')
    .where('workspace_id', '=', workspaceId)
    .select([
      'id',
      'key',
      'objective_id',
      'title',
      'owner_id',
      'backup_id',
      'type',
      'unit',
      'direction',
      'start_value',
      'target_value',
      'current_value',
      'commitment',
      'state',
      'position',
      'due_on',
    ])
    .execute();
  return {
    ids: new Map(rows.map((row) => [row.key, row.id])),
    states: new Map(
      rows.map(({ id, key, due_on, ...state }) => [key, { ...state, due_on: due_on?.toString() ?? null }]),
    ),
  };
}

function stateOf(
  entry: KeyResultEntry,
  objectiveId: number,
  position: number,
  people: ReadonlyMap<string, number>,
): KeyResultState {
  return {
    objective_id: objectiveId,
    title: entry.title,
    owner_id: entry.owner === undefined ? null : got(people, entry.owner),
    backup_id: entry.backup === undefined ? null : got(people, entry.backup),
    type: entry.type,
    unit: entry.unit ?? null,
    direction: entry.direction,
    start_value: entry.start,
    target_value: entry.target,
    current_value: entry.current ?? null,
    commitment: entry.commitment,
    state: entry.state ?? 'active',
    position,
    due_on: entry.due ?? null,
  };
}

async function saveKeyResults(
  { tx, workspaceId, overwrite }: Importing,
  { added, changed }: Sorted<KeyResultState>,
  ids: Map<string, number>,
): Promise<void> {
  for (const portion of portions([...added, ...changed])) {
    const rows = await tx
      .insertInto('key_results')
      .values(
        portion.map(({ key, wanted }) => ({
          key,
          ...wanted,
          first_due_on: wanted.due_on,
          workspace_id: workspaceId,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
          objective_id: eb.ref('excluded.objective_id'),
          title: eb.ref('excluded.title'),
          type: eb.ref('excluded.type'),
          unit: eb.ref('excluded.unit'),
          direction: eb.ref('excluded.direction'),
          // The first answer may find a baseline at this moment.
          start_value: eb.fn.coalesce('excluded.start_value', 'key_results.start_value'),
          target_value: eb.ref('excluded.target_value'),
          commitment: eb.ref('excluded.commitment'),
          position: eb.ref('excluded.position'),
          // Not even written back: somebody may change them in Slack at this moment.
          ...(overwrite
            ? {
                owner_id: eb.ref('excluded.owner_id'),
                backup_id: eb.ref('excluded.backup_id'),
                current_value: eb.ref('excluded.current_value'),
                due_on: eb.ref('excluded.due_on'),
                // The first promise stays.
                first_due_on: eb.fn.coalesce('key_results.first_due_on', 'excluded.first_due_on'),
              }
            : {}),
        })),
      )
      .returning(['id', 'key'])
      .execute();
    for (const { id, key } of rows) ids.set(key, id);
  }
}
