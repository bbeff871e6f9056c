import { sql } from 'kysely';
import { type Importing, portions, recordImport } from '../../platform/db/importing.ts';
import type { KeyResultPatch } from './core/sheet.ts';

type Columns = Record<string, unknown> & { target_value: number };

/** Changes key results, records what has changed of each, and keeps the targets that were. */
export async function changeKeyResults(
  importing: Importing,
  patches: readonly KeyResultPatch[],
): Promise<void> {
  const { tx, workspaceId, at, doer } = importing;
  for (const portion of portions(patches)) {
    const { rows } = await sql<{ id: number; before: Columns; after: Columns }>`
      with wanted as (
        select * from jsonb_to_recordset(${JSON.stringify(portion)}::jsonb) as v (id bigint, type text, unit text,
          direction text, start numeric, target numeric, commitment text, "ownerId" bigint, current numeric, "dueOn" date)
      ), was as (
        select k.* from key_results k join wanted v on v.id = k.id
        where k.workspace_id = ${workspaceId} order by k.id for update of k
      )
      update key_results k set type = v.type, unit = v.unit, direction = v.direction,
        start_value = coalesce(v.start, k.start_value), target_value = v.target, commitment = v.commitment,
        owner_id = coalesce(k.owner_id, case when v."ownerId" is distinct from k.backup_id then v."ownerId" end),
        current_value = coalesce(k.current_value, v.current),
        due_on = coalesce(k.due_on, v."dueOn"), first_due_on = coalesce(k.first_due_on, v."dueOn")
      from wanted v join was on was.id = v.id where k.id = v.id
      returning k.id, ${columnsOf('was')} as before, ${columnsOf('k')} as after`.execute(tx);
    await recordImport(importing, rows.map(eventOf));
    const moved = rows.filter(({ before, after }) => before.target_value !== after.target_value);
    if (moved.length === 0) continue;
    await tx
      .insertInto('target_changes')
      .values(
        moved.map(({ id, before, after }) => ({
          workspace_id: workspaceId,
          key_result_id: id,
          changed_at: at.toString(),
          changed_by: doer?.kind === 'person' ? doer.personId : null,
          old_target: before.target_value,
          new_target: after.target_value,
          reason: null,
        })),
      )
      .execute();
  }
}

function columnsOf(row: 'was' | 'k') {
  const columns = ['type', 'unit', 'direction', 'start_value', 'target_value', 'commitment', 'owner_id'];
  const pairs = [...columns, 'current_value', 'due_on'].flatMap((column) => [
    sql.lit(column),
    sql.ref(`${row}.${column}`),
  ]);
  return sql<Columns>`json_build_object(${sql.join(pairs)})`;
}

function eventOf({ id, before, after }: { id: number; before: Columns; after: Columns }) {
  const fields = Object.keys(after).filter((field) => before[field] !== after[field]);
  const only = (columns: Columns) => Object.fromEntries(fields.map((field) => [field, columns[field]]));
  return {
    type: 'key-result.changed',
    subject: { kind: 'key-result', id },
    before: only(before),
    after: only(after),
  };
}
