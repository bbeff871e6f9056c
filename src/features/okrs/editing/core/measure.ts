import { type DecimalMark, readAs, readNumber, typedNumber } from '../../../check-ins/core/number.ts';
import { longest, right, type Typed, wrong } from './typed.ts';

export const measureTypes = ['number', 'percent', 'currency', 'milestone'] as const;
export const directions = ['up', 'down', 'maintain'] as const;
export const commitments = ['committed', 'aspirational'] as const;
export type MeasureType = (typeof measureTypes)[number];
export type Direction = (typeof directions)[number];

/** How a key result is measured; `start` null: a baseline that the first answer finds. */
export type Measure = {
  type: MeasureType;
  unit: string | null;
  direction: Direction;
  start: number | null;
  target: number;
};

/** The same as it was typed and picked; null: left open. */
export type TypedMeasure = Record<'type' | 'unit' | 'direction' | 'start' | 'target', string | null>;

/** What of an edited one decides how its form is read. */
export type Present = Pick<Measure, 'direction' | 'start' | 'target'>;

/** More digits than these are no longer told apart, and nobody reads them. */
const largest = 1e15;
const unreadable = 'I could not read a number in this. Write it like 12.5.';
const openStart = /^(?:the )?baseline(?: to be found)?$/i;

/**
 * Reads how a key result is measured, or words for each field that is wrong. `mark` parts whole and fraction where the
 * person lives. `present` is what an edited one has: a number that still stands in its field as it was put there is that
 * number, wherever its reader lives, and what a baseline turned out to be may be its target. `readings` say how numbers were read that could be read otherwise.
 */
export function readMeasure(
  typed: TypedMeasure,
  mark: DecimalMark,
  present: Present | null,
): { ok: true; value: Measure; readings: string[] } | { ok: false; errors: Record<string, string> } {
  const type = measureTypes.find((it) => it === typed.type) ?? 'number';
  const picked = directions.find((it) => it === typed.direction) ?? null;
  const isMilestone = type === 'milestone';
  const errors: Record<string, string> = {};
  const readings: string[] = [];
  const number = (field: 'start' | 'target', text: string): number => {
    const known = present?.[field] ?? null;
    if (known !== null && typedNumber(known) === text) return known;
    const read = limited(readNumber(text, mark));
    if (!read.ok) {
      errors[field] = read.words;
      return 0;
    }
    const said = readAs(text, read.value);
    if (said !== null) readings.push(`${text} as ${said}`);
    return read.value;
  };

  const unit = typed.unit?.replace(/\s+/g, ' ').trim() ?? '';
  if (Array.from(unit).length > longest.unit) errors['unit'] = `${longest.unit} characters are the most.`;
  const startText = typed.start?.trim() ?? '';
  const isOpen = startText === '' || openStart.test(startText);
  const start = isOpen ? (isMilestone ? 0 : null) : number('start', startText);
  const targetText = typed.target?.trim() ?? '';
  if (targetText === '' && !isMilestone) errors['target'] = 'Say what is to be reached, such as 12.5.';
  const target = targetText === '' ? 1 : number('target', targetText);
  if (Object.keys(errors).length > 0) return { ok: false, errors };

  const isSame =
    start === present?.start &&
    target === present.target &&
    (picked ?? present.direction) === present.direction;
  const direction = isSame ? right(present.direction) : directionOf(picked, start, target);
  if (!direction.ok) return { ok: false, errors: { [direction.field ?? 'direction']: direction.words } };
  return {
    ok: true,
    value: { type, unit: unit || null, direction: direction.value, start, target },
    readings,
  };
}

function limited(value: number | null): Typed<number> {
  if (value === null) return wrong(unreadable);
  return Math.abs(value) > largest
    ? wrong('That is a very large number. Use a larger unit, such as millions.')
    : // No minus zero.
      right(value + 0);
}

/** Start and target tell the direction; a baseline does not. */
function directionOf(picked: Direction | null, start: number | null, target: number): Typed<Direction> {
  if (picked === 'maintain') return right(picked);
  if (start === target)
    return wrong('The target equals the start. To keep a value where it is, choose Maintain.', 'target');
  if (start === null)
    return picked === null
      ? wrong('Pick a direction: as long as the start is to be found, nothing else tells it.')
      : right(picked);
  const told = target > start ? 'up' : 'down';
  if (picked === null || picked === told) return right(told);
  const way = `${typedNumber(start)} to ${typedNumber(target)}`;
  return wrong(`From ${way} is ${told}. Pick ${told === 'up' ? 'Up' : 'Down'}, or leave it open.`);
}
