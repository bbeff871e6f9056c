import { stampOf } from '../../platform/core/stamp.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import type { Outcome, PlannedRow, Preview } from './core/import.ts';
import type { Importable, Reckoned } from './kinds.ts';
import type { ImportRow } from './store.ts';

/** What an import would do as things stand now, and how it is written. */
export async function reckon(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { row, kind }: { row: ImportRow; kind: Importable },
): Promise<{ preview: Preview; reckoned: Reckoned }> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const sheet = row.sheet ?? { name: row.name, columns: [], rows: [], notes: [] };
  const { mapping, answers } = row;
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const reckoned = await kind.reckon(db, workspaceId, actor, { sheet, mapping, answers, today });
  const { rows, questions } = reckoned;
  const preview: Preview = {
    importId: row.id,
    kind: row.kind,
    source: row.source,
    name: row.name,
    columns: sheet.columns,
    fields: kind.fields,
    mapping,
    questions,
    answers,
    sample: sheet.rows.slice(0, 3),
    rows: rows.map(({ line, outcome, name, words }) => ({ line, outcome, name, words })),
    counts: countsOf(rows),
    notes: [...sheet.notes, ...reckoned.notes],
    // Of the whole rows: what would be written may differ where the words for it do not.
    stamp: stampOf([row.id, inOrder(mapping), inOrder(answers), questions, rows]),
  };
  return { preview, reckoned };
}

/** The database gives keys back in an order of its own. */
function inOrder(given: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(given).sort(([one], [other]) => (one < other ? -1 : 1));
}

function countsOf(rows: readonly PlannedRow[]): Record<Outcome, number> {
  const counts = { added: 0, changed: 0, unchanged: 0, refused: 0, 'left-out': 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}
