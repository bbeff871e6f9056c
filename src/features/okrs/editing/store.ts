import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { OkrState, Visibility } from '../../../platform/db/tables.ts';
import type { Support } from './core/entry.ts';

/** An objective as people edit it; `supports` is a key of an objective or a line in force, as a file has it. */
export type ObjectiveState = {
  title: string;
  cycle_id: number;
  owner_id: number | null;
  team_id: number | null;
  reviewer_id: number | null;
  supports: string | null;
  needs: number[];
  visibility: Visibility;
  viewers: number[];
};
export type ObjectiveRow = { id: number; key: string; state: OkrState; entry: ObjectiveState };

/**
 * Whoever gives keys or says what supports what goes one after the other in a workspace: so no two make a loop together,
 * and no key is given twice. Taken before any row is locked; the database's own check of loops waits for the same.
 */
export async function lockObjectives(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`objectives of ${workspaceId}`}, 0))`.execute(tx);
}

/** Keys of objectives, key results and lines of the strategy that begin so: a key shall never lead to two of them. */
export async function listTakenKeys(db: Database, workspaceId: string, base: string): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select key from objectives where workspace_id = ${workspaceId} and starts_with(key, ${base})
    union all
    select key from key_results where workspace_id = ${workspaceId} and starts_with(key, ${base})
    union all
    select key from strategy_lines where workspace_id = ${workspaceId} and starts_with(key, ${base})`.execute(
    db,
  );
  return new Set(rows.map(({ key }) => key));
}

export type Meant = { kind: 'objective' | 'key-result'; id: number; key: string; title: string };

/** What has a key, or else what is called so, of what somebody sees. Several where files have named them so. */
export async function findNamed(
  db: Database,
  workspaceId: string,
  text: string,
  viewerId: number,
): Promise<Meant[]> {
  const { rows } = await sql<Meant & { isKey: boolean }>`
    select * from (
      select 'objective' as kind, o.id, o.key, o.title, lower(o.key) = lower(${text}) as "isKey" from objectives o
      where o.workspace_id = ${workspaceId} and sees_objective(o, ${viewerId})
        and (lower(o.key) = lower(${text}) or lower(o.title) = lower(${text}))
      union all
      select 'key-result', k.id, k.key, k.title, lower(k.key) = lower(${text})
      from key_results k join objectives o on o.id = k.objective_id
      where k.workspace_id = ${workspaceId} and sees_objective(o, ${viewerId})
        and (lower(k.key) = lower(${text}) or lower(k.title) = lower(${text}))
    ) named order by kind desc, id`.execute(db);
  const keyed = rows.filter(({ isKey }) => isKey);
  return (keyed.length > 0 ? keyed : rows).map(({ kind, id, key, title }) => ({ kind, id, key, title }));
}

/** An objective that somebody sees; undefined: there is none for them. */
export async function findObjective(
  db: Database,
  workspaceId: string,
  id: number,
  viewerId: number,
): Promise<ObjectiveRow | undefined> {
  const { rows } = await sql<ObjectiveRow>`
    select o.id, o.key, o.state, json_build_object(
      'title', o.title, 'cycle_id', o.cycle_id, 'owner_id', o.owner_id, 'team_id', o.team_id,
      'reviewer_id', o.reviewer_id,
      'supports', coalesce((select s.key from objectives s where s.id = o.supports_id),
        (select l.key from strategy_in_force l where l.id = o.line_id)),
      'needs', coalesce((select json_agg(n.team_id order by n.team_id) from objective_needs n
        where n.objective_id = o.id), '[]'),
      'visibility', o.visibility,
      'viewers', coalesce((select json_agg(v.person_id order by v.person_id) from objective_viewers v
        where v.objective_id = o.id), '[]')) as entry
    from objectives o
    where o.workspace_id = ${workspaceId} and o.id = ${id} and sees_objective(o, ${viewerId})`.execute(db);
  return rows[0];
}

/** Holds an objective's row until the transaction ends. */
export async function lockObjective(tx: Tx, workspaceId: string, id: number): Promise<void> {
  await tx
    .selectFrom('objectives')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
}

/** Keeps a new objective, behind those that its cycle has. */
export async function insertObjective(
  tx: Tx,
  workspaceId: string,
  given: { key: string; entry: ObjectiveState; supports: Support | null; createdBy: number },
): Promise<number> {
  const { key, entry, supports, createdBy } = given;
  const { id } = await tx
    .insertInto('objectives')
    .values((eb) => ({
      ...columnsOf(entry, supports),
      workspace_id: workspaceId,
      key,
      created_by: createdBy,
      position: eb
        .selectFrom('objectives as other')
        .select(sql<number>`coalesce(max(other.position) + 1, 0)`.as('position'))
        .where('other.cycle_id', '=', entry.cycle_id),
    }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await saveParts(tx, workspaceId, id, entry);
  return id;
}

export async function updateObjective(
  tx: Tx,
  workspaceId: string,
  id: number,
  entry: ObjectiveState,
  supports: Support | null,
): Promise<void> {
  await tx.updateTable('objectives').set(columnsOf(entry, supports)).where('id', '=', id).execute();
  await tx.deleteFrom('objective_needs').where('objective_id', '=', id).execute();
  await tx.deleteFrom('objective_viewers').where('objective_id', '=', id).execute();
  await saveParts(tx, workspaceId, id, entry);
}

function columnsOf({ supports: _key, needs, viewers, ...columns }: ObjectiveState, on: Support | null) {
  return {
    ...columns,
    supports_id: on?.kind === 'objective' ? on.id : null,
    line_id: on?.kind === 'line' ? on.id : null,
  };
}

/** What an objective supports, also where the reader of its form does not see it. */
export async function findSupport(db: Database, objectiveId: number): Promise<Support | null> {
  const row = await db
    .selectFrom('objectives')
    .select(['supports_id', 'line_id'])
    .where('id', '=', objectiveId)
    .executeTakeFirst();
  if (row?.supports_id != null) return { kind: 'objective', id: row.supports_id };
  return row?.line_id == null ? null : { kind: 'line', id: row.line_id };
}

async function saveParts(
  tx: Tx,
  workspaceId: string,
  objectiveId: number,
  { needs, viewers }: ObjectiveState,
): Promise<void> {
  const own = { workspace_id: workspaceId, objective_id: objectiveId };
  const teams = needs.map((team_id) => ({ ...own, team_id }));
  const people = viewers.map((person_id) => ({ ...own, person_id }));
  if (teams.length > 0) await tx.insertInto('objective_needs').values(teams).execute();
  if (people.length > 0) await tx.insertInto('objective_viewers').values(people).execute();
}

/**
 * The way up from an objective by what each supports, itself first, as far as it goes. A name that `viewerId` does not
 * see is null.
 */
export async function wayUp(
  db: Database,
  workspaceId: string,
  fromId: number,
  viewerId: number,
): Promise<{ id: number; title: string | null }[]> {
  const { rows } = await sql<{ id: number; title: string | null }>`
    with recursive way as (
      select o.id, o.supports_id, 1 as step from objectives o
      where o.workspace_id = ${workspaceId} and o.id = ${fromId}
      union all
      select o.id, o.supports_id, w.step + 1 from objectives o join way w on o.id = w.supports_id
    ) cycle id set is_again using path
    select w.id, case when sees_objective(o, ${viewerId}) then o.title end as title
    from way w join objectives o on o.id = w.id where not w.is_again order by w.step`.execute(db);
  return rows;
}

export async function saveDropped(
  tx: Tx,
  workspaceId: string,
  objectiveId: number,
  why: string,
): Promise<void> {
  await tx
    .updateTable('objectives')
    .set({ state: 'dropped', why_dropped: why })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', objectiveId)
    .execute();
}
