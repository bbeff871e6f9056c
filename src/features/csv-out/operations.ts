import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { dayOf } from '../../platform/db/import-days.ts';
import type { Actor } from '../people/core/person.ts';
import { type CsvFile, type CsvTableName, csvTables } from './core/tables.ts';
import { csvOf } from './writing.ts';

/** Why somebody may not have tables of everything; null: they may. */
export function refusalFor(actor: Actor): Refusal | null {
  return may('set Cairn up', rolesInWorkspace(actor))
    ? null
    : refused(
        'not-an-admin',
        'Whole tables are for admins: those of Slack, and whom they name. Ask one of them.',
      );
}

/** A table as a file, of what the actor sees. Refuses who is no admin, and a table without a row. */
export async function makeCsv(
  db: Database,
  workspaceId: string,
  actor: Actor,
  name: CsvTableName,
): Promise<Result<CsvFile>> {
  const refusal = refusalFor(actor);
  if (refusal !== null) return refusal;
  const title = csvTables[name];
  const { text, rows } = await csvOf(db, workspaceId, name, actor.id);
  if (rows === 0) return refused('nothing', `${title}: there are none yet, so there is no file.`);
  const { now, zone } = await readCompanyClock(db, workspaceId);
  return accepted({ name: `cairn-${name}-${dayOf(now, zone)}.csv`, title, text, rows });
}
