import { Temporal } from 'temporal-polyfill';
import { markAllHomes } from '../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvents } from '../../platform/db/events.ts';
import { portions } from '../../platform/db/importing.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { lockRegister } from '../ownership/bringing-in.ts';
import type { Actor } from '../people/core/person.ts';
import { refusalFor } from '../setup/operations.ts';
import type { ImportKind } from './core/import.ts';
import {
  bringBackRows,
  deleteRows,
  dropWords,
  gatherChanges,
  keepHandedOver,
  keepReferred,
  keepTouched,
  listReferences,
  lockWritten,
  readFates,
  refreshFigures,
  restoreRows,
} from './journal-store.ts';
import { allowThought, lockImport, lockImports, saveUndone } from './store.ts';

/** Something that is as it was before an import: a rock, an objective, a roadmap item, a team, a cycle. */
export type Undone = { kind: string; id: number };

/**
 * Told in the transaction of an undo, when all is as it was: whoever has messages about it lets them say so. `subjects`
 * that the import had added are gone, with the rows that go with theirs (`on delete cascade`).
 */
export type ImportUndone = (
  tx: Tx,
  undone: {
    workspaceId: string;
    importId: number;
    at: Temporal.Instant;
    doer: Doer;
    subjects: readonly Undone[];
  },
) => Promise<void>;

const subjectOf: Record<ImportKind, string> = {
  rocks: 'rock',
  okrs: 'objective',
  roadmap: 'roadmap-item',
};

/**
 * Takes an import back: what it wrote is as it was before, row by row. A rock, objective or item that somebody has touched
 * since, or that something newer points at, stays whole, with all that it needs; `names` are those, the first few.
 */
export async function undoImport(
  { db, undoing = [] }: { db: Database; undoing?: readonly ImportUndone[] },
  workspaceId: string,
  actor: Actor,
  importId: number,
): Promise<Result<{ taken: number; kept: number; names: string[] }>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(db, async (tx) => {
    await lockImports(tx, workspaceId);
    await allowThought(tx);
    const row = await lockImport(tx, workspaceId, importId);
    if (row === undefined || row.state === 'open' || row.state === 'discarded') return notApplied;
    if (row.state === 'undone') return alreadyUndone;
    const at = await companyNow(tx, workspaceId);
    if (row.undoUntil === null || Temporal.Instant.compare(at, row.undoUntil) >= 0) return tooLate;
    await lockRegister(tx, workspaceId);

    const tables = await gatherChanges(tx, importId);
    const fates = await decideFates(tx, tables);
    const doer: Doer = { kind: 'person', personId: actor.id };
    const subjects = fates.filter(({ isKept }) => !isKept).map(({ kind, id }) => ({ kind, id }));
    for (const table of tables) await restoreRows(tx, table);
    for (const table of tables.toReversed()) if (table.table !== 'rock_words') await deleteRows(tx, table);
    for (const table of tables) await bringBackRows(tx, table);
    await dropWords(tx, workspaceId);
    await saveUndone(tx, importId, { by: actor.id, at });

    const own = fates.filter(({ kind }) => kind === subjectOf[row.kind]);
    const kept = own.filter(({ isKept }) => isKept);
    const outcome = { taken: own.length - kept.length, kept: kept.length };
    const common = { workspaceId, at, doer };
    for (const portion of portions(subjects))
      await recordEvents(
        tx,
        portion.map((subject) => ({
          ...common,
          type: `${subject.kind}.import-undone`,
          subject,
          after: { import: importId },
        })),
      );
    await recordEvents(tx, [
      { ...common, type: 'import.undone', subject: { kind: 'import', id: importId }, after: outcome },
    ]);
    for (const tell of undoing) await tell(tx, { workspaceId, importId, at, doer, subjects });
    await markAllHomes(tx, workspaceId);
    return accepted({ ...outcome, names: kept.slice(0, mostNamed).flatMap(({ name }) => name ?? []) });
  });
}

const mostNamed = 10;

async function decideFates(tx: Tx, tables: Awaited<ReturnType<typeof gatherChanges>>) {
  const compared = tables.filter(({ table }) => table !== 'rock_words');
  await refreshFigures(tx, tables);
  for (const table of compared) await lockWritten(tx, table);
  for (const table of compared) await keepTouched(tx, table);
  await keepHandedOver(tx);
  const references = await listReferences(tx, compared);
  for (let more = 1; more > 0; ) {
    more = 0;
    for (const reference of references) more += await keepReferred(tx, reference);
  }
  return await readFates(tx);
}

const notApplied = refused(
  'not-applied',
  'That import was never brought in, so there is nothing to take back.',
);
const alreadyUndone = refused('already-undone', 'That import is taken back already.');
const tooLate = refused(
  'too-late',
  'An import can be taken back for seven days; this one is older. What it brought in can be changed one by one.',
);
