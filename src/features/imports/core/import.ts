import type { Temporal } from 'temporal-polyfill';

import type { SheetRow } from '../../../platform/core/sheet.ts';

/** What can be brought in from a sheet. */
export type ImportKind = 'rocks' | 'okrs' | 'roadmap';
/** Where the rows came from; channels and the starter list are made into a sheet here. */
export type ImportSource = 'file' | 'pasted' | 'channels' | 'starter';

/** What a column of a sheet can hold. */
export type ImportField = {
  key: string;
  /** As people read it beside the menu of columns. */
  name: string;
  isNeeded: boolean;
  /** It tells rows apart: a column in which the same words come again and again holds something else. */
  isDistinct?: boolean;
  /** Headings by which it is known, in plain letters. */
  headings: readonly string[];
};

/** Of each field that is read, the column that holds it, counted from 0. */
export type Mapping = Readonly<Record<string, number>>;

/** Something of a sheet that only a person can say: who "Ben" is, whether two rocks are one. */
export type Question = {
  /** The same for the same doubt, however often it is reckoned: `person:ben`, `same:14`. */
  key: string;
  words: string;
  choices: readonly { value: string; name: string }[];
  /** What is most likely; null: nothing is. */
  suggested: string | null;
};

/** What was said to questions, by their keys. */
export type Answers = Readonly<Record<string, string>>;

export type Outcome = 'added' | 'changed' | 'unchanged' | 'refused' | 'left-out';

/** What becomes of one row. `words` says why, or what changes; '' where there is nothing to say. */
export type PlannedRow = { line: number; outcome: Outcome; name: string; words: string };

/** What an import would do, as things stand now. */
export type Preview = {
  importId: number;
  kind: ImportKind;
  source: ImportSource;
  name: string | null;
  columns: readonly string[];
  fields: readonly ImportField[];
  mapping: Mapping;
  questions: readonly Question[];
  answers: Answers;
  /** The first rows as they stand in the sheet, to show what a column holds. */
  sample: readonly SheetRow[];
  rows: readonly PlannedRow[];
  counts: Readonly<Record<Outcome, number>>;
  notes: readonly string[];
  /** Of all that it was reckoned from: whoever applies one that has changed since sees the new one first. */
  stamp: string;
};

/** An import as a list shows it. */
export type ImportSummary = {
  id: number;
  kind: ImportKind;
  source: ImportSource;
  name: string | null;
  state: 'open' | 'applied' | 'undone';
  /** Who began it; of what is applied, who applied it. */
  by: { id: number; slackId: string | null; name: string };
  /** When it was begun; of what is applied, when it was applied. */
  at: Temporal.Instant;
  /** Rows by what became of them; null while it is open. */
  counts: Readonly<Record<Outcome, number>> | null;
  /** Until when it can be taken back; null: it cannot. */
  undoUntil: Temporal.Instant | null;
};
