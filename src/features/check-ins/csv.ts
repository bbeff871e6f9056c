import { occurrenceKey, pastOccurrences, presentCadences } from '../../cadence/import-occurrences.ts';
import type { Database } from '../../platform/db/database.ts';
import { got, type Importing, recordImport, type Tally } from '../../platform/db/importing.ts';
import type { Cells, CsvTable } from '../../platform/file/csv.ts';
import { unknownKey } from '../../platform/file/entries.ts';
import { type Finding, shown } from '../../platform/file/finding.ts';
import { Names } from '../../platform/file/names.ts';
import { inOrder, type Naming } from '../../platform/file/writing.ts';
import { keepPastAnswers } from '../okrs/answer-operations.ts';
import { type Column, checkInColumns, readRow } from './csv-row.ts';
import { type KeptAnswer, listKept, saveKept } from './csv-store.ts';

const needed: readonly Column[] = [
  'key_result',
  'cadence',
  'occurrence',
  'at',
  'person',
  'value',
  'confidence',
];

/** Every answer, a row each, as an export has them. */
export async function checkInRows(db: Database, workspaceId: string, naming: Naming): Promise<Cells[]> {
  const rows = (await listKept(db, workspaceId)).map((row) => ({
    key_result: row.keyResult,
    cadence: row.cadence,
    occurrence: row.occurrence,
    at: row.at.toString(),
    person: naming.person(row.personId),
    value: row.value,
    confidence: row.confidence,
    health: row.health,
    words: row.words,
    late: row.isLate ? 'yes' : null,
  }));
  return inOrder(rows, ({ key_result, at, occurrence }) => `${key_result} ${at} ${occurrence ?? ''}`);
}

type ReadAnswer = Omit<KeptAnswer, 'occurrenceId'> & {
  keyResult: string;
  past: { cadence: string; name: string } | null;
};
type Refer = { people: ReadonlyMap<string, number>; keyResults: ReadonlyMap<string, number> };

/** Reads a table of check-ins. The path of a finding begins with the number of the row, from 0. */
export async function readCheckInTable(
  importing: Importing,
  table: CsvTable,
  refer: Refer,
  findings: Finding[],
): Promise<ReadAnswer[]> {
  for (const column of table.columns) {
    if (!(checkInColumns as readonly string[]).includes(column))
      findings.push({ path: [], words: `column ${shown(column)} ${unknownKey(column, checkInColumns)}` });
  }
  for (const column of needed) {
    if (!table.columns.includes(column))
      findings.push({ path: [], words: `column ${shown(column)} is missing; add it to the first line` });
  }
  if (findings.length > 0) return [];
  const names = {
    keyResults: new Names(refer.keyResults.keys()),
    people: new Names(refer.people.keys()),
    cadences: new Names(await presentCadences(importing)),
  };
  const seen = new Set<string>();
  return table.rows.flatMap((row, index) => {
    const find = (column: Column, words: string): void =>
      void findings.push({ path: [index, column], words });
    const read = readRow(row, names, find);
    const once = JSON.stringify(
      ['key_result', 'cadence', 'occurrence'].map((column) => row.cells.get(column)),
    );
    if (seen.has(once)) find('key_result', 'has an answer for this occurrence already; keep one of the two');
    seen.add(once);
    if (read === null) return [];
    const { person, ...answer } = read;
    return [
      {
        ...answer,
        keyResultId: got(refer.keyResults, answer.keyResult),
        personId: got(refer.people, person),
      },
    ];
  });
}

/**
 * Keeps the answers of a table as history: what is there is not written anew. Where one is newer than all that a key result
 * had, its value, confidence and health are the key result's from now on. `lines` tell what was added.
 */
export async function importCheckIns(
  importing: Importing,
  answers: readonly ReadAnswer[],
): Promise<{ tally: Tally; lines: string[] }> {
  const { tx, workspaceId } = importing;
  const past = answers.flatMap(({ past, at }) => (past === null ? [] : [{ ...past, at }]));
  const occurrences = await pastOccurrences(importing, past);
  const wanted = answers.map(({ past, ...answer }) => ({
    ...answer,
    occurrenceId: past === null ? null : got(occurrences, occurrenceKey(past)),
  }));
  const kept = await saveKept(tx, workspaceId, wanted);
  const isKept = new Set(kept.map((it) => `${it.keyResultId} ${it.occurrenceId}`));
  const added = wanted.filter((it) => isKept.has(`${it.keyResultId} ${it.occurrenceId}`));
  await keepPastAnswers(
    tx,
    added.map(({ keyResultId, at, value, confidence, health, words }) => ({
      keyResultId,
      at,
      value,
      confidence,
      health,
      healthWords: health === null ? null : words,
    })),
  );
  await recordImport(
    importing,
    added.map(({ keyResultId, at, value, confidence, words }) => ({
      type: 'check-in.imported',
      subject: { kind: 'key-result', id: keyResultId },
      after: { at: at.toString(), value, confidence, words },
    })),
  );
  const tally = { added: added.length, changed: 0, unchanged: wanted.length - added.length };
  return { tally, lines: added.map(lineOf) };
}

/** As a dry run tells it. */
function lineOf({
  keyResult,
  at,
  value,
  confidence,
}: Pick<ReadAnswer, 'keyResult' | 'at' | 'value' | 'confidence'>): string {
  return `+ check-in of ${keyResult} at ${at}: ${value}, confidence ${confidence}`;
}
