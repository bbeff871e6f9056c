import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Named } from './core/strategy.ts';

/** Who was named to write the strategy, by name. */
export async function listEditors(db: Database, workspaceId: string): Promise<Named[]> {
  return await db
    .selectFrom('strategy_editors as e')
    .innerJoin('people as p', 'p.id', 'e.person_id')
    .where('e.workspace_id', '=', workspaceId)
    .select(['p.id', 'p.slack_id as slackId', 'p.name'])
    .orderBy('p.name')
    .orderBy('p.id')
    .execute();
}

export async function isEditor(db: Database, workspaceId: string, personId: number): Promise<boolean> {
  const row = await db
    .selectFrom('strategy_editors')
    .select('person_id')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Three people who may write the strategy and are in Slack: named editors first, then admins. */
export async function listWhomToAsk(db: Database, workspaceId: string): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select p.id, p.slack_id as "slackId", p.name from people p
    left join strategy_editors e on e.person_id = p.id
    where p.workspace_id = ${workspaceId} and p.slack_id is not null and p.deactivated_at is null
      and (e.person_id is not null or p.is_admin or p.is_slack_admin)
    order by e.person_id is null, p.id limit 3`.execute(db);
  return rows;
}

export async function replaceEditors(
  tx: Tx,
  workspaceId: string,
  personIds: readonly number[],
): Promise<void> {
  await tx.deleteFrom('strategy_editors').where('workspace_id', '=', workspaceId).execute();
  if (personIds.length === 0) return;
  await tx
    .insertInto('strategy_editors')
    .values(personIds.map((id) => ({ workspace_id: workspaceId, person_id: id })))
    .execute();
}

/** The keys that begin like this one, of lines and objectives: `supports` names both. */
export async function listTakenKeys(db: Database, workspaceId: string, base: string): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select key from strategy_lines where workspace_id = ${workspaceId} and starts_with(key, ${base})
    union all select key from objectives where workspace_id = ${workspaceId} and starts_with(key, ${base})`.execute(
    db,
  );
  return new Set(rows.map(({ key }) => key));
}
