import { setImmediate } from 'node:timers/promises';
import type { Temporal } from 'temporal-polyfill';
import type { Sheet } from '../../platform/core/sheet.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import type { Answers, ImportField, ImportKind, Mapping, PlannedRow, Question } from './core/import.ts';
import type { Importer, KindOfImport } from './kind.ts';

/** What a sheet comes to as things stand, and how it is written in the transaction that reckoned it. */
export type Reckoned = {
  rows: readonly PlannedRow[];
  questions: readonly Question[];
  notes: readonly string[];
  apply(tx: Tx, importer: Importer): Promise<void>;
};

/** A kind of import whose own types are its own business. */
export type Importable = {
  kind: ImportKind;
  fields: readonly ImportField[];
  reckon(
    db: Database,
    workspaceId: string,
    actor: Actor,
    given: { sheet: Sheet; mapping: Mapping; answers: Answers; today: Temporal.PlainDate },
  ): Promise<Reckoned>;
};

/** What can be imported; the wiring says which. */
export type Kinds = Readonly<Partial<Record<ImportKind, Importable>>>;

/** A kind as the frame of imports takes it. */
export function importable<Known, Row extends PlannedRow>(kind: KindOfImport<Known, Row>): Importable {
  return {
    kind: kind.kind,
    fields: kind.fields,
    async reckon(db, workspaceId, actor, given) {
      const known = await kind.load(db, workspaceId, actor);
      const planned = kind.plan({ ...given, known });
      const { rows, questions, notes = [] } = 'next' in planned ? await inTurns(planned) : planned;
      return {
        rows,
        questions,
        notes,
        apply: async (tx, importer) => kind.apply(tx, importer, rows, known),
      };
    },
  };
}

/** So long nobody else has their turn. */
const turnMs = 25;

/** Does work that pauses, and lets others have their turn in between. */
async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (let begun = performance.now(); ; ) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (performance.now() - begun < turnMs) continue;
    await setImmediate();
    begun = performance.now();
  }
}
