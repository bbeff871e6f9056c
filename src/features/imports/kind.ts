import type { Temporal } from 'temporal-polyfill';
import type { Sheet } from '../../platform/core/sheet.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import type { Answers, ImportField, ImportKind, Mapping, PlannedRow, Question } from './core/import.ts';

/** Who imports, and when. */
export type Importer = { workspaceId: string; importId: number; actor: Actor; at: Temporal.Instant };

/** `notes` are of the whole sheet. */
type Planned<Row> = { rows: Row[]; questions: Question[]; notes?: string[] };

/**
 * How rows of one kind are understood and written. `plan` is pure: what it compares with is loaded before. Where it takes
 * long it pauses after each row, so that others have their turn.
 */
export type KindOfImport<Known, Row extends PlannedRow> = {
  kind: ImportKind;
  fields: readonly ImportField[];
  load(db: Database, workspaceId: string, actor: Actor): Promise<Known>;
  plan(given: {
    sheet: Sheet;
    mapping: Mapping;
    answers: Answers;
    known: Known;
    today: Temporal.PlainDate;
  }): Planned<Row> | Generator<void, Planned<Row>>;
  /** Writes the rows that are added or changed, in the caller's transaction. */
  apply(tx: Tx, importer: Importer, rows: readonly Row[], known: Known): Promise<void>;
};
