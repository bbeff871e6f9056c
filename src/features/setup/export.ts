import type { Database } from '../../platform/db/database.ts';
import { type Fields, told } from '../../platform/file/writing.ts';
import { usual } from './import.ts';

/** What is set otherwise than everywhere, as a file has it; null: nothing is. */
export async function exportSettings(db: Database, workspaceId: string): Promise<Fields | null> {
  const row = await db
    .selectFrom('workspaces as w')
    .leftJoin('channels as operations', 'operations.id', 'w.product_operations_channel_id')
    .leftJoin('channels as leaders', 'leaders.id', 'w.leaders_channel_id')
    .select([
      'w.backpack_limit as limit',
      'w.release_after_hours as hours',
      'operations.name as operations',
      'leaders.name as leaders',
    ])
    .where('w.id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const fields = told({
    backpack_limit: row.limit === usual.backpackLimit ? null : row.limit,
    release_after: row.hours === usual.releaseAfterHours ? null : `PT${row.hours}H`,
    product_operations: row.operations === null ? null : `#${row.operations}`,
    leaders: row.leaders === null ? null : `#${row.leaders}`,
  });
  return Object.keys(fields).length === 0 ? null : fields;
}
