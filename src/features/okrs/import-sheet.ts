import { sql } from 'kysely';
import { got, type Importing, portions, recordImport } from '../../platform/db/importing.ts';
import { keyBase } from '../ownership/register/core/entry.ts';
import type { NewKeyResult, ObjectivePatch, SheetOkrs } from './core/sheet.ts';
import { freeKey } from './editing/core/key.ts';
import { lockObjectives } from './editing/store.ts';
import type { KeyResultEntry } from './file-key-results.ts';
import { importCycles } from './import.ts';
import { changeKeyResults } from './import-changes.ts';
import { importKeyResults } from './import-key-results.ts';
import { importObjectives } from './import-objectives.ts';
import { showPlannings } from './planning/showing.ts';

/**
 * Writes what a sheet brings in, which was planned from what is there: what is new behind it, and of what is there only what
 * is to change. Keys are given here. Plannings that are open show it at once.
 */
export async function importSheet(
  importing: Importing,
  { cycles, objectives, filled, changed }: SheetOkrs,
): Promise<void> {
  const { tx, workspaceId } = importing;
  await lockObjectives(tx, workspaceId);
  const part: Importing = { ...importing, isPartial: true, overwrite: false };
  const keys = await givingKeys(part);
  const cycleIds = await importCycles(part, [...cycles]);
  const present = await objectiveKeys(part);
  const wanted = objectives.map(({ objective, added }) => ({
    key: typeof objective === 'number' ? got(present, objective) : keys(objective.title, 'objective'),
    objective,
    keyResults: added.map((it) => entryOf(it, keys(it.title, 'key-result'))),
  }));
  const ids = byOwnName([
    ...objectives.flatMap(({ objective, added }) => [
      ...(typeof objective === 'number' ? [] : [objective.ownerId, objective.teamId]),
      ...added.flatMap(({ ownerId, backupId }) => [ownerId, backupId]),
    ]),
  ]);
  const saved = await importObjectives(
    part,
    wanted.flatMap(({ key, objective }) =>
      typeof objective === 'number'
        ? []
        : [
            {
              ...{ key, title: objective.title, cycle: objective.cycle, needs: [], keyResults: [] },
              ...(objective.ownerId === null ? {} : { owner: String(objective.ownerId) }),
              ...(objective.teamId === null ? {} : { team: String(objective.teamId) }),
            },
          ],
    ),
    { people: ids, teams: ids, cycles: cycleIds.ids, lines: new Map() },
  );
  await importKeyResults(part, wanted, { people: ids, objectives: saved.ids });
  await fillObjectives(part, filled);
  await changeKeyResults(part, changed);
  await showPlannings(tx, workspaceId);
}

/** As a file would say it. */
function entryOf(
  { ownerId, backupId, unit, current, dueOn, ...entry }: NewKeyResult,
  key: string,
): KeyResultEntry {
  return {
    ...{ ...entry, key },
    ...(ownerId === null ? {} : { owner: String(ownerId) }),
    ...(backupId === null ? {} : { backup: String(backupId) }),
    ...(unit === null ? {} : { unit }),
    ...(current === null ? {} : { current }),
    ...(dueOn === null ? {} : { due: dueOn }),
  };
}

/** People and teams go by their ids here, where a file has names for them. */
function byOwnName(ids: readonly (number | null)[]): Map<string, number> {
  return new Map(ids.filter((id) => id !== null).map((id) => [String(id), id]));
}

async function objectiveKeys({ tx, workspaceId }: Importing): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom('objectives')
    .select(['id', 'key'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new Map(rows.map(({ id, key }) => [id, key]));
}

/** Gives each title a key that leads to nothing else, as the forms do, with one look at what is taken. */
async function givingKeys({
  tx,
  workspaceId,
}: Importing): Promise<(title: string, otherwise: string) => string> {
  const { rows } = await sql<{ key: string }>`
    select key from objectives where workspace_id = ${workspaceId}
    union all select key from key_results where workspace_id = ${workspaceId}
    union all select key from strategy_lines where workspace_id = ${workspaceId}`.execute(tx);
  const taken = new Set(rows.map(({ key }) => key));
  return (title, otherwise) => {
    const key = freeKey(keyBase(title, otherwise), taken);
    taken.add(key);
    return key;
  };
}

/** Gives objectives that have none an owner, and the team that the sheet says. */
async function fillObjectives(importing: Importing, patches: readonly ObjectivePatch[]): Promise<void> {
  for (const portion of portions(patches)) {
    const { rows } = await sql<{ id: number; before: unknown; after: unknown }>`
      with wanted as (
        select * from jsonb_to_recordset(${JSON.stringify(portion)}::jsonb) as v (id bigint, "ownerId" bigint, "teamId" bigint)
      ), was as (
        select o.id, o.owner_id, o.team_id from objectives o join wanted v on v.id = o.id
        where o.workspace_id = ${importing.workspaceId} order by o.id for update of o
      )
      update objectives o set owner_id = coalesce(o.owner_id, v."ownerId"), team_id = coalesce(v."teamId", o.team_id)
      from wanted v join was on was.id = v.id where o.id = v.id
      returning o.id, json_build_object('owner_id', was.owner_id, 'team_id', was.team_id) as before,
        json_build_object('owner_id', o.owner_id, 'team_id', o.team_id) as after`.execute(importing.tx);
    await recordImport(
      importing,
      rows.map(({ id, before, after }) => ({
        ...{ type: 'objective.changed', subject: { kind: 'objective', id }, before, after },
      })),
    );
  }
}
