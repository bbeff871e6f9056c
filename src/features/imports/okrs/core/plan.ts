import type { Temporal } from 'temporal-polyfill';
import { readDates } from '../../../../platform/core/cell-dates.ts';
import type { Sheet } from '../../../../platform/core/sheet.ts';
import { Asking } from '../../core/asking.ts';
import { findingTeams } from '../../core/asking-team.ts';
import { cellOf, sentences } from '../../core/cells.ts';
import type { Answers, Mapping, Outcome, Question } from '../../core/import.ts';
import { Resolving } from '../../core/resolving.ts';
import { type Group, groupRows, type TypedRow } from './grouping.ts';
import { planKeyResult, type Seen } from './key-results.ts';
import { type OkrRow, type OkrsKnown, okrIndex } from './known.ts';
import { type PlannedObjective, type Planning, planObjective } from './objectives.ts';

type Given = {
  sheet: Sheet;
  mapping: Mapping;
  answers: Answers;
  known: OkrsKnown;
  today: Temporal.PlainDate;
};

/** What becomes of each row of a sheet of OKRs, in the order of the sheet, and what only a person can say. */
export function planOkrs({ sheet, mapping, answers, known, today }: Given): {
  rows: OkrRow[];
  questions: Question[];
  notes: string[];
} {
  const asking = new Asking(answers);
  const planning: Planning = {
    ...{ known, today, asking, look: okrIndex(known.objectives) },
    resolving: new Resolving(known.people, known.zone, asking),
    team: findingTeams(known.teams, asking),
  };
  const { dates } = readDates(sheet.rows.map((row) => cellOf(row, mapping, 'due')));
  const { groups, strays, empty } = groupRows(sheet, mapping);
  const planned = groups.flatMap((group) => planGroup(group, planning, dates));
  const rows = [
    ...planned,
    ...strays.map((row) =>
      endOf(row, 'refused', 'No objective stands above it. Write the objective that it belongs to.'),
    ),
    ...empty.map((row) => endOf(row, 'left-out', 'It has no objective and no key result.')),
  ];
  return {
    rows: rows.toSorted((a, b) => a.index - b.index).map(({ index: _place, ...row }) => row),
    questions: asking.questions(),
    notes: sheet.rows.some((row) => cellOf(row, mapping, 'confidence') !== '') ? [noConfidence] : [],
  };
}

/** How sure somebody is cannot be said for them. */
const noConfidence = 'Confidence is left out: each owner says it, at the first check-in.';

type Placed = OkrRow & { index: number };

function endOf(row: TypedRow, outcome: Outcome, words: string): Placed {
  const name = row.cell('keyResult') || row.cell('objective') || row.cell('key');
  return {
    ...{ line: row.line, index: row.index, outcome, name, words },
    objective: null,
    added: null,
    changed: null,
  };
}

function planGroup(group: Group, planning: Planning, dates: ReturnType<typeof readDates>['dates']): Placed[] {
  const of = planObjective(group, planning);
  if (of.kind === 'refused') return group.rows.map((row) => endOf(row, 'refused', of.words));
  const seen: Seen = new Map();
  let alone: number | null = null;
  const rows = group.rows.map((row): Placed => {
    if (row.cell('keyResult') !== '' || row.cell('key') !== '') {
      const planned = planKeyResult(row, of, { planning, seen, dates });
      return { ...planned, line: row.line, index: row.index, objective: of.objective };
    }
    if (alone !== null) return endOf(row, 'left-out', `The objective stands in row ${alone} already.`);
    alone = row.line;
    return { ...aloneRow(row, of), objective: of.objective };
  });
  return alone === null ? carried(rows, of) : rows;
}

type Known = Extract<PlannedObjective, { kind: 'known' }>;

/** A row that has an objective and nothing else. */
function aloneRow(row: TypedRow, of: Known): Placed {
  const isNew = of.present === null;
  const outcome: Outcome = isNew ? 'added' : of.changes.length > 0 ? 'changed' : 'unchanged';
  const placed = { ...endOf(row, outcome, objectiveWords(of)), name: of.objective.title };
  return of.over !== null && outcome !== 'unchanged'
    ? { ...placed, outcome: 'refused', words: of.over }
    : placed;
}

/** Where no row has the objective alone, the first that is written brings it along and says so. */
function carried(rows: Placed[], of: Known): Placed[] {
  if (of.over !== null) return rows;
  const isWritten = ({ outcome }: Placed) => outcome === 'added' || outcome === 'changed';
  const first =
    rows.find(isWritten) ??
    (of.objective.patch === null ? undefined : rows.find(({ outcome }) => outcome === 'unchanged'));
  return rows.map((row) => {
    if (row !== first) return row;
    const outcome = row.outcome === 'unchanged' ? 'changed' : row.outcome;
    return { ...row, outcome, words: sentences([objectiveWords(of), row.words]) };
  });
}

function objectiveWords({ present, objective, changes, notes }: Known): string {
  if (present !== null) return sentences(changes);
  const { cycle, newCycle } = objective;
  const added = newCycle === null ? '' : ` (a new cycle${newCycle.state === 'draft' ? ', as a draft' : ''})`;
  return sentences([`A new objective in ${cycle}${added}.`, ...notes]);
}
