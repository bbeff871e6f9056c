import { readNumberCell } from '../../../../platform/core/cell-numbers.ts';
import { typedNumber } from '../../../check-ins/core/number.ts';
import type { PresentKeyResult } from '../../../okrs/core/present.ts';
import { type Measure, type MeasureType, readMeasure } from '../../../okrs/editing/core/measure.ts';
import { shownCell } from '../../core/cells.ts';
import type { TypedRow } from './grouping.ts';
import { directionInTitle, readCommitment, readDirection, readDone, readType } from './words.ts';

type Number = { value: number; unit: string | null };
/** What a row says of how far and how sure. `notes` tell what was taken for granted. */
export type Measured = {
  measure: Measure;
  current: number | null;
  commitment: 'committed' | 'aspirational' | null;
  notes: string[];
};
export type ReadMeasured = { ok: true; value: Measured } | { ok: false; problems: string[] };

const labels: Readonly<Record<string, string>> = {
  unit: 'Unit',
  start: 'Start',
  target: 'Target',
  direction: 'Direction',
};
const baseline = /^(?:the )?(?:baseline|to be found|tbf)$/i;

/** People write what a key result is into the column of units. */
const typesInUnits: readonly [MeasureType, RegExp][] = [
  ['milestone', /^(?:milestone|yes ?\/ ?no|binary|done)$/i],
  ['number', /^(?:numbers?|count|#)$/i],
];

/**
 * Reads how a key result is measured, by the rules of its form. What the row leaves open stays as `present` has it; of a new
 * one the unit and the direction are told by what there is, and without any number it is a milestone.
 */
export function measured(row: TypedRow, title: string, present: PresentKeyResult | null): ReadMeasured {
  const problems: string[] = [];
  const notes: string[] = [];
  const said = <T>(read: { ok: true; value: T | null } | { ok: false; words: string }): T | null => {
    if (read.ok) return read.value;
    problems.push(read.words);
    return null;
  };
  const number = (field: string, what: string): Number | null => {
    const cell = row.cell(field);
    if (cell === '' || (field === 'start' && baseline.test(cell))) return null;
    const read = readNumberCell(cell);
    if (read !== undefined) return read;
    const done = readDone(cell);
    // A milestone begins undone, whether a sheet says so or not.
    if (done === 0 && field === 'start') return null;
    if (done !== null && field !== 'start') return { value: done, unit: null };
    problems.push(notNumber(what, cell));
    return null;
  };
  const typeInUnit = typesInUnits.find(([, pattern]) => pattern.test(row.cell('unit')))?.[0] ?? null;
  const typedType = said(readType(row.cell('type'))) ?? typeInUnit;
  const commitment = said(readCommitment(row.cell('commitment')));
  const typedDirection = said(readDirection(row.cell('direction')));
  const start = number('start', 'Start');
  const target = number('target', 'Target');
  const current = number('current', 'Current value');
  if (problems.length > 0) return { ok: false, problems };

  const isDone = readNumberCell(row.cell('target')) === undefined && target !== null;
  const unitCell =
    (typeInUnit === null ? row.cell('unit') : '') || (target?.unit ?? start?.unit ?? current?.unit ?? '');
  const hasNumbers = start !== null || (target !== null && !isDone) || isNumberToCome(row.cell('start'));
  const { type, unit } = typeAndUnit(typedType, unitCell, hasNumbers, present);
  if (type !== 'milestone' && current !== null && readNumberCell(row.cell('current')) === undefined)
    return { ok: false, problems: [notNumber('Current value', row.cell('current'))] };
  if (typedType === null && present === null && type === 'milestone')
    notes.push('A milestone, as it has no target.');
  const isOpen = start === null && (present === null || present.start === null);
  let direction = typedDirection;
  if (direction === null && present !== null && (isOpen || present.direction === 'maintain'))
    direction = present.direction;
  if (direction === null && isOpen && type !== 'milestone') {
    direction = wayTo(current, target) ?? directionInTitle(title);
    notes.push(`It has no start: the first check-in finds it. Taken to go ${direction}.`);
  }
  const text = (read: Number | null, known: number | null | undefined): string | null =>
    read !== null ? typedNumber(read.value) : known == null ? null : typedNumber(known);
  const typed = {
    ...{ type, unit, direction },
    start: text(start, present?.start),
    target: text(isDone && type !== 'milestone' ? null : target, present?.target),
  };
  const read = readMeasure(typed, '.', present);
  if (!read.ok) {
    const words = Object.entries(read.errors).map(([field, it]) => `${labels[field] ?? field}: ${it}`);
    return { ok: false, problems: words };
  }
  return { ok: true, value: { measure: read.value, current: current?.value ?? null, commitment, notes } };
}

/** Whether a start that is no number stands for one that is to be found. */
function isNumberToCome(start: string): boolean {
  return start !== '' && readDone(start) === null;
}

function notNumber(what: string, cell: string): string {
  return `${what}: ${shownCell(cell)} is not a number. Write it like 12.5.`;
}

const isCurrency = (unit: string) => /^(?:\p{Sc}|US\$|EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CZK)$/iu.test(unit);

/** The type says what a percent sign would say again, so that does not stand there twice. */
function typeAndUnit(
  typed: MeasureType | null,
  unit: string,
  hasNumbers: boolean,
  present: PresentKeyResult | null,
): { type: MeasureType; unit: string | null } {
  const isPercent = unit === '%' || /^per ?cent(?:age)?$/i.test(unit);
  if (present !== null) {
    const type = typed ?? present.type;
    const isSaid = unit === '' || (isPercent && (type === 'percent' || present.unit === '%'));
    return { type, unit: isSaid ? present.unit : unit };
  }
  const told = isPercent ? 'percent' : isCurrency(unit) ? 'currency' : hasNumbers ? 'number' : 'milestone';
  const type = typed ?? told;
  return { type, unit: unit === '' || (isPercent && type === 'percent') ? null : unit };
}

function wayTo(current: { value: number } | null, target: { value: number } | null): 'up' | 'down' | null {
  if (current === null || target === null || current.value === target.value) return null;
  return target.value > current.value ? 'up' : 'down';
}
