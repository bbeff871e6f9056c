import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { Line, SubjectKind } from './core/digest.ts';
import { isActionForAll, isDecisionForAll, isItemForAll } from './seen-sql.ts';

/** The keys of those lines that are about something that not everybody may see now. */
export async function listKeysForFew(
  db: Database,
  workspaceId: string,
  lines: readonly Line[],
): Promise<string[]> {
  const ids = (kind: SubjectKind): number[] =>
    lines.filter(({ opens }) => opens.kind === kind).map(({ opens }) => opens.id);
  const { rows } = await sql<{ kind: SubjectKind; id: number }>`
    select 'key-result' as kind, k.id from key_results k join objectives o on o.id = k.objective_id
    where k.workspace_id = ${workspaceId} and k.id = any(${ids('key-result')}::bigint[]) and o.visibility <> 'workspace'
    union all
    select 'rock', r.id from rocks r
    where r.workspace_id = ${workspaceId} and r.id = any(${ids('rock')}::bigint[]) and r.visibility <> 'workspace'
    union all
    select 'decision', d.id from decisions d
    where d.workspace_id = ${workspaceId} and d.id = any(${ids('decision')}::bigint[]) and not ${isDecisionForAll('d')}
    union all
    select 'item', i.id from roadmap_items i
    where i.workspace_id = ${workspaceId} and i.id = any(${ids('item')}::bigint[]) and not ${isItemForAll('i')}
    union all
    select 'action', a.id from actions a
    where a.workspace_id = ${workspaceId} and a.id = any(${ids('action')}::bigint[]) and not ${isActionForAll('a')}`.execute(
    db,
  );
  const few = new Set(rows.map(({ kind, id }) => `${kind}:${id}`));
  return lines.filter(({ opens }) => few.has(`${opens.kind}:${opens.id}`)).map(({ key }) => key);
}
