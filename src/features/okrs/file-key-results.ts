import { z } from 'zod';
import { form, readEntries } from '../../platform/file/entries.ts';
import { date, key, number, oneOf, person, text } from '../../platform/file/fields.ts';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import type { Known } from '../../platform/file/names.ts';

/** What became of an objective or a key result. */
export const becomes = ['active', 'done', 'carried', 'dropped'] as const;

const keyResultForm = (known: Known) =>
  form({
    key: key(),
    title: text(200),
    owner: person(known).optional(),
    backup: person(known).optional(),
    type: oneOf(['number', 'percent', 'currency', 'milestone']).default('number'),
    unit: text(20).optional(),
    direction: oneOf(['up', 'down', 'maintain']).optional(),
    start: z
      .union([z.number(), z.literal('baseline')], {
        error: ({ input }) =>
          `${shown(input)} is not a start; write a number, or baseline where the first value is to be found`,
      })
      .optional(),
    target: number().optional(),
    current: number().optional(),
    commitment: oneOf(['committed', 'aspirational']).default('committed'),
    due: date().optional(),
    state: oneOf(becomes).optional(),
  });
type Form = ReturnType<typeof keyResultForm>;
type Fields = z.output<Form['whole']>;
type Loose = z.output<Form['loose']>;

export type Direction = 'up' | 'down' | 'maintain';
/** How a key result is measured. `start` null: a baseline, the first answer sets it. */
export type Measure = { direction: Direction; start: number | null; target: number };
export type KeyResultEntry = Omit<Fields, 'direction' | 'start' | 'target'> & Measure;

type ReadKeyResult = { path: Path; key: string | undefined; whole: KeyResultEntry | null };

/** Reads the key results of one objective. */
export function readKeyResults(raw: unknown, path: Path, known: Known, findings: Finding[]): ReadKeyResult[] {
  return readEntries(keyResultForm(known), raw, path, findings).map((entry) => {
    const { loose, whole } = entry;
    if (loose.owner !== undefined && loose.owner === loose.backup) {
      const words = `${shown(loose.owner)} is the owner, who cannot stand in for themself; name somebody else`;
      findings.push({ path: [...entry.path, 'backup'], words });
    }
    // A field that could not be read has its own line already, and would only seem to be missing here.
    const measure = measureOf(loose);
    if ('field' in measure) {
      const isTold = findings.some((finding) => isOfMeasure(finding.path, entry.path));
      if (!isTold) findings.push({ path: [...entry.path, measure.field], words: measure.words });
      return { path: entry.path, key: loose.key, whole: null };
    }
    return { path: entry.path, key: loose.key, whole: whole === null ? null : { ...whole, ...measure } };
  });
}

/** Said beside a field of the form too. */
const targetIsStart = 'The target equals the start. To keep a value where it is, choose Maintain.';

type Problem = { field: string; words: string };

/** Completes how the key result is measured from what the file says, or tells what does not fit together. */
function measureOf({ type, direction, ...given }: Loose): Measure | Problem {
  const isMilestone = type === 'milestone';
  const start = given.start ?? (isMilestone ? 0 : undefined);
  const target = given.target ?? (isMilestone ? 1 : undefined);
  if (target === undefined) return { field: 'target', words: 'is missing; add "target: …"' };
  if (start === undefined) {
    const words = 'is missing; add "start: …", or "start: baseline" where the first value is to be found';
    return { field: 'start', words };
  }
  if (start === 'baseline') {
    if (direction !== undefined) return { direction, start: null, target };
    const words = 'is missing, and a baseline does not tell it; add "direction: up", down or maintain';
    return { field: 'direction', words };
  }
  if (direction === 'maintain') return { direction, start, target };
  if (target === start) {
    return { field: 'target', words: targetIsStart };
  }
  const told: Direction = target > start ? 'up' : 'down';
  if (direction === undefined || direction === told) return { direction: told, start, target };
  return {
    field: 'direction',
    words: `is ${direction}, and from ${start} to ${target} is ${told}; mend one of the three`,
  };
}

function isOfMeasure(path: Path, entry: Path): boolean {
  const field = path[entry.length];
  const isWithin = entry.every((part, index) => path[index] === part);
  return isWithin && typeof field === 'string' && ['type', 'direction', 'start', 'target'].includes(field);
}
