import { Temporal } from 'temporal-polyfill';
import type { Answers, Mapping } from '../../../../src/features/imports/core/import.ts';
import { guessMapping } from '../../../../src/features/imports/core/mapping.ts';
import type { DirectoryPerson } from '../../../../src/features/imports/core/resolving.ts';
import { okrFields } from '../../../../src/features/imports/okrs/core/fields.ts';
import type { OkrsKnown } from '../../../../src/features/imports/okrs/core/known.ts';
import { planOkrs } from '../../../../src/features/imports/okrs/core/plan.ts';
import type { PresentKeyResult, PresentObjective } from '../../../../src/features/okrs/core/present.ts';
import type { Sheet } from '../../../../src/platform/core/sheet.ts';

/** A sheet as somebody pastes it, a line a row: cells between bars, the headings first. */
export function sheet(text: string): Sheet {
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return {
    ...{ name: null, columns: head, notes: [] },
    rows: rows.map((cells, index) => ({ line: index + 2, cells })),
  };
}

export function person(id: number, name: string, more: Partial<DirectoryPerson> = {}): DirectoryPerson {
  const handle = name.split(' ').join('.').toLowerCase();
  return {
    ...{ id, name, handle, slackId: `U${id}`, email: null, kind: 'member' },
    ...{ isDeactivated: false, deactivatedAt: null, ...more },
  };
}

const day = (iso: string) => Temporal.PlainDate.from(iso);
export const today = day('2026-11-26');

export function keyResult(id: number, title: string, more: Partial<PresentKeyResult> = {}): PresentKeyResult {
  return {
    ...{
      id,
      key: `kr-${id}`,
      objectiveId: 10,
      title,
      ownerId: 2,
      backupId: null,
      type: 'number',
      unit: null,
    },
    ...{ direction: 'up', start: 0, target: 10, current: 4, commitment: 'committed', dueOn: null },
    ...{ state: 'active', ...more },
  };
}

export function objective(id: number, title: string, more: Partial<PresentObjective> = {}): PresentObjective {
  return {
    ...{ id, key: `o-${id}`, title, cycleId: 1, ownerId: 1, teamId: null, state: 'active', keyResults: [] },
    ...more,
  };
}

/** Ana and two Bens, two teams, an active quarter, one that was closed, and one that is graded. */
export function known(objectives: PresentObjective[] = [], more: Partial<OkrsKnown> = {}): OkrsKnown {
  const days = (starts: string, ends: string) => ({
    startsOn: day(starts),
    endsOn: day(ends),
    parentId: null,
  });
  return {
    people: [person(1, 'Ana Sousa'), person(2, 'Ben Kaya'), person(3, 'Ben Olsen'), person(4, 'Chi Wen')],
    zone: 'UTC',
    teams: [
      { id: 1, key: 'checkout', name: 'Checkout' },
      { id: 2, key: 'risk', name: 'Risk' },
    ],
    cycles: [
      { id: 1, key: '2026-Q4', ...days('2026-10-01', '2026-12-31'), state: 'active' },
      { id: 2, key: '2026-Q3', ...days('2026-07-01', '2026-09-30'), state: 'closed' },
      { id: 3, key: '2026-Q2', ...days('2026-04-01', '2026-06-30'), state: 'grading' },
    ],
    objectives,
    ...more,
  };
}

/** Plans a sheet whose columns are known by their headings. */
export function plan(text: string, of: OkrsKnown = known(), answers: Answers = {}) {
  const given = sheet(text);
  const mapping: Mapping = guessMapping(given.columns, given.rows, okrFields, of.people);
  return planOkrs({ sheet: given, mapping, answers, known: of, today });
}

/** Rows in short: what becomes of each, and why. */
export function told(text: string, of?: OkrsKnown, answers?: Answers): string[] {
  return plan(text, of, answers).rows.map(({ outcome, words }) =>
    words === '' ? outcome : `${outcome}: ${words}`,
  );
}
