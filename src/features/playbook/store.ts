import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Page, PageWords } from './core/page.ts';
import { inAgendaOrder } from './core/sources.ts';

/** A page of the company's own. */
export type OwnPage = Page & { id: number };

const columns = [
  'id',
  'key',
  'name',
  'purpose',
  'inputs',
  'agenda',
  'outputs',
  'roles',
  'timing',
  'questions',
  'sources',
] as const;

/** The company's own pages, by name. */
export async function listOwn(db: Database, workspaceId: string): Promise<OwnPage[]> {
  const rows = await db
    .selectFrom('playbook_pages')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .orderBy(sql`lower(name)`)
    .orderBy('key')
    .execute();
  return rows.map((row) => ({ ...row, sources: inAgendaOrder(row.sources) }));
}

export async function findOwn(db: Database, workspaceId: string, key: string): Promise<OwnPage | undefined> {
  const row = await db
    .selectFrom('playbook_pages')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row && { ...row, sources: inAgendaOrder(row.sources) };
}

/** Whoever changes the playbook goes one after the other. */
export async function lockPlaybook(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`playbook of ${workspaceId}`}, 0))`.execute(tx);
}

/** Who changes it, and when; `byId` null: an operator, with a file. */
export type Changed = { at: Temporal.Instant; byId: number | null };

/** Returns the id of the new page. */
export async function insertPage(
  tx: Tx,
  workspaceId: string,
  key: string,
  words: PageWords,
  { at, byId }: Changed,
): Promise<number> {
  const { id } = await tx
    .insertInto('playbook_pages')
    .values({ workspace_id: workspaceId, key, ...words, changed_at: at.toString(), changed_by: byId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Keeps all that a page says. */
export async function savePage(
  tx: Tx,
  workspaceId: string,
  id: number,
  words: PageWords,
  { at, byId }: Changed,
): Promise<void> {
  await tx
    .updateTable('playbook_pages')
    .set({ ...words, changed_at: at.toString(), changed_by: byId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function deletePageRow(tx: Tx, workspaceId: string, id: number): Promise<void> {
  await tx
    .deleteFrom('playbook_pages')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}
