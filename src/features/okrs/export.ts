import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { OkrState } from '../../platform/db/tables.ts';
import { type Fields, inOrder, type Naming, plainText, some, told } from '../../platform/file/writing.ts';

/** The workspace's cycles as a file has them, the earliest first. */
export async function exportCycles(db: Database, workspaceId: string): Promise<Fields[]> {
  const cycles = await db
    .selectFrom('cycles as c')
    .leftJoin('cycles as y', 'y.id', 'c.parent_id')
    .select(['c.key', 'c.starts_on', 'c.ends_on', 'c.state', 'y.key as parent'])
    .where('c.workspace_id', '=', workspaceId)
    .execute();
  return inOrder(cycles, ({ key, starts_on }) => `${starts_on} ${key}`).map(
    ({ key, starts_on, ends_on, state, parent }) =>
      told({
        key,
        starts: starts_on.toString(),
        ends: ends_on.toString(),
        state: state === 'active' ? null : state,
        parent,
      }),
  );
}

type KeyResult = {
  objective: number;
  key: string;
  title: string;
  owner: number | null;
  backup: number | null;
  type: 'number' | 'percent' | 'currency' | 'milestone';
  unit: string | null;
  direction: 'up' | 'down' | 'maintain';
  start: number | null;
  target: number;
  current: number | null;
  commitment: 'committed' | 'aspirational';
  due: Temporal.PlainDate | null;
  state: OkrState;
  position: number;
};

/** The workspace's objectives as a file has them, in the order in which people keep them. */
export async function exportObjectives(db: Database, workspaceId: string, naming: Naming): Promise<Fields[]> {
  const objectives = await db
    .selectFrom('objectives as o')
    .innerJoin('cycles as c', 'c.id', 'o.cycle_id')
    .leftJoin('objectives as s', 's.id', 'o.supports_id')
    .leftJoin('strategy_in_force as l', 'l.id', 'o.line_id')
    .select([
      'o.id',
      'o.key',
      'o.title',
      'o.owner_id as owner',
      'o.team_id as team',
      'c.key as cycle',
      'o.reviewer_id as reviewer',
      sql<string | null>`coalesce(s.key, l.key)`.as('supports'),
      'o.position',
      'o.state',
      'o.visibility',
      sql<number[]>`array(select v.person_id from objective_viewers v where v.objective_id = o.id)`.as(
        'viewers',
      ),
      sql<
        number[]
      >`coalesce((select json_agg(n.team_id) from objective_needs n where n.objective_id = o.id), '[]')`.as(
        'needs',
      ),
    ])
    .where('o.workspace_id', '=', workspaceId)
    .execute();
  const keyResults = Map.groupBy(await readKeyResults(db, workspaceId), ({ objective }) => objective);
  return inPlace(objectives).map((row) => {
    const { id, key, title, owner, team, cycle, reviewer, supports, needs } = row;
    const own = inPlace(keyResults.get(id) ?? []).map((result) => keyResultFields(result, naming));
    return told({
      key,
      title: plainText(title),
      owner: owner === null ? null : naming.person(owner),
      team: team === null ? null : naming.team(team),
      cycle,
      reviewer: reviewer === null ? null : naming.person(reviewer),
      supports,
      needs: some(
        inOrder(
          needs.map((id) => naming.team(id)),
          (team) => team,
        ),
      ),
      visibility: visibilityOf(row, naming),
      state: row.state === 'active' ? null : row.state,
      key_results: some(own),
    });
  });
}

function visibilityOf(
  { visibility, viewers }: { visibility: 'workspace' | 'team' | 'people'; viewers: readonly number[] },
  naming: Naming,
): unknown {
  if (visibility !== 'people') return visibility === 'workspace' ? null : visibility;
  return inOrder(
    viewers.map((person) => naming.person(person)),
    (handle) => handle,
  );
}

async function readKeyResults(db: Database, workspaceId: string): Promise<KeyResult[]> {
  return await db
    .selectFrom('key_results')
    .select([
      'objective_id as objective',
      'key',
      'title',
      'owner_id as owner',
      'backup_id as backup',
      'type',
      'unit',
      'direction',
      'start_value as start',
      'target_value as target',
      'current_value as current',
      'commitment',
      'due_on as due',
      'state',
      'position',
    ])
    .where('workspace_id', '=', workspaceId)
    .execute();
}

function keyResultFields(result: KeyResult, naming: Naming): Fields {
  const { key, title, owner, backup, type, unit, direction, start, target, current, commitment } = result;
  const isMilestone = type === 'milestone';
  const isTold = start !== null && start !== target && direction === (target > start ? 'up' : 'down');
  return told({
    key,
    title: plainText(title),
    owner: owner === null ? null : naming.person(owner),
    backup: backup === null || backup === owner ? null : naming.person(backup),
    type: type === 'number' ? null : type,
    unit: unit === null ? null : plainText(unit),
    direction: isTold ? null : direction,
    start: isMilestone && start === 0 ? null : (start ?? 'baseline'),
    target: isMilestone && target === 1 ? null : target,
    current,
    commitment: commitment === 'committed' ? null : commitment,
    due: result.due?.toString(),
    state: result.state === 'active' ? null : result.state,
  });
}

function inPlace<Row extends { position: number; key: string }>(rows: readonly Row[]): Row[] {
  return inOrder(rows, ({ key }) => key).sort((a, b) => a.position - b.position);
}
