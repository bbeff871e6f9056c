import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Sheet } from '../../platform/core/sheet.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { ImportState } from '../../platform/db/tables.ts';
import type { Answers, ImportKind, ImportSource, ImportSummary, Mapping, Outcome } from './core/import.ts';

/** Whoever imports into a workspace or takes it back goes one after the other, an operator with a file too. */
export async function lockImports(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cairn import ${workspaceId}`}, 0))`.execute(tx);
}

/** From here on the triggers note each row that the transaction writes, as this import's doing; null: no more. */
export async function keepJournal(tx: Tx, importId: number | null): Promise<void> {
  await sql`select set_config('cairn.import', ${importId === null ? '' : String(importId)}, true)`.execute(
    tx,
  );
}

/** A big sheet takes longer to read than a bot may usually think between two statements. */
export async function allowThought(tx: Tx): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', '120000', true)`.execute(tx);
}

export async function insertImport(
  tx: Tx,
  workspaceId: string,
  given: {
    kind: ImportKind;
    source: ImportSource;
    name: string | null;
    sheet: Sheet;
    mapping: Mapping;
    begunBy: number;
    at: Temporal.Instant;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto('imports')
    .values({
      workspace_id: workspaceId,
      kind: given.kind,
      source: given.source,
      name: given.name,
      sheet: JSON.stringify(given.sheet),
      mapping: JSON.stringify(given.mapping),
      begun_by: given.begunBy,
      begun_at: given.at.toString(),
      applied_by: null,
      undone_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export type ImportRow = {
  id: number;
  kind: ImportKind;
  source: ImportSource;
  name: string | null;
  state: ImportState;
  sheet: Sheet | null;
  mapping: Mapping;
  answers: Answers;
  undoUntil: Temporal.Instant | null;
};

/** What is kept of an import. The JSON in it is what this file has written. */
export async function findImport(
  db: Database,
  workspaceId: string,
  importId: number,
): Promise<ImportRow | undefined> {
  return await importQuery(db, workspaceId, importId).executeTakeFirst();
}

/** The same, locked. */
export async function lockImport(
  tx: Tx,
  workspaceId: string,
  importId: number,
): Promise<ImportRow | undefined> {
  return await importQuery(tx, workspaceId, importId).forUpdate().executeTakeFirst();
}

function importQuery(db: Database, workspaceId: string, importId: number) {
  return db
    .selectFrom('imports')
    .select([
      'id',
      'kind',
      'source',
      'name',
      'state',
      sql<Sheet | null>`sheet`.as('sheet'),
      sql<Mapping>`mapping`.as('mapping'),
      sql<Answers>`answers`.as('answers'),
      'undo_until as undoUntil',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', importId);
}

export async function saveMapping(tx: Tx, importId: number, mapping: Mapping): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ mapping: JSON.stringify(mapping) })
    .where('id', '=', importId)
    .execute();
}

export async function saveAnswers(tx: Tx, importId: number, answers: Answers): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ answers: JSON.stringify(answers) })
    .where('id', '=', importId)
    .execute();
}

export async function saveApplied(
  tx: Tx,
  importId: number,
  applied: {
    by: number;
    at: Temporal.Instant;
    undoUntil: Temporal.Instant;
    counts: Readonly<Record<Outcome, number>>;
  },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({
      state: 'applied',
      sheet: null,
      answers: '{}',
      applied_by: applied.by,
      applied_at: applied.at.toString(),
      undo_until: applied.undoUntil.toString(),
      counts: JSON.stringify(applied.counts),
    })
    .where('id', '=', importId)
    .execute();
}

export async function saveUndone(
  tx: Tx,
  importId: number,
  undone: { by: number; at: Temporal.Instant },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ state: 'undone', undone_by: undone.by, undone_at: undone.at.toString() })
    .where('id', '=', importId)
    .execute();
}

export async function saveDiscarded(tx: Tx, importId: number): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ state: 'discarded', sheet: null, answers: '{}' })
    .where('id', '=', importId)
    .execute();
}

/** Those that are open, and those that were applied, the latest first. */
export async function listSummaries(
  db: Database,
  workspaceId: string,
  limit: number,
): Promise<ImportSummary[]> {
  return await db
    .selectFrom('imports as i')
    .innerJoin('people as p', (join) => join.on('p.id', '=', sql`coalesce(i.applied_by, i.begun_by)`))
    .innerJoin('workspaces as w', 'w.id', 'i.workspace_id')
    .select([
      'i.id',
      'i.kind',
      'i.source',
      'i.name',
      'i.state',
      sql<ImportSummary['by']>`json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name)`.as('by'),
      sql<Temporal.Instant>`coalesce(i.applied_at, i.begun_at)`.as('at'),
      sql<ImportSummary['counts']>`i.counts`.as('counts'),
      sql<Temporal.Instant | null>`case when i.state = 'applied' and i.undo_until > company_now(w)
        then i.undo_until end`.as('undoUntil'),
    ])
    .where('i.workspace_id', '=', workspaceId)
    .where('i.state', '!=', 'discarded')
    .$narrowType<{ state: ImportSummary['state'] }>()
    .orderBy(sql`i.state = 'open'`, 'desc')
    .orderBy(sql`coalesce(i.applied_at, i.begun_at)`, 'desc')
    .orderBy('i.id', 'desc')
    .limit(limit)
    .execute();
}

/** Discards what was left open before `before`. */
export async function discardOpenSince(
  tx: Tx,
  workspaceId: string,
  before: Temporal.Instant,
): Promise<number[]> {
  const rows = await tx
    .updateTable('imports')
    .set({ state: 'discarded', sheet: null, answers: '{}' })
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'open')
    .where('begun_at', '<=', sql<Temporal.Instant>`${before.toString()}::timestamptz`)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Forgets, row by row, what was written by imports that are not taken back any more. */
export async function dropJournals(tx: Tx, workspaceId: string, now: Temporal.Instant): Promise<void> {
  await tx
    .deleteFrom('import_changes')
    .where('import_id', 'in', (eb) =>
      eb
        .selectFrom('imports')
        .select('id')
        .where('workspace_id', '=', workspaceId)
        .where((where) =>
          where.or([
            where('state', '=', 'undone'),
            where('undo_until', '<=', sql<Temporal.Instant>`${now.toString()}::timestamptz`),
          ]),
        ),
    )
    .execute();
}

/** When the next open import is left for good, or the next journal is over, after `after`. */
export async function findNextEnd(
  db: Database,
  workspaceId: string,
  { after, openDays }: { after: Temporal.Instant; openDays: number },
): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select min(at) as at from (
      select case when state = 'open' then begun_at + make_interval(days => ${openDays}) else undo_until end as at
      from imports where workspace_id = ${workspaceId} and state in ('open', 'applied')
    ) ends where at > ${after.toString()}::timestamptz`.execute(db);
  return rows[0]?.at ?? null;
}
