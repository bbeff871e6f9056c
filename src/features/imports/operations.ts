import { markAllHomes } from '../../delivery/homes.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Sheet } from '../../platform/core/sheet.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { lockRegister, Overtaken } from '../ownership/bringing-in.ts';
import type { Actor } from '../people/core/person.ts';
import { whoAndWhere } from '../people/operations.ts';
import { refusalFor } from '../setup/operations.ts';
import type { Answers, ImportKind, ImportSource, ImportSummary, Mapping, Preview } from './core/import.ts';
import { guessMapping } from './core/mapping.ts';
import type { Importable, Kinds } from './kinds.ts';
import { reckon } from './reckoning.ts';
import {
  allowThought,
  findImport,
  type ImportRow,
  insertImport,
  keepJournal,
  listSummaries,
  lockImport,
  lockImports,
  saveAnswers,
  saveApplied,
  saveDiscarded,
  saveMapping,
} from './store.ts';

export { undoImport } from './undo-operations.ts';

export type ImportDeps = { db: Database; kinds: Kinds };

/** So long an import can be taken back. */
export const undoDays = 7;

/** Takes a sheet up: guesses its columns, and writes nothing of it. Refuses one without rows. */
export async function beginImport(
  { db, kinds }: ImportDeps,
  workspaceId: string,
  actor: Actor,
  given: { kind: ImportKind; source: ImportSource; name: string | null; sheet: Sheet },
): Promise<Result<{ importId: number }>> {
  const kind = kinds[given.kind];
  const problem = refusalFor(actor) ?? (kind === undefined ? unknownKind : null);
  if (problem !== null || kind === undefined) return problem ?? unknownKind;
  if (given.sheet.rows.length === 0) return noRows;
  const { people } = await whoAndWhere(db, workspaceId);
  const mapping = guessMapping(given.sheet.columns, given.sheet.rows, kind.fields, people);
  return await inTransaction(db, async (tx) => {
    const at = await companyNow(tx, workspaceId);
    const importId = await insertImport(tx, workspaceId, { ...given, mapping, begunBy: actor.id, at });
    await recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'import.begun',
      subject: { kind: 'import', id: importId },
      after: { kind: given.kind, source: given.source, name: given.name, rows: given.sheet.rows.length },
    });
    return accepted({ importId });
  });
}

/** What an import would do as things stand now. */
export async function previewImport(
  deps: ImportDeps,
  workspaceId: string,
  actor: Actor,
  importId: number,
): Promise<Result<Preview>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const open = openOne(deps, await findImport(deps.db, workspaceId, importId));
  if (!open.ok) return open;
  const { preview } = await reckon(deps.db, workspaceId, actor, open.value);
  return accepted(preview);
}

/**
 * Says which column holds which field. Refuses columns that the sheet has not, a column for two fields, and a sheet
 * in which nothing holds what is needed.
 */
export async function mapImport(
  deps: ImportDeps,
  workspaceId: string,
  actor: Actor,
  importId: number,
  mapping: Mapping,
): Promise<Result<Preview>> {
  return await changeOpen(deps, workspaceId, actor, importId, async (tx, { row, kind }) => {
    const refusal = mappingRefusal(mapping, kind, row.sheet?.columns ?? []);
    if (refusal !== null) return refusal;
    const known = Object.fromEntries(
      kind.fields.flatMap(({ key }) => (mapping[key] === undefined ? [] : [[key, mapping[key]]])),
    );
    await saveMapping(tx, importId, known);
    return accepted({ ...row, mapping: known });
  });
}

/** Answers questions; what was answered before and is not among these stays so. */
export async function answerImport(
  deps: ImportDeps,
  workspaceId: string,
  actor: Actor,
  importId: number,
  answers: Answers,
): Promise<Result<Preview>> {
  return await changeOpen(deps, workspaceId, actor, importId, async (tx, { row }) => {
    const all = { ...row.answers, ...answers };
    await saveAnswers(tx, importId, all);
    return accepted({ ...row, answers: all });
  });
}

/** Lets an open import be; nothing of it was written. */
export async function discardImport(
  deps: ImportDeps,
  workspaceId: string,
  actor: Actor,
  importId: number,
): Promise<Result<null>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(deps.db, async (tx) => {
    const open = openOne(deps, await lockImport(tx, workspaceId, importId));
    if (!open.ok) return open;
    await saveDiscarded(tx, importId);
    await recordEvent(tx, {
      workspaceId,
      at: await companyNow(tx, workspaceId),
      doer: { kind: 'person', personId: actor.id },
      type: 'import.discarded',
      subject: { kind: 'import', id: importId },
    });
    return accepted(null);
  });
}

/**
 * Writes what the preview of `stamp` shows, in one transaction. Where it would do something else by now, it does nothing
 * and gives the new preview to be shown. A second press finds it applied. It may take longer than Slack waits.
 */
export async function applyImport(
  deps: ImportDeps,
  workspaceId: string,
  actor: Actor,
  importId: number,
  stamp: string,
): Promise<Result<{ preview: Preview }> | (Refusal & { preview: Preview })> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await unlessOvertaken(deps.db, async (tx) => {
    await lockImports(tx, workspaceId);
    await allowThought(tx);
    await lockRegister(tx, workspaceId);
    const open = openOne(deps, await lockImport(tx, workspaceId, importId));
    if (!open.ok) return open;
    const { preview, reckoned } = await reckon(tx, workspaceId, actor, open.value);
    if (preview.stamp !== stamp) return { ...changedMeanwhile, preview };
    if (preview.counts.added + preview.counts.changed === 0) return { ...nothingToDo, preview };

    const at = await companyNow(tx, workspaceId);
    await keepJournal(tx, importId);
    await reckoned.apply(tx, { workspaceId, importId, actor, at });
    await keepJournal(tx, null);
    const undoUntil = at.add({ hours: 24 * undoDays });
    await saveApplied(tx, importId, { by: actor.id, at, undoUntil, counts: preview.counts });
    await recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'import.applied',
      subject: { kind: 'import', id: importId },
      after: { kind: preview.kind, source: preview.source, name: preview.name, counts: preview.counts },
    });
    await markAllHomes(tx, workspaceId);
    return accepted({ preview });
  });
}

/** Imports that are open or were applied, the latest first, the open ones before. */
export async function listImports(db: Database, workspaceId: string): Promise<ImportSummary[]> {
  return await listSummaries(db, workspaceId, mostListed);
}

const mostListed = 20;

const tries = 3;

/** Where somebody was quicker than the look at the register, another look sees it. */
async function unlessOvertaken<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(db, work);
    } catch (error) {
      if (attempt >= tries || !(error instanceof Overtaken)) throw error;
    }
  }
}

type Open = { row: ImportRow; kind: Importable };

async function changeOpen(
  deps: ImportDeps,
  workspaceId: string,
  actor: Actor,
  importId: number,
  change: (tx: Tx, open: Open) => Promise<Result<ImportRow>>,
): Promise<Result<Preview>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(deps.db, async (tx) => {
    const open = openOne(deps, await lockImport(tx, workspaceId, importId));
    if (!open.ok) return open;
    const changed = await change(tx, open.value);
    if (!changed.ok) return changed;
    const { preview } = await reckon(tx, workspaceId, actor, { ...open.value, row: changed.value });
    return accepted(preview);
  });
}

function openOne({ kinds }: ImportDeps, row: ImportRow | undefined): Result<Open> {
  if (row === undefined) return gone;
  if (row.state === 'applied' || row.state === 'undone') return alreadyApplied;
  const kind = kinds[row.kind];
  return row.state === 'discarded' || kind === undefined ? gone : accepted({ row, kind });
}

function mappingRefusal(mapping: Mapping, kind: Importable, columns: readonly string[]): Refusal | null {
  const used = new Map<number, string>();
  for (const { key, name, isNeeded } of kind.fields) {
    const column = mapping[key];
    if (column === undefined) {
      if (isNeeded)
        return { ...refused('needed', `Pick the column that holds the ${name.toLowerCase()}.`), field: key };
      continue;
    }
    if (!Number.isInteger(column) || columns[column] === undefined)
      return { ...refused('no-column', 'The sheet has no such column.'), field: key };
    const other = used.get(column);
    if (other !== undefined) {
      const words = `That column is the ${other.toLowerCase()} already. A column holds one thing.`;
      return { ...refused('column-twice', words), field: key };
    }
    used.set(column, name);
  }
  return null;
}

const gone = refused('unknown-import', 'That import is not there any more. Begin again with the sheet.');
const alreadyApplied = refused('already-applied', 'That import is in already. Nothing was written twice.');
const changedMeanwhile = refused(
  'changed-meanwhile',
  'The register has changed since you looked at this. Here it is again.',
);
const nothingToDo = refused('nothing-to-do', 'There is nothing in it to add or to change.');
const noRows = refused('no-rows', 'There is no row in it below the headings.');
const unknownKind = refused('unknown-kind', 'That cannot be brought in from a sheet.');
