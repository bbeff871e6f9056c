import { sql } from 'kysely';
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
import { replaceNeeds, replaceViewers } from './import-objective-parts.ts';

/** Ids of what objectives refer to, by short name and key. */
export type References = {
  people: ReadonlyMap<string, number>;
  teams: ReadonlyMap<string, number>;
  cycles: ReadonlyMap<string, number>;
  /** The lines of the strategy in force. */
  lines: ReadonlyMap<string, number>;
};

/**
 * An objective as file and database have it in common. `supports` is a key, of an objective or of a line of the strategy:
 * a file may refer to what it adds.
 */
type ObjectiveState = {
  title: string;
  cycle_id: number;
  owner_id: number | null;
  team_id: number | null;
  reviewer_id: number | null;
  supports: string | null;
  position: number;
  needs: number[];
  visibility: 'workspace' | 'team' | 'people';
  viewers: number[];
  state: OkrState;
};

/** Adds and changes objectives; owners of those that are there stay, unless the operator overwrites. */
export async function importObjectives(
  importing: Importing,
  entries: ObjectiveEntry[],
  refer: References,
): Promise<{ tally: Tally; ids: Map<string, number> }> {
  const { ids, states } = await presentObjectiveStates(importing);
  // What is new in a part of things comes after all that is there.
  const before = Math.max(0, ...[...states.values()].map(({ position }) => position + 1));
  const placed = (index: number, present: ObjectiveState | undefined): number =>
    importing.isPartial ? (present?.position ?? before + index) : index;
  const wanted = new Map(
    entries.map((entry, index) => {
      const present = states.get(entry.key);
      const state = stateOf(entry, placed(index, present), refer, present);
      const keepsOwner = present !== undefined && !importing.overwrite;
      return [entry.key, keepsOwner ? { ...state, owner_id: present.owner_id } : state];
    }),
  );
  const sorted = sortOut<ObjectiveState>(wanted, states);
  await saveObjectives(importing, sorted, ids);
  await saveSupports(importing, sorted, ids, refer.lines);
  await replaceNeeds(importing, sorted, ids);
  await replaceViewers(importing, sorted, ids);
  await recordImport(
    importing,
    eventsOf('objective', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally, ids };
}

async function presentObjectiveStates({
  tx,
  workspaceId,
}: Importing): Promise<{ ids: Map<string, number>; states: Map<string, ObjectiveState> }> {
  const rows = await tx
    .selectFrom('objectives as o')
    .leftJoin('objectives as s', 's.id', 'o.supports_id')
    .leftJoin('strategy_in_force as l', 'l.id', 'o.line_id')
    .where('o.workspace_id', '=', workspaceId)
    .select([
      'o.id',
      'o.key',
      'o.title',
      'o.cycle_id',
      'o.owner_id',
      'o.team_id',
      'o.reviewer_id',
      sql<string | null>`coalesce(s.key, l.key)`.as('supports'),
      'o.position',
      sql<number[]>`coalesce((select json_agg(n.team_id order by n.team_id) from objective_needs n
        where n.objective_id = o.id), '[]')`.as('needs'),
      'o.visibility',
      sql<number[]>`coalesce((select json_agg(v.person_id order by v.person_id) from objective_viewers v
        where v.objective_id = o.id), '[]')`.as('viewers'),
      'o.state',
    ])
    .execute();
  return {
    ids: new Map(rows.map((row) => [row.key, row.id])),
    states: new Map(rows.map(({ id, key, ...state }) => [key, state])),
  };
}

/** What has become of one that is there, and who may see it where the file does not say, stays. */
function stateOf(
  entry: ObjectiveEntry,
  position: number,
  refer: References,
  present: ObjectiveState | undefined,
): ObjectiveState {
  const person = (handle: string | undefined): number | null =>
    handle === undefined ? null : got(refer.people, handle);
  return {
    title: entry.title,
    cycle_id: got(refer.cycles, entry.cycle),
    owner_id: person(entry.owner),
    team_id: entry.team === undefined ? null : got(refer.teams, entry.team),
    reviewer_id: person(entry.reviewer),
    supports: entry.supports ?? null,
    position,
    needs: entry.needs.map((team) => got(refer.teams, team)).sort((a, b) => a - b),
    ...seenBy(entry.visibility, refer, present),
    state: present?.state ?? entry.state ?? 'active',
  };
}

function seenBy(
  visibility: ObjectiveEntry['visibility'],
  { people }: References,
  present: ObjectiveState | undefined,
): Pick<ObjectiveState, 'visibility' | 'viewers'> {
  if (visibility === undefined) {
    return { visibility: present?.visibility ?? 'workspace', viewers: present?.viewers ?? [] };
  }
  if (typeof visibility === 'string') return { visibility, viewers: [] };
  const viewers = visibility.map((handle) => got(people, handle)).sort((a, b) => a - b);
  return { visibility: 'people', viewers };
}

async function saveObjectives(
  { tx, workspaceId, overwrite }: Importing,
  { added, changed }: Sorted<ObjectiveState>,
  ids: Map<string, number>,
): Promise<void> {
  for (const portion of portions([...added, ...changed])) {
    const rows = await tx
      .insertInto('objectives')
      .values(
        portion.map(({ key, wanted: { supports, needs, viewers, ...columns } }) => ({
          key,
          ...columns,
          workspace_id: workspaceId,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
          title: eb.ref('excluded.title'),
          cycle_id: eb.ref('excluded.cycle_id'),
          team_id: eb.ref('excluded.team_id'),
          reviewer_id: eb.ref('excluded.reviewer_id'),
          position: eb.ref('excluded.position'),
          visibility: eb.ref('excluded.visibility'),
          // Not even written back: somebody may change it in Slack at this moment.
          ...(overwrite ? { owner_id: eb.ref('excluded.owner_id') } : {}),
        })),
      )
      .returning(['id', 'key'])
      .execute();
    for (const { id, key } of rows) ids.set(key, id);
  }
}

/** A step of its own, when every objective of the file has its id. */
async function saveSupports(
  { tx }: Importing,
  { added, changed }: Sorted<ObjectiveState>,
  ids: ReadonlyMap<string, number>,
  lines: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = [...added.filter(({ wanted }) => wanted.supports !== null), ...changed].map(
    ({ key, wanted: { supports } }) => {
      const line_id = supports === null ? null : (lines.get(supports) ?? null);
      const supports_id = supports === null || line_id !== null ? null : got(ids, supports);
      return { id: got(ids, key), supports_id, line_id };
    },
  );
  if (rows.length === 0) return;
  await sql`
    update objectives set supports_id = v.supports_id, line_id = v.line_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id bigint, supports_id bigint, line_id bigint)
    where objectives.id = v.id`.execute(tx);
}
