import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { instantOn } from '../../platform/db/import-days.ts';
import { type Importing, portions, type Sorted } from '../../platform/db/importing.ts';
import type { RockState as StateName } from '../../platform/db/tables.ts';
import type { PresentRock, RockState } from './present-rocks.ts';

/** Writes the rows of rocks, and puts the ids of new ones into `ids`. Those that are there must be locked. */
export async function saveRocks(
  importing: Importing,
  { added, changed }: Sorted<RockState>,
  present: ReadonlyMap<string, PresentRock>,
  ids: Map<string, number>,
): Promise<void> {
  const { tx, workspaceId, at } = importing;
  for (const portion of portions([...added, ...changed])) {
    const rows = await tx
      .insertInto('rocks')
      .values(
        portion.map(({ key, wanted }) => {
          const { aliases, links, backups, viewers, contributors, set_down, retired, ...columns } = wanted;
          return {
            key,
            ...columns,
            ...standingColumns(wanted, present.get(key), importing),
            workspace_id: workspaceId,
            created_at: at.toString(),
          };
        }),
      )
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          summary: eb.ref('excluded.summary'),
          type: eb.ref('excluded.type'),
          discipline: eb.ref('excluded.discipline'),
          importance: eb.ref('excluded.importance'),
          weight: eb.ref('excluded.weight'),
          team_id: eb.ref('excluded.team_id'),
          channel_id: eb.ref('excluded.channel_id'),
          line_id: eb.ref('excluded.line_id'),
          visibility: eb.ref('excluded.visibility'),
          state: eb.ref('excluded.state'),
          set_down_by: eb.ref('excluded.set_down_by'),
          set_down_at: eb.ref('excluded.set_down_at'),
          set_down_reason: eb.ref('excluded.set_down_reason'),
          look_again_on: eb.ref('excluded.look_again_on'),
          retired_at: eb.ref('excluded.retired_at'),
          retired_reason: eb.ref('excluded.retired_reason'),
          successor_id: null,
          changed_at: at.toString(),
        })),
      )
      .returning(['id', 'key'])
      .execute();
    for (const { id, key } of rows) ids.set(key, id);
  }
  await saveSuccessors(importing, { added, changed });
}

/** A step of its own, when every rock of the file has its id. */
async function saveSuccessors(
  { tx, workspaceId }: Importing,
  { added, changed }: Pick<Sorted<RockState>, 'added' | 'changed'>,
): Promise<void> {
  const rows = [...added, ...changed].flatMap(({ key, wanted: { retired } }) =>
    retired?.into == null ? [] : [{ key, into: retired.into }],
  );
  if (rows.length === 0) return;
  await sql`
    update rocks r set successor_id = successor.id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (key text, "into" text)
    join rocks successor on successor.workspace_id = ${workspaceId} and successor.key = v."into"
    where r.workspace_id = ${workspaceId} and r.key = v.key`.execute(tx);
}

type StandingColumns = {
  state: StateName;
  set_down_by: number | null;
  set_down_at: string | null;
  set_down_reason: string | null;
  look_again_on: string | null;
  retired_at: string | null;
  retired_reason: string | null;
};

/** A file has days; where the day is the one that is known, its instant stays. */
function standingColumns(
  { set_down, retired }: RockState,
  present: PresentRock | undefined,
  { at, timezone }: Importing,
): StandingColumns {
  const since = (day: string, known: string | undefined): string => {
    const stays: Temporal.Instant | null = day === known ? (present?.standingSince ?? null) : null;
    return (stays ?? instantOn(day, at, timezone)).toString();
  };
  const now = present?.state;
  return {
    state: retired !== null ? 'retired' : set_down !== null ? 'set-down' : 'active',
    set_down_by: set_down?.by ?? null,
    set_down_at: set_down === null ? null : since(set_down.on, now?.set_down?.on),
    set_down_reason: set_down?.why ?? null,
    look_again_on: set_down?.look_again ?? null,
    retired_at: retired === null ? null : since(retired.on, now?.retired?.on),
    retired_reason: retired?.why ?? null,
  };
}
