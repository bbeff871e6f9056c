import { Temporal } from 'temporal-polyfill';
import { type CsvRow, cellNumber } from '../../platform/file/csv.ts';
import { shown } from '../../platform/file/finding.ts';
import type { Names } from '../../platform/file/names.ts';
import type { SaidHealth } from '../okrs/core/health.ts';

/** The columns of a table of check-ins. `cadence` and `occurrence` are empty where an answer was given early. */
export const checkInColumns = [
  'key_result',
  'cadence',
  'occurrence',
  'at',
  'person',
  'value',
  'confidence',
  'health',
  'words',
  'late',
] as const;
export type Column = (typeof checkInColumns)[number];
const healths: readonly SaidHealth[] = ['on-track', 'at-risk', 'off-track'];

/** Reads a row, and finds all that is wrong with it; null where something is. */
export function readRow(
  { cells }: CsvRow,
  names: { keyResults: Names; people: Names; cadences: Names },
  find: (column: Column, words: string) => void,
) {
  let isSound = true;
  const wrong = (column: Column, words: string): null => {
    find(column, words);
    isSound = false;
    return null;
  };
  const cell = (column: Column): string => cells.get(column)?.trim() ?? '';
  const keyResult = cell('key_result');
  if (!names.keyResults.has(keyResult))
    wrong(
      'key_result',
      `there is no key result ${shown(keyResult)}; ${names.keyResults.mend(keyResult, 'import key results first')}`,
    );
  const person = cell('person');
  if (!names.people.has(person))
    wrong(
      'person',
      `nobody is called ${shown(person)}; ${names.people.mend(person, 'add them under people of a cairn.yaml')}`,
    );
  const cadence = cell('cadence');
  const name = cell('occurrence');
  if ((cadence === '') !== (name === ''))
    wrong(
      cadence === '' ? 'cadence' : 'occurrence',
      'is missing; write both, or neither for an answer given early',
    );
  else if (cadence !== '' && !names.cadences.has(cadence))
    wrong(
      'cadence',
      `there is no cadence ${shown(cadence)}; ${names.cadences.mend(cadence, 'add it under cadences of a cairn.yaml')}`,
    );
  const at =
    instantOf(cell('at')) ??
    wrong('at', `${shown(cell('at'))} is no moment; write it as 2026-10-05T07:00:00Z`);
  const value =
    cellNumber(cell('value')) ?? wrong('value', 'I could not read a number in this. Write it like 12.5.');
  const confidence =
    wholeConfidence(cell('confidence')) ?? wrong('confidence', 'Confidence is a whole number from 0 to 10.');
  const health = healths.find((it) => it === cell('health')) ?? null;
  const words = cells.get('words') ?? null;
  if (cell('health') !== '' && health === null)
    wrong(
      'health',
      `${shown(cell('health'))} is not known here; use one of ${healths.join(', ')}, or leave it empty`,
    );
  if (health !== null && words === null) wrong('words', 'is missing; health that is said needs words');
  const late = cell('late').toLowerCase();
  if (!['', 'no', 'yes'].includes(late)) wrong('late', `${shown(late)} is neither yes nor no`);
  if (!isSound || at === null || value === null || confidence === null) return null;
  const past = cadence === '' ? null : { cadence, name };
  return { keyResult, person, past, at, value, confidence, health, words, isLate: late === 'yes' };
}

function instantOf(cell: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(cell);
  } catch {
    return undefined;
  }
}

function wholeConfidence(cell: string): number | undefined {
  const number = cellNumber(cell);
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= 10 ? number : undefined;
}
